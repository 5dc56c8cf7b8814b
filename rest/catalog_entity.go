package rest

import (
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/schema/jsontext"
)

// getEntity is GET /entity/type/{type}/name/{name} (catalog-api.md 4). Its
// parameters minExtInfo and ignoreRelationships ask for less than this answer
// has.
func getEntity(c *call) error {
	e, err := c.reader().Entity(c.ctx, confluent.Type(c.args[0]), c.args[1])
	if err != nil {
		return asNamedType(err)
	}
	c.out = append(c.out, `{"referredEntities":{},"entity":`...)
	c.out = appendEntity(c.out, e)
	c.out = append(c.out, '}')
	return nil
}

// putEntity is PUT /entity: the attributes that are listed change, and an empty
// text clears.
func putEntity(c *call) error {
	text, err := c.readBody()
	if err != nil {
		return err
	}
	root, err := parseCatalogBody(text)
	if err != nil {
		return err
	}
	f := &fields{text: text}
	if root.Kind() != jsontext.Object || root.Get("entity").Kind() != jsontext.Object {
		return badBody(`Expected {"entity": {"typeName": …, "attributes": {…}}}`)
	}
	body := root.Get("entity")
	t := confluent.Type(f.textOf(body.Get("typeName")))
	attributes := body.Get("attributes")
	if !absent(attributes) {
		f.object(attributes)
	}
	if f.fault != nil {
		return f.fault
	}
	if !t.Known() {
		return &confluent.TypeError{Type: t}
	}
	name := ""
	if attributes.Exists() {
		name = f.textOf(attributes.Get("qualifiedName"))
	}
	if name == "" {
		return errNoQualifiedName
	}
	view, err := c.newestView()
	if err != nil {
		return err
	}
	e, err := c.entityOf(view, &binding{entityType: string(t), entityName: name})
	if err != nil {
		return err
	}
	changed, err := settable(e, attributes)
	if err != nil {
		return err
	}
	var steps []catalog.Step
	for _, ref := range e.Refs {
		steps = append(steps, changed.edit(ref))
	}
	outcome, err := c.server.catalog.Do(c.ctx, catalog.Command{Steps: steps})
	if err != nil {
		return err
	}
	r := &confluent.Reader{Names: c.server.names, View: outcome.View}
	if e, err = r.Entity(c.ctx, t, name); err != nil {
		return err
	}
	c.out = append(c.out, `{"mutatedEntities":{"UPDATE":[`...)
	c.out = appendUpdated(c.out, e)
	c.out = append(c.out, `]}}`...)
	return nil
}

// attributeChange are texts by the attribute that they are for; an empty one clears.
type attributeChange map[string]string

// settable reads the attributes of a PUT. What an entity has by itself may be
// repeated, as clients do that send back what they have read, but not changed.
func settable(e *confluent.Entity, attributes jsontext.Value) (attributeChange, error) {
	changed := attributeChange{}
	for member := range items(attributes) {
		a, known := e.Type().Attribute(member.Name())
		switch {
		case member.Name() == "qualifiedName":
		case !known:
			return nil, catalogCode(codeUnknownAttribute, "Attribute %s not found for type %s", member.Name(), e.Type())
		case !a.Settable:
			if !sameValue(member, e.Attribute(a.Name)) {
				return nil, catalogCode(codeBadValue, "The attribute %s of a %s cannot be set", a.Name, e.Type())
			}
		case absent(member):
			changed[a.Name] = ""
		case member.Kind() == jsontext.String:
			changed[a.Name] = member.Text()
		default:
			return nil, catalogCode(codeBadValue, "The attribute %s needs a string, not %s", a.Name, member.Kind())
		}
	}
	return changed, nil
}

// sameValue says that a value that was sent is the one that is there.
func sameValue(sent jsontext.Value, have any) bool {
	switch have := have.(type) {
	case nil:
		return absent(sent) || sent.Kind() == jsontext.String && sent.Text() == ""
	case string:
		return sent.Kind() == jsontext.String && sent.Text() == have
	}
	return sent.Kind() != jsontext.String && sent.Raw() == string(appendValue(nil, have))
}

// edit is the change of one of the things that an entity is.
func (a attributeChange) edit(ref catalog.Ref) catalog.Edit {
	edit := catalog.Edit{Ref: ref}
	for name, value := range a {
		if name == "description" {
			edit.Description = &value
			continue
		}
		if edit.Attributes == nil {
			edit.Attributes = map[string]string{}
		}
		edit.Attributes[name] = value
	}
	return edit
}

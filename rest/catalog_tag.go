package rest

import (
	"encoding/json"
	"errors"
	"slices"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/schema/jsontext"
)

// binding is an element of POST and PUT of entity/tags and
// entity/businessmetadata: the flat form that clients send (catalog-api.md 4).
type binding struct {
	typeName, entityType, entityName string
	attributes                       jsontext.Value
	// writeToSchema is ours: the tag shall stand in the schema's text.
	writeToSchema bool
}

// errNested refuses the form of Apache Atlas, in which the tag is an object of
// its own: Confluent's service takes it and does nothing.
var errNested = badBody("Expected an array of {typeName, entityType, entityName, attributes}; the nested form of Apache Atlas is not supported")

// nested are the members by which that form is known.
var nested = []string{"classification", "classifications", "entityGuids", "entity"}

func (f *fields) binding(v jsontext.Value) (binding, error) {
	var b binding
	for member := range items(v) {
		switch name := member.Name(); name {
		case "typeName":
			b.typeName = f.textOf(member)
		case "entityType":
			b.entityType = f.textOf(member)
		case "entityName":
			b.entityName = f.textOf(member)
		case "attributes":
			if f.object(member) {
				b.attributes = member
			}
		case "writeToSchema":
			b.writeToSchema = f.isTrue(member)
		default:
			if slices.Contains(nested, name) && member.Len() > 0 {
				return b, errNested
			}
		}
	}
	return b, f.fault
}

// textOf reads a text that is empty when it is not there.
func (f *fields) textOf(v jsontext.Value) string {
	if text := f.str(v); text != nil {
		return *text
	}
	return ""
}

// entityOf finds the entity of a binding that is to be changed: one of which
// only soft-deleted versions are left is none.
func (c *call) entityOf(view *catalog.View, b *binding) (*confluent.Entity, error) {
	if t := confluent.Type(b.entityType); t.Known() && b.entityName == "" {
		return nil, errNoQualifiedName
	}
	r := &confluent.Reader{Names: c.server.names, View: view}
	e, err := r.Entity(c.ctx, confluent.Type(b.entityType), b.entityName)
	if err == nil && e.Deleted {
		err = &confluent.NotFoundError{Type: confluent.Type(b.entityType), Text: b.entityName}
	}
	return e, err
}

var errNoQualifiedName = catalogCode(codeNoQualifiedName, "qualifiedName is missing: an entity is named by it")

// createTags is POST /entity/tags.
func createTags(c *call) error { return c.bindTags(true) }

// putTags is PUT /entity/tags.
func putTags(c *call) error { return c.bindTags(false) }

func (c *call) bindTags(create bool) error {
	return c.bulk(func(f *fields, v jsontext.Value, view *catalog.View) (*work, error) {
		b, err := f.binding(v)
		if err != nil {
			return nil, err
		}
		e, err := c.entityOf(view, &b)
		if err != nil {
			return nil, err
		}
		definition, err := c.tagDefinition(view, b.typeName)
		if err != nil {
			return nil, err
		}
		if !applies(definition.EntityTypes, e.Type()) {
			return nil, catalogCode(codeNotApplicable, "The tag %s can not be associated with entities of type %s: its definition names %v",
				b.typeName, b.entityType, definition.EntityTypes)
		}
		w := &work{answer: func(out []byte, after *catalog.View) ([]byte, error) {
			return c.appendBoundTag(out, after, &b)
		}}
		if b.writeToSchema {
			w.alone = func() error { return c.writeTag(e, b.typeName, create) }
			return w, nil
		}
		value := catalog.TagValue{Name: b.typeName}
		if b.attributes.Exists() && b.attributes.Len() > 0 {
			value.Attributes = raw(b.attributes)
		}
		w.steps, err = c.tagSteps(view, e.Refs, value, create)
		return w, err
	})
}

// tagDefinition finds the definition of a tag, or the stub of an inline one.
func (c *call) tagDefinition(view *catalog.View, name string) (*catalog.TagDefinition, error) {
	d, err := view.Definition(c.ctx, catalog.Ref{Kind: catalog.KindTag, Name: name})
	var none *catalog.NotFoundError
	if errors.As(err, &none) {
		return nil, &catalog.UnknownTypeError{Kind: catalog.KindTag, Name: name}
	}
	if err != nil {
		return nil, err
	}
	tag, _ := d.(*catalog.TagDefinition)
	return tag, nil
}

// applies says whether a definition that names entity types is for one.
func applies(types []string, to confluent.Type) bool {
	return len(types) == 0 || slices.ContainsFunc(types, func(t string) bool { return to.Is(confluent.Type(t)) })
}

// tagSteps puts a tag on all that an entity is. A new one, which POST asks for,
// is put where it is not yet; it must be missing somewhere.
func (c *call) tagSteps(view *catalog.View, refs []catalog.Ref, tag catalog.TagValue, create bool) ([]catalog.Step, error) {
	var steps []catalog.Step
	for _, ref := range refs {
		if create && len(refs) > 1 {
			on, err := c.putOn(view, ref, tag.Name)
			if err != nil {
				return nil, err
			}
			if on {
				continue
			}
		}
		steps = append(steps, catalog.Edit{Ref: ref, PutTags: []catalog.TagValue{tag}, Create: create})
	}
	if len(steps) == 0 {
		return nil, &catalog.ExistsError{Ref: catalog.Ref{Kind: catalog.KindTag, Name: tag.Name}, On: refs[0]}
	}
	return steps, nil
}

// putOn says whether a tag was put on a thing through this API.
func (c *call) putOn(view *catalog.View, ref catalog.Ref, tag string) (bool, error) {
	e, err := view.Entity(c.ctx, ref)
	var none *catalog.NotFoundError
	if errors.As(err, &none) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(e.Tags, func(t catalog.TagAssignment) bool { return t.Name == tag && t.Source == catalog.Applied }), nil
}

// appendBoundTag answers an element of a bulk call: the tag as it is now, with
// the entity's name as the caller spelled it.
func (c *call) appendBoundTag(out []byte, view *catalog.View, b *binding) ([]byte, error) {
	r := &confluent.Reader{Names: c.server.names, View: view}
	e, err := r.Entity(c.ctx, confluent.Type(b.entityType), b.entityName)
	if err != nil {
		return out, err
	}
	tag := confluent.Tag{Name: b.typeName}
	for _, t := range e.Tags {
		if t.Name == b.typeName {
			tag = t
		}
	}
	return appendTag(out, e, tag, b.entityName), nil
}

// getTags is GET /entity/type/{type}/name/{name}/tags.
func getTags(c *call) error {
	e, err := c.reader().Entity(c.ctx, confluent.Type(c.args[0]), c.args[1])
	if err != nil {
		return asNamedType(err)
	}
	c.out = appendList(c.out, e.Tags, func(b []byte, t confluent.Tag) []byte { return appendTag(b, e, t, c.args[1]) })
	return nil
}

// deleteTag is DELETE /entity/type/{type}/name/{name}/tags/{tag}. A tag that
// stands in the schema's text goes with writeToSchema=true only, which makes a
// new version.
func deleteTag(c *call) error {
	view, err := c.newestView()
	if err != nil {
		return err
	}
	e, err := c.reader().Entity(c.ctx, confluent.Type(c.args[0]), c.args[1])
	if err != nil {
		return asNamedType(err)
	}
	tag := c.args[2]
	var steps []catalog.Step
	for _, ref := range e.Refs {
		on, err := c.putOn(view, ref, tag)
		if err != nil {
			return err
		}
		if on {
			steps = append(steps, catalog.Edit{Ref: ref, RemoveTags: []string{tag}})
		}
	}
	if c.query.flag("writeToSchema") {
		written, err := c.unwriteTag(e, tag)
		if err != nil {
			return err
		}
		if written && len(steps) == 0 {
			return c.noContent(nil)
		}
	}
	if len(steps) == 0 {
		if e.HasTagNamed(tag) {
			return catalogCode(codeTagNotThere, "%s is not associated with the entity by this API: it stands in the schema or was declared elsewhere", tag)
		}
		return &catalog.AbsentError{Ref: catalog.Ref{Kind: catalog.KindTag, Name: tag}, On: e.Refs[0]}
	}
	return c.carriedOut(steps...)
}

// appendTag appends a Tag of an entity.
func appendTag(b []byte, e *confluent.Entity, t confluent.Tag, entityName string) []byte {
	b = appendClassification(b, e, t)
	b = b[:len(b)-1]
	first := false
	b = appendText(appendName(b, "entityType", &first), string(e.Type()))
	b = appendText(appendName(b, "entityName", &first), entityName)
	return append(b, '}')
}

// appendClassification appends a Tag without the entity that it is on.
func appendClassification(b []byte, e *confluent.Entity, t confluent.Tag) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "typeName", &first), t.Name)
	b = appendObject(appendName(b, "attributes", &first), json.RawMessage(t.Attributes))
	b = appendText(appendName(b, "entityGuid", &first), e.GUID())
	b = appendText(appendName(b, "entityStatus", &first), statusText(e))
	b = append(b, `,"propagate":false,"removePropagationsOnEntityDelete":false,"validityPeriods":[]`...)
	return append(b, '}')
}

// statusText is the status of an entity on the wire.
func statusText(e *confluent.Entity) string {
	if e.Deleted {
		return "DELETED"
	}
	return "ACTIVE"
}

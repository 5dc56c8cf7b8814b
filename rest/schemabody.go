package rest

import (
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// schemaBody reads the body of register, lookup and compatibility
// (registry-api.md 3.3). Tags count where a schema is written only; the other
// endpoints ignore them, faults included.
func (f *fields) schemaBody(v jsontext.Value) registry.SchemaBody {
	body := registry.SchemaBody{Type: schema.Avro}
	if !f.object(v) {
		return body
	}
	for member := range items(v) {
		switch member.Name() {
		case "schema":
			body.Schema = f.str(member)
		case "schemaType":
			if text := f.str(member); text != nil {
				body.Type = schema.Type(*text)
			}
		case "references":
			body.References = f.references(member)
		case "metadata":
			body.Metadata = f.metadata(member, false)
		case "ruleSet":
			body.Rules = f.ruleSet(member)
		case "version":
			body.Version = f.integer(member)
		case "id":
			body.ID = f.integer(member)
		case "schemaTagsToAdd":
			body.TagsToAdd = f.schemaTags(member)
		case "schemaTagsToRemove":
			body.TagsToRemove = f.schemaTags(member)
		case "propagateSchemaTags":
			body.PropagateSchemaTags = f.isTrue(member)
		}
	}
	return body
}

// references reads a list of references; a null among them is one without any
// part, which the registry refuses (42201).
func (f *fields) references(v jsontext.Value) []registry.BodyReference {
	references := listOf(f, v, func(item jsontext.Value) (r registry.BodyReference) {
		if f.object(item) {
			for member := range items(item) {
				switch member.Name() {
				case "name":
					r.Name = f.str(member)
				case "subject":
					r.Subject = f.str(member)
				case "version":
					r.Version = f.integer(member)
				}
			}
		}
		return r
	})
	if len(references) == 0 {
		return nil
	}
	return references
}

// schemaTags reads a list of SchemaTags (registry-api.md 3.5). An entry that
// lacks its entity or its tags is kept with what it has; tagsFault finds it.
func (f *fields) schemaTags(v jsontext.Value) []schema.EntityTags {
	return listOf(f, v, func(item jsontext.Value) (tags schema.EntityTags) {
		if f.object(item) {
			for member := range items(item) {
				switch member.Name() {
				case "schemaEntity":
					f.schemaEntity(member, &tags)
				case "tags":
					if f.list(member) {
						tags.Tags = f.texts(member)
					}
				}
			}
		}
		return tags
	})
}

func (f *fields) schemaEntity(v jsontext.Value, tags *schema.EntityTags) {
	if !f.object(v) {
		return
	}
	path := f.str(v.Get("entityPath"))
	if path == nil {
		f.fail(v, "%q needs an \"entityPath\"", v.Name())
		return
	}
	tags.Path = *path
	tags.Kind = schema.EntityKind(f.enum(v.Get("entityType"), string(schema.RecordEntity), string(schema.FieldEntity)))
}

// tagsFault refuses tags without their entity or without tags
// (registry-api.md 14.2).
func tagsFault(lists ...[]schema.EntityTags) error {
	for _, list := range lists {
		for _, tags := range list {
			switch {
			case tags.Kind == "":
				return &registry.Error{Code: codeInvalidSchema, Message: "A tag needs a schemaEntity with entityPath and entityType"}
			case tags.Tags == nil:
				return &registry.Error{Code: codeInvalidSchema, Message: "The tags of " + tags.Path + " are missing"}
			}
		}
	}
	return nil
}

func appendSchemaTags(b []byte, t schema.EntityTags) []byte {
	b = append(b, `{"schemaEntity":{"entityPath":`...)
	b = appendText(b, t.Path)
	b = append(b, `,"entityType":`...)
	b = appendText(b, string(t.Kind))
	b = append(b, `},"tags":`...)
	b = appendTexts(b, t.Tags)
	return append(b, '}')
}

package rest

import (
	"errors"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/schema/jsontext"
)

// definitionBody is a definition of a tag or of business metadata as it is
// sent. Nil members are absent: they keep what is stored (catalog-api.md 2).
type definitionBody struct {
	name        string
	description *string
	color       *string
	serviceType *string
	typeVersion *string
	options     map[string]string
	entityTypes *[]string
	superTypes  *[]string
	subTypes    *[]string
	attributes  *[]attributeBody
}

func (f *fields) definition(v jsontext.Value) definitionBody {
	var d definitionBody
	for member := range items(v) {
		switch member.Name() {
		case "name":
			if name := f.str(member); name != nil {
				d.name = *name
			}
		case "description":
			d.description = f.str(member)
		case "color":
			d.color = f.str(member)
		case "serviceType":
			d.serviceType = f.str(member)
		case "typeVersion":
			d.typeVersion = f.str(member)
		case "options":
			d.options = f.strings(member, true)
		case "entityTypes":
			d.entityTypes = f.optional(member)
		case "superTypes":
			d.superTypes = f.optional(member)
		case "subTypes":
			d.subTypes = f.optional(member)
		case "attributeDefs":
			d.attributes = f.attributes(member)
		}
	}
	return d
}

// tag is the tag definition that a body makes, of nothing or of another.
func (d *definitionBody) tag(from *catalog.TagDefinition) *catalog.TagDefinition {
	made := &catalog.TagDefinition{Name: d.name, EntityTypes: []string{anyEntity}, TypeVersion: firstTypeVersion}
	if from != nil {
		copied := *from
		made = &copied
	}
	d.over(tagMembers(made))
	overlay(d.color, &made.Color)
	if d.entityTypes != nil && len(*d.entityTypes) > 0 {
		made.EntityTypes = *d.entityTypes
	}
	overlay(d.superTypes, &made.SuperTypes)
	overlay(d.subTypes, &made.SubTypes)
	return made
}

// metadata is tag for a definition of business metadata.
func (d *definitionBody) metadata(from *catalog.MetadataDefinition) *catalog.MetadataDefinition {
	made := &catalog.MetadataDefinition{Name: d.name, TypeVersion: firstTypeVersion}
	if from != nil {
		copied := *from
		made = &copied
	}
	d.over(metadataMembers(made))
	return made
}

// anyEntity is the entity type that every other is a kind of.
const anyEntity = "cf_entity"

// storedDefinition finds what is stored under a name: nil for nothing, and for
// the stub of an inline tag, of which nothing is stored.
func storedDefinition(c *call, view *catalog.View, ref catalog.Ref) (catalog.Definition, error) {
	d, err := view.Definition(c.ctx, ref)
	var none *catalog.NotFoundError
	if errors.As(err, &none) || err == nil && d.Common().Version == 0 {
		return nil, nil
	}
	return d, err
}

// definitions answers a bulk call on definitions of one kind. made makes the
// definition that a body asks for, of nothing or of what is stored.
func (c *call) definitions(
	kind catalog.Kind, create bool,
	made func(d *definitionBody, from catalog.Definition) catalog.Definition,
) error {
	return c.bulk(func(f *fields, v jsontext.Value, view *catalog.View) (*work, error) {
		body := f.definition(v)
		if f.fault != nil {
			return nil, f.fault
		}
		ref := catalog.Ref{Kind: kind, Name: body.name}
		put := catalog.Put{Create: create}
		if create {
			put.Definition = made(&body, nil)
		} else {
			stored, err := storedDefinition(c, view, ref)
			if err != nil {
				return nil, err
			}
			if stored == nil {
				return nil, &catalog.UnknownTypeError{Kind: kind, Name: body.name}
			}
			put.Definition = made(&body, stored)
			put.ExpectedVersion = &stored.Common().Version
		}
		return &work{
			steps: []catalog.Step{put},
			over:  ref,
			answer: func(b []byte, after *catalog.View) ([]byte, error) {
				d, err := after.Definition(c.ctx, ref)
				if err != nil {
					return b, err
				}
				return appendDefinition(b, d), nil
			},
		}, nil
	})
}

// listDefinitions answers with those of a kind whose names begin with a prefix.
func (c *call) listDefinitions(kind catalog.Kind) error {
	c.out = append(c.out, '[')
	first := true
	for d := range c.server.catalog.View().Definitions(c.ctx, kind, c.query.text("prefix")) {
		if !first {
			c.out = append(c.out, ',')
		}
		first = false
		c.out = appendDefinition(c.out, d)
	}
	c.out = append(c.out, ']')
	return nil
}

// getDefinition answers with the definition that the path names.
func (c *call) getDefinition(kind catalog.Kind) error {
	d, err := c.server.catalog.View().Definition(c.ctx, catalog.Ref{Kind: kind, Name: c.args[0]})
	if err != nil {
		return err
	}
	c.out = appendDefinition(c.out, d)
	return nil
}

func (c *call) deleteDefinition(kind catalog.Kind) error {
	return c.carriedOut(catalog.Remove{Ref: catalog.Ref{Kind: kind, Name: c.args[0]}})
}

// appendDefinition appends a TagDef or a BusinessMetadataDef.
func appendDefinition(b []byte, d catalog.Definition) []byte {
	switch d := d.(type) {
	case *catalog.TagDefinition:
		return appendTagDefinition(b, d)
	case *catalog.MetadataDefinition:
		return appendMetadataDefinition(b, d)
	}
	return append(b, "null"...)
}

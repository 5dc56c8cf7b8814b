package rest

import (
	"encoding/json"
	"errors"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/schema/jsontext"
)

// putMetadata is POST and PUT of /entity/businessmetadata: both set all values
// of the definition on the entity (catalog-api.md 4).
func putMetadata(c *call) error {
	return c.bulk(func(f *fields, v jsontext.Value, view *catalog.View) (*work, error) {
		b, err := f.binding(v)
		if err != nil {
			return nil, err
		}
		e, err := c.entityOf(view, &b)
		if err != nil {
			return nil, err
		}
		value := catalog.MetadataValue{Definition: b.typeName, Values: map[string]json.RawMessage{}}
		if b.attributes.Exists() {
			for member := range items(b.attributes) {
				if !absent(member) {
					value.Values[member.Name()] = raw(member)
				}
			}
		}
		w := &work{answer: func(out []byte, after *catalog.View) ([]byte, error) {
			r := &confluent.Reader{Names: c.server.names, View: after}
			e, err := r.Entity(c.ctx, confluent.Type(b.entityType), b.entityName)
			if err != nil {
				return out, err
			}
			for _, m := range e.Metadata {
				if m.Definition == b.typeName {
					value.Values = m.Values // with what the definition fills in
				}
			}
			return appendBusinessMetadata(out, e, confluent.Metadata{Definition: b.typeName, Values: value.Values}, b.entityName), nil
		}}
		for _, ref := range e.Refs {
			w.steps = append(w.steps, catalog.Edit{Ref: ref, Metadata: []catalog.MetadataValue{value}})
		}
		return w, nil
	})
}

// getMetadata is GET /entity/type/{type}/name/{name}/businessmetadata.
func getMetadata(c *call) error {
	e, err := c.reader().Entity(c.ctx, confluent.Type(c.args[0]), c.args[1])
	if err != nil {
		return asNamedType(err)
	}
	c.out = appendList(c.out, e.Metadata, func(b []byte, m confluent.Metadata) []byte {
		return appendBusinessMetadata(b, e, m, c.args[1])
	})
	return nil
}

// deleteMetadata is DELETE .../businessmetadata/{definition}.
func deleteMetadata(c *call) error {
	if _, err := c.newestView(); err != nil {
		return err
	}
	e, err := c.reader().Entity(c.ctx, confluent.Type(c.args[0]), c.args[1])
	if err != nil {
		return asNamedType(err)
	}
	definition := c.args[2]
	var steps []catalog.Step
	for _, ref := range e.Refs {
		on, err := c.hasMetadata(ref, definition)
		if err != nil {
			return err
		}
		if on {
			steps = append(steps, catalog.Edit{Ref: ref, RemoveMetadata: []string{definition}})
		}
	}
	if len(steps) == 0 {
		return &catalog.AbsentError{Ref: catalog.Ref{Kind: catalog.KindBusinessMetadata, Name: definition}, On: e.Refs[0]}
	}
	return c.carriedOut(steps...)
}

// hasMetadata says whether this API put values of a definition on a thing.
func (c *call) hasMetadata(ref catalog.Ref, definition string) (bool, error) {
	e, err := c.server.catalog.View().Entity(c.ctx, ref)
	var none *catalog.NotFoundError
	if errors.As(err, &none) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, m := range e.Metadata {
		if m.Definition == definition && m.Source == catalog.Applied {
			return true, nil
		}
	}
	return false, nil
}

// appendBusinessMetadata appends the values of one definition on an entity.
func appendBusinessMetadata(b []byte, e *confluent.Entity, m confluent.Metadata, entityName string) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "typeName", &first), m.Definition)
	b = appendMap(appendName(b, "attributes", &first), m.Values, appendVerbatim)
	b = appendText(appendName(b, "entityType", &first), string(e.Type()))
	b = appendText(appendName(b, "entityName", &first), entityName)
	return append(b, '}')
}

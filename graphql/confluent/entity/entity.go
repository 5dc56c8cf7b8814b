// Package entity holds what the resolvers of /catalog/graphql give out: the Go
// types to which gqlgen binds the GraphQL types of catalog-api.md section 8.
//
// In come entities of catalog/confluent, one by one, through a [Session]; out go
// their attributes, each a method that gqlgen finds by its name, and their
// relations, which are looked up when a query asks for them and not before. A
// session belongs to one operation: all of it is answered out of one view, and
// it bounds how many entities the operation may touch through relations.
//
// Only graphql/confluent and its generated code know the package. The types are
// here and not there because generated code cannot import the package that
// imports it.
package entity

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/weir-registry/weir/catalog/confluent"
)

// Any is the interface cf_entity.
type Any interface{ isEntity() }

// SchemaType is the interface sr_type.
type SchemaType interface {
	Any
	isSchemaType()
}

// Entity has what all types have in common, and every attribute that one of
// them has: which of them a type shows is said in schema.graphqls.
type Entity struct {
	entity  *confluent.Entity
	session *Session
}

// The types of entities.
type (
	Schema         struct{ Entity }
	Record         struct{ Entity }
	Field          struct{ Entity }
	SubjectVersion struct{ Entity }
	Topic          struct{ Entity }
	Cluster        struct{ Entity }
	Connector      struct{ Entity }
	Environment    struct{ Entity }
)

func (*Entity) isEntity()     {}
func (*Record) isSchemaType() {}

// BusinessMetadata is one attribute of business metadata.
type BusinessMetadata struct {
	// Name is the definition and the attribute, "Governance.owner_team", as the
	// live service has it (DataHub's note).
	Name string
	// Value is a string, a boolean or a json.Number.
	Value any
}

// text gives an attribute that is a text.
func (e *Entity) text(name string) *string {
	if v, ok := e.entity.Attribute(name).(string); ok {
		return &v
	}
	return nil
}

// number gives an attribute that is a number.
func (e *Entity) number(name string) *int {
	if v, ok := e.entity.Attribute(name).(int64); ok {
		n := int(v)
		return &n
	}
	return nil
}

// timeForm is ISO 8601 in UTC with milliseconds.
const timeForm = "2006-01-02T15:04:05.000Z"

// FormatTime writes a time as clients take it; it is in milliseconds since the
// epoch.
func FormatTime(ms int64) string { return time.UnixMilli(ms).UTC().Format(timeForm) }

func (e *Entity) time(name string) *string {
	if v, ok := e.entity.Attribute(name).(int64); ok {
		text := FormatTime(v)
		return &text
	}
	return nil
}

// Tags are the names of the tags on the entity.
func (e *Entity) Tags() []string {
	names := make([]string, len(e.entity.Tags))
	for i, t := range e.entity.Tags {
		names[i] = t.Name
	}
	return names
}

// BusinessMetadata lists the business metadata on the entity, by definition and
// attribute.
func (e *Entity) BusinessMetadata() []*BusinessMetadata {
	list := []*BusinessMetadata{}
	for _, m := range e.entity.Metadata {
		for attribute, value := range m.Values {
			list = append(list, &BusinessMetadata{Name: m.Definition + "." + attribute, Value: json.RawMessage(value)})
		}
	}
	slices.SortFunc(list, func(a, b *BusinessMetadata) int { return compareText(a.Name, b.Name) })
	return list
}

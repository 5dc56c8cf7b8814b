package confluent

import (
	"encoding/json"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// Entity is an entity as Confluent's catalog shows it.
type Entity struct {
	// Name is taken apart and canonical, QualifiedName the same as a text.
	Name          Name
	QualifiedName string
	GUID          string
	// Deleted says that only soft-deleted versions have it.
	Deleted bool
	// Attributes are those of Type.Attributes that have a value, in that order.
	Attributes []Attribute
	// Tags are one for each name, in the order in which they are shown.
	Tags []Tag
	// Metadata are one for each definition.
	Metadata []Metadata
	// Refs are what the catalog has for it: several where several subjects use
	// a schema id.
	Refs []catalog.Ref
	// Record is the full name of the record that an sr_field stands in.
	Record string
	// Version counts what people changed.
	Version int64
	// CreatedAt and UpdatedAt are in milliseconds, 0 when it is not known.
	CreatedAt, UpdatedAt int64
	CreatedBy, UpdatedBy string
}

// Attribute is an attribute with its value: a string, an int64 or a bool, by
// its AttributeType.
type Attribute struct {
	Name  string
	Value any
}

// Tag is a tag on an entity, whatever its sources.
type Tag struct {
	Name string
	// Attributes is a JSON object, nil for none.
	Attributes json.RawMessage
}

// Metadata are the values of one business metadata definition.
type Metadata struct {
	Definition string
	Values     map[string]json.RawMessage
}

// Type is the entity's type.
func (e *Entity) Type() Type { return e.Name.Type }

// Attribute gives the value of an attribute, nil for none.
func (e *Entity) Attribute(name string) any {
	for _, a := range e.Attributes {
		if a.Name == name {
			return a.Value
		}
	}
	return nil
}

// Text gives the value of an attribute that is a text, empty for none.
func (e *Entity) Text(name string) string {
	text, _ := e.Attribute(name).(string)
	return text
}

// Title is what the entity is called.
func (e *Entity) Title() string { return e.Text("name") }

// HasTag says that the entity has a tag; names are compared without regard to
// case, as all searches do (catalog-api.md section 9, rule 5).
func (e *Entity) HasTag(name string) bool {
	for _, t := range e.Tags {
		if strings.EqualFold(t.Name, name) {
			return true
		}
	}
	return false
}

// set adds an attribute unless its value is empty.
func (e *Entity) set(name string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case int32:
		value = int64(v)
	case nil:
		return
	}
	e.Attributes = append(e.Attributes, Attribute{name, value})
}

// HasTagNamed is HasTag for the exact name.
func (e *Entity) HasTagNamed(name string) bool {
	for _, t := range e.Tags {
		if t.Name == name {
			return true
		}
	}
	return false
}

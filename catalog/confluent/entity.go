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
	// Deleted says that only soft-deleted versions have it.
	Deleted bool
	// What is called "name" among the attributes, and what people set.
	Called, Description, Owner, OwnerEmail string
	// Version is that of the (first) subject that has the schema id, ID the
	// schema id of an sr_subject_version; 0 for other types.
	Version, ID int32
	// Sort is the schemaType of an sr_schema, the type of an sr_field.
	Sort string
	// Namespace is what stands before the name of an sr_record.
	Namespace string
	// Record is the full name of the record that an sr_field stands in, as the
	// record's Ref has it.
	Record string
	// Attributes are those that no member holds, or that take its place.
	Attributes []Attribute
	// Tags are one for each name, in the order in which they are shown.
	Tags []Tag
	// Metadata are one for each definition.
	Metadata []Metadata
	// Refs are what the catalog has for it: several where several subjects use
	// a schema id.
	Refs []catalog.Ref
	// Changes counts what people changed.
	Changes int64
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

// reset empties an entity, but for the room of its lists.
func (e *Entity) reset() { *e = Entity{Tags: e.Tags[:0], Metadata: e.Metadata[:0], Refs: e.Refs[:0]} }

// clone gives an entity that stays when e is reset and its texts change.
func (e *Entity) clone() *Entity {
	c := *e
	c.Tags, c.Metadata, c.Refs = append([]Tag(nil), e.Tags...), append([]Metadata(nil), e.Metadata...), append([]catalog.Ref(nil), e.Refs...)
	for _, text := range []*string{&c.Name.Path, &c.QualifiedName, &c.Called, &c.Description, &c.Sort, &c.Namespace, &c.Record} {
		*text = strings.Clone(*text)
	}
	for i := range c.Refs {
		c.Refs[i].Part = strings.Clone(c.Refs[i].Part)
	}
	return &c
}

// Type is the entity's type.
func (e *Entity) Type() Type { return e.Name.Type }

// Attribute gives the value of an attribute of Type.Attributes, nil for none.
func (e *Entity) Attribute(name string) any {
	for _, a := range e.Attributes {
		if a.Name == name {
			return a.Value
		}
	}
	if a, ok := e.Type().Attribute(name); ok {
		return e.value(a.Name)
	}
	return nil
}

// value gives what a member holds for an attribute that the type has.
func (e *Entity) value(name string) any {
	switch name {
	case "name":
		return text(e.Called)
	case "nameLower":
		return text(strings.ToLower(e.Called))
	case "qualifiedName":
		return text(e.QualifiedName)
	case "description":
		return text(e.Description)
	case "owner":
		return text(e.Owner)
	case "ownerEmail":
		return text(e.OwnerEmail)
	case "createTime":
		return number(e.CreatedAt)
	case "updateTime":
		return number(e.UpdatedAt)
	case "version":
		return number(int64(e.Version))
	case "id":
		return number(int64(max(e.ID, e.Name.ID)))
	case "context":
		return text(string(e.Name.Context))
	case "schemaType", "type":
		return text(e.Sort)
	case "namespace":
		return text(e.Namespace)
	case "subject":
		return text(e.Name.Subject)
	case "clusterId":
		return text(e.Name.Cluster)
	case "deleted":
		return e.Deleted
	}
	return nil
}

// text is a text as the value of an attribute: an empty one is none.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// number is text for numbers.
func number(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

// Text gives the value of an attribute that is a text, empty for none.
func (e *Entity) Text(name string) string {
	text, _ := e.Attribute(name).(string)
	return text
}

// Title is what the entity is called.
func (e *Entity) Title() string {
	if e.Called != "" {
		return e.Called
	}
	return e.Text("name")
}

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

// HasTagNamed is HasTag for the exact name.
func (e *Entity) HasTagNamed(name string) bool {
	for _, t := range e.Tags {
		if t.Name == name {
			return true
		}
	}
	return false
}

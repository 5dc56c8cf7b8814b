package rest

import (
	"slices"

	"github.com/weir-registry/weir/catalog/confluent"
)

// appendEntity appends an Entity. Members that weir has nothing for are there
// with what says so: clients take them apart without looking.
func appendEntity(b []byte, e *confluent.Entity) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "typeName", &first), string(e.Type()))
	b = appendAttributes(appendName(b, "attributes", &first), e)
	b = appendText(appendName(b, "guid", &first), e.GUID())
	b = appendText(appendName(b, "status", &first), statusText(e))
	b = appendNonEmpty(b, "createdBy", e.CreatedBy, &first)
	b = appendNonEmpty(b, "updatedBy", e.UpdatedBy, &first)
	if e.CreatedAt != 0 {
		b = appendInt(appendName(b, "createTime", &first), e.CreatedAt)
		b = appendInt(appendName(b, "updateTime", &first), e.UpdatedAt)
	}
	b = appendInt(appendName(b, "version", &first), e.Changes)
	b = append(b, `,"relationshipAttributes":{},"classifications":`...)
	b = appendClassifications(b, e)
	b = append(b, `,"meanings":[],"customAttributes":{},"businessAttributes":{`...)
	none := true
	for _, m := range e.Metadata {
		b = appendMap(appendName(b, m.Definition, &none), m.Values, appendVerbatim)
	}
	return append(b, `},"labels":[],"isIncomplete":false,"proxy":false}`...)
}

// appendHeader appends an EntityHeader of a search, with the attributes that
// were asked for.
func appendHeader(b []byte, e *confluent.Entity, asked []string) []byte {
	b = appendText(append(b, `{"typeName":`...), string(e.Type()))
	b = appendText(append(b, `,"attributes":{"name":`...), e.Called)
	b = appendText(append(b, `,"qualifiedName":`...), e.QualifiedName)
	b = append(b, `,"description":`...)
	if e.Description == "" {
		b = append(b, "null"...)
	} else {
		b = appendText(b, e.Description)
	}
	if e.Version != 0 {
		b = appendInt(append(b, `,"version":`...), e.Version)
	}
	first := false
	for i, name := range asked {
		if _, known := e.Type().Attribute(name); known && !slices.Contains(headerAttributes, name) && !slices.Contains(asked[:i], name) {
			b = appendValue(appendName(b, name, &first), e.Attribute(name))
		}
	}
	b = e.AppendGUID(append(b, `},"guid":"`...))
	b = appendText(append(b, `","status":`...), statusText(e))
	b = appendText(append(b, `,"displayText":`...), e.Called)
	b = appendTagNames(append(b, `,"classificationNames":`...), e)
	b = appendClassifications(append(b, `,"classifications":`...), e)
	return append(b, `,"meaningNames":[],"meanings":[],"isIncomplete":false,"labels":[]}`...)
}

// headerAttributes are in each header.
var headerAttributes = []string{"name", "qualifiedName", "description", "version"}

// appendUpdated appends an entity as the answer to a change names it.
func appendUpdated(b []byte, e *confluent.Entity) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "typeName", &first), string(e.Type()))
	b = appendAttributes(appendName(b, "attributes", &first), e)
	b = appendText(appendName(b, "guid", &first), e.GUID())
	b = appendText(appendName(b, "status", &first), statusText(e))
	b = appendTagNames(appendName(b, "classificationNames", &first), e)
	return append(b, '}')
}

func appendAttributes(b []byte, e *confluent.Entity) []byte {
	b = append(b, '{')
	first := true
	for _, a := range e.Type().Attributes() {
		if value := e.Attribute(a.Name); value != nil {
			b = appendValue(appendName(b, a.Name, &first), value)
		}
	}
	return append(b, '}')
}

// appendValue appends the value of an attribute.
func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return appendText(b, v)
	case int64:
		return appendInt(b, v)
	case bool:
		return appendBool(b, v)
	}
	return append(b, "null"...)
}

func appendTagNames(b []byte, e *confluent.Entity) []byte {
	return appendList(b, e.Tags, func(b []byte, t confluent.Tag) []byte { return appendText(b, t.Name) })
}

func appendClassifications(b []byte, e *confluent.Entity) []byte {
	return appendList(b, e.Tags, func(b []byte, t confluent.Tag) []byte { return appendClassification(b, e, t) })
}

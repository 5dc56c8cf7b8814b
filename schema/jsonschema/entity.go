package jsonschema

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// entity is a place of a schema that tags can hang on, by its path in the tag
// language (registry-api.md 14):
//
//	schema:     [ "object" fields ] [ "array" schema ] { branches } { definitions }
//	fields:     NAME schema
//	branches:   ("allof" | "anyof" | "oneof") INDEX schema
//	definition: ("$defs" | "definitions") NAME schema
//
// Steps are joined by dots; definitions stand behind the step of their record.
// References are not followed. The same object is a field of the record around
// it and a record of its own fields. A field that is true or false has a place
// but no room for tags.
type entity struct {
	path  string
	kind  schema.EntityKind
	value *Value
	// record is the entity of the record that a field belongs to, and name
	// the field's name.
	record, name string
}

// isObject says whether a schema describes a record.
func isObject(v *Value) bool { return hasType(v, "object") || v.Get("properties") != nil }

// isArray says whether a schema describes a list.
func isArray(v *Value) bool { return hasType(v, "array") || v.Get("items") != nil }

// hasType says whether "type" is a name or holds it.
func hasType(v *Value, name string) bool {
	t := v.Get("type")
	if t == nil {
		return false
	}
	if t.kind == StringValue {
		return t.text == name
	}
	for _, item := range t.items {
		if item.kind == StringValue && item.text == name {
			return true
		}
	}
	return false
}

// entities gives the places of a schema in the order of the wire: a record,
// its properties in Java order, each with what is inside, then definitions.
func entities(root *Value) []entity {
	var w walker
	w.schema(root, "")
	return w.found
}

// maxPathBytes bounds the paths of one schema together: they repeat those of
// what is around them, so a deep schema with many fields could have more of
// them than text. What is beyond has no entity.
const maxPathBytes = 8 << 20

type walker struct {
	found []entity
	bytes int
}

// add notes an entity; it answers false when there is no room for more.
func (w *walker) add(e entity) bool {
	if w.bytes += len(e.path); w.bytes > maxPathBytes {
		return false
	}
	w.found = append(w.found, e)
	return true
}

func step(prefix string, names ...string) string {
	if prefix == "" {
		return strings.Join(names, ".")
	}
	return prefix + "." + strings.Join(names, ".")
}

func (w *walker) schema(v *Value, prefix string) {
	if v.kind != ObjectValue || w.bytes > maxPathBytes {
		return
	}
	home := prefix
	if isObject(v) {
		home = step(prefix, "object")
		if !w.add(entity{path: home, kind: schema.RecordEntity, value: v}) {
			return
		}
		w.fields(v, home)
	}
	if isArray(v) {
		w.items(v, step(prefix, "array"))
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		if list := v.Get(keyword); list != nil {
			for i, branch := range list.items {
				w.schema(branch, step(prefix, strings.ToLower(keyword), strconv.Itoa(i)))
			}
		}
	}
	for _, keyword := range []string{"definitions", "$defs"} {
		if defs := v.Get(keyword); defs != nil && defs.kind == ObjectValue {
			for _, name := range JavaOrder(keysOf(defs)) {
				w.schema(defs.Get(name), step(home, keyword, name))
			}
		}
	}
}

func (w *walker) fields(v *Value, home string) {
	properties := v.Get("properties")
	if properties == nil || properties.kind != ObjectValue {
		return
	}
	for _, name := range JavaOrder(keysOf(properties)) {
		field := properties.Get(name)
		path := step(home, name)
		if !w.add(entity{path: path, kind: schema.FieldEntity, value: field, record: home, name: name}) {
			return
		}
		w.schema(field, path)
	}
}

// items goes into the items of a list; those of a tuple are numbered.
func (w *walker) items(v *Value, prefix string) {
	if items := v.Get("items"); items != nil {
		w.schema(items, prefix)
		w.tuple(items, prefix)
	}
	if items := v.Get("prefixItems"); items != nil {
		w.tuple(items, prefix)
	}
}

func (w *walker) tuple(items *Value, prefix string) {
	for i, item := range items.items {
		w.schema(item, step(prefix, strconv.Itoa(i)))
	}
}

func keysOf(v *Value) []string {
	keys := make([]string, len(v.members))
	for i := range v.members {
		keys[i] = v.members[i].Key
	}
	return keys
}

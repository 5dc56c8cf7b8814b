package diff

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema/jsonschema"
)

// jsonTree reads a JSON Schema from its syntax tree: the properties of objects
// are fields at any depth, the entries of definitions and $defs are records,
// and the schemas under other keywords are parts. What the keywords of one
// schema say are its attributes. References are not followed: their targets are
// definitions of the same text, or registered schemas.
func jsonTree(s *jsonschema.Schema) *tree {
	root := &element{base: "$"}
	root.readSchema(s.Value())
	return &tree{root: root}
}

// excerptBytes is how much of a value a change shows.
const excerptBytes = 1000

// readSchema reads what one schema says, and what stands in it.
func (e *element) readSchema(v *jsonschema.Value) {
	e.text = func() string { return v.Excerpt(excerptBytes) }
	if v.Kind() != jsonschema.ObjectValue {
		e.attribute(TypeChanged, "", v.Excerpt(excerptBytes))
		return
	}
	e.attribute(TypeChanged, "", typeOf(v))
	if doc := v.Get("description"); doc != nil {
		e.attribute(DocChanged, "", doc.String())
	}
	e.tags(jsonTags(v))
	home := ""
	if isObject(v) {
		home = ".object"
	}
	required := e.readRequired(v)
	for _, m := range v.Members() {
		e.readKeyword(v, m.Key, m.Value, home, required)
	}
}

// readKeyword reads one member of a schema.
func (e *element) readKeyword(v *jsonschema.Value, key string, value *jsonschema.Value, home string, required map[string]bool) {
	switch key {
	case "type", "$ref", "description", "required", tagsProperty:
		if key == "$ref" && value.Kind() == jsonschema.StringValue {
			e.link = value.String()
		}
	case "default":
		e.attribute(DefaultChanged, "", value.Excerpt(excerptBytes))
	case "properties":
		e.readProperties(value, home, required)
	case "definitions", "$defs":
		e.readDefinitions(key, value, home)
	case "enum":
		for _, item := range value.Items() {
			e.add(&element{family: symbols, name: item.Excerpt(excerptBytes), owned: true})
		}
	case "allOf", "anyOf", "oneOf":
		e.readBranches(key, value)
	case "items", "prefixItems":
		e.readItems(v, key, value)
	case "patternProperties", "dependentSchemas", "dependencies":
		for _, m := range value.Members() {
			if isSchema(m.Value) {
				e.part(key+"/"+m.Key, "", "").readSchema(m.Value)
			} else {
				e.attribute(ConstraintAdded, key+"/"+m.Key, m.Value.Excerpt(excerptBytes))
			}
		}
	case "additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems",
		"contains", "propertyNames", "not", "if", "then", "else":
		e.part(key, "", "").readSchema(value)
	case "format", "pattern", "const", "multipleOf", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum",
		"maxLength", "minLength", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains",
		"maxProperties", "minProperties", "dependentRequired", "contentEncoding", "contentMediaType":
		e.attribute(ConstraintAdded, key, value.Excerpt(excerptBytes))
	default:
		e.attribute(PropertyAdded, key, value.Excerpt(excerptBytes))
	}
}

// part adds a schema that a keyword leads to. Without a label the values that
// it speaks of are those of e itself.
func (e *element) part(step, label, tagLabel string) *element {
	p := e.add(&element{family: parts, name: step, label: label, tagLabel: tagLabel, untagged: tagLabel == ""})
	e.step(step, p)
	return p
}

func (e *element) readProperties(v *jsonschema.Value, home string, required map[string]bool) {
	for _, m := range v.Members() {
		f := e.add(&element{
			family: fields, name: m.Key, label: "." + m.Key, tagLabel: home + "." + m.Key,
			text: func() string { return m.Value.Excerpt(excerptBytes) },
		})
		e.step("properties/"+m.Key, f)
		if required[m.Key] {
			f.attribute(RequiredChanged, "", "required")
		}
		f.readSchema(m.Value)
	}
}

// readRequired gives the names that are required. Those that are no properties are
// constraints of the object.
func (e *element) readRequired(v *jsonschema.Value) map[string]bool {
	list := v.Get("required")
	if list == nil {
		return nil
	}
	names := make(map[string]bool, len(list.Items()))
	properties := v.Get("properties")
	for _, item := range list.Items() {
		name := item.String()
		if names[name] {
			continue
		}
		names[name] = true
		if properties.Get(name) == nil {
			e.attribute(ConstraintAdded, "required/"+name, item.Excerpt(excerptBytes))
		}
	}
	if list.Kind() != jsonschema.ArrayValue {
		// draft-03: a flag of the property itself.
		e.attribute(RequiredChanged, "", list.Excerpt(excerptBytes))
	}
	return names
}

// readDefinitions adds each definition as a record: nothing is known of where its
// values stand, so its path is that of the definition.
func (e *element) readDefinitions(key string, v *jsonschema.Value, home string) {
	for _, m := range v.Members() {
		d := e.add(&element{
			family: records, noun: "definition", name: m.Key, label: "." + key + "." + m.Key,
			tagLabel: home + "." + key + "." + m.Key,
			text:     func() string { return m.Value.Excerpt(excerptBytes) },
		})
		e.step(key+"/"+m.Key, d)
		d.readSchema(m.Value)
	}
}

// readBranches adds the branches of a combined schema. A branch has no name: one
// that is the same on the other side is found by its text, the rest by their
// places (match.go).
func (e *element) readBranches(key string, v *jsonschema.Value) {
	for i, item := range v.Items() {
		at := strconv.Itoa(i)
		b := e.add(&element{
			family: branches, noun: "branch", name: key + "/" + at, content: item.Key,
			tagLabel: "." + strings.ToLower(key) + "." + at,
			text:     func() string { return item.Excerpt(excerptBytes) },
		})
		e.step(key+"/"+at, b)
		b.readSchema(item)
	}
}

// readItems adds what an array holds; the items of a tuple are told apart by
// their places, but speak of values under one runtime name.
func (e *element) readItems(v *jsonschema.Value, key string, value *jsonschema.Value) {
	home := ".array"
	if !isArray(v) {
		home = ""
	}
	if value.Kind() != jsonschema.ArrayValue {
		e.part(key, "[i]", home).readSchema(value)
		return
	}
	for i, item := range value.Items() {
		at := strconv.Itoa(i)
		p := e.part("items/"+at, "[i]", home+"."+at)
		p.readSchema(item)
	}
}

// typeOf is the type as people read it: "string", "integer | null", "#/$defs/X".
func typeOf(v *jsonschema.Value) string {
	var names []string
	if t := v.Get("type"); t != nil {
		if t.Kind() == jsonschema.StringValue {
			names = append(names, t.String())
		}
		for _, item := range t.Items() {
			if item.Kind() == jsonschema.StringValue {
				names = append(names, item.String())
			} else {
				names = append(names, item.Excerpt(excerptBytes))
			}
		}
	}
	text := strings.Join(names, " | ")
	if ref := v.Get("$ref"); ref != nil {
		if text != "" {
			text += " "
		}
		text += ref.String()
	}
	return text
}

func jsonTags(v *jsonschema.Value) []string {
	list := v.Get(tagsProperty)
	if list == nil {
		return nil
	}
	var tags []string
	for _, item := range list.Items() {
		if item.Kind() == jsonschema.StringValue {
			tags = append(tags, item.String())
		}
	}
	return tags
}

func isSchema(v *jsonschema.Value) bool {
	switch v.Kind() {
	case jsonschema.ObjectValue, jsonschema.TrueValue, jsonschema.FalseValue:
		return true
	}
	return false
}

// isObject and isArray say whether a schema describes a record or a list, as
// the tag language sees it (catalog-api.md section 9).
func isObject(v *jsonschema.Value) bool { return hasType(v, "object") || v.Get("properties") != nil }

func isArray(v *jsonschema.Value) bool { return hasType(v, "array") || v.Get("items") != nil }

func hasType(v *jsonschema.Value, name string) bool {
	t := v.Get("type")
	if t == nil {
		return false
	}
	if t.Kind() == jsonschema.StringValue {
		return t.String() == name
	}
	for _, item := range t.Items() {
		if item.Kind() == jsonschema.StringValue && item.String() == name {
			return true
		}
	}
	return false
}

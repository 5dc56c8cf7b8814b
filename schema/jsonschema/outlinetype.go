package jsonschema

import (
	"slices"
	"strings"
)

// typeText is a short text for the type of a field: "string", "integer?",
// "array<string>", "Line", "oneOf<string|object>".
func (o *outliner) typeText(v *Value, depth int) string {
	switch {
	case v.kind == FalseValue:
		return "nothing"
	case v.kind != ObjectValue, depth > maxTypeDepth:
		return "any"
	}
	if ref := v.Get("$ref"); ref != nil && ref.kind == StringValue {
		return refName(ref.text)
	}
	if names, null := typeNames(v); len(names) > 0 || null {
		for i, name := range names {
			if name == "array" {
				names[i] = o.arrayText(v, depth)
			}
		}
		return optional(strings.Join(names, "|"), null)
	}
	switch {
	case v.Get("enum") != nil:
		return "enum"
	case v.Get("const") != nil:
		return "const"
	case v.Get("properties") != nil:
		return "object"
	case v.Get("items") != nil:
		return o.arrayText(v, depth)
	}
	for _, keyword := range []string{"oneOf", "anyOf", "allOf"} {
		if list := v.Get(keyword); list != nil && list.kind == ArrayValue {
			return o.choice(keyword, list.items, depth)
		}
	}
	return "any"
}

// typeNames gives the names in "type" without null, and whether null is one.
func typeNames(v *Value) (names []string, null bool) {
	t := v.Get("type")
	if t == nil {
		return nil, false
	}
	list := t.items
	if t.kind == StringValue {
		list = []*Value{t}
	}
	for _, item := range list {
		if item.text == "null" {
			null = true
		} else {
			names = append(names, item.text)
		}
	}
	return names, null
}

func optional(text string, null bool) string {
	switch {
	case !null:
		return text
	case text == "":
		return "null"
	}
	return text + "?"
}

func (o *outliner) arrayText(v *Value, depth int) string {
	items := v.Get("items")
	if items == nil || items.kind == ArrayValue {
		return "array"
	}
	return "array<" + o.typeText(items, depth+1) + ">"
}

// choice writes the branches of a combined type; one with null is optional.
func (o *outliner) choice(keyword string, branches []*Value, depth int) string {
	texts := make([]string, 0, len(branches))
	for _, b := range branches {
		texts = append(texts, o.typeText(b, depth+1))
	}
	if keyword != "allOf" {
		if i := slices.Index(texts, "null"); i >= 0 && len(texts) == 2 {
			return optional(texts[1-i], true)
		}
	}
	return keyword + "<" + strings.Join(texts, "|") + ">"
}

// refName is the last step of a reference.
func refName(ref string) string {
	if ref == "#" {
		return "object"
	}
	ref = strings.TrimSuffix(ref, "#")
	return ref[strings.LastIndexByte(ref, '/')+1:]
}

package avrotest

import (
	"encoding/json"
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// Change draws a text that differs from another in a few places: fields added
// or dropped, renamed with or without an alias, types changed, symbols added,
// sizes changed, names moved. The result need not be a schema.
func Change(text string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var tree any
		if err := json.Unmarshal([]byte(text), &tree); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			c := changer{t: t, left: rapid.IntRange(0, 12).Draw(t, "place")}
			tree = c.change(tree)
		}
		changed, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		return string(changed)
	})
}

// changer walks to a node and changes it.
type changer struct {
	t *rapid.T
	// left is how many nodes are passed before the one that is changed; -1
	// after that.
	left int
}

// here says that this node is the one.
func (c *changer) here() bool {
	c.left--
	return c.left == -1
}

func (c *changer) change(typ any) any {
	switch typ := typ.(type) {
	case string:
		if c.here() {
			return rapid.SampledFrom(append(primitives, any([]any{typ, "null"}))).Draw(c.t, "type")
		}
	case []any:
		if c.here() {
			return c.branches(typ)
		}
		for i := range typ {
			typ[i] = c.change(typ[i])
		}
	case object:
		return c.object(typ)
	}
	return typ
}

func (c *changer) branches(union []any) any {
	switch rapid.IntRange(0, 3).Draw(c.t, "branches") {
	case 0:
		if len(union) > 0 {
			return union[1:]
		}
	case 1:
		if len(union) > 0 {
			return union[0]
		}
	case 2:
		return append(union, "double")
	}
	return append([]any{"boolean"}, union...)
}

func (c *changer) object(o object) any {
	switch o["type"] {
	case "array":
		o["items"] = c.change(o["items"])
	case "map":
		o["values"] = c.change(o["values"])
	case "enum":
		if c.here() {
			o["symbols"] = []string{"A", "B", "E", "F"}[:rapid.IntRange(1, 4).Draw(c.t, "symbols")]
			delete(o, "default")
		}
	case "fixed":
		if c.here() {
			o["size"] = 9
		}
	case "record":
		if c.here() {
			c.record(o)
			return o
		}
		for _, f := range o["fields"].([]any) {
			field := f.(object)
			before, _ := json.Marshal(field["type"])
			field["type"] = c.change(field["type"])
			if after, _ := json.Marshal(field["type"]); string(after) != string(before) {
				delete(field, "default")
			}
		}
	default:
		if c.here() {
			return "string"
		}
	}
	return o
}

// record changes the name of a record or its fields.
func (c *changer) record(o object) {
	fields := o["fields"].([]any)
	switch rapid.IntRange(0, 5).Draw(c.t, "record") {
	case 0:
		o["fields"] = append(fields, object{"name": "added", "type": "int", "default": 0})
	case 1:
		o["fields"] = append(fields, object{"name": "added", "type": "int"})
	case 2:
		if len(fields) > 0 {
			o["fields"] = fields[1:]
		}
	case 3:
		if len(fields) > 0 {
			f := fields[0].(object)
			f["aliases"] = []any{f["name"]}
			f["name"] = "renamed"
		}
	case 4:
		name := o["name"].(string)
		o["name"] = fmt.Sprintf("%sX", name)
		if rapid.Bool().Draw(c.t, "alias") {
			o["aliases"] = []any{name}
		}
	default:
		name := o["name"].(string)
		o["name"] = "moved." + name[strings.LastIndexByte(name, '.')+1:]
	}
}

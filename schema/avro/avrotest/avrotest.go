// Package avrotest makes random Avro schemas for the tests of others.
//
// Out come schema texts that a new schema may have: all kinds of types,
// recursion, namespaces, defaults that fit, aliases, properties. [Change]
// evolves one a little, as people do, so that pairs are now and then
// compatible. It is for tests only.
package avrotest

import (
	"encoding/json"
	"fmt"

	"pgregory.net/rapid"
)

// Text draws a schema: mostly a record, as in life.
func Text() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 4).Draw(t, "root") > 0 {
			return Record().Draw(t, "record")
		}
		g := generator{t: t}
		return g.marshal(g.typ("", 4, false))
	})
}

// Record draws a record with at least one field.
func Record() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		g := generator{t: t, count: 1, named: []string{"com.acme.T1"}}
		return g.marshal(g.withProps(object{"type": "record", "name": "com.acme.T1", "fields": g.fields("com.acme", 4, 1)}))
	})
}

func (g *generator) marshal(typ any) string {
	text, err := json.Marshal(typ)
	if err != nil {
		g.t.Fatal(err)
	}
	return string(text)
}

// generator draws one schema.
type generator struct {
	t *rapid.T
	// named are the full names of the types that are defined so far.
	named []string
	count int
}

type object = map[string]any

var primitives = []any{"null", "boolean", "int", "long", "float", "double", "bytes", "string"}

// typ draws a type.
func (g *generator) typ(space string, depth int, inUnion bool) any {
	kind := rapid.IntRange(0, 9).Draw(g.t, "kind")
	if depth == 0 && kind > 4 {
		kind = 0
	}
	switch kind {
	case 5:
		return g.withProps(object{"type": "array", "items": g.typ(space, depth-1, false)})
	case 6:
		return g.withProps(object{"type": "map", "values": g.typ(space, depth-1, false)})
	case 7, 8:
		return g.definition(space, depth)
	case 9:
		if !inUnion {
			return g.union(space, depth)
		}
	case 4:
		if len(g.named) > 0 {
			return rapid.SampledFrom(g.named).Draw(g.t, "use")
		}
	case 3:
		return g.withProps(object{"type": "long", "logicalType": "timestamp-millis"})
	}
	return rapid.SampledFrom(primitives).Draw(g.t, "primitive")
}

// union draws a union without two branches of one kind.
func (g *generator) union(space string, depth int) any {
	branches := []any{}
	seen := make(map[string]bool)
	for range rapid.IntRange(1, 3).Draw(g.t, "branches") {
		known := len(g.named)
		b := g.typ(space, depth-1, true)
		name := branchName(b)
		if seen[name] {
			// What the branch defined is dropped with it.
			g.named = g.named[:known]
			continue
		}
		seen[name] = true
		branches = append(branches, b)
	}
	return branches
}

func branchName(b any) string {
	switch b := b.(type) {
	case string:
		return b
	case object:
		if name, ok := b["name"].(string); ok {
			return name
		}
		return b["type"].(string)
	}
	return ""
}

// definition draws a record, an enum or a fixed. Every name is new and is
// written in full, so that the short ones cannot be mixed up.
func (g *generator) definition(space string, depth int) any {
	if rapid.Bool().Draw(g.t, "namespace") {
		space = rapid.SampledFrom([]string{"a", "a.b", "com.acme"}).Draw(g.t, "space")
	}
	g.count++
	full := fmt.Sprintf("T%d", g.count)
	if space != "" {
		full = space + "." + full
	}
	o := object{"name": full}
	if space == "" {
		o["namespace"] = ""
	}
	if rapid.Bool().Draw(g.t, "doc") {
		o["doc"] = rapid.SampledFrom([]string{"", "What it is.", "\u00e9\n\"\u2028"}).Draw(g.t, "text")
	}
	if rapid.IntRange(0, 3).Draw(g.t, "alias") == 0 {
		o["aliases"] = []string{"Old", "x.Older"}
	}
	switch rapid.IntRange(0, 3).Draw(g.t, "definition") {
	case 0:
		symbols := []string{"A", "B", "C", "D"}[:rapid.IntRange(1, 4).Draw(g.t, "symbols")]
		o["type"], o["symbols"] = "enum", symbols
		if rapid.Bool().Draw(g.t, "enum default") {
			o["default"] = symbols[0]
		}
		g.named = append(g.named, full)
	case 1:
		o["type"], o["size"] = "fixed", rapid.IntRange(0, 8).Draw(g.t, "size")
		g.named = append(g.named, full)
	default:
		o["type"] = "record"
		if space != "" {
			// Inside a namespace an open type without one has no name.
			g.named = append(g.named, full)
		}
		o["fields"] = g.fields(space, depth, 0)
		if space == "" {
			g.named = append(g.named, full)
		}
	}
	return g.withProps(o)
}

func (g *generator) fields(space string, depth, least int) []any {
	fields := []any{}
	for i := range rapid.IntRange(least, 5).Draw(g.t, "fields") {
		f := object{"name": fmt.Sprintf("f%d", i), "type": g.typ(space, depth-1, false)}
		if def, ok := g.fitting(f["type"]); ok && rapid.Bool().Draw(g.t, "default") {
			f["default"] = def
		}
		if rapid.IntRange(0, 4).Draw(g.t, "alias") == 0 {
			f["aliases"] = []string{fmt.Sprintf("old%d", i), fmt.Sprintf("older%d", i)}
		}
		if rapid.IntRange(0, 4).Draw(g.t, "order") == 0 {
			f["order"] = rapid.SampledFrom([]string{"ascending", "descending", "IGNORE"}).Draw(g.t, "word")
		}
		fields = append(fields, g.withProps(f))
	}
	return fields
}

// withProps adds properties now and then.
func (g *generator) withProps(o object) object {
	if rapid.IntRange(0, 5).Draw(g.t, "props") == 0 {
		o["zz"] = rapid.SampledFrom([]any{1, 1.5, "x", nil, true, []any{1, "y"}, object{"b": 1, "a": object{}}}).Draw(g.t, "prop")
		o["confluent:tags"] = []string{"PII"}
	}
	return o
}

// fitting is a default that fits a type; none for names and records.
func (g *generator) fitting(typ any) (any, bool) {
	switch typ := typ.(type) {
	case string:
		def, ok := map[string]any{
			"null": nil, "boolean": true, "int": -1, "long": 5_000_000_000, "float": 1, "double": 2.5, "bytes": "ÿ", "string": "x",
		}[typ]
		return def, ok
	case []any:
		return g.fitting(typ[0])
	case object:
		switch typ["type"] {
		case "array":
			return []any{}, true
		case "map":
			return object{}, true
		case "long":
			return 0, true
		case "enum":
			return typ["symbols"].([]string)[0], true
		case "fixed":
			return "\u0000", true
		}
	}
	return nil, false
}

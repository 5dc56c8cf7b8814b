package compat_test

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsonschema"
)

// jsonGenerator draws schemas of one dialect with definitions that refer to
// each other.
type jsonGenerator struct {
	t      *rapid.T
	modern bool
}

type jsonObject = map[string]any

func (g jsonGenerator) root() string {
	o, ok := g.schema(3).(jsonObject)
	if !ok {
		o = jsonObject{}
	}
	if g.modern {
		o["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	} else {
		o["$schema"] = "http://json-schema.org/draft-07/schema#"
	}
	o["definitions"] = jsonObject{"a": g.schema(2), "b": g.schema(2)}
	text, err := json.Marshal(o)
	if err != nil {
		g.t.Fatal(err)
	}
	return string(text)
}

func (g jsonGenerator) pick(n int) int { return rapid.IntRange(0, n-1).Draw(g.t, "pick") }

func (g jsonGenerator) schema(depth int) any {
	if depth == 0 {
		return [...]any{true, false, jsonObject{}, jsonObject{"type": "string"}, jsonObject{"$ref": "#/definitions/a"}}[g.pick(5)]
	}
	o := jsonObject{}
	for range g.pick(3) + 1 {
		g.keyword(o, depth-1)
	}
	return o
}

func (g jsonGenerator) list(depth int) []any {
	list := make([]any, g.pick(3))
	for i := range list {
		list[i] = g.schema(depth)
	}
	return list
}

func (g jsonGenerator) properties(depth int) jsonObject {
	o := jsonObject{}
	for range g.pick(4) {
		o[[...]string{"x", "y", "zz", "ü"}[g.pick(4)]] = g.schema(depth)
	}
	return o
}

func (g jsonGenerator) keyword(o jsonObject, depth int) {
	names := []any{"integer", "number", "string", "boolean", "null", "array", "object"}
	switch g.pick(14) {
	case 0, 1:
		o["type"] = names[g.pick(7)]
	case 2:
		o["type"] = []any{names[g.pick(7)], names[g.pick(7)]}
	case 3:
		o[[...]string{"maxLength", "minLength", "maxItems", "minProperties"}[g.pick(4)]] = g.pick(3)
	case 4:
		o[[...]string{"maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"}[g.pick(4)]] = g.pick(3)
	case 5:
		o["multipleOf"] = [...]any{1, 2, 0.5}[g.pick(3)]
	case 6:
		o["enum"] = []any{g.pick(2), "s", nil}[:g.pick(3)+1]
	case 7:
		o[[...]string{"allOf", "anyOf", "oneOf"}[g.pick(3)]] = g.list(depth)
	case 8, 9:
		o["properties"] = g.properties(depth)
	case 10:
		o["required"] = []any{"x", "zz"}[:g.pick(2)+1]
	case 11:
		o[[...]string{"additionalProperties", "not", "items", "unevaluatedProperties"}[g.pick(4)]] = g.schema(depth)
	case 12:
		o["patternProperties"] = jsonObject{"^z": g.schema(depth)}
	case 13:
		o["$ref"] = [...]string{"#", "#/definitions/a", "#/definitions/b"}[g.pick(3)]
	}
}

// check gives the verdict. Where comparing two schemas takes more steps than the
// budget has, there is none to hold a law against, and what was drawn is
// discarded; no generator can tell such schemas from others.
func (g jsonGenerator) check(level compat.Level, policy compat.Policy, old, fresh schema.Schema) bool {
	result, err := compat.Check(g.t.Context(), compat.Request{
		Level: level, Policy: policy, New: fresh, Budget: compat.Budget{Steps: 200_000, Pair: time.Minute, Total: time.Minute},
		Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return old, nil }}},
	})
	var given *compat.BudgetError
	if errors.As(err, &given) {
		g.t.Skipf("discarded, as it has no verdict: %v", err)
	}
	if err != nil {
		g.t.Fatal(err)
	}
	return result.Compatible
}

func (g jsonGenerator) parse(text string) schema.Schema {
	s, err := jsonschema.Parser{}.Parse(g.t.Context(), schema.Source{Type: schema.JSON, Text: text}, schema.Options{})
	if err != nil {
		g.t.Fatalf("%s: %v", text, err)
	}
	return s
}

func TestJSONLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := jsonGenerator{t: t, modern: rapid.Bool().Draw(t, "modern")}
		first, second := g.root(), g.root()
		x, again, y := g.parse(first), g.parse(first), g.parse(second)
		if !g.check(compat.Full, compat.Strict, x, again) {
			t.Errorf("%s is not compatible with itself", first)
		}
		backward := g.check(compat.Backward, compat.Strict, x, y)
		forward := g.check(compat.Forward, compat.Strict, x, y)
		if full := g.check(compat.Full, compat.Strict, x, y); full != (backward && forward) {
			t.Errorf("%s and %s: FULL %v, BACKWARD %v, FORWARD %v", first, second, full, backward, forward)
		}
		if backward != g.check(compat.Forward, compat.Strict, y, x) {
			t.Errorf("%s and %s: BACKWARD is not FORWARD the other way round", first, second)
		}
		normal, err := x.Normalize()
		if err != nil {
			t.Fatal(err)
		}
		if backward != g.check(compat.Backward, compat.Strict, normal, y) {
			t.Errorf("%s and %s: the normal form has another verdict", first, second)
		}
	})
}

// FuzzJSONDiff holds that no pair of texts breaks the comparison, and that
// every text that is accepted is compatible with itself.
func FuzzJSONDiff(f *testing.F) {
	var c corpus
	readJSON(f, filepath.Join("testdata", "json-pairs.json.gz"), &c)
	for _, p := range c.Pairs[:60] {
		f.Add(p.Old, p.New)
	}
	f.Fuzz(func(t *testing.T, old, fresh string) {
		parse := func(text string) (schema.Schema, error) {
			return jsonschema.Parser{}.Parse(t.Context(), schema.Source{Type: schema.JSON, Text: text}, schema.Options{})
		}
		x, errOld := parse(old)
		y, errFresh := parse(fresh)
		again, errAgain := parse(old)
		if (errOld == nil) != (errAgain == nil) {
			t.Fatalf("%s: %v, and read again %v", old, errOld, errAgain)
		}
		if errOld != nil || errFresh != nil {
			return // refusals are FuzzParse's of the parser
		}
		// check gives no result where the comparison took more than its budget.
		check := func(a, b schema.Schema) (compat.Result, bool) {
			result, err := compat.Check(t.Context(), compat.Request{
				Level: compat.Full, New: b, Compatible: true, Budget: compat.Budget{Steps: 20_000, Pair: time.Second, Total: time.Second},
				Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return a, nil }}},
			})
			var given *compat.BudgetError
			if errors.As(err, &given) {
				return compat.Result{}, false
			}
			if err != nil {
				t.Fatal(err)
			}
			return result, true
		}
		if result, ok := check(x, y); ok {
			compat.Messages(result, compat.Full, false)
		}
		if result, ok := check(x, again); ok && !result.Compatible {
			t.Errorf("%s is not compatible with itself", old)
		}
	})
}

package compat_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// field is a record with one field.
func fieldOf(typ string) string {
	return `{"type":"record","name":"R","fields":[{"name":"a","type":` + typ + `}]}`
}

// TestAvroNamespaceWarnings: compatibility.md 9.2, "Avro: namespace changes
// pass".
func TestAvroNamespaceWarnings(t *testing.T) {
	const at = "NAMESPACE_CHANGED /namespace SOURCE likely"
	inUnion := func(space string) string {
		return `["null",{"type":"record","name":"R","namespace":"` + space + `","fields":[]}]`
	}
	for _, c := range []struct {
		name       string
		level      compat.Level
		fresh, old string
		want       []string
	}{
		{"backward", compat.Backward, `{"type":"record","name":"m.R","fields":[]}`, `{"type":"record","name":"n.R","fields":[]}`, []string{at + " backward"}},
		{"forward", compat.Forward, `{"type":"record","name":"m.R","fields":[]}`, `{"type":"record","name":"n.R","fields":[]}`, []string{at + " forward"}},
		{"both", compat.Full, `{"type":"enum","name":"m.R","symbols":["A"]}`, `{"type":"enum","name":"R","symbols":["A"]}`, []string{at + " both"}},
		{"none", compat.None, `{"type":"record","name":"m.R","fields":[]}`, `{"type":"record","name":"n.R","fields":[]}`, nil},
		{"the same", compat.Full, `{"type":"record","name":"R","namespace":"n","fields":[]}`, `{"type":"record","name":"n.R","fields":[]}`, nil},
		{"another name is no warning", compat.Backward, `{"type":"record","name":"m.R","fields":[]}`, `{"type":"record","name":"n.S","fields":[]}`, nil},
		{
			"each type once", compat.Backward,
			`{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"fixed","name":"m.F","size":1}},{"name":"b","type":"m.F"}]}`,
			`{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"fixed","name":"n.F","size":1}},{"name":"b","type":"n.F"}]}`,
			[]string{"NAMESPACE_CHANGED /fields/0/type/namespace SOURCE likely backward"},
		},
		{"in a union", compat.Backward, inUnion("m"), inUnion("n"), []string{"NAMESPACE_CHANGED /1/namespace SOURCE likely backward"}},
		{
			"a recursive type", compat.Backward,
			`{"type":"record","name":"m.R","fields":[{"name":"next","type":["null","m.R"]}]}`, `{"type":"record","name":"n.R","fields":[{"name":"next","type":["null","n.R"]}]}`,
			[]string{"NAMESPACE_CHANGED /namespace SOURCE likely backward"},
		},
		{
			"the branch of the same full name counts", compat.Backward,
			`[{"type":"record","name":"m.R","fields":[]},{"type":"record","name":"n.R","fields":[]}]`, `{"type":"record","name":"n.R","fields":[]}`,
			nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, warningLines(t, c.level, parseAvro(t, c.fresh), parseAvro(t, c.old))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAvroLogicalWarnings: compatibility.md 9.2, "Avro: logical types
// ignored". Each pair is compared with the first type as the reader.
func TestAvroLogicalWarnings(t *testing.T) {
	decimal := func(precision, scale int) string {
		return fmt.Sprintf(`{"type":"bytes","logicalType":"decimal","precision":%d,"scale":%d}`, precision, scale)
	}
	logical := func(typ, name string) string { return fmt.Sprintf(`{"type":%q,"logicalType":%q}`, typ, name) }
	for _, c := range []struct {
		name           string
		reader, writer string
		want           string
	}{
		{"scale", decimal(9, 4), decimal(9, 2), "certain"},
		{"scale of a fixed", `{"type":"fixed","name":"F","size":8,"logicalType":"decimal","precision":9,"scale":4}`, `{"type":"fixed","name":"F","size":8,"logicalType":"decimal","precision":9}`, "certain"},
		{"less precision", decimal(8, 2), decimal(9, 2), "possible"},
		{"more precision", decimal(9, 2), decimal(8, 2), ""},
		{"the same decimal", decimal(9, 2), decimal(9, 2), ""},
		{"millis and micros", logical("long", "timestamp-millis"), logical("long", "timestamp-micros"), "certain"},
		{"times of other widths", logical("long", "time-micros"), logical("int", "time-millis"), "certain"},
		{"a date as a time", logical("int", "time-millis"), logical("int", "date"), "certain"},
		{"a date as a timestamp", logical("long", "timestamp-millis"), logical("int", "date"), "certain"},
		{"local and not", logical("long", "local-timestamp-millis"), logical("long", "timestamp-millis"), "likely"},
		{"local in another unit", logical("long", "local-timestamp-millis"), logical("long", "timestamp-micros"), "certain"},
		{"the same timestamp", logical("long", "timestamp-millis"), logical("long", "timestamp-millis"), ""},
		{"a number as a date", logical("int", "date"), `"int"`, "likely"},
		{"a date as a number", `"long"`, logical("int", "date"), "likely"},
		{"bytes as a decimal", decimal(9, 2), `"string"`, "likely"},
		{"a text as a UUID", logical("string", "uuid"), `"string"`, "possible"},
		{"a UUID as a text", `"string"`, logical("string", "uuid"), ""},
		{"bytes as a UUID", `{"type":"fixed","name":"F","size":16,"logicalType":"uuid"}`, `{"type":"fixed","name":"F","size":16}`, ""},
		{"a logical type that does not fit is none", logical("string", "date"), `"string"`, "possible"},
		{"of our own", logical("int", "cents"), logical("int", "euros"), "possible"},
		{"of our own, the same", logical("int", "cents"), logical("int", "cents"), ""},
		{"other properties", `{"type":"int","x":1}`, `{"type":"int","x":2}`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			reader, writer := parseAvro(t, fieldOf(c.reader)), parseAvro(t, fieldOf(c.writer))
			var backward, forward []string
			if c.want != "" {
				line := "LOGICAL_TYPE_CHANGED /fields/0/type/logicalType WIRE " + c.want
				backward, forward = []string{line + " backward"}, []string{line + " forward"}
			}
			if diff := cmp.Diff(backward, warningLines(t, compat.Backward, reader, writer)); diff != "" {
				t.Errorf("backward: %s", diff)
			}
			if diff := cmp.Diff(forward, warningLines(t, compat.Forward, writer, reader)); diff != "" {
				t.Errorf("forward: %s", diff)
			}
		})
	}
}

// TestAvroLogicalWarningsInUnions: the branch that a reader takes counts, that
// of the same type before one that it is promoted to.
func TestAvroLogicalWarningsInUnions(t *testing.T) {
	const date = `{"type":"int","logicalType":"date"}`
	for _, c := range []struct {
		name           string
		reader, writer string
		want           []string
	}{
		{"exact before promoted", `["long",` + date + `]`, date, nil},
		{"promoted", `["null","long"]`, date, []string{"LOGICAL_TYPE_CHANGED /fields/0/type/1/logicalType WIRE likely backward"}},
		{"out of a union", `"long"`, `["long",` + date + `]`, []string{"LOGICAL_TYPE_CHANGED /fields/0/type/1/logicalType WIRE likely backward"}},
		{"of two unions", `["null",{"type":"long","logicalType":"timestamp-millis"}]`, `["null",{"type":"long","logicalType":"timestamp-micros"}]`, []string{"LOGICAL_TYPE_CHANGED /fields/0/type/1/logicalType WIRE certain backward"}},
		{"deeper", `{"type":"array","items":{"type":"map","values":["null",` + date + `]}}`, `{"type":"array","items":{"type":"map","values":["null","int"]}}`, []string{"LOGICAL_TYPE_CHANGED /fields/0/type/items/values/1/logicalType WIRE likely backward"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, warningLines(t, compat.Backward, parseAvro(t, fieldOf(c.reader)), parseAvro(t, fieldOf(c.writer)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAvroDefaultWarnings: compatibility.md 9.2, "enum and fixed defaults are
// not checked against symbols and size". They are faults of the new schema, at
// any level.
func TestAvroDefaultWarnings(t *testing.T) {
	const (
		enum  = `{"type":"enum","name":"E","symbols":["A","B"]}`
		fixed = `{"type":"fixed","name":"F","size":2}`
		inner = `{"type":"record","name":"I","fields":[{"name":"e","type":` + enum + `}]}`
	)
	unknown := func(at string) []string {
		return []string{"ENUM_DEFAULT_NOT_A_SYMBOL /fields/0/default" + at + " WIRE certain"}
	}
	size := []string{"FIXED_DEFAULT_OF_WRONG_SIZE /fields/0/default WIRE certain"}
	for _, c := range []struct {
		name, typ, value string
		want             []string
	}{
		{"a symbol", enum, `"B"`, nil},
		{"no symbol", enum, `"C"`, unknown("")},
		{"right size", fixed, `"\u0000ÿ"`, nil},
		{"too short", fixed, `"a"`, size},
		{"too long", fixed, `"abc"`, size},
		{"no byte", fixed, `"aĀ"`, size},
		{"in an array", `{"type":"array","items":` + enum + `}`, `["A","C"]`, unknown("/1")},
		{"in a map", `{"type":"map","values":` + enum + `}`, `{"x/y":"C"}`, unknown("/x~1y")},
		{"in a record", inner, `{"e":"C"}`, unknown("/e")},
		{"in a union", `["null",` + enum + `]`, `"C"`, unknown("")},
		{"of another branch", `["string",` + enum + `]`, `"C"`, nil},
		{"null of a union", `["null",` + enum + `]`, `null`, nil},
		{"bytes have no size", `"bytes"`, `"abc"`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := `{"type":"record","name":"R","fields":[{"name":"a","type":` + c.typ + `,"default":` + c.value + `}]}`
			fresh, old := parseAvro(t, text), parseAvro(t, `{"type":"record","name":"R","fields":[]}`)
			for _, level := range []compat.Level{compat.Backward, compat.Forward, compat.None} {
				if diff := cmp.Diff(c.want, warningLines(t, level, fresh, old)); diff != "" {
					t.Errorf("%s: %s", level, diff)
				}
			}
			if got := warningLines(t, compat.Full, old, fresh); got != nil {
				t.Errorf("the old schema's default: %q", got)
			}
		})
	}
}

// TestAvroWarningTwin: place, fragments and versions of a warning; the same
// one of several versions is told once.
func TestAvroWarningTwin(t *testing.T) {
	with := func(scale int) schema.Schema {
		return parseAvro(t, fmt.Sprintf("{\"type\":\"record\",\"name\":\"R\",\"fields\":[\n{\"name\":\"a\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":%d}}]}", scale))
	}
	request := compat.Request{Level: compat.FullTransitive, New: with(4)}
	for i, scale := range []int{2, 4, 3, 2} {
		request.Old = append(request.Old, compat.Version{
			Number: int32(4 - i), Schema: func() (schema.Schema, error) { return with(scale), nil },
		})
	}
	got := warned(t, request).Warnings
	if len(got) != 4 {
		t.Fatalf("%d warnings, want two scales in two directions: %+v", len(got), got)
	}
	want := compat.Warning{
		Code: "LOGICAL_TYPE_CHANGED", Path: "/fields/0/type/logicalType", Info: "new: decimal(9, 4), old: decimal(9, 2)",
		Category: compat.Wire, Confidence: compat.Certain, Position: schema.Position{Offset: 58, Line: 2, Column: 20},
		Old:  `{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}`,
		New:  `{"type":"bytes","logicalType":"decimal","precision":9,"scale":4}`,
		Hint: "Certain: a decimal that was written with the scale 2 is read with the scale 4, so its value changes by powers of ten. Keep decimal(9, 2), or use a field of another name.",
		// Versions 4 and 1 are the same text.
		Versions: []int32{4, 1}, Backward: true,
	}
	if diff := cmp.Diff(want, got[1]); diff != "" {
		t.Error(diff)
	}
}

// TestAvroWarningBudget: what ends a budget cuts the warnings and leaves the
// verdict.
func TestAvroWarningBudget(t *testing.T) {
	// Each branch of one union is looked for among those of the other.
	branches := func(space string) string {
		var b strings.Builder
		for i := range 3000 {
			fmt.Fprintf(&b, `,{"type":"record","name":"%s%d.R","fields":[]}`, space, i)
		}
		return `["null"` + b.String() + "]"
	}
	fresh, old := parseAvro(t, branches("m")), parseAvro(t, branches("n"))
	for _, c := range []struct {
		name    string
		request compat.Request
		cut     bool
	}{
		{"steps", compat.Request{Budget: compat.Budget{Steps: 200_000, Pair: time.Minute, Total: time.Minute}}, true},
		{"number", compat.Request{}, true},
		{"enough", compat.Request{Level: compat.None}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := c.request
			if r.Level == "" {
				r.Level = compat.Full
			}
			r.New, r.Old, r.Warnings = fresh, versions(old), true
			start := time.Now()
			result, err := compat.Check(t.Context(), r)
			var given *compat.BudgetError
			switch {
			case errors.As(err, &given):
				t.Fatalf("Check: %v", err)
			case err != nil || !result.Compatible || result.WarningsCut != c.cut || len(result.Warnings) > 1000:
				t.Errorf("Check = %v, cut %v, %d warnings, %v", result.Compatible, result.WarningsCut, len(result.Warnings), err)
			}
			if took := time.Since(start); took > 4*time.Second {
				t.Errorf("took %v", took)
			}
			t.Log(len(result.Warnings), time.Since(start))
		})
	}
}

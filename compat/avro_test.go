package compat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// found is what a test wants to know of a difference.
type found struct {
	Code, Path, Info string
	// At is what stands in the new text at the position, up to its length.
	At       string
	Old, New string
	Hint     string
}

// TestAvroDifferences goes through wire/compatibility.md section 6, with what
// the structured report adds.
func TestAvroDifferences(t *testing.T) {
	for _, c := range []struct {
		name       string
		level      compat.Level
		fresh, old string
		want       []found
	}{
		{
			"a field without default is added", compat.Backward,
			`{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"long"}]}`,
			`{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}`,
			[]found{{
				"READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1", "b", `{"name":"b"`,
				"", `{"name":"b","type":"long"}`, `Give the field "b" of R a default, such as "default": 0.`,
			}},
		},
		{
			"a field without default is dropped", compat.Forward,
			`{"type":"record","name":"n.R","fields":[{"name":"a","type":"int"}]}`,
			`{"type":"record","name":"n.R","fields":[{"name":"a","type":"int"},{"name":"b","type":["null","string"]}]}`,
			[]found{{
				"READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1", "b", `{"type":"record"`,
				`{"name":"b","type":["null","string"]}`, "", `Keep the field "b" in n.R: the old schema has no default for it.`,
			}},
		},
		{
			"a type changes", compat.Backward,
			`{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"array","items":"int"}}]}`,
			`{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"array","items":"string"}}]}`,
			[]found{{
				"TYPE_MISMATCH", "/fields/0/type/items", "reader type: INT not compatible with writer type: STRING", `"int"`,
				`"string"`, `"int"`, `Keep the type "string", or make it a union that has it beside "int".`,
			}},
		},
		{
			"a named type is defined elsewhere: the field is the place", compat.Backward,
			`{"type":"record","name":"R","fields":[{"name":"x","type":{"type":"fixed","name":"F","size":1}},{"name":"a","type":"F"}]}`,
			`{"type":"record","name":"R","fields":[{"name":"x","type":{"type":"fixed","name":"F","size":1}},{"name":"a","type":"int"}]}`,
			[]found{{
				"TYPE_MISMATCH", "/fields/1/type", "reader type: FIXED not compatible with writer type: INT", `{"name":"a"`,
				`"int"`, `{"type":"fixed","name":"F","size":1}`, `Keep the type "int", or make it a union that has it beside {"type":"fixed","name":"F","size":1}.`,
			}},
		},
		{
			"names", compat.Full,
			`{"type":"record","name":"n.New","fields":[]}`, `{"type":"record","name":"n.Old","fields":[]}`,
			[]found{
				{
					"NAME_MISMATCH", "/name", "expected: n.New", `{"type":"record"`,
					`{"type":"record","name":"n.Old"}`, `{"type":"record","name":"n.New"}`,
					"Keep the name n.Old: an alias in the new schema does not help the old one to read.",
				},
				{
					"NAME_MISMATCH", "/name", "expected: n.Old", `{"type":"record"`,
					`{"type":"record","name":"n.Old"}`, `{"type":"record","name":"n.New"}`, `Add "n.Old" to the aliases of n.New.`,
				},
			},
		},
		{"an alias helps the reader", compat.Backward, `{"type":"record","name":"n.New","aliases":["Old"],"fields":[]}`, `{"type":"record","name":"n.Old","fields":[]}`, nil},
		{
			"an alias of another namespace does not", compat.Backward, `{"type":"record","name":"m.New","aliases":["Old"],"fields":[]}`, `{"type":"record","name":"n.Old","fields":[]}`,
			[]found{{"NAME_MISMATCH", "/name", "expected: n.Old", `{"type":"record"`, `{"type":"record","name":"n.Old"}`, `{"type":"record","name":"m.New","aliases":["m.Old"]}`, `Add "n.Old" to the aliases of m.New.`}},
		},
		{"namespaces are not compared", compat.Full, `{"type":"record","name":"m.R","fields":[]}`, `{"type":"record","name":"n.R","fields":[]}`, nil},
		{
			"name and size of a fixed", compat.Backward,
			`{"type":"fixed","name":"F","size":1}`, `{"type":"fixed","name":"G","size":2}`,
			[]found{
				{"NAME_MISMATCH", "/name", "expected: G", `{"type":"fixed"`, `{"type":"fixed","name":"G","size":2}`, `{"type":"fixed","name":"F","size":1}`, `Add "G" to the aliases of F.`},
				{"FIXED_SIZE_MISMATCH", "/size", "expected: 2, found: 1", `{"type":"fixed"`, `{"type":"fixed","name":"G","size":2}`, `{"type":"fixed","name":"F","size":1}`, `Keep the size 2 of F.`},
			},
		},
		{
			"symbols go", compat.Backward, `{"type":"enum","name":"E","symbols":["B"]}`, `{"type":"enum","name":"E","symbols":["C","B","A"]}`,
			[]found{{
				"MISSING_ENUM_SYMBOLS", "/symbols", "[A, C]", `{"type":"enum"`,
				`{"type":"enum","name":"E","symbols":["C","B","A"]}`, `{"type":"enum","name":"E","symbols":["B"]}`, "Keep the symbols A, C in E, or give the enum a default.",
			}},
		},
		{"symbols go, with a default", compat.Backward, `{"type":"enum","name":"E","symbols":["B"],"default":"B"}`, `{"type":"enum","name":"E","symbols":["C","B","A"]}`, nil},
		{
			"a branch goes", compat.Backward, `["null","int"]`, `["null","string","int"]`,
			[]found{{"MISSING_UNION_BRANCH", "/1", "reader union lacking writer type: STRING", `["null"`, `"string"`, `["null","int"]`, `Add "string" to the union.`}},
		},
		{
			"a branch is there, but does not read", compat.Backward,
			`["null",{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}]`, `["null",{"type":"record","name":"R","fields":[]}]`,
			[]found{{
				"MISSING_UNION_BRANCH", "/1", "reader union lacking writer type: RECORD", `["null"`,
				`{"type":"record","name":"R"}`, `["null","R"]`,
				`The union has the branch R, but that does not read the old one: Give the field "a" of R a default, such as "default": 0.`,
			}},
		},
		{
			"no union reads a union", compat.Backward, `"int"`, `["int","string","bytes"]`,
			[]found{
				{"TYPE_MISMATCH", "/1", "reader type: INT not compatible with writer type: STRING", `"int"`, `"string"`, `"int"`, `Keep the type "string", or make it a union that has it beside "int".`},
				{"TYPE_MISMATCH", "/2", "reader type: INT not compatible with writer type: BYTES", `"int"`, `"bytes"`, `"int"`, `Keep the type "bytes", or make it a union that has it beside "int".`},
			},
		},
		{"a union reads what one branch reads", compat.Backward, `["null","double"]`, `"int"`, nil},
		{
			"an enum with a default of its own meets the record", compat.Backward,
			`{"type":"record","name":"R","fields":[{"name":"e","type":{"type":"enum","name":"E","symbols":["A"],"default":"A"}}]}`, `{"type":"record","name":"R","fields":[]}`,
			[]found{{
				"TYPE_MISMATCH", "/fields/0/type", "reader type: ENUM not compatible with writer type: RECORD", `{"type":"enum"`,
				`{"type":"record","name":"R"}`, `{"type":"enum","name":"E","symbols":["A"],"default":"A"}`, "",
			}},
		},
		{
			"a shared type is reported for each use, with the path of the first", compat.Backward,
			`{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"fixed","name":"F","size":1}},{"name":"b","type":"F"}]}`,
			`{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"fixed","name":"F","size":2}},{"name":"b","type":"F"}]}`,
			[]found{
				{"FIXED_SIZE_MISMATCH", "/fields/0/type/size", "expected: 2, found: 1", `{"type":"fixed"`, `{"type":"fixed","name":"F","size":2}`, `{"type":"fixed","name":"F","size":1}`, "Keep the size 2 of F."},
				{"FIXED_SIZE_MISMATCH", "/fields/0/type/size", "expected: 2, found: 1", `{"type":"fixed"`, `{"type":"fixed","name":"F","size":2}`, `{"type":"fixed","name":"F","size":1}`, "Keep the size 2 of F."},
			},
		},
		{
			"a recursive type", compat.Backward,
			`{"type":"record","name":"R","fields":[{"name":"next","type":["null","R"]},{"name":"v","type":"int"}]}`,
			`{"type":"record","name":"R","fields":[{"name":"next","type":["null","R"]},{"name":"v","type":"string"}]}`,
			[]found{{
				"TYPE_MISMATCH", "/fields/1/type", "reader type: INT not compatible with writer type: STRING", `"int"`,
				`"string"`, `"int"`, `Keep the type "string", or make it a union that has it beside "int".`,
			}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			fresh, old := parseAvro(t, c.fresh), parseAvro(t, c.old)
			result, err := compat.Check(t.Context(), compat.Request{Level: c.level, New: fresh, Old: versions(old)})
			if err != nil {
				t.Fatal(err)
			}
			var got []found
			for _, r := range result.Reports {
				for _, d := range append(r.Forward, r.Backward...) {
					f := found{d.Code, d.Path, d.Info, c.fresh[d.Position.Offset:], d.Old, d.New, d.Hint}
					if i := len(got); i < len(c.want) {
						f.At = f.At[:min(len(f.At), len(c.want[i].At))]
						if c.want[i].Hint == "" {
							f.Hint = ""
						}
					}
					got = append(got, f)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAvroPromotions is the table of section 6.
func TestAvroPromotions(t *testing.T) {
	reads := map[string]string{
		"int": "int", "long": "int long", "float": "int long float", "double": "int long float double",
		"bytes": "bytes string", "string": "bytes string", "null": "null", "boolean": "boolean",
	}
	for reader, writers := range reads {
		for writer := range reads {
			want := false
			for w := range strings.FieldsSeq(writers) {
				want = want || w == writer
			}
			result, err := compat.Check(t.Context(), compat.Request{
				Level: compat.Backward, New: parseAvro(t, `"`+reader+`"`), Old: versions(parseAvro(t, `"`+writer+`"`)),
			})
			if err != nil || result.Compatible != want {
				t.Errorf("%s reads %s: %v, %v, want %v", reader, writer, result.Compatible, err, want)
			}
		}
	}
}

// TestAvroNotes are the differences that the wire does not tell.
func TestAvroNotes(t *testing.T) {
	fresh := parseAvro(t, `{"type":"record","name":"m.R","fields":[
		{"name":"a","type":"long"},{"name":"b","type":"int","default":1},
		{"name":"c","type":{"type":"long","logicalType":"timestamp-micros"}},
		{"name":"d","type":{"type":"enum","name":"E","symbols":["A"],"default":"A"}}]}`)
	old := parseAvro(t, `{"type":"record","name":"n.R","fields":[
		{"name":"a","type":"int"},{"name":"gone","type":"int"},
		{"name":"c","type":{"type":"long","logicalType":"timestamp-millis"}},
		{"name":"d","type":{"type":"enum","name":"E","symbols":["A","B"]}}]}`)
	result, err := compat.Check(t.Context(), compat.Request{Level: compat.Backward, New: fresh, Old: versions(old), Compatible: true})
	if err != nil || !result.Compatible {
		t.Fatalf("%+v, %v", result, err)
	}
	var got []string
	for _, d := range result.Reports[0].Backward {
		got = append(got, d.Code+" "+d.Path)
	}
	want := []string{
		"NAMESPACE_CHANGED /namespace", "TYPE_PROMOTED /fields/0/type", "FIELD_READ_FROM_DEFAULT /fields/1",
		"LOGICAL_TYPE_CHANGED /fields/2/type/logicalType", "NAMESPACE_CHANGED /fields/3/type/namespace",
		"ENUM_SYMBOLS_READ_AS_DEFAULT /fields/3/type/symbols", "FIELD_NOT_READ /fields",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestAvroReferences: types of references are compared like others, and have
// no place in the new text.
func TestAvroReferences(t *testing.T) {
	parse := func(text, dependency string) schema.Schema {
		ref := schema.Reference{Name: "a", Subject: "a", Version: 1}
		return mustParseSource(t, schema.Source{
			Text: text, References: []schema.Reference{ref}, Dependencies: []schema.Dependency{{Reference: ref, Text: dependency, Direct: true}},
		})
	}
	text := `{"type":"record","name":"R","fields":[{"name":"a","type":"A"}]}`
	fresh := parse(text, `{"type":"record","name":"A","fields":[{"name":"x","type":"int"}]}`)
	old := parse(text, `{"type":"record","name":"A","fields":[]}`)
	result, err := compat.Check(t.Context(), compat.Request{Level: compat.Backward, New: fresh, Old: versions(old)})
	if err != nil || result.Compatible {
		t.Fatalf("%+v, %v", result, err)
	}
	if d := result.Reports[0].Backward[0]; d.Path != "/fields/0/type/fields/0" || d.Position != (schema.Position{}) {
		t.Errorf("%+v", d)
	}
}

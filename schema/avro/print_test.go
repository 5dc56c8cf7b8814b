package avro_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCanonicalText goes through wire/compatibility.md 3.1; an empty want is
// the text itself.
func TestCanonicalText(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"primitive", `{"type":"int"}`, `"int"`},
		{"primitive with properties", `{"b":1,"type":"int","a":2}`, `{"type":"int","b":1,"a":2}`},
		{
			"record, order of keys",
			`{"z":1,"aliases":["B"],"fields":[{"q":1,"aliases":["x"],"order":"IGNORE","default":1,"doc":"e","type":"int","name":"a"}],"doc":"d","namespace":"n","name":"R","type":"record"}`,
			`{"type":"record","name":"R","namespace":"n","doc":"d","fields":[{"name":"a","type":"int","doc":"e","default":1,"order":"ignore","aliases":["x"],"q":1}],"z":1,"aliases":["B"]}`,
		},
		{
			"enum", `{"p":1,"default":"A","symbols":["B","A"],"doc":"","name":"n.E","type":"enum","order":"x"}`,
			`{"type":"enum","name":"E","namespace":"n","doc":"","symbols":["B","A"],"default":"A","p":1,"order":"x"}`,
		},
		{"fixed", `{"size":2,"name":"F","aliases":["x.G"],"type":"fixed","default":1}`, `{"type":"fixed","name":"F","size":2,"default":1,"aliases":["x.G"]}`},
		{"array and map", `{"p":1,"items":{"values":"int","type":"map"},"type":"array"}`, `{"type":"array","items":{"type":"map","values":"int"},"p":1}`},
		{"keys without meaning are dropped", `{"type":"int","name":"x","fields":1,"size":2,"aliases":3,"order":4,"default":5}`, `{"type":"int","order":4,"default":5}`},
		{"an empty doc stays, empty aliases go", `{"type":"record","name":"R","doc":"","aliases":[],"fields":[]}`, `{"type":"record","name":"R","doc":"","fields":[]}`},
		{"ascending goes", in(`"int","order":"Ascending"`), in(`"int"`)},
		{"error", `{"type":"error","name":"E","fields":[]}`, ``},
		{
			"namespaces",
			`{"type":"record","name":"n.R","fields":[{"name":"a","type":{"type":"record","name":"m.S","fields":[{"name":"r","type":["null","n.R"]}]}},{"name":"b","type":{"type":"fixed","name":"F","namespace":"","size":1}},{"name":"c","type":["null","R"]},{"name":"d","type":"F"},{"name":"e","type":"m.S"}]}`,
			`{"type":"record","name":"R","namespace":"n","fields":[{"name":"a","type":{"type":"record","name":"S","namespace":"m","fields":[{"name":"r","type":["null","n.R"]}]}},{"name":"b","type":{"type":"fixed","name":"F","namespace":"","size":1}},{"name":"c","type":["null","R"]},{"name":"d","type":"F"},{"name":"e","type":"m.S"}]}`,
		},
		{
			"a keyword is written in full",
			`{"type":"record","name":"q.fixed","aliases":["q.int","q.error"],"fields":[{"name":"a","type":["null","fixed"]}]}`,
			`{"type":"record","name":"fixed","namespace":"q","fields":[{"name":"a","type":["null","q.fixed"]}],"aliases":["q.int","error"]}`,
		},
		{"error is no keyword", `{"type":"record","name":"q.error","fields":[{"name":"a","type":["null","q.error"]}]}`, `{"type":"record","name":"error","namespace":"q","fields":[{"name":"a","type":["null","error"]}]}`},
		{
			"the definition moves to the first use",
			`[{"type":"array","items":"L"},{"type":"fixed","name":"L","size":1}]`,
			`[{"type":"array","items":{"type":"fixed","name":"L","size":1}},"L"]`,
		},
		{"numbers", in(`"int","p":[1.50,1e3,1e7,1e-4,-0.0,-0,1e400,-1e400,9223372036854775807,5e-324]`), in(`"int","p":[1.5,1000.0,1.0E7,1.0E-4,-0.0,0,"Infinity","-Infinity",9223372036854775807,4.9E-324]`)},
		{"integers of any length in a default", with(`"double"`, `123456789012345678901234567890`), ``},
		{"a string for a double", with(`"double"`, `" 0x1p3 "`), with(`"double"`, `8.0`)},
		{"not a number for a float", with(`"float"`, `"NaN"`), ``},
		{"strings", in(`"int","doc":"\u00e9\u2028\/\"\\\b\f\n\r\t\u001f\u007f"`), in("\"int\",\"doc\":\"é\u2028/\\\"\\\\\\b\\f\\n\\r\\t\\u001F\u007f\"")},
		{"half a pair", in(`"int","doc":"\ud83d"`), in("\"int\",\"doc\":\"\xed\xa0\xbd\"")},
		{"a property twice", `{"type":"int","a":1,"b":2,"a":{"y":1,"x":1.0}}`, `{"type":"int","a":{"y":1,"x":1.0},"b":2}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := c.want
			if want == "" {
				want = c.text
			}
			s := parse(t, c.text)
			if diff := cmp.Diff(want, s.Text()); diff != "" {
				t.Error(diff)
			}
			if again := parse(t, s.Text()); again.Text() != s.Text() || !again.Equal(s) {
				t.Errorf("read again: %s", again.Text())
			}
		})
	}
}

// TestNormalize goes through wire/compatibility.md 4 and 4.1; in the rows
// marked DEV weir keeps what the wire loses (9.3).
func TestNormalize(t *testing.T) {
	ab := `{"type":"record","name":"S","fields":[{"name":"a","type":"double"},{"name":"b","type":{"type":"array","items":"float"}}]}`
	for _, c := range []struct{ name, text, want string }{
		{
			"sorted",
			`{"type":"error","name":"n.R","doc":"","zz":1,"aa":{"d":1,"c":[{"y":1,"x":2}]},"aliases":["Z","n.Y","a.X"],"fields":[{"name":"f","type":"int","doc":"","zz":1,"aa":2,"aliases":["q","p"]}]}`,
			`{"type":"record","name":"R","namespace":"n","fields":[{"name":"f","type":"int","doc":"","aliases":["p","q"],"aa":2,"zz":1}],"aa":{"c":[{"x":2,"y":1}],"d":1},"zz":1,"aliases":["a.X","Y","Z"]}`,
		},
		{
			"valid logical types first",
			`{"type":"bytes","connect.name":"x","scale":2,"precision":4,"logicalType":"decimal"}`,
			`{"type":"bytes","logicalType":"decimal","precision":4,"scale":2,"connect.name":"x"}`,
		},
		{"a scale of 0 is not", `{"type":"bytes","q":1,"scale":0,"precision":4,"logicalType":"decimal","a":1}`, `{"type":"bytes","logicalType":"decimal","precision":4,"a":1,"q":1,"scale":0}`},
		{"invalid ones by name", `{"type":"bytes","a":1,"logicalType":"decimal","scale":5,"precision":4}`, `{"type":"bytes","a":1,"logicalType":"decimal","precision":4,"scale":5}`},
		{"a precision that a fixed cannot hold", `{"type":"fixed","name":"F","size":2,"a":1,"logicalType":"decimal","precision":5}`, `{"type":"fixed","name":"F","size":2,"a":1,"logicalType":"decimal","precision":5}`},
		{"one that it can", `{"type":"fixed","name":"F","size":2,"a":1,"logicalType":"decimal","precision":4}`, `{"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":4,"a":1}`},
		{"an unknown logical type", `{"type":"long","a":1,"logicalType":"my-time"}`, `{"type":"long","a":1,"logicalType":"my-time"}`},
		{"a logical type on a field", in(`"long","logicalType":"timestamp-millis","a":1`), in(`"long","a":1,"logicalType":"timestamp-millis"`)},
		{"integer for a double", with(`"double"`, `1`), with(`"double"`, `1.0`)},
		{"integer for a double, rounded", with(`"double"`, `9007199254740993`), with(`"double"`, `9.007199254740992E15`)},
		{"float, rounded", with(`"float"`, `1.23456789`), with(`"float"`, `1.2345679`)},
		{"float beyond its range", with(`"float"`, `1e39`), with(`"float"`, `"Infinity"`)},
		{"inside others", with(ab, `{"b":[1,2],"a":1}`), with(ab, `{"a":1.0,"b":[1.0,2.0]}`)},
		{"map keys", with(`{"type":"map","values":"double"}`, `{"z":1,"a":2}`), with(`{"type":"map","values":"double"}`, `{"a":2.0,"z":1.0}`)},
		{"first branch", with(`["double","null"]`, `1`), with(`["double","null"]`, `1.0`)},
		{"null of a later branch", with(`["int","null"]`, `null`), ``},
		{"integer of a later branch", with(`["int","double"]`, `1`), ``},

		{"DEV: value of a later branch", with(`["null","string"]`, `"x"`), ``},
		{"DEV: value of the wrong type", with(`"int"`, `"x"`), ``},
		{"DEV: integer beyond 64 bits", with(`"double"`, `123456789012345678901234567890`), ``},
		{"DEV: bytes beyond U+00FF", with(`"bytes"`, `"Ā"`), ``},
		{"DEV: unknown key", with(ab, `{"z":1,"a":1,"b":[]}`), with(ab, `{"a":1.0,"b":[],"z":1}`)},
		{"DEV: array of a later branch", with(`["null",{"type":"array","items":"double"}]`, `[1]`), ``},
		{"DEV: items of a later branch", with(`{"type":"array","items":["int","string"]}`, `[1,"x"]`), ``},
		{"DEV: empty union", in(`[]`), ``},
		{"DEV: key with a quote", `{"type":"int","k\"\\":1}`, ``},
		{"DEV: property beyond 64 bits", `{"type":"int","p":9223372036854775808}`, ``},
		{"DEV: no namespace inside one", `{"type":"record","name":"n.R","fields":[{"name":"a","type":{"type":"fixed","name":"F","namespace":"","size":1}}]}`, `{"type":"record","name":"R","namespace":"n","fields":[{"name":"a","type":{"type":"fixed","name":"F","namespace":"","size":1}}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := c.want
			if want == "" {
				want = c.text
			}
			normal, err := stored(t, c.text).Normalize()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, normal.Text()); diff != "" {
				t.Error(diff)
			}
			if again, _ := stored(t, normal.Text()).Normalize(); again.Text() != normal.Text() {
				t.Errorf("normalised twice: %s", again.Text())
			}
		})
	}
}

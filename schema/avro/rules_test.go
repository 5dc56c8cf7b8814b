package avro_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

// mode is a way to read a text.
type mode int

const (
	neither mode = iota // refused for new and for stored schemas
	onlyOld             // taken for stored schemas only
	both
)

// in puts a type into a record's field.
func in(typ string) string {
	return `{"type":"record","name":"R","fields":[{"name":"f","type":` + typ + `}]}`
}

// with gives a field of a type a default.
func with(typ, def string) string { return in(typ + `,"default":` + def) }

// TestRules goes through the tables of wire/compatibility.md 2.2.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       mode
	}{
		{"root string", `"int"`, both},
		{"root union", `["null","int"]`, both},
		{"root empty union", `[]`, both},
		{"root number", `1`, neither},
		{"root null", `null`, neither},
		{"root unknown name", `"Strin"`, neither},
		{"nothing", ``, neither},
		{"blanks after the document", "\"int\" \n\x00\x1f", both},
		{"text after the document", `"int" x`, neither},
		{"comment after the document", `"int" // c`, neither},
		{"comments inside", "/* a */ {\"type\": // b\n \"int\" /**/}", both},
		{"a key twice", `{"type":"nope","type":"int"}`, both},
		{"type is an object", `{"type":{"type":"int"}}`, neither},
		{"type is missing", `{}`, neither},
		{"type in capitals", `{"type":"INT"}`, neither},
		{"type union", `{"type":"union"}`, neither},

		{"name with letters of any script", `{"type":"record","name":"Bäd","fields":[]}`, onlyOld},
		{"name with digits of any script", `{"type":"record","name":"a٣","fields":[]}`, onlyOld},
		{"name with a letter beyond the BMP", `{"type":"record","name":"a𝐀","fields":[]}`, neither},
		{"name with a digit first", `{"type":"record","name":"1x","fields":[]}`, neither},
		{"name with a dash", `{"type":"record","name":"a-b","fields":[]}`, neither},
		{"name empty", `{"type":"record","name":"","fields":[]}`, neither},
		{"name ends with a point", `{"type":"record","name":"a.","fields":[]}`, neither},
		{"name begins with a point", `{"type":"record","name":".a","fields":[]}`, both},
		{"name is a number", `{"type":"record","name":1,"fields":[]}`, neither},
		{"name of a primitive", `{"type":"record","name":"int","fields":[]}`, neither},
		{"name of a primitive with a namespace", `{"type":"record","name":"n.int","fields":[]}`, both},
		{"name of a keyword", `{"type":"record","name":"record","fields":[]}`, both},
		{"namespace with a dash", `{"type":"record","name":"a","namespace":"n-1","fields":[]}`, onlyOld},
		{"namespace with an empty part", `{"type":"record","name":"a","namespace":"n..m","fields":[]}`, onlyOld},
		{"namespace beside a dotted name", `{"type":"record","name":"n.a","namespace":"9-","fields":[]}`, both},
		{"namespace of another type", `{"type":"record","name":"a","namespace":12,"fields":[]}`, both},

		{"record without fields", `{"type":"record","name":"R"}`, neither},
		{"record without name", `{"type":"record","fields":[]}`, neither},
		{"field twice", `{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}`, neither},
		{"fields that differ in case", `{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"A","type":"int"}]}`, both},
		{"field without type", `{"type":"record","name":"R","fields":[{"name":"a"}]}`, neither},
		{"field without name", `{"type":"record","name":"R","fields":[{"type":"int"}]}`, neither},
		{"field no object", `{"type":"record","name":"R","fields":["a"]}`, neither},
		{"field name of any script", `{"type":"record","name":"R","fields":[{"name":"ä","type":"int"}]}`, onlyOld},
		{"order in capitals", in(`"int","order":"DESCENDING"`), both},
		{"order unknown", in(`"int","order":"up"`), neither},
		{"order null", in(`"int","order":null`), neither},
		{"doc of another type", in(`"int","doc":1`), both},
		{"field aliases are free", in(`"int","aliases":["9 x",""]`), both},
		{"field aliases no array", in(`"int","aliases":"x"`), neither},

		{"alias with a bad short name", `{"type":"record","name":"R","aliases":["n.9"],"fields":[]}`, onlyOld},
		{"alias with a bad namespace", `{"type":"record","name":"R","aliases":["n-1.x"],"fields":[]}`, both},
		{"aliases null", `{"type":"record","name":"R","aliases":null,"fields":[]}`, neither},
		{"alias a number", `{"type":"record","name":"R","aliases":[1],"fields":[]}`, neither},
		{"aliases of an array are nothing", `{"type":"array","aliases":null,"items":"int"}`, both},

		{"enum without symbols", `{"type":"enum","name":"E"}`, neither},
		{"enum with no symbol", `{"type":"enum","name":"E","symbols":[]}`, both},
		{"enum symbol twice", `{"type":"enum","name":"E","symbols":["A","A"]}`, neither},
		{"enum symbol a number", `{"type":"enum","name":"E","symbols":[1]}`, neither},
		{"enum symbol of any script", `{"type":"enum","name":"E","symbols":["Ä"]}`, onlyOld},
		{"enum default", `{"type":"enum","name":"E","symbols":["A"],"default":"A"}`, both},
		{"enum default no symbol", `{"type":"enum","name":"E","symbols":["A"],"default":"B"}`, neither},
		{"enum default no string", `{"type":"enum","name":"E","symbols":["A"],"default":1}`, both},

		{"fixed of size 0", `{"type":"fixed","name":"F","size":0}`, both},
		{"fixed without size", `{"type":"fixed","name":"F"}`, neither},
		{"fixed negative", `{"type":"fixed","name":"F","size":-1}`, neither},
		{"fixed of the largest size", `{"type":"fixed","name":"F","size":2147483639}`, both},
		{"fixed too large", `{"type":"fixed","name":"F","size":2147483640}`, neither},
		{"fixed with a point", `{"type":"fixed","name":"F","size":4.0}`, neither},

		{"array without items", `{"type":"array"}`, neither},
		{"map without values", `{"type":"map","items":"int"}`, neither},
		{"union in a union", `[["null"]]`, neither},
		{"union with a type twice", `["int","int"]`, neither},
		{"union with a type twice, logically different", `["int",{"type":"int","logicalType":"date"}]`, neither},
		{"union with two arrays", `[{"type":"array","items":"int"},{"type":"array","items":"long"}]`, neither},
		{"union with two names", `[{"type":"fixed","name":"F","size":1},{"type":"fixed","name":"a.F","size":1}]`, both},
		{"union with a later type twice", `[{"type":"array","items":["L","L"]},{"type":"fixed","name":"L","size":1}]`, neither},

		{"used before the definition", `[{"type":"array","items":"L"},{"type":"fixed","name":"L","size":1}]`, both},
		{"never defined", in(`"Nope"`), neither},
		{"object with the name of a known type", in(`{"type":"R"}`), both},
		{"object with the name of a later type", `[{"type":"array","items":{"type":"L"}},{"type":"fixed","name":"L","size":1}]`, neither},
		{"an enclosing type from inside a namespace", in(`{"type":"record","name":"n.S","fields":[{"name":"r","type":["null","R"]}]}`), neither},
		{"a later type without namespace from inside one", `[{"type":"record","name":"n.S","fields":[{"name":"r","type":"L"}]},{"type":"fixed","name":"L","size":1}]`, neither},
		{"a finished type from inside a namespace", `[{"type":"fixed","name":"G","size":1},{"type":"record","name":"n.S","fields":[{"name":"r","type":"G"}]}]`, both},

		{"defined twice equally", `[{"type":"array","items":{"type":"fixed","name":"G","size":1,"doc":"a"}},{"type":"map","values":{"type":"fixed","name":"G","size":1,"aliases":["H"]}}]`, both},
		{"defined twice, properties differ", `[{"type":"array","items":{"type":"fixed","name":"G","size":1,"p":1}},{"type":"map","values":{"type":"fixed","name":"G","size":1}}]`, neither},
		{"defined twice, enum defaults differ", `[{"type":"array","items":{"type":"enum","name":"E","symbols":["A"]}},{"type":"map","values":{"type":"enum","name":"E","symbols":["A"],"default":"A"}}]`, both},
		{"defined inside itself", in(`{"type":"record","name":"R","fields":[]}`), neither},
		{"recursive and defined twice", `[{"type":"array","items":` + in(`["null","R"]`) + `},{"type":"map","values":` + in(`["null","R"]`) + `}]`, neither},

		{"property beyond 64 bits on a record", `{"type":"record","name":"R","fields":[],"p":9223372036854775808}`, neither},
		{"property beyond 64 bits on an array", `{"type":"array","items":"int","p":{"q":[-9223372036854775809]}}`, neither},
		{"property beyond 64 bits on a primitive", `{"type":"int","p":9223372036854775808}`, both},
		{"property beyond 64 bits on a fixed", `{"type":"fixed","name":"F","size":1,"p":[9223372036854775808]}`, both},
		{"property beyond 64 bits on a field", in(`"int","p":9223372036854775808`), both},
		{"logical type that does not fit", `{"type":"string","logicalType":"decimal","precision":-1}`, both},
	} {
		t.Run(c.name, func(t *testing.T) { checkMode(t, c.text, c.want) })
	}
}

// TestDefaults goes through the rules for defaults in wire/compatibility.md
// 2.2.
func TestDefaults(t *testing.T) {
	record := `{"type":"record","name":"S","fields":[{"name":"x","type":"int"},{"name":"y","type":"string","default":"q"}]}`
	for _, c := range []struct {
		name, text string
		want       mode
	}{
		{"int", with(`"int"`, `-2147483648`), both},
		{"int with a point", with(`"int"`, `1.0`), onlyOld},
		{"int out of range", with(`"int"`, `2147483648`), onlyOld},
		{"long", with(`"long"`, `9223372036854775807`), both},
		{"long out of range", with(`"long"`, `9223372036854775808`), onlyOld},
		{"float an integer", with(`"float"`, `1`), both},
		{"double of any length", with(`"double"`, `123456789012345678901234567890`), both},
		{"double NaN", with(`"double"`, `"NaN"`), both},
		{"double with blanks", with(`"double"`, `" 2.50 "`), both},
		{"double hexadecimal", with(`"double"`, `"0x1p3"`), both},
		{"double with a suffix", with(`"double"`, `"1d"`), both},
		{"double no number", with(`"double"`, `"x"`), neither},
		{"double with an underscore", with(`"double"`, `"1_0"`), neither},
		{"double in a union a string", with(`["double","null"]`, `"1.5"`), onlyOld},
		{"boolean", with(`"boolean"`, `true`), both},
		{"boolean a string", with(`"boolean"`, `"true"`), onlyOld},
		{"null", with(`"null"`, `null`), both},
		{"string", with(`"string"`, `1`), onlyOld},
		{"bytes", with(`"bytes"`, `[]`), onlyOld},
		{"enum, content unchecked", with(`{"type":"enum","name":"E","symbols":["A"]}`, `"NOPE"`), both},
		{"enum a number", with(`{"type":"enum","name":"E","symbols":["A"]}`, `1`), onlyOld},
		{"fixed, length unchecked", with(`{"type":"fixed","name":"F","size":2}`, `"too long"`), both},
		{"array", with(`{"type":"array","items":"int"}`, `[1,2]`), both},
		{"array element", with(`{"type":"array","items":"int"}`, `[1,"x"]`), onlyOld},
		{"map", with(`{"type":"map","values":"int"}`, `{"a":1}`), both},
		{"map element", with(`{"type":"map","values":"int"}`, `{"a":null}`), onlyOld},
		{"record", with(record, `{"x":1}`), both},
		{"record with an unknown key", with(record, `{"x":1,"z":2}`), both},
		{"record with a key missing", with(record, `{}`), onlyOld},
		{"union, any branch", with(`["null","int"]`, `1`), both},
		{"union, no branch", with(`["null","int"]`, `"1"`), onlyOld},
		{"a type used before its definition takes an object", `[{"type":"record","name":"R","fields":[{"name":"f","type":"L","default":{"any":1}}]},{"type":"fixed","name":"L","size":1}]`, both},
		{"a type used before its definition takes nothing else", `[{"type":"record","name":"R","fields":[{"name":"f","type":"L","default":"x"}]},{"type":"fixed","name":"L","size":1}]`, onlyOld},
		{"an object for a record that is open", with(`["R","null"]`, `{}`), onlyOld},
		{"null beside a record that is open", with(`["null","R"]`, `null`), both},
	} {
		t.Run(c.name, func(t *testing.T) { checkMode(t, c.text, c.want) })
	}
}

func checkMode(t *testing.T, text string, want mode) {
	t.Helper()
	if want == both {
		parse(t, text)
	} else {
		refuse(t, schema.Source{Text: text}, schema.Options{New: true})
	}
	if want == neither {
		refuse(t, schema.Source{Text: text}, schema.Options{})
	} else {
		stored(t, text)
	}
}

// TestDefaultFaults: the fault of a default is at the value that does not fit.
func TestDefaultFaults(t *testing.T) {
	record := `{"type":"record","name":"S","fields":[{"name":"x","type":{"type":"array","items":"int"}},{"name":"y","type":"int"}]}`
	for _, c := range []struct{ text, path, message string }{
		{with(`"int"`, `"x"`), "/fields/0/default", `the default of the field "f" does not fit its type: "x" is not of type int`},
		{with(record, `{"x":[1,2.5],"y":1}`), "/fields/0/default/x/1", `the default of the field "f" does not fit its type: 2.5 is not of type int`},
		{with(record, `{"x":[1]}`), "/fields/0/default", `the default of the field "f" does not fit its type: the record S needs a value for "y"`},
		{with(`["null","int"]`, `true`), "/fields/0/default", `the default of the field "f" does not fit its type: true is not of type union of null, int`},
		{with(`["R","null"]`, `{}`), "/fields/0/default", `the record "R" is not defined to its end here, so it can have no default`},
	} {
		faults := refuse(t, schema.Source{Text: c.text}, schema.Options{New: true})
		if len(faults) != 1 || faults[0].Path != c.path || faults[0].Message != c.message {
			t.Errorf("%s: %+v, want %s at %s", c.text, faults, c.message, c.path)
		}
	}
}

// TestAllFaults: every fault is reported, with its place in the text.
func TestAllFaults(t *testing.T) {
	text := `{
  "type": "record", "name": "R-1", "fields": []}`
	faults := refuse(t, schema.Source{Text: text}, schema.Options{New: true})
	if got, want := faults[0].Position, (schema.Position{Offset: 30, Line: 2, Column: 29}); got != want {
		t.Errorf("position %+v, want %+v", got, want)
	}
	text = `{"type":"record","name":"R","fields":[
 {"name":"é","type":"int"},
 {"name":"b","type":"Nope"},
 {"name":"c","type":"int","default":"x","order":"up"}]}`
	type place struct {
		Path         string
		Line, Column int
	}
	var got []place
	for _, f := range refuse(t, schema.Source{Text: text}, schema.Options{New: true}) {
		got = append(got, place{f.Path, f.Position.Line, f.Position.Column})
	}
	want := []place{{"/fields/0/name", 2, 10}, {"/fields/1/type", 3, 21}, {"/fields/2/default", 4, 37}, {"/fields/2/order", 4, 49}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

package protobuf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

// The rules of compatibility.md 2.4 that are looser or stranger than the
// language: what is accepted, and how it is stored.
func TestParseAccepts(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no syntax", "message A {}", "\nmessage A {}\n"},
		{"names in brackets", "message [A] {} message (B) {}", "\nmessage A {}\nmessage B {}\n"},
		{"names with a digit first", "message 9 {}", "\nmessage 9 {}\n"},
		{
			"blanks in a type", proto3("message A { B . C c = 1; message B { message C {} } }"),
			"syntax = \"proto3\";\n\nmessage A {\n  B.C c = 1;\n\n  message B {\n    message C {}\n  }\n}\n",
		},
		{"017 is 17", proto3("message A { string a = 017; }"), "syntax = \"proto3\";\n\nmessage A {\n  string a = 17;\n}\n"},
		{"0x-5 is -5", proto3("message A { string a = 0x-5; }"), "syntax = \"proto3\";\n\nmessage A {\n  string a = -5;\n}\n"},
		{
			"keywords as names", proto3("message A { string message = 1; string option = 2; repeated enum x = 3; message enum {} }"),
			"syntax = \"proto3\";\n\nmessage A {\n  string message = 1;\n  string option = 2;\n  repeated enum x = 3;\n\n  message enum {}\n}\n",
		},
		{"an option, not a field", proto3("message A { option r = 1; }"), "syntax = \"proto3\";\n\nmessage A {\n  option r = 1;\n}\n"},
		{"package twice", "package a; package b;", "package b;\n"},
		{"weak import", "import weak \"google/protobuf/any.proto\";", ""},
		{"reserved dropped", proto3("reserved 5;\nservice S { reserved \"a\"; }"), "syntax = \"proto3\";\n\nservice S {}\n"},
		{"only comments", "// a\n/* b */;", ""},
		{"strings joined", proto3("message A { reserved \"a\" 'b'; }"), "syntax = \"proto3\";\n\nmessage A {\n  reserved \"ab\";\n}\n"},
		{
			"odd default", proto3("message A { string s = 1 [json_name = {a: [1]}]; }"),
			"syntax = \"proto3\";\n\nmessage A {\n  string s = 1 [json_name = \"{a=[OptionPrimitive(kind=NUMBER, value=1)]}\"];\n}\n",
		},
		{
			"last json_name", proto3("message A { string s = 1 [json_name = \"a\", (json_name) = \"b\"]; }"),
			"syntax = \"proto3\";\n\nmessage A {\n  string s = 1 [json_name = \"b\"];\n}\n",
		},
		{"nested name in a literal", "option (a) = { [b].c: 1 };", "\noption (a) = {\n  [b]: {\n    c: 1\n  }\n};\n"},
		{"repeated key", "option (a) = { b: 1 c: 2 b: [3, 4] };", "\noption (a) = {\n  b: [\n    1,\n    3,\n    4\n  ],\n  c: 2\n};\n"},
		{"line break in a string", "option a = \"x\ny\";", "\noption a = \"x\\ny\";\n"},
		{"comment before the line break", proto3("message A { string a = 1; /* c */\n }"), "syntax = \"proto3\";\n\nmessage A {\n  string a = 1;\n}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, mustParse(t, c.text).Text()); diff != "" {
				t.Errorf("Text() (-want +got):\n%s", diff)
			}
		})
	}
}

// What is refused, with the place in the caller's text.
func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"edition", "edition = \"2023\";", "line 1, column 1"},
		{"label missing", "message A {\n  int32 a = 1;\n}", "line 2, column 3"},
		{"required in proto3", proto3("message A { required string a = 1; }"), "line 2, column 13"},
		{"syntax not first", ";\nsyntax = \"proto3\";", "line 2, column 1"},
		{"unknown syntax", "syntax = \"proto4\";", "line 1, column 10"},
		{"comment behind a field", proto3("message A { string a = 1; /* c */ string b = 2; }"), "line 2, column 35"},
		{"comment and carriage return", "syntax = \"proto3\";\nmessage A {\n  string a = 1; /* c */\r\n}", "line 3, column 24"},
		{"text ends behind reserved", "reserved 5;", "line 1, column 12"},
		{"empty comment at the end", "message A {} //", "line 1, column 14"},
		{"byte order mark", "\ufeffmessage A {}", "line 1, column 1"},
		{"column counts characters", "option a = \"éé\" x;", "line 1, column 17"},
		{"map with label", proto3("message A { repeated map<string, string> m = 1; }"), "line 2, column 13"},
		{"map key", proto3("message A { map<float, string> m = 1; }"), "line 2, column 17"},
		{"empty option list", proto3("message A { string s = 1 []; }"), "line 2, column 27"},
		{"empty statement in a oneof", proto3("message A { oneof o { string s = 1;; } }"), "line 2, column 36"},
		{"group in a group", "message A { optional group G = 1 { optional group H = 2 {} } }", "line 1, column 36"},
		{"types of one name", "message A {}\nenum A {}", "line 2, column 1"},
		{"number too large", proto3("message A { string s = 4294967296; }"), "line 2, column 24"},
		{"digit first", proto3("message A { string 1s = 1; }"), "line 2, column 20"},
		{"unknown word", "mesage A {}", "line 1, column 1"},
		{"not base64", "{\"type\":\"string\"}", "line 1, column 1"},
		{"default that is no word", "message A { optional bytes b = 1 [default = \"a b\"]; }", ""},
		{"reserved name with a quote", proto3("message A { reserved 'a\"b'; }"), ""},
		{"unresolved", proto3("message A {\n  string a = 1;\n  x.Nope b = 2;\n}"), "line 4, column 3"},
		{"a scalar with a point", proto3("message A { .string t = 1; }"), "line 2, column 13"},
		{"entry without value", proto3("message A { repeated E m = 1; message E { option map_entry = true; string key = 1; } }"), "line 2, column 13"},
		{"rpc type", proto3("service S {\n  rpc A (string) returns (M);\n}\nmessage M {}"), "line 3, column 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parseText(t, c.text, schema.Options{New: true})
			if got := faultsOf(t, err)[0].Position.String(); got != c.want {
				t.Errorf("Parse(%q) at %q (%v), want at %q", c.text, got, err, c.want)
			}
		})
	}
}

// Every fault of a text is told, not only the first.
func TestParseTellsAllFaults(t *testing.T) {
	_, err := parseText(t, proto3(`message A {
  string a 1;
  string b = 2;
  oneof o { string c = ; }
  message B { reserved 1, ; string d = "x"; }
}
mesage C {}
enum E { X = 0 }`), schema.Options{New: true})
	var got []string
	for _, f := range faultsOf(t, err) {
		got = append(got, f.Position.String())
	}
	want := []string{"line 3, column 12", "line 5, column 24", "line 6, column 27", "line 6, column 40", "line 8, column 1", "line 9, column 16"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestParseLimits(t *testing.T) {
	nested := func(n int) string {
		return proto3(strings.Repeat("message A {", n) + strings.Repeat("}", n))
	}
	mustParse(t, nested(schema.MaxMessageDepth))
	for name, text := range map[string]string{
		"messages too deep": nested(schema.MaxMessageDepth + 1),
		"lists too deep":    "option a = " + strings.Repeat("[", schema.MaxDepth+1),
		"maps too deep":     proto3("message A { " + strings.Repeat("map<string, ", schema.MaxDepth+1)),
		"text too long":     strings.Repeat(" ", schema.MaxTextBytes+1),
		"enum too long":     proto3("enum E {" + strings.Repeat("A=0;", schema.MaxSymbols+1) + "}"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseText(t, text, schema.Options{New: true})
			if faults := faultsOf(t, err); len(faults) == 0 {
				t.Errorf("no faults: %v", err)
			}
		})
	}
	_, err := parseText(t, "", schema.Options{}, dependency("a", strings.Repeat(" ", schema.MaxTextBytes)),
		dependency("b", strings.Repeat(" ", schema.MaxClosureBytes)))
	if faultsOf(t, err); err == nil {
		t.Error("closure too large was accepted")
	}
}

// A stored text is read even when its types do not resolve.
func TestParseStored(t *testing.T) {
	text := proto3("message A { x.Nope b = 2; }")
	if _, err := parseText(t, text, schema.Options{}); err == nil {
		t.Error("a look-up must refuse a type that does not resolve")
	}
	mustParseWith(t, text, schema.Options{Stored: true})
}

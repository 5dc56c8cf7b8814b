package protobuf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExact(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", "-5": "-5", "-0": "0", "017": "15", "0": "0", "00": "0", "08": "", "-010": "-8",
		"0x1F": "31", "0X10": "16", "-0x10": "-16", "0x": "", "0xg": "", "0x-5": "",
		"1.50": "1.5", "1.": "1", "-.5": "-0.5", ".5": "0.5", ".": "", "-": "", "": "",
		"1e3": "1000", "1E-3": "0.001", "1.23456789": "1.23456789", "1.5e21": "1500000000000000000000",
		"-0.0": "-0", "0.000": "0", "1e": "", "1e+5": "", "1e5.5": "", "1.2.3": "", "1e99999": "",
		"5f": "5", "1.5F": "1.5", "017d": "17", "5l": "5", "017L": "15", "1.5l": "", "1e5l": "", "1x": "",
		"123456789012345678901234567890": "123456789012345678901234567890",
		"0.1e-2":                         "0.001", "12.5e1": "125", "1e5d": "100000",
	} {
		got, ok := exact(text)
		if got != want || ok != (want != "") {
			t.Errorf("exact(%q) = %q, %t; want %q", text, got, ok, want)
		}
	}
}

// The rows of compatibility.md 4 and 9.3, one by one.
func TestNormalize(t *testing.T) {
	options := `import "google/protobuf/descriptor.proto";
message Opt { optional int32 a = 1; optional Sub sub = 2; repeated int32 r = 3; message Sub { optional string x = 1; optional string y = 2; extensions 100 to max; } }
extend google.protobuf.MessageOptions { optional Opt opt = 50001; repeated Opt ropt = 50002; optional string s = 50003; }
extend Opt.Sub { optional int32 xi = 100; }
`
	for _, c := range []struct{ name, text, part string }{
		{"proto2 goes", "syntax = \"proto2\"; package a;", "package a;\n"},
		{
			"imports", "import \"b\"; import public \"d\"; import \"a\"; import \"b\"; import public \"c\";",
			"\nimport \"a\";\nimport \"b\";\nimport public \"c\";\nimport public \"d\";\n",
		},
		{
			"fields and oneofs", proto3("message A { string b = 2; string a = 1; oneof p { int32 y = 9; int32 x = 8; } oneof o { int32 w = 7; } oneof e {} }"),
			"message A {\n  string a = 1;\n  string b = 2;\n\n  oneof o {\n    int32 w = 7;\n  }\n  oneof p {\n    int32 x = 8;\n    int32 y = 9;\n  }\n}\n",
		},
		{"constants by name too", proto3("enum E { B = 1; A = 1; C = 0; }"), "enum E {\n  C = 0;\n  A = 1;\n  B = 1;\n}\n"},
		{
			"reserved", proto3("message A { reserved \"b\", 5 to 5, 9 to 8, \"a\", 1 to max; }"),
			"  reserved 1 to max;\n  reserved 5;\n  reserved 9 to 8;\n  reserved \"a\";\n  reserved \"b\";\n",
		},
		{
			"names", proto3("package p; message A { A a = 1; map<string, A> m = 2; map<string, Nope> n = 3; } service S { rpc R (A) returns (stream A); } extend A { A x = 5; }"),
			"  .p.A a = 1;\n  map<string, .p.A> m = 2;\n  map<string, Nope> n = 3;\n",
		},
		{
			"entry messages", proto3("message A { repeated E m = 1; message E { option map_entry = true; string key = 1; A value = 2; } }"),
			"message A {\n  map<string, .A> m = 1;\n}\n",
		},
		{
			"extends merged", "message A { extensions 1 to 9; } extend A { optional int32 b = 2; } extend .A { optional int32 a = 1; }",
			"extend .A {\n  optional int32 a = 1;\n  optional int32 b = 2;\n}\n",
		},
		{"empty extend", proto3("message A {} extend A {}"), "message A {}\n\n"},
		{"nothing but what goes", proto3("message A { oneof o {} extend A {} }"), "message A {\n\n}\n"},
		{"group in an extend stays", "message A { extensions 1; } extend A { optional group G = 1 {} }", "extend .A {\n  optional group G = 1 {}\n}\n"},
		{"oneof of groups stays", "message A { oneof o { group G = 1 {} } }", "message A {\n  oneof o {\n    group G = 1 {}\n  }\n}\n"},
		{
			"options sorted", proto3("message A { string s = 1 [(z) = 1, json_name = \"j\", (b) = 2, deprecated = true]; }"),
			"[\n    (b) = 2,\n    deprecated = true,\n    json_name = \"j\",\n    (z) = 1\n  ]",
		},
		{"unresolved stay apart", proto3("message A { option (u).a = 1; option (u).b = 2; }"), "  option (u).a = 1;\n  option (u).b = 2;\n"},
		{
			"merged deeply", options + "message M { option (opt).sub.y = \"2\"; option (opt).sub.x = \"1\"; option (opt).a = 1; option (opt).a = 2; }",
			"  option (opt) = {\n    a: 2,\n    sub: {\n      x: \"1\",\n      y: \"2\"\n    }\n  };\n",
		},
		{
			"distinct values", options + "message M { option (opt).r = 1; option (opt).r = 2; option (opt) = {r: [1, 3]}; }",
			"    r: [\n      1,\n      2,\n      3\n    ]\n",
		},
		{
			"repeated options stay apart", options + "message M { option (ropt).a = 1; option (ropt).a = 2; }",
			"  option (ropt) = {\n    a: 1\n  };\n  option (ropt) = {\n    a: 2\n  };\n",
		},
		{"last scalar", options + "message M { option (s) = \"a\"; option (s) = \"b\"; }", "  option (s) = \"b\";\n"},
		{
			"extension names", "package p;" + options + "message M { option (opt).(xi) = 1; option (opt) = { [xi]: 2 sub { [xi]: 3 x: \"q\" } }; }",
			"  option (p.opt) = {\n    [p.xi]: 2,\n    sub: {\n      [p.xi]: 3,\n      x: \"q\"\n    }\n  };\n",
		},
		{
			"lists of one", proto3("message A { option (u) = [[1], []]; option (v) = [2]; option (w) = { a: [3] b: [] c: [[4]] }; }"),
			"  option (u) = [\n    1,\n    [\n    ]\n  ];\n  option (v) = [2];\n  option (w) = {\n    a: 3,\n    c: 4\n  };\n",
		},
		{
			"exact numbers", "message A { optional double d = 1 [default = 1.50e1]; optional bytes b = 2 [default = 010]; }",
			"  optional double d = 1 [default = 15];\n  optional bytes b = 2 [default = 010];\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := mustParse(t, c.text).Normalize()
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(n.Text(), c.part) {
				t.Errorf("Normalize() misses a part (-want +got):\n%s", cmp.Diff(c.part, n.Text()))
			}
		})
	}
}

package protobuf

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

// Descriptors and texts that the recorded registry gave for a format.
func TestRender(t *testing.T) {
	order := proto3(`package shop;
import "google/protobuf/timestamp.proto";
message Order { string id = 1; optional int32 n = 2; repeated int64 r = 3; map<string, Line> m = 4; google.protobuf.Timestamp at = 5; oneof o { string a = 6; Line b = 7; } message Line { bool ok = 1; } reserved 20 to 30; reserved "x"; }
enum Kind { A = 0; B = 1; }`)
	extended := `syntax = "proto2";
package shop;
import "google/protobuf/descriptor.proto";
import "confluent/meta.proto";
extend google.protobuf.FieldOptions { optional string hint = 50001; }
message Order { option (confluent.message_meta).doc = "d"; option (my) = 1; required string id = 1 [(hint) = "h", deprecated = true, (confluent.field_meta).tags = "PII"]; extensions 100 to 199; extend Order { optional int32 e = 100; } optional group G = 5 { optional string x = 1; } }
service S { option (s) = 1; rpc A (Order) returns (Order) { option (r) = 1; option deprecated = true; } }
enum E { option (e) = 1; X = 0 [(v) = 1]; }`
	for _, c := range []struct{ name, text, format, want string }{
		{"all kinds of fields", order, "SERIALIZED", "CgdkZWZhdWx0EgRzaG9wGh9nb29nbGUvcHJvdG9idWYvdGltZXN0YW1wLnByb3RvItgBCgVPcmRlchILCgFhGAYgASgJSAASEQoBYhgHIAEoCzIETGluZUgAEggKAmlkGAEoCRIOCgFuGAIgASgFSAGIAQESCQoBchgDIAMoAxIPCgFtGAQgAzIGbUVudHJ5EiMKAmF0GAUoCzIZZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcBoQCgRMaW5lEggKAm9rGAEoCBoqCgZtRW50cnkSCQoDa2V5GAEoCRIRCgV2YWx1ZRgCKAsyBExpbmU6AjgBQgUKAW8SAEIGCgJfbhIASgQIFBAfUgF4KhQKBEtpbmQSBQoBQRAAEgUKAUIQAWIGcHJvdG8z"},
		{"extensions and options", extended, "serialized", "CgdkZWZhdWx0EgRzaG9wGiBnb29nbGUvcHJvdG9idWYvZGVzY3JpcHRvci5wcm90bxoUY29uZmx1ZW50L21ldGEucHJvdG8iQgoFT3JkZXISFgoCaWQYASACKAlCChgBgkQFGgNQSUkqBwhkEMgBGgAyEAoBZRIFT3JkZXIYZCABKAU6BoJEAwoBZCoKCgFFEgUKAVgQADIfCgFTEhoKAUESBU9yZGVyGgVPcmRlciIDiAIBKAAwADosCgRoaW50Ehxnb29nbGUucHJvdG9idWYuRmllbGRPcHRpb25zGNGGAyABKAliBnByb3RvMg=="},
		{"no type", proto3("package only;"), "serialized", "CgdkZWZhdWx0EgRvbmx5YgZwcm90bzM="},
		{"import that nothing provides", proto3("import \"not/there.proto\"; message A { string a = 1; }"), "serialized", "CgdkZWZhdWx0IgwKAUESBwoBYRgBKAliBnByb3RvMw=="},
		{"without extensions", extended, "ignore_extensions", "syntax = \"proto2\";\npackage shop;\n\nimport \"google/protobuf/descriptor.proto\";\nimport \"confluent/meta.proto\";\n\nmessage Order {\n  option (confluent.message_meta).doc = \"d\";\n\n  required string id = 1 [\n    deprecated = true,\n    (confluent.field_meta).tags = \"PII\"\n  ];\n\n  optional group G = 5 {\n    optional string x = 1;\n  }\n}\nenum E {\n  X = 0;\n}\n\nservice S {\n  rpc A (Order) returns (Order) {\n    option deprecated = true;\n  };\n}\n"},
		{"unknown format", proto3("message A {}"), "bogus", "syntax = \"proto3\";\n\nmessage A {}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := mustParse(t, c.text).Render(c.format)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Render(%q) (-want +got):\n%s", c.format, diff)
			}
		})
	}
}

func TestRenderReference(t *testing.T) {
	s := mustParse(t, proto3("import \"common/addr.proto\"; message User { common.Addr a = 1; }"),
		dependency("common/addr.proto", proto3("package common; message Addr { string s = 1; }")))
	got, err := s.Render("serialized")
	if want := "CgdkZWZhdWx0GhFjb21tb24vYWRkci5wcm90byIcCgRVc2VyEhQKAWEYASgLMgtjb21tb24uQWRkcmIGcHJvdG8z"; err != nil || got != want {
		t.Errorf("Render = %s, %v; want %s", got, err, want)
	}
}

// The checks of validateFields, which are also those of a descriptor: what
// they refuse and what they let pass (compatibility.md 2.4).
func TestValidateFields(t *testing.T) {
	money := dependency("money.proto", proto3("package common; message Money {}"))
	for _, c := range []struct {
		name, text string
		fine       bool
	}{
		{"fine", proto3("message A { string a = 1; }"), true},
		{"one number twice", proto3("message A { string a = 1; string b = 1; }"), false},
		{"one number twice, oneof", proto3("message A { string a = 1; oneof o { string b = 1; } }"), false},
		{"one name twice", proto3("message A { string a = 1; string a = 2; }"), false},
		{"oneof named as a field", proto3("message A { string a = 1; oneof a { string b = 2; } }"), false},
		{"number 0", proto3("message A { string a = 0; }"), false},
		{"empty enum", proto3("enum E {}"), false},
		{"no identifier", proto3("message A-B {}"), false},
		{"digit first", proto3("message 9 {}"), false},
		{"map in a oneof", proto3("message A { oneof o { map<string, string> m = 1; } }"), false},
		{"map value unknown", proto3("message A { map<string, Nope> m = 1; }"), false},
		{"extension number", "message A { extensions 1 to 5; } extend A { optional int32 x = 6; }", false},
		{"extension number inside", "message A { extensions 1 to 5; } extend A { optional int32 x = 5; }", true},
		{"default of another type", "message A { optional int32 x = 1 [default = a]; }", false},
		{"default out of range", "message A { optional int32 x = 1 [default = 2147483648]; }", false},
		{"default of a message", "message A { optional A x = 1 [default = 5]; }", false},
		{"default of a repeated field", "message A { repeated int32 x = 1 [default = 5]; }", false},
		{"default of an enum", "message A { optional E x = 1 [default = X]; } enum E { X = 0; }", true},
		{"default of an enum, unknown", "message A { optional E x = 1 [default = Y]; } enum E { X = 0; }", false},
		{"not imported", proto3("message A { common.Money m = 1; }"), false},
		{"imported", proto3("import \"money.proto\"; message A { common.Money m = 1; }"), true},
		{"from a weak import", proto3("import weak \"money.proto\"; message A { common.Money m = 1; }"), false},
		{"call of an enum", proto3("service S { rpc A (E) returns (E); } enum E { X = 0; }"), false},
		{"number of the language", proto3("message A { string a = 19000; }"), true},
		{"number beyond the range", proto3("message A { string a = 536870912; }"), true},
		{"reserved number", proto3("message A { reserved 1; string a = 1; }"), true},
		{"no zero in proto3", proto3("enum E { A = 1; }"), true},
		{"alias", proto3("enum E { A = 0; B = 0; }"), true},
		{"constants of two enums", proto3("enum E { X = 0; } enum F { X = 0; }"), true},
		{"default in proto3", proto3("message A { string a = 1 [default = \"x\"]; }"), true},
		{"import that is not there", proto3("import \"nope.proto\"; message A { string a = 1; }"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustParse(t, c.text, money)
			if _, err := s.Render("serialized"); (err == nil) != c.fine {
				t.Errorf("Render: %v, want fine = %t", err, c.fine)
			}
			_, err := parseText(t, c.text, schema.Options{New: true, ValidateFields: true}, money)
			if (err == nil) != c.fine {
				t.Fatalf("Parse: %v, want fine = %t", err, c.fine)
			}
			if err != nil && faultsOf(t, err)[0].Position.Line == 0 {
				t.Errorf("fault without a place: %v", err)
			}
		})
	}
}

package protobuf

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/weir-registry/weir/schema"
)

// Descriptors that protoc made, as the recorded registry was sent them, and
// what it stored; groups and custom options are compatibility.md 9.3's.
func TestDescriptorInput(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{
			"proto3", "Cgd4LnByb3RvEgFkGhlnb29nbGUvcHJvdG9idWYvYW55LnByb3RvItUBCgFBEhcKB215X25hbWUYASABKAlSBm15TmFtZRIRCgFvGAIgASgFSAFSAW+IAQESDAoBchgDIAMoBVIBchIZCgFtGAQgAygLMgsuZC5BLk1FbnRyeVIBbRIOCgF4GAUgASgJSABSAXgSJAoBeRgGIAEoCzIULmdvb2dsZS5wcm90b2J1Zi5BbnlIAFIBeRo6CgZNRW50cnkSEAoDa2V5GAEgASgJUgNrZXkSGgoFdmFsdWUYAiABKAsyBC5kLkFSBXZhbHVlOgI4AUIDCgFrQgQKAl9vYgZwcm90bzM",
			"syntax = \"proto3\";\npackage d;\n\nimport \"google/protobuf/any.proto\";\n\nmessage A {\n  string my_name = 1 [json_name = \"myName\"];\n  optional int32 o = 2 [json_name = \"o\"];\n  repeated int32 r = 3 [json_name = \"r\"];\n  repeated .d.A.MEntry m = 4 [json_name = \"m\"];\n\n  oneof k {\n    string x = 5 [json_name = \"x\"];\n    .google.protobuf.Any y = 6 [json_name = \"y\"];\n  }\n\n  message MEntry {\n    option map_entry = true;\n  \n    string key = 1 [json_name = \"key\"];\n    .d.A value = 2 [json_name = \"value\"];\n  }\n}\n",
		},
		{
			"groups", "Cgd4LnByb3RvIngKAUESDwoBYRgBIAIoCToBeFIBYRIRCgFiGAIgASgMOgNhYmNSAWISEgoBZxgDIAEoCjIELkEuR1IBZxoRCgFHEgwKAW4YASABKAVSAW4iFQoBRRIFCgFYEAESBQoBWRABGgIQASoICGQQgICAgAJKBAgyED1SAXE6EAoBZRICLkEYZCABKAlSAWU=",
			"\nmessage A {\n  reserved 50 to 60;\n  reserved \"q\";\n\n  required string a = 1 [\n    default = \"x\",\n    json_name = \"a\"\n  ];\n  optional bytes b = 2 [\n    default = abc,\n    json_name = \"b\"\n  ];\n\n  optional group G = 3 {\n    optional int32 n = 1 [json_name = \"n\"];\n  }\n\n  extensions 100 to max;\n\n  enum E {\n    option allow_alias = true;\n    X = 1;\n    Y = 1;\n  }\n}\n\nextend .A {\n  optional string e = 100 [json_name = \"e\"];\n}\n",
		},
		{
			"edition", "Cgd4LnByb3RvEgFlIjsKAUESDAoBYRgBIAEoCVIBYRITCgFiGAIgASgFQgWqAQIIAlIBYhITCgFjGAMgAygFQgWqAQIYAlIBY2IIZWRpdGlvbnNw6Ac=",
			"package e;\n\nmessage A {\n  optional string a = 1 [json_name = \"a\"];\n  optional int32 b = 2 [\n    features = {\n      field_presence: IMPLICIT\n    },\n    json_name = \"b\"\n  ];\n  repeated int32 c = 3 [\n    features = {\n      repeated_field_encoding: EXPANDED\n    },\n    json_name = \"c\"\n  ];\n}\n",
		},
		{
			"service", "Cgd4LnByb3RvIgMKAU0yHAoBUxISCgFBEgIuTRoCLk0iA5ACAigBGgOIAgFCBQoBakgDYgZwcm90bzM=",
			"syntax = \"proto3\";\n\noption java_package = \"j\";\noption optimize_for = LITE_RUNTIME;\n\nmessage M {}\n\nservice S {\n  option deprecated = true;\n\n  rpc A (stream .M) returns (.M) {\n    option idempotency_level = IDEMPOTENT;\n  };\n}\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, mustParse(t, c.in).Text()); diff != "" {
				t.Errorf("Text() (-want +got):\n%s", diff)
			}
		})
	}
}

// Custom options are kept when their extension is known.
func TestDescriptorCustomOptions(t *testing.T) {
	in := "Cgd4LnByb3RvGiBnb29nbGUvcHJvdG9idWYvZGVzY3JpcHRvci5wcm90byJwCgNPcHQSDAoBZBgBIAEoAVIBZBIaCgNzdWIYAiABKAsyCC5PcHQuU3ViUgNzdWISHAoEbW9yZRgDIAMoCzIILk9wdC5TdWJSBG1vcmUaIQoDU3ViEgwKAXgYASABKAlSAXgSDAoBeRgCIAEoCVIBeSI9CgRGbGF0EgwKAXgYASABKAlSAXgSDAoBeRgCIAEoCVIBeRIZCgRuZXh0GAMgASgLMgUuRmxhdFIEbmV4dCIiCgFBEhAKAXMYASABKAlCAhgBUgFzOguRtRgAAAAAAAD4Pzo5CgNvcHQSHy5nb29nbGUucHJvdG9idWYuTWVzc2FnZU9wdGlvbnMY0YYDIAEoCzIELk9wdFIDb3B0OjMKA251bRIfLmdvb2dsZS5wcm90b2J1Zi5NZXNzYWdlT3B0aW9ucxjShgMgASgBUgNudW06PAoEZmxhdBIfLmdvb2dsZS5wcm90b2J1Zi5NZXNzYWdlT3B0aW9ucxjThgMgASgLMgUuRmxhdFIEZmxhdDo1CgRtYW55Eh8uZ29vZ2xlLnByb3RvYnVmLk1lc3NhZ2VPcHRpb25zGNSGAyADKAlSBG1hbnk6MwoDb25lEh8uZ29vZ2xlLnByb3RvYnVmLk1lc3NhZ2VPcHRpb25zGNWGAyABKAlSA29uZWIGcHJvdG8z"
	if text := mustParse(t, in).Text(); !strings.Contains(text, "message A {\n  option (num) = 1.5;\n\n") {
		t.Errorf("the custom option is lost:\n%s", text)
	}
	// Those of confluent/meta.proto survive the way to the descriptor and
	// back.
	s := mustParse(t, proto3(`import "confluent/meta.proto";
message A {
  option (confluent.message_meta).doc = "d";
  string s = 1 [(confluent.field_meta) = { tags: ["X", "Y"] params: [{key: "k" value: "v"}] rules: { name: "n" } }];
}`))
	serialized, err := s.Render("serialized")
	if err != nil {
		t.Fatal(err)
	}
	back := mustParse(t, serialized)
	if diff := cmp.Diff(s.Tags(), back.Tags()); diff != "" {
		t.Errorf("Tags() (-text +descriptor):\n%s", diff)
	}
	want := "string s = 1 [(confluent.field_meta) = {\n    params: [\n      {\n        key: \"k\",\n        value: \"v\"\n      }\n    ],\n    tags: [\n      \"X\",\n      \"Y\"\n    ],\n    rules: [\n      {\n        name: \"n\"\n      }\n    ]\n  }];"
	if !strings.Contains(back.Text(), want) {
		t.Errorf("Text() = %s\nwant in it %s", back.Text(), want)
	}
}

func TestDescriptorRefused(t *testing.T) {
	encode := func(d *descriptorpb.FileDescriptorProto) string {
		raw, err := proto.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(raw)
	}
	deep := &descriptorpb.DescriptorProto{Name: proto.String("A")}
	for range schema.MaxMessageDepth {
		deep = &descriptorpb.DescriptorProto{Name: proto.String("A"), NestedType: []*descriptorpb.DescriptorProto{deep}}
	}
	fine := encode(&descriptorpb.FileDescriptorProto{Name: proto.String("a.proto"), Package: proto.String("package")})
	mustParse(t, fine)
	for name, text := range map[string]string{
		"a name that text cannot hold": encode(&descriptorpb.FileDescriptorProto{MessageType: []*descriptorpb.DescriptorProto{{Name: proto.String("a b")}}}),
		"too deep":                     encode(&descriptorpb.FileDescriptorProto{MessageType: []*descriptorpb.DescriptorProto{deep}}),
		"a line break":                 fine + "\n",
		"wrong padding":                fine + "=",
		"cut":                          fine[:len(fine)-4],
	} {
		if _, err := parseText(t, text, schema.Options{New: true}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

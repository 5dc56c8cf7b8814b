package compat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// The rules of compatibility.md 8, one by one: what the update of an original
// is told. Both are the body of message M in proto2 unless they begin with a
// word of the file.
func TestProtobufRules(t *testing.T) {
	for _, c := range []struct {
		name, original, update string
		want                   []string
		compatible             bool
	}{
		{"nothing", "optional int32 a = 1;", "optional int32 a = 1;", nil, true},
		{"package", "package a;", "package b;", []string{"PACKAGE_CHANGED #/"}, false},
		{"message removed", "message A {}", "", []string{"MESSAGE_REMOVED #/M/A"}, false},
		{"message added", "", "message A {}", []string{"MESSAGE_ADDED #/M/A"}, true},
		{"message moved", "message A {} message B {}", "message B {} message A {}", []string{"MESSAGE_MOVED #/M/A", "MESSAGE_MOVED #/M/B"}, true},
		{"map entry message removed", "message A { option map_entry = true; optional string key = 1; optional string value = 2; }", "", nil, true},
		{"enums", "enum A { X = 0; }", "enum B { X = 0; }", []string{"ENUM_ADDED #/M/B", "ENUM_REMOVED #/M/A"}, true},
		{"message to enum", "message A {}", "enum A { X = 0; }", []string{"ENUM_ADDED #/M/A", "MESSAGE_REMOVED #/M/A"}, false},
		{
			"constants", "enum A { X = 0; Y = 1; Z = 2; }", "enum A { X = 0; W = 1; V = 3; }",
			[]string{"ENUM_CONST_ADDED #/M/A/3", "ENUM_CONST_CHANGED #/M/A/1", "ENUM_CONST_REMOVED #/M/A/2"},
			true,
		},
		{"last constant of a number", "enum A { X = 0; Y = 0; }", "enum A { Z = 0; Y = 0; }", nil, true},
		{"fields", "optional int32 a = 1;", "optional int32 b = 2;", []string{"FIELD_ADDED #/M/2", "FIELD_REMOVED #/M/1"}, true},
		{"required fields", "required int32 a = 1;", "required int32 b = 2;", []string{"REQUIRED_FIELD_ADDED #/M/2", "REQUIRED_FIELD_REMOVED #/M/1"}, false},
		{"field name", "optional int32 a = 1;", "optional int32 b = 1;", []string{"FIELD_NAME_CHANGED #/M/1"}, true},
		{"scalar to message", "optional int32 a = 1;", "optional M a = 1;", []string{"FIELD_KIND_CHANGED #/M/1"}, false},
		{"map to message", "map<string, M> a = 1;", "optional M a = 1;", []string{"FIELD_KIND_CHANGED #/M/1"}, false},
		{"varints and enums", "optional int32 a = 1; optional bool b = 2; enum E { X = 0; }", "optional uint64 a = 1; optional E b = 2; enum E { X = 0; }", nil, true},
		{"strings and bytes", "optional string a = 1;", "optional bytes a = 1;", nil, true},
		{"zigzag", "optional int32 a = 1;", "optional sint32 a = 1;", []string{"FIELD_SCALAR_KIND_CHANGED #/M/1"}, false},
		{"fixed", "optional fixed32 a = 1; optional fixed64 b = 2;", "optional sfixed32 a = 1; optional sfixed64 b = 2;", nil, true},
		{"float", "optional float a = 1;", "optional double a = 1;", []string{"FIELD_SCALAR_KIND_CHANGED #/M/1"}, false},
		{"label of a number", "optional int32 a = 1;", "repeated int64 a = 1;", []string{"FIELD_NUMERIC_LABEL_CHANGED #/M/1"}, false},
		{"label of a string", "optional string a = 1;", "repeated bytes a = 1;", []string{"FIELD_STRING_OR_BYTES_LABEL_CHANGED #/M/1"}, true},
		{"label of a message", "optional M a = 1;", "repeated M a = 1;", nil, true},
		{"type name", "optional A a = 1; message A {} message B {}", "optional B a = 1; message A {} message B {}", []string{"FIELD_NAMED_TYPE_CHANGED #/M/1"}, false},
		{"maps", "map<string, int32> a = 1;", "map<int32, string> a = 1;", []string{"FIELD_SCALAR_KIND_CHANGED #/M/1", "FIELD_SCALAR_KIND_CHANGED #/M/1"}, false},
		{"map values that do not resolve", "map<string, Nope> a = 1; map<string, Nope> b = 2;", "map<string, Nope> a = 1; map<string, No> b = 2;", []string{"FIELD_NAMED_TYPE_CHANGED #/M/2"}, false},
		{"map entry message", "map<string, M> a = 1;", "repeated E a = 1; message E { option map_entry = true; optional string key = 1; optional M value = 2; }", nil, true},
		{"oneofs", "oneof a { int32 x = 1; }", "oneof b { int32 x = 1; }", []string{"ONEOF_ADDED #/M/b", "ONEOF_REMOVED #/M/a"}, true},
		{"oneof field added", "oneof a { int32 x = 1; }", "oneof a { int32 x = 1; int32 y = 2; }", []string{"ONEOF_FIELD_ADDED #/M/a/2"}, true},
		{"oneof field removed", "oneof a { int32 x = 1; int32 y = 2; }", "oneof a { int32 x = 1; }", []string{"ONEOF_FIELD_REMOVED #/M/a/2"}, false},
		{"oneof removed with all", "oneof a { int32 x = 1; int32 y = 2; }", "", []string{"ONEOF_REMOVED #/M/a"}, true},
		{
			"oneof removed with one", "oneof a { int32 x = 1; int32 y = 2; }", "optional int32 x = 1;",
			[]string{"ONEOF_FIELD_MOVED_TO_TOP_LEVEL #/M/1", "ONEOF_FIELD_REMOVED #/M/a/2", "ONEOF_REMOVED #/M/a"},
			false,
		},
		{"one field into a new oneof", "optional int32 x = 1;", "oneof a { int32 x = 1; int32 y = 2; }", []string{"ONEOF_ADDED #/M/a", "ONEOF_FIELD_ADDED #/M/a/2"}, true},
		{
			"two fields into a oneof", "optional int32 x = 1; optional int32 y = 2;", "oneof a { int32 x = 1; int32 y = 2; }",
			[]string{"MULTIPLE_FIELDS_MOVED_TO_ONEOF #/M/a", "ONEOF_ADDED #/M/a"},
			false,
		},
		{
			"a field into an existing oneof", "oneof a { int32 x = 1; } optional int32 y = 2;", "oneof a { int32 x = 1; int32 y = 2; }",
			[]string{"FIELD_MOVED_TO_EXISTING_ONEOF #/M/a"},
			false,
		},
		{
			"two oneofs into one", "oneof a { int32 x = 1; } oneof b { int32 y = 2; }", "oneof a { int32 x = 1; int32 y = 2; }",
			[]string{"FIELD_MOVED_TO_EXISTING_ONEOF #/M/a", "ONEOF_REMOVED #/M/b"},
			false,
		},
		{"inside a oneof", "oneof a { int32 x = 1; }", "oneof a { sint32 x = 1; }", []string{"FIELD_SCALAR_KIND_CHANGED #/M/a/1"}, false},
		{"last field of a number", "optional string a = 1; optional int32 b = 1;", "optional float a = 1; optional int32 b = 1;", nil, true},
		{"not compared", "option x = 1; reserved 5; extensions 9; optional group G = 7 { optional int32 a = 1; } extend M { optional int32 e = 9; }", "", nil, true},
		{"json_name and options", "optional int32 a = 1 [json_name = \"x\", deprecated = true];", "optional int32 a = 1;", nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := func(body string) schema.Schema {
				if strings.HasPrefix(body, "package") {
					return parseProtobuf(t, "syntax = \"proto2\"; "+body)
				}
				return parseProtobuf(t, "syntax = \"proto2\"; message M { "+body+" }")
			}
			result := checkProtobuf(t, compat.Backward, file(c.update), file(c.original))
			if diff := cmp.Diff(c.want, protobufChanges(result)); diff != "" || result.Compatible != c.compatible {
				t.Errorf("compatible %t, want %t; differences (-want +got):\n%s", result.Compatible, c.compatible, diff)
			}
		})
	}
}

func protobufFile(name, subject string, version int32, text string) schema.Dependency {
	return schema.Dependency{Reference: schema.Reference{Name: name, Subject: subject, Version: version}, Text: text, Direct: true}
}

// Types of other files: by place, then by content (compatibility.md 8).
func TestProtobufReferences(t *testing.T) {
	one := "syntax = \"proto3\"; package c; message Money { int32 n = 1; message Unit { string s = 1; } }"
	two := "syntax = \"proto3\"; package c; message Money { sint32 n = 1; message Unit { string s = 1; } }"
	user := func(fields string, dependencies ...schema.Dependency) schema.Schema {
		return parseProtobuf(t, "syntax = \"proto3\"; message M { "+fields+" }", dependencies...)
	}
	v1, v2 := protobufFile("m", "money", 1, one), protobufFile("m", "money", 2, two)
	for _, c := range []struct {
		name             string
		original, update schema.Schema
		want             []string
	}{
		{"the same version", user("c.Money a = 1;", v1), user("c.Money a = 1;", v1), nil},
		{"other content, once per field", user("c.Money a = 1; c.Money b = 2;", v1), user("c.Money a = 1; c.Money b = 2;", v2), []string{
			"FIELD_NAMED_TYPE_CHANGED #/M/1", "FIELD_NAMED_TYPE_CHANGED #/M/2",
			"FIELD_SCALAR_KIND_CHANGED #/Money/1", "FIELD_SCALAR_KIND_CHANGED #/Money/1",
		}},
		{"the same content elsewhere", user("c.Money a = 1;", v1), user("c.Money a = 1;", protobufFile("m", "other", 1, one)), nil},
		{
			"inside a map", user("map<string, c.Money> a = 1;", v1), user("map<string, c.Money> a = 1;", v2),
			[]string{"FIELD_NAMED_TYPE_CHANGED #/M/1", "FIELD_SCALAR_KIND_CHANGED #/Money/1"},
		},
		{"bundled", user("google.protobuf.Struct a = 1;"), user("google.protobuf.Struct a = 1;"), nil},
		{"another bundled one", user("google.type.Date a = 1;"), user("google.type.Money a = 1;"), []string{"FIELD_NAMED_TYPE_CHANGED #/M/1"}},
		{"another package", user("c.Money a = 1;", v1), user("d.Money a = 1;", protobufFile("d", "d", 1, strings.ReplaceAll(one, "package c", "package d"))), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := protobufChanges(checkProtobuf(t, compat.Backward, c.update, c.original))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

// Differences tell where they are in the text of the new schema, what stands
// on both sides, and what would pass.
func TestProtobufDifferencesArePlaced(t *testing.T) {
	old := parseProtobuf(t, "syntax = \"proto3\"; \nmessage M {\n  int32 a = 1;\n  string b = 2;\n  oneof o { int32 c = 3; int32 d = 4; }\n}\nmessage N {}")
	fresh := parseProtobuf(t, "syntax = \"proto3\";\nmessage M {\n  float a = 1;\n  bytes b = 2; oneof o { int32 c = 3; }\n}")
	var got []compat.Difference
	for _, r := range checkProtobuf(t, compat.Full, fresh, old).Reports {
		for _, d := range append(r.Forward, r.Backward...) {
			if !d.Compatible {
				got = append(got, d)
			}
		}
	}
	want := []compat.Difference{
		{
			Code: "FIELD_SCALAR_KIND_CHANGED", Path: "#/M/1", Position: schema.Position{Offset: 33, Line: 3, Column: 3}, Old: "int32 a = 1;", New: "float a = 1;",
			Hint: "Keep the type of \"int32 a = 1;\", or give the new field another number.", Direction: compat.OldReadsNew,
		},
		{
			Code: "FIELD_SCALAR_KIND_CHANGED", Path: "#/M/1", Position: schema.Position{Offset: 33, Line: 3, Column: 3}, Old: "int32 a = 1;", New: "float a = 1;",
			Hint: "Keep the type of \"int32 a = 1;\", or give the new field another number.",
		},
		{Code: "ONEOF_FIELD_REMOVED", Path: "#/M/o/4", Old: "int32 d = 4;", Hint: "Keep \"int32 d = 4;\" in the message."},
		{Code: "MESSAGE_REMOVED", Path: "#/N", Old: "message N", Hint: "Keep message N under its name and in its place of nesting."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

package compat_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// protoText is a text of proto3, or of proto2, with the body of message M.
func protoText(syntax, body string) string {
	return fmt.Sprintf("syntax = %q;\npackage p;\nmessage M {\n%s\n}\n", syntax, body)
}

// TestProtobufFieldWarnings: compatibility.md 9.2, labels, values that are
// lost, and names. Each pair is read by the second; the same is told forward.
func TestProtobufFieldWarnings(t *testing.T) {
	const (
		narrowed  = "FIELD_SCALAR_NARROWED #/M/1 WIRE certain"
		jsonForm  = "FIELD_JSON_FORM_CHANGED #/M/1 JSON certain"
		labelWire = "FIELD_LABEL_CHANGED #/M/1 WIRE certain"
		labelJSON = "FIELD_LABEL_CHANGED #/M/1 JSON certain"
		enum      = "enum E { X = 0; } "
	)
	for _, c := range []struct {
		name, syntax, original, update string
		want                           []string
	}{
		{"nothing", "proto3", "int32 a = 1;", "int32 a = 1;", nil},

		{"list of numbers as one", "proto3", "repeated int32 a = 1;", "int32 a = 1;", []string{labelWire}},
		{"number as a list", "proto3", "int32 a = 1;", "repeated int32 a = 1;", []string{labelJSON}},
		{"numbers with labels are the wire's", "proto2", "optional int32 a = 1;", "repeated int32 a = 1;", nil},
		{"optional is no list", "proto3", "int32 a = 1;", "optional int32 a = 1;", nil},
		{"list of strings as one", "proto2", "repeated string a = 1;", "optional string a = 1;", []string{labelWire}},
		{"string as a list", "proto2", "optional string a = 1;", "repeated string a = 1;", []string{labelJSON}},
		{"list of messages as one", "proto3", "repeated M a = 1;", "M a = 1;", []string{labelWire}},
		{"message as a list", "proto3", "M a = 1;", "repeated M a = 1;", []string{labelJSON}},
		{"required", "proto2", "optional M a = 1;", "required M a = 1;", []string{labelWire}},
		{"no longer required", "proto2", "required M a = 1;", "optional M a = 1;", nil},
		{"a map is the wire's", "proto3", "repeated M a = 1;", "map<string, M> a = 1;", nil},

		{"int64 to int32", "proto3", "int64 a = 1;", "int32 a = 1;", []string{narrowed}},
		{"int32 to int64", "proto3", "int32 a = 1;", "int64 a = 1;", nil},
		{"int32 to uint64", "proto3", "int32 a = 1;", "uint64 a = 1;", []string{narrowed}},
		{"uint32 to int64", "proto3", "uint32 a = 1;", "int64 a = 1;", nil},
		{"uint64 to int64", "proto3", "uint64 a = 1;", "int64 a = 1;", []string{narrowed}},
		{"sint64 to sint32", "proto3", "sint64 a = 1;", "sint32 a = 1;", []string{narrowed}},
		{"sint32 to sint64", "proto3", "sint32 a = 1;", "sint64 a = 1;", nil},
		{"fixed32 to sfixed32", "proto3", "fixed32 a = 1;", "sfixed32 a = 1;", []string{narrowed}},
		{"sfixed64 to fixed64", "proto3", "sfixed64 a = 1;", "fixed64 a = 1;", []string{narrowed}},
		{"int32 to bool", "proto3", "int32 a = 1;", "bool a = 1;", []string{narrowed, jsonForm}},
		{"bool to int32", "proto3", "bool a = 1;", "int32 a = 1;", []string{jsonForm}},
		{"int32 to enum", "proto3", enum + "int32 a = 1;", enum + "E a = 1;", []string{"FIELD_SCALAR_NARROWED #/M/1 WIRE possible"}},
		{"enum to int32", "proto3", enum + "E a = 1;", enum + "int32 a = 1;", []string{jsonForm}},
		{"enum to uint32", "proto3", enum + "E a = 1;", enum + "uint32 a = 1;", []string{"FIELD_SCALAR_NARROWED #/M/1 WIRE possible", jsonForm}},
		{"bytes to string", "proto3", "bytes a = 1;", "string a = 1;", []string{narrowed, jsonForm}},
		{"string to bytes", "proto3", "string a = 1;", "bytes a = 1;", []string{jsonForm}},
		{"other groups are the wire's", "proto3", "int64 a = 1;", "sint32 a = 1;", nil},
		{"values of a map", "proto3", "map<string, int64> a = 1;", "map<string, int32> a = 1;", []string{narrowed}},

		{"name", "proto3", "int32 a = 1;", "int32 b = 1;", []string{"FIELD_JSON_NAME_CHANGED #/M/1 JSON certain", "FIELD_NAME_CHANGED #/M/1 SOURCE certain"}},
		{"name with the json_name kept", "proto3", "int32 a = 1;", `int32 b = 1 [json_name = "a"];`, []string{"FIELD_NAME_CHANGED #/M/1 SOURCE certain"}},
		{"json_name", "proto3", "int32 a = 1;", `int32 a = 1 [json_name = "z"];`, nil},
		{"json_name was another", "proto3", `int32 a = 1 [json_name = "z"];`, "int32 a = 1;", []string{"FIELD_JSON_NAME_CHANGED #/M/1 JSON certain"}},
		{"json_name as it would be", "proto3", "int32 a_bc = 1;", `int32 a_bc = 1 [json_name = "aBc"];`, nil},
		{"underscores", "proto3", "int32 a_bc = 1;", "int32 aBc = 1;", []string{"FIELD_NAME_CHANGED #/M/1 SOURCE certain"}},
		{"in a oneof", "proto3", "oneof o { int32 a = 1; }", "oneof o { int32 b = 1; }", []string{"FIELD_JSON_NAME_CHANGED #/M/o/1 JSON certain", "FIELD_NAME_CHANGED #/M/o/1 SOURCE certain"}},
		{"another number", "proto3", "int32 a = 1;", "int32 b = 2;", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			original, update := parseProtobuf(t, protoText(c.syntax, c.original)), parseProtobuf(t, protoText(c.syntax, c.update))
			for _, d := range []struct {
				level      compat.Level
				word       string
				fresh, old schema.Schema
			}{{compat.Backward, " backward", update, original}, {compat.Forward, " forward", original, update}} {
				var want []string
				for _, w := range c.want {
					want = append(want, w+d.word)
				}
				if diff := cmp.Diff(want, warningLines(t, d.level, d.fresh, d.old)); diff != "" {
					t.Errorf("%s: %s", d.level, diff)
				}
			}
		})
	}
}

// TestProtobufNameWarnings: constants and enums, in JSON and in generated
// code. The second is the new schema.
func TestProtobufNameWarnings(t *testing.T) {
	const (
		json   = "ENUM_CONST_CHANGED #/M/E/1 JSON certain "
		source = "ENUM_CONST_CHANGED #/M/E/1 SOURCE certain "
	)
	for _, c := range []struct {
		name, old, fresh  string
		backward, forward []string
	}{
		{"constant", "enum E { X = 0; A = 1; }", "enum E { X = 0; B = 1; }", []string{json + "backward", source + "backward"}, []string{json + "forward", source + "forward"}},
		{"the name kept beside", "enum E { X = 0; A = 1; }", "enum E { option allow_alias = true; X = 0; A = 1; B = 1; }", nil, nil},
		{"the name kept behind", "enum E { X = 0; A = 1; }", "enum E { option allow_alias = true; X = 0; B = 1; A = 1; }", nil, []string{json + "forward"}},
		{"added", "enum E { X = 0; }", "enum E { X = 0; A = 1; }", nil, nil},
		{"removed", "enum E { X = 0; A = 1; }", "enum E { X = 0; }", nil, nil},
		{"the enum", "enum E { X = 0; }", "enum F { X = 0; }", []string{"ENUM_REMOVED #/M/E SOURCE certain backward"}, []string{"ENUM_REMOVED #/M/E SOURCE certain forward"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, fresh := parseProtobuf(t, protoText("proto3", c.old)), parseProtobuf(t, protoText("proto3", c.fresh))
			if diff := cmp.Diff(c.backward, warningLines(t, compat.Backward, fresh, old)); diff != "" {
				t.Errorf("backward: %s", diff)
			}
			if diff := cmp.Diff(c.forward, warningLines(t, compat.Forward, fresh, old)); diff != "" {
				t.Errorf("forward: %s", diff)
			}
		})
	}
}

// TestProtobufReservedWarnings: what the old schema reserves is used or no
// longer reserved. It is the same whoever reads.
func TestProtobufReservedWarnings(t *testing.T) {
	for _, c := range []struct {
		name, old, fresh string
		want             []string
	}{
		{"kept", "reserved 2, 4 to 6; reserved \"b\";", "reserved 4 to 6, 2; reserved \"b\";", nil},
		{"kept in a wider range", "reserved 4 to 6;", "reserved 2 to 4, 5 to max;", nil},
		{"dropped", "reserved 4 to 6;", "", []string{"RESERVED_NUMBER_DROPPED #/M WIRE possible"}},
		{"dropped in part", "reserved 4 to 9;", "reserved 4, 6 to 7;", []string{"RESERVED_NUMBER_DROPPED #/M WIRE possible"}},
		{"used", "reserved 4;", "int32 a = 4;", []string{"RESERVED_NUMBER_USED #/M/4 WIRE likely"}},
		{"used, the rest kept", "reserved 4 to 6;", "reserved 4, 6; int32 a = 5;", []string{"RESERVED_NUMBER_USED #/M/5 WIRE likely"}},
		{"used in a oneof", "reserved 4;", "oneof o { int32 a = 4; }", []string{"RESERVED_NUMBER_USED #/M/4 WIRE likely"}},
		{"name dropped", `reserved "b";`, "", []string{"RESERVED_NAME_DROPPED #/M JSON possible"}},
		{"name used", `reserved "b";`, "int32 b = 1;", []string{"RESERVED_NAME_USED #/M/1 JSON likely"}},
		{"in an enum", "enum E { reserved 2, -5 to -3; X = 0; }", "enum E { X = 0; A = 2; }", []string{"RESERVED_NUMBER_USED #/M/E/2 WIRE likely", "RESERVED_NUMBER_DROPPED #/M/E WIRE possible"}},
		{"new ones", "int32 a = 4;", "reserved 4; reserved \"a\";", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, fresh := parseProtobuf(t, protoText("proto3", c.old)), parseProtobuf(t, protoText("proto3", c.fresh))
			for _, d := range []struct {
				level compat.Level
				word  string
			}{{compat.Backward, " backward"}, {compat.Forward, " forward"}, {compat.Full, " both"}} {
				var want []string
				for _, w := range c.want {
					want = append(want, w+d.word)
				}
				if diff := cmp.Diff(want, warningLines(t, d.level, fresh, old)); diff != "" {
					t.Errorf("%s: %s", d.level, diff)
				}
			}
		})
	}
}

// TestProtobufHistoryWarnings: a number that comes back with another meaning,
// over the versions that the check reads.
func TestProtobufHistoryWarnings(t *testing.T) {
	for _, c := range []struct {
		name  string
		level compat.Level
		// bodies are the versions, oldest first; the last is the new schema.
		bodies []string
		want   []string
	}{
		{"reused", compat.BackwardTransitive, []string{"string a = 1;", "int32 z = 9;", "string b = 1;"}, []string{"FIELD_NUMBER_REUSED #/M/1 WIRE likely [1]"}},
		{"reused, twice there", compat.ForwardTransitive, []string{"string a = 1;", "string a = 1; int32 z = 9;", "", "string b = 1;"}, []string{"FIELD_NUMBER_REUSED #/M/1 WIRE likely [2 1]"}},
		{"came back", compat.BackwardTransitive, []string{"string a = 1;", "int32 z = 9;", "string a = 1;"}, nil},
		{"renamed, never gone", compat.BackwardTransitive, []string{"string a = 1;", "string b = 1;"}, nil},
		{"the newest alone does not know", compat.Backward, []string{"string a = 1;", "int32 z = 9;", "string b = 1;"}, nil},
		{"of another message", compat.BackwardTransitive, []string{"message I { string a = 1; } ", "message I { string z = 9; } ", "message I { string z = 9; } string b = 1;"}, nil},
		{"nested", compat.BackwardTransitive, []string{"message I { string a = 1; } ", "message I { string z = 9; } ", "message I { string b = 1; string z = 9; }"}, []string{"FIELD_NUMBER_REUSED #/M/I/1 WIRE likely [1]"}},
		{"a constant", compat.FullTransitive, []string{"enum E { X = 0; A = 1; }", "enum E { X = 0; }", "enum E { X = 0; B = 1; }"}, []string{"ENUM_CONST_NUMBER_REUSED #/M/E/1 WIRE likely [1]"}},
		{"a version that came back", compat.BackwardTransitive, []string{"string a = 1;", "int32 z = 9;", "string a = 1;", "string b = 1;"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var parsed []schema.Schema
			for _, body := range c.bodies {
				parsed = append([]schema.Schema{parseProtobuf(t, protoText("proto3", body))}, parsed...)
			}
			var got []string
			for _, w := range warned(t, compat.Request{Level: c.level, New: parsed[0], Old: versions(parsed[1:]...)}).Warnings {
				if strings.HasSuffix(w.Code, "_REUSED") {
					got = append(got, fmt.Sprint(warningLine(w), " ", w.Versions))
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestProtobufDuplicateWarnings: compatibility.md 9.2, "duplicate tags are
// accepted". They are a fault of the new schema, at any level.
func TestProtobufDuplicateWarnings(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"none", "int32 a = 1; int32 b = 2;", nil},
		{"two fields", "int32 a = 1; int32 b = 1;", []string{"DUPLICATE_FIELD_NUMBER #/M/1 WIRE certain"}},
		{"a field and one of a oneof", "int32 a = 1; oneof o { int32 b = 1; }", []string{"DUPLICATE_FIELD_NUMBER #/M/1 WIRE certain"}},
		{"in a nested message", "message I { int32 a = 3; string b = 3; }", []string{"DUPLICATE_FIELD_NUMBER #/M/I/3 WIRE certain"}},
		{"of two messages", "message I { int32 a = 1; } int32 b = 1;", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			fresh, old := parseProtobuf(t, protoText("proto3", c.body)), parseProtobuf(t, protoText("proto3", ""))
			for _, level := range []compat.Level{compat.Backward, compat.None} {
				if diff := cmp.Diff(c.want, warningLines(t, level, fresh, old)); diff != "" {
					t.Errorf("%s: %s", level, diff)
				}
			}
			if got := warningLines(t, compat.Backward, old, fresh); got != nil {
				t.Errorf("the old schema's: %q", got)
			}
		})
	}
}

// TestProtobufWarningElsewhere: types of references are compared too; their
// warnings have no place in the new text.
func TestProtobufWarningElsewhere(t *testing.T) {
	with := func(version int32, body string) schema.Schema {
		ref := schema.Reference{Name: "a.proto", Subject: "a", Version: version}
		return parseProtobufSource(t, schema.Source{
			Type: schema.Protobuf, Text: "syntax = \"proto3\";\nimport \"a.proto\";\nmessage M {\n  A a = 1;\n  A b = 2;\n}\n",
			References:   []schema.Reference{ref},
			Dependencies: []schema.Dependency{{Reference: ref, Text: "syntax = \"proto3\";\nmessage A {\n  " + body + "\n}\n", Direct: true}},
		})
	}
	result := warned(t, compat.Request{Level: compat.Backward, New: with(2, "int32 n = 1;"), Old: versions(with(1, "int64 n = 1;"))})
	want := []compat.Warning{{
		Code: "FIELD_SCALAR_NARROWED", Path: "#/A/1", Info: "written: int64, read: int32", Category: compat.Wire, Confidence: compat.Certain,
		Old: "int64 n = 1;", New: "int32 n = 1;", Versions: []int32{1}, Backward: true,
		Hint: "Certain: int64 has values that int32 cuts off. Keep the type, or use a field with a number of its own.",
	}}
	if diff := cmp.Diff(want, result.Warnings); diff != "" {
		t.Error(diff)
	}
}

// TestProtobufHostileWarnings: what would say or cost too much is cut, and the
// verdict stands.
func TestProtobufHostileWarnings(t *testing.T) {
	fields := func(n int, prefix string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "int32 %s%d = %d;\n", prefix, i, i+1)
		}
		return protoText("proto3", b.String())
	}
	reserved := func(n, shift int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "reserved %d;\n", 3*i+shift)
		}
		return protoText("proto3", b.String())
	}
	for _, c := range []struct {
		name  string
		fresh string
		old   []string
	}{
		{"all renamed", fields(20000, "a"), []string{fields(20000, "b")}},
		{"all reserved", reserved(20000, 1), []string{reserved(20000, 2)}},
		{"long history", fields(2000, "a"), []string{fields(1, "b"), fields(2000, "c"), fields(2000, "d"), fields(1900, "e")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			fresh := parseProtobuf(t, c.fresh)
			var old []schema.Schema
			for _, text := range c.old {
				old = append(old, parseProtobuf(t, text))
			}
			start := time.Now()
			result, err := compat.Check(t.Context(), compat.Request{Level: compat.FullTransitive, New: fresh, Old: versions(old...), Warnings: true})
			if err != nil || !result.Compatible {
				t.Errorf("Check = %v, %v", result.Compatible, err)
			}
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %v", took)
			}
			t.Log(len(result.Warnings), result.WarningsCut, time.Since(start))
		})
	}
}

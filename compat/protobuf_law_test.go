package compat_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// protobufGenerator draws texts whose types resolve: top-level messages M0 to
// M2 with fields of each other, of a referenced file, and of bundled ones.
type protobufGenerator struct {
	t      *rapid.T
	parser *protobuf.Parser
}

func (g protobufGenerator) number(label string, n int) int {
	return rapid.IntRange(0, n).Draw(g.t, label)
}

func (g protobufGenerator) typ() string {
	return rapid.SampledFrom([]string{
		"int32", "sint64", "string", "bytes", "bool", "double", "fixed32", "M0", "M1", "M2", "E",
		"google.protobuf.Struct", "common.Money", "map<string, int32>", "map<int32, M1>", "map<string, common.Money>",
	}).Draw(g.t, "type")
}

func (g protobufGenerator) fields(b *strings.Builder, member bool, first int) {
	count := g.number("fields", 3)
	if member {
		count++
	}
	for i := range count {
		typ, label := g.typ(), ""
		if !strings.HasPrefix(typ, "map") && !member {
			label = rapid.SampledFrom([]string{"", "optional ", "repeated "}).Draw(g.t, "label")
		}
		fmt.Fprintf(b, "%s%s f%d = %d;", label, typ, i, first+g.number("number", 4))
	}
}

func (g protobufGenerator) text() string {
	var b strings.Builder
	b.WriteString("syntax = \"proto3\";\n")
	if rapid.Bool().Draw(g.t, "package") {
		b.WriteString("package p;\n")
	}
	for i := range 3 {
		fmt.Fprintf(&b, "message M%d {", i)
		g.fields(&b, false, 1)
		for o := range g.number("oneofs", 2) {
			fmt.Fprintf(&b, "oneof o%d {", o)
			g.fields(&b, true, 1)
			b.WriteString("}")
		}
		if rapid.Bool().Draw(g.t, "nested") {
			b.WriteString("message N {")
			g.fields(&b, false, 1)
			b.WriteString("}")
		}
		b.WriteString("}\n")
	}
	b.WriteString("enum E { X = 0; }\n")
	return b.String()
}

func (g protobufGenerator) money(label string) schema.Dependency {
	version := int32(1 + g.number(label, 1))
	typ := []string{"int32", "sint32"}[version-1]
	return protobufFile("money.proto", "money", version,
		"syntax = \"proto3\"; package common; message Money { "+typ+" n = 1; Money next = 2; message Unit { Money m = 1; } Unit unit = 3; }")
}

func (g protobufGenerator) schema(label string) schema.Schema {
	source := schema.Source{Type: schema.Protobuf, Text: g.text(), Dependencies: []schema.Dependency{g.money(label)}}
	s, err := g.parser.Parse(g.t.Context(), source, schema.Options{New: true})
	if err != nil {
		g.t.Fatalf("%s: %v", source.Text, err)
	}
	return s
}

func (g protobufGenerator) check(level compat.Level, fresh, old schema.Schema) compat.Result {
	result, err := compat.Check(g.t.Context(), compat.Request{Level: level, New: fresh, Old: versions(old), Compatible: true})
	if err != nil {
		g.t.Fatal(err)
	}
	return result
}

// A schema is compatible with itself, and FULL is BACKWARD and FORWARD. A
// schema is judged as its normal form is, but for fields of one number (the
// last one counts, and normalisation sorts) and empty oneofs, which are not
// drawn: normalisation drops them, and with the oneof the removal of its last
// member is no fault.
func TestProtobufLaws(t *testing.T) {
	parser := &protobuf.Parser{}
	rapid.Check(t, func(t *rapid.T) {
		g := protobufGenerator{t, parser}
		old, fresh := g.schema("old"), g.schema("new")
		if changes := protobufChanges(g.check(compat.Full, old, old)); len(changes) > 0 {
			t.Fatalf("not compatible with itself: %v\n%s", changes, old.Text())
		}
		full, backward, forward := g.check(compat.Full, fresh, old), g.check(compat.Backward, fresh, old), g.check(compat.Forward, fresh, old)
		if full.Compatible != (backward.Compatible && forward.Compatible) {
			t.Fatalf("FULL %t, BACKWARD %t, FORWARD %t", full.Compatible, backward.Compatible, forward.Compatible)
		}
		normal, err := fresh.Normalize()
		if err != nil {
			t.Fatal(err)
		}
		if again := g.check(compat.Full, normal, old); again.Compatible != full.Compatible && distinctNumbers(fresh) {
			t.Fatalf("the normal form is judged otherwise: %v\n%s", protobufChanges(again), normal.Text())
		}
		for _, r := range full.Reports {
			for _, d := range append(r.Forward, r.Backward...) {
				if d.Compatible != (d.Hint == "") || d.Old == "" && d.New == "" {
					t.Errorf("%+v", d)
				}
			}
		}
	})
}

// distinctNumbers says that no message uses a number twice.
func distinctNumbers(s schema.Schema) bool {
	_, err := s.Render("serialized")
	return err == nil || !strings.Contains(err.Error(), "number")
}

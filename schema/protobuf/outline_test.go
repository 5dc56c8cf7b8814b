package protobuf

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

func TestOutline(t *testing.T) {
	s := mustParse(t, `syntax = "proto2";
package shop;
import "confluent/meta.proto";
option (confluent.file_meta).doc = "the file";
message Order {
  option (confluent.message_meta) = { doc: "an order" tags: "REC" };
  required string order_id = 1 [(confluent.field_meta) = { doc: "its id" tags: ["PII", "KEY"] }, json_name = "id"];
  repeated Line lines_of = 2;
  map<string, Kind> kinds = 3;
  optional int32 n = 4 [default = 7];
  oneof o { Line first = 5; }
  optional group Extra = 6 { optional bool x = 1; }
  message Line { optional bytes b = 1; }
}
enum Kind { option (confluent.enum_meta).doc = "a kind"; A = 0; B = 1; }`)
	field := func(path, runtime, typ string, number int32) schema.Field {
		name := path
		for i := range path {
			if path[i] == '.' {
				name = path[i+1:]
			}
		}
		return schema.Field{Name: name, RuntimeName: runtime, TagPath: path, Type: typ, Number: number}
	}
	id := field("Order.order_id", "id", "string", 1)
	id.Required, id.Doc, id.Tags = true, "its id", []string{"PII", "KEY"}
	lines := field("Order.lines_of", "linesOf", "repeated shop.Order.Line", 2)
	lines.Ref = "shop.Order.Line"
	kinds := field("Order.kinds", "kinds", "map<string, shop.Kind>", 3)
	kinds.Ref = "shop.Kind"
	n := field("Order.n", "n", "optional int32", 4)
	n.Default = "7"
	first := field("Order.first", "first", "shop.Order.Line", 5)
	first.Ref = "shop.Order.Line"
	extra := field("Order.extra", "extra", "group Extra", 6)
	extra.Ref = "shop.Order.Extra"
	want := &schema.Outline{Doc: "the file", RecordName: "shop.Order", Records: []schema.Record{
		{
			Name: "shop.Order", TagPath: "Order", Kind: "message", Doc: "an order", Tags: []string{"REC"},
			Fields: []schema.Field{id, lines, kinds, n, first, extra},
		},
		{
			Name: "shop.Order.Extra", TagPath: "Order.Extra", Kind: "message",
			Fields: []schema.Field{field("Order.Extra.x", "x", "optional bool", 1)},
		},
		{
			Name: "shop.Order.Line", TagPath: "Order.Line", Kind: "message",
			Fields: []schema.Field{field("Order.Line.b", "b", "optional bytes", 1)},
		},
		{Name: "shop.Kind", TagPath: "Kind", Kind: "enum", Doc: "a kind", Symbols: []string{"A", "B"}},
	}}
	if diff := cmp.Diff(want, s.Outline()); diff != "" {
		t.Errorf("Outline() (-want +got):\n%s", diff)
	}
	if got := s.RecordName(); got != "shop.Order" {
		t.Errorf("RecordName() = %q", got)
	}
	if diff := cmp.Diff([]string{"order_id", "lines_of", "kinds", "n"}, s.TopFields()); diff != "" {
		t.Errorf("TopFields() (-want +got):\n%s", diff)
	}
	if got := s.MemoryBytes(); got < len(s.Text()) || got > 40*len(s.Text()) {
		t.Errorf("MemoryBytes() = %d for a text of %d", got, len(s.Text()))
	}
	if mustParse(t, "").RecordName() != "" {
		t.Error("a text without messages has no record name")
	}
}

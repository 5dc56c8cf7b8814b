package format_test

import (
	"testing"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
)

func TestAllReadsEveryType(t *testing.T) {
	for kind, text := range map[schema.Type]string{
		schema.Avro:     `"string"`,
		schema.JSON:     `{"type":"object"}`,
		schema.Protobuf: `syntax = "proto3"; message M { string a = 1; }`,
	} {
		parsed, err := format.All().Parse(t.Context(), schema.Source{Type: kind, Text: text}, schema.Options{New: true})
		if err != nil {
			t.Errorf("Parse(%s) = %v", text, err)
			continue
		}
		if parsed.Type() != kind {
			t.Errorf("Parse(%s) has type %s, want %s", text, parsed.Type(), kind)
		}
	}
	if _, err := format.All().Parse(t.Context(), schema.Source{Type: "XML"}, schema.Options{}); err == nil {
		t.Error("Parse of an unknown type = nil")
	}
}

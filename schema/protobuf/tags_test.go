package protobuf

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

const tagged = `syntax = "proto3";
package p;
import "confluent/meta.proto";
message A { option (confluent.message_meta).tags = "T1"; string a = 1 [(confluent.field_meta).tags = "PII"]; string b = 2 [(confluent.field_meta) = { tags: ["X", "Y"] doc: "d" }]; message N { string c = 1 [(confluent.field_meta).tags = "DEEP"]; } oneof o { string d = 3 [(confluent.field_meta).tags = "ONE"]; } map<string, string> m = 4; }
enum E { option (confluent.enum_meta).tags = "EN"; Z = 0; }`

func entity(path string, kind schema.EntityKind, tags ...string) schema.EntityTags {
	return schema.EntityTags{Path: path, Kind: kind, Tags: tags}
}

func TestTags(t *testing.T) {
	want := []schema.EntityTags{
		entity("A", schema.RecordEntity, "T1"),
		entity("A.d", schema.FieldEntity, "ONE"),
		entity("A.a", schema.FieldEntity, "PII"),
		entity("A.b", schema.FieldEntity, "X", "Y"),
		entity("A.N.c", schema.FieldEntity, "DEEP"),
	}
	if diff := cmp.Diff(want, mustParse(t, tagged).Tags()); diff != "" {
		t.Errorf("Tags() (-want +got):\n%s", diff)
	}
}

// The changes that the recorded registry was asked for, and its answers.
func TestRetag(t *testing.T) {
	field, record := schema.FieldEntity, schema.RecordEntity
	for _, c := range []struct {
		name        string
		add, remove []schema.EntityTags
		part        string
	}{
		{
			"behind the old ones",
			[]schema.EntityTags{entity("A.a", field, "NEW")},
			nil,
			"string a = 1 [(confluent.field_meta) = {\n    tags: [\n      \"PII\",\n      \"NEW\"\n    ]\n  }];",
		},
		{
			"a leading point",
			[]schema.EntityTags{entity(".A.N", record, "REC", "R2")},
			nil,
			"  message N {\n    option (confluent.message_meta) = {\n      tags: [\n        \"REC\",\n        \"R2\"\n      ]\n    };\n  \n    string c",
		},
		{"there already", []schema.EntityTags{entity("A.a", field, "PII")}, nil, "string a = 1 [(confluent.field_meta).tags = \"PII\"];"},
		{"a member with its oneof", []schema.EntityTags{entity("A.o.d", field, "TWO")}, nil, "\"ONE\",\n        \"TWO\""},
		{"a member without", []schema.EntityTags{entity("A.d", field, "TWO")}, nil, "\"ONE\",\n        \"TWO\""},
		{"a map", []schema.EntityTags{entity("A.m", field, "M")}, nil, "map<string, string> m = 4 [(confluent.field_meta) = {\n    tags: [\n      \"M\"\n    ]\n  }];"},
		{"the last tag goes", nil, []schema.EntityTags{entity("A.a", field, "PII")}, "  string a = 1;\n"},
		{"other members stay", nil, []schema.EntityTags{entity("A.b", field, "X", "Y")}, "string b = 2 [(confluent.field_meta) = {\n    doc: \"d\"\n  }];"},
		{
			"added, then removed",
			[]schema.EntityTags{entity("A.a", field, "F")},
			[]schema.EntityTags{entity("A.a", field, "PII")},
			"string a = 1 [(confluent.field_meta) = {\n    tags: [\n      \"F\"\n    ]\n  }];",
		},
		{"removing what is not there", nil, []schema.EntityTags{entity("A.a", field, "Z")}, "string a = 1 [(confluent.field_meta).tags = \"PII\"];"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustParse(t, tagged)
			before := s.Text()
			got, err := s.Retag(schema.TagChange{Add: c.add, Remove: c.remove})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got, c.part) {
				t.Errorf("Retag misses a part (-want +got):\n%s", cmp.Diff(c.part, got))
			}
			if s.Text() != before || mustParse(t, got).Text() != got {
				t.Error("Retag changed the schema, or its text is not canonical")
			}
		})
	}
}

func TestRetagPaths(t *testing.T) {
	for path, want := range map[string]string{
		".p.A.a": "No matching Message with name 'p' found in the schema",
		"A.x":    "No matching Field with name 'x' found in the schema",
		"A.o":    "No matching Field with name 'o' found in the schema",
		"A.x.y":  "No matching Message with name 'x' found in the schema",
		"a":      "No matching Field with name 'a' found in the schema",
	} {
		_, err := mustParse(t, tagged).Retag(schema.TagChange{Add: []schema.EntityTags{entity(path, schema.FieldEntity, "X")}})
		var lost *schema.TagPathError
		if !errors.As(err, &lost) || lost.Message != want {
			t.Errorf("Retag(%q) = %v, want %s", path, err, want)
		}
	}
	_, err := mustParse(t, tagged).Retag(schema.TagChange{Remove: []schema.EntityTags{entity(".E", schema.RecordEntity, "X")}})
	if want := "No matching Message with name 'E' found in the schema"; err == nil || err.Error() != want {
		t.Errorf("Retag(.E) = %v, want %s", err, want)
	}
}

// Propagated tags go where the record or field still is; groups and a missing
// package stay as they are (compatibility.md 9.3).
func TestRetagPropagate(t *testing.T) {
	s := mustParse(t, "message A { optional string a = 1; optional group G = 5 {} }")
	got, err := s.Retag(schema.TagChange{Propagate: mustParse(t, tagged)})
	if err != nil {
		t.Fatal(err)
	}
	want := "\nmessage A {\n  option (confluent.message_meta) = {\n    tags: [\n      \"T1\"\n    ]\n  };\n\n  optional string a = 1 [(confluent.field_meta) = {\n    tags: [\n      \"PII\"\n    ]\n  }];\n\n  optional group G = 5 {}\n}\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Retag (-want +got):\n%s", diff)
	}
}

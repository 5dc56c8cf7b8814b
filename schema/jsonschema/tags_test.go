package jsonschema

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

const person = `{"title":"Person","type":"object","properties":{"name":{"type":"string","confluent:tags":["PII"]},` +
	`"address":{"type":"object","properties":{"zip":{"type":"string","confluent:tags":["PII","GEO"]}}},` +
	`"list":{"type":"array","items":{"type":"object","properties":{"k":{"type":"integer"}}}},` +
	`"u":{"oneOf":[{"type":"null"},{"type":"object","title":"In","properties":{"q":{"type":"string"}}}]}},` +
	`"$defs":{"line":{"type":"object","properties":{"sku":{"type":"string"}}}},"confluent:tags":["REC"]}`

func mustParse(t testing.TB, text string) *Schema {
	t.Helper()
	s, err := parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

// TestTags holds the order of the wire: a record, then its properties in the
// order of a Java hash table (registry-api.md 14.1).
func TestTags(t *testing.T) {
	want := []schema.EntityTags{
		{Path: "object", Kind: schema.RecordEntity, Tags: []string{"REC"}},
		{Path: "object.address.object.zip", Kind: schema.FieldEntity, Tags: []string{"PII", "GEO"}},
		{Path: "object.name", Kind: schema.FieldEntity, Tags: []string{"PII"}},
	}
	if diff := cmp.Diff(want, mustParse(t, person).Tags()); diff != "" {
		t.Error(diff)
	}
}

// The tags of an object that is the value of a property are the property's,
// not those of a record of its own (catalog-api.md 9).
func TestTagsOfAProperty(t *testing.T) {
	s := mustParse(t, `{"type":"object","properties":{"a":{"type":"object","confluent:tags":["T"],"properties":{"b":{"type":"string"}}}}}`)
	want := []schema.EntityTags{{Path: "object.a", Kind: schema.FieldEntity, Tags: []string{"T"}}}
	if diff := cmp.Diff(want, s.Tags()); diff != "" {
		t.Error(diff)
	}
	for _, r := range s.Outline().Records {
		if len(r.Tags) > 0 {
			t.Errorf("record %s has the tags %v", r.Name, r.Tags)
		}
	}
}

// TestRetag holds which paths there are, and what the text becomes.
func TestRetag(t *testing.T) {
	for _, c := range []struct{ path, text, want string }{
		{"object", `{"type":"object"}`, `{"type":"object","confluent:tags":["T"]}`},
		{"object.a", `{"properties":{"a":{}}}`, `{"properties":{"a":{"confluent:tags":["T"]}}}`},
		{"object.a", `{"properties":{"a":{"confluent:tags":["T"],"x":1}}}`, `{"properties":{"a":{"confluent:tags":["T"],"x":1}}}`},
		{"object.a.object.b", `{"properties":{"a":{"properties":{"b":{}}}}}`, `{"properties":{"a":{"properties":{"b":{"confluent:tags":["T"]}}}}}`},
		{"object.l.array.object.k", `{"properties":{"l":{"items":{"properties":{"k":{}}}}}}`, `{"properties":{"l":{"items":{"properties":{"k":{"confluent:tags":["T"]}}}}}}`},
		{"object.u.oneof.1.object.q", `{"properties":{"u":{"oneOf":[{},{"properties":{"q":{}}}]}}}`, `{"properties":{"u":{"oneOf":[{},{"properties":{"q":{"confluent:tags":["T"]}}}]}}}`},
		{"object.p.anyof.0.object", `{"properties":{"p":{"anyOf":[{"type":"object"}]}}}`, `{"properties":{"p":{"anyOf":[{"type":"object","confluent:tags":["T"]}]}}}`},
		{"object.$defs.line.object.sku", `{"type":"object","$defs":{"line":{"properties":{"sku":{}}}}}`, `{"type":"object","$defs":{"line":{"properties":{"sku":{"confluent:tags":["T"]}}}}}`},
		{"Person", person, ""},
		{"object.address.zip", person, ""},
		{"nosuch.path", person, ""},
	} {
		got, err := mustParse(t, c.text).Retag(schema.TagChange{Add: []schema.EntityTags{{Path: c.path, Tags: []string{"T"}}}})
		var missing *schema.TagPathError
		if c.want == "" {
			if !errors.As(err, &missing) || missing.Message != "No matching path '"+c.path+"' found in the schema" {
				t.Errorf("Retag(%q) = %v", c.path, err)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("Retag(%q) = %s, %v, want %s", c.path, got, err, c.want)
		}
	}
}

// TestRetagOrder holds that tags are propagated, then added, then removed.
func TestRetagOrder(t *testing.T) {
	s := mustParse(t, `{"properties":{"a":{"confluent:tags":["X","Y"]},"b":{}}}`)
	from := mustParse(t, `{"properties":{"a":{"confluent:tags":["P"]},"gone":{"confluent:tags":["P"]}}}`)
	got, err := s.Retag(schema.TagChange{
		Propagate: from,
		Add:       []schema.EntityTags{{Path: "object.a", Tags: []string{"Z", "X"}}},
		Remove:    []schema.EntityTags{{Path: "object.a", Tags: []string{"Y", "nope"}}, {Path: "object.b", Tags: []string{"Q"}}},
	})
	want := `{"properties":{"a":{"confluent:tags":["X","P","Z"]},"b":{}}}`
	if err != nil || got != want {
		t.Errorf("Retag = %s, %v, want %s", got, err, want)
	}
}

func TestOutline(t *testing.T) {
	s := mustParse(t, `{"title":"Order","description":"An order","type":"object","required":["id"],"properties":{
		"id":{"type":"string","description":"key","confluent:tags":["PII"]},
		"lines":{"type":"array","items":{"$ref":"#/$defs/line"},"default":[]},
		"to":{"oneOf":[{"type":"null"},{"type":"object","properties":{"zip":{"type":["string","null"]}}}]},
		"state":{"$ref":"#/$defs/state"},"any":true},
		"$defs":{"line":{"type":"object","properties":{"parent":{"$ref":"#"}}},"state":{"enum":["on","off"]}}}`)
	want := &schema.Outline{Doc: "An order", RecordName: "Order", Records: []schema.Record{
		{Name: "object", TagPath: "object", Doc: "An order", Kind: "object", Fields: []schema.Field{
			{Name: "id", RuntimeName: "id", TagPath: "object.id", Type: "string", Doc: "key", Tags: []string{"PII"}, Required: true},
			{Name: "lines", RuntimeName: "lines", TagPath: "object.lines", Type: "array<line>", Ref: "object.$defs.line.object", Holds: []schema.Hold{{Name: "object.$defs.line.object", Lists: 1}}, Default: "[]"},
			{Name: "to", RuntimeName: "to", TagPath: "object.to", Type: "object?", Ref: "object.to.oneof.1.object"},
			{Name: "state", RuntimeName: "state", TagPath: "object.state", Type: "state", Ref: "object.$defs.state"},
			{Name: "any", RuntimeName: "any", TagPath: "object.any", Type: "any"},
		}},
		{Name: "object.to.oneof.1.object", TagPath: "object.to.oneof.1.object", Kind: "object", Fields: []schema.Field{
			{Name: "zip", RuntimeName: "zip", TagPath: "object.to.oneof.1.object.zip", Type: "string?"},
		}},
		{Name: "object.$defs.line.object", TagPath: "object.$defs.line.object", Kind: "object", Fields: []schema.Field{
			{Name: "parent", RuntimeName: "parent", TagPath: "object.$defs.line.object.parent", Type: "object", Ref: "object", Holds: []schema.Hold{{Name: "object"}}},
		}},
		{Name: "object.$defs.state", TagPath: "object.$defs.state", Kind: "enum", Symbols: []string{"on", "off"}},
	}}
	if diff := cmp.Diff(want, s.Outline()); diff != "" {
		t.Error(diff)
	}
	if s.RecordName() != "Order" {
		t.Errorf("RecordName = %q", s.RecordName())
	}
	if diff := cmp.Diff([]string{"id", "lines", "to", "state", "any"}, s.TopFields()); diff != "" {
		t.Error(diff)
	}
}

package compat_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsonschema"
)

// twin is what the structured report shows of a difference.
type twin struct{ Code, Path, Place, Old, New, Hint string }

func twins(t *testing.T, level compat.Level, old, fresh schema.Schema) []twin {
	t.Helper()
	result, err := compat.Check(t.Context(), compat.Request{
		Level: level, New: fresh,
		Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return old, nil }}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var list []twin
	for _, r := range result.Reports {
		for _, d := range append(r.Forward, r.Backward...) {
			list = append(list, twin{d.Code, d.Path, d.Position.String(), d.Old, d.New, d.Hint})
		}
	}
	return list
}

// TestJSONTwin holds that each difference shows where in the new text it
// stands, both fragments in short, and what would make it pass, whichever side
// reads.
func TestJSONTwin(t *testing.T) {
	old := parseJSON(t, "{\"type\":\"object\",\"properties\":{\n\"a\":{\"type\":\"string\"},\n\"b\":{\"type\":\"null\"}}}")
	fresh := parseJSON(t, "{\"type\":\"object\",\n\"properties\":{\n \"a\":{\"type\":\"string\",\"maxLength\":5},\n \"ü\":{},\"c\":{\"type\":\"null\"}}}")
	want := []twin{
		{"MAX_LENGTH_ADDED", "#/properties/a/maxLength", "line 3, column 23", "", "5", `Drop "maxLength" from the new schema.`},
		{
			"OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", "#/properties/c", "line 4, column 9", "", `{"type":"null"}`,
			`The old schema allows anything for the property "c": give it the empty schema {} or drop it, or check with compatibilityPolicy LENIENT.`,
		},
	}
	if diff := cmp.Diff(want, twins(t, compat.Backward, old, fresh)); diff != "" {
		t.Error(diff)
	}
	want = []twin{
		{
			"OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", "#/properties/b", "", `{"type":"null"}`, "",
			`Keep the property "b", or set "additionalProperties" to false in the new schema, or check with compatibilityPolicy LENIENT.`,
		},
	}
	if diff := cmp.Diff(want, twins(t, compat.Forward, old, fresh)); diff != "" {
		t.Error(diff)
	}
}

// TestJSONTwinInReference holds that a difference in a referenced text is
// placed where the new text leads to it.
func TestJSONTwinInReference(t *testing.T) {
	withAddress := func(address string) schema.Schema {
		ref := schema.Reference{Name: "address.json", Subject: "address", Version: 1}
		s, err := jsonschema.Parser{}.Parse(t.Context(), schema.Source{
			Type: schema.JSON, Text: "{\"properties\":\n{\"home\": {\"$ref\":\"address.json\"}}}",
			References: []schema.Reference{ref}, Dependencies: []schema.Dependency{{Reference: ref, Text: address, Direct: true}},
		}, schema.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	got := twins(t, compat.Backward, withAddress(`{"properties":{"zip":{"maxLength":5}}}`), withAddress(`{"properties":{"zip":{"maxLength":4}}}`))
	want := []twin{{
		"MAX_LENGTH_DECREASED", "#/properties/home/properties/zip/maxLength", "line 2, column 10", "5", "4",
		`Set "maxLength" back to 5, or let it allow more than that.`,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

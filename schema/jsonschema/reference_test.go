package jsonschema

import (
	"errors"
	"strings"
	"testing"

	"github.com/weir-registry/weir/schema"
)

// withReferences parses a text with texts that it refers to, name and text in
// turn.
func withReferences(t *testing.T, text string, referenced ...string) (*Schema, error) {
	t.Helper()
	source := schema.Source{Type: schema.JSON, Text: text}
	for i := 0; i < len(referenced); i += 2 {
		ref := schema.Reference{Name: referenced[i], Subject: "s", Version: 1}
		source.References = append(source.References, ref)
		source.Dependencies = append(source.Dependencies, schema.Dependency{Reference: ref, Text: referenced[i+1], Direct: true})
	}
	s, err := Parser{}.Parse(t.Context(), source, schema.Options{New: true})
	if err != nil {
		return nil, err
	}
	return s.(*Schema), nil
}

// TestReferences holds what the name of a reference binds to
// (compatibility.md 2.1, JSON).
func TestReferences(t *testing.T) {
	const address = `{"$id":"http://example.com/address.json","properties":{"street":{"type":"string"}},` +
		`"definitions":{"zip":{"type":"string"},"self":{"$ref":"#/definitions/zip"}}}`
	old := func(id, ref string) string {
		return `{` + id + `"properties":{"p":{"$ref":"` + ref + `"}}}`
	}
	modern := func(id, ref string) string {
		return `{"$schema":"https://json-schema.org/draft/2020-12/schema",` + id + `"properties":{"p":{"$ref":"` + ref + `"}}}`
	}
	id, deep := `"$id":"http://example.com/x.json",`, `"$id":"http://example.com/d/x.json",`
	for _, c := range []struct {
		text, name string
		ok         bool
	}{
		{old("", "address.json"), "address.json", true},
		{old("", "./address.json"), "address.json", false},
		{old("", "address.json"), "./address.json", false},
		{old("", "address.json"), "other.json", false},
		{old(id, "address.json"), "address.json", true},
		{old(id, "address.json"), "http://example.com/address.json", true},
		{old(deep, "address.json"), "http://example.com/address.json", false},
		{old("", "address.json#/definitions/zip"), "address.json", true},
		{old("", "address.json#/definitions/self"), "address.json", true},
		{old("", "address.json#/$defs/zip"), "address.json", true},
		{old("", "address.json#/definitions/none"), "address.json", false},
		{old("", "urn:x:адрес"), "urn:x:адрес", true},
		{old("", "a b.json"), "a b.json", false},
		{old("", "#"), "a b.json", false},
		{old("", "#"), "unused.json", true},
		{modern("", "address.json"), "address.json", true},
		{modern("", "./address.json"), "address.json", true},
		{modern(id, "address.json"), "address.json", true},
		{modern(id, "address.json"), "http://example.com/address.json", true},
		{modern("", "address.json#/$defs/zip"), "address.json", true},
		{modern("", "address.json#/$defs/self"), "address.json", true},
		{modern("", "address.json#/$defs/none"), "address.json", false},
		{modern("", "urn:x:a"), "urn:x:a", true},
	} {
		if _, err := withReferences(t, c.text, c.name, address); (err == nil) != c.ok {
			t.Errorf("%s with %q: %v, want ok %v", c.text, c.name, err, c.ok)
		}
	}
	// Names of the closure may be used by the referenced texts.
	for _, head := range []string{"", `"$schema":"https://json-schema.org/draft/2020-12/schema",`} {
		outer := `{` + head + `"$ref":"b.json"}`
		if _, err := withReferences(t, outer, "a.json", `{"type":"string"}`, "b.json", `{`+head+`"properties":{"p":{"$ref":"a.json"}}}`); err != nil {
			t.Errorf("%s: %v", outer, err)
		}
		if _, err := withReferences(t, outer, "b.json", `{`+head+`"properties":{"p":{"$ref":"a.json"}}}`); err == nil {
			t.Errorf("%s: a name that is not there is accepted", outer)
		}
	}
}

// TestFaultInReference holds that a fault in a referenced text is told where
// the client's text leads to it.
func TestFaultInReference(t *testing.T) {
	_, err := withReferences(t, "{\n \"$ref\":\"bad.json\"}", "bad.json", "{\n\n  \"type\": \"nope\"}")
	var invalid *schema.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("Parse = %v", err)
	}
	fault := invalid.Faults[0]
	if fault.Position.Line != 2 || fault.Position.Column != 9 || !strings.Contains(fault.Message, `"bad.json", line 3, column 11`) {
		t.Errorf("fault %+v", fault)
	}
}

// TestMetaSchemas holds that each bundled meta-schema can be read.
func TestMetaSchemas(t *testing.T) {
	files, err := metaSchemas.ReadDir("metaschema")
	if err != nil || len(files) != 18 {
		t.Fatalf("%d meta-schemas, %v", len(files), err)
	}
	for _, f := range files {
		text, err := metaSchemas.ReadFile("metaschema/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		s, err := parse(string(text))
		if err != nil {
			t.Errorf("%s: %v", f.Name(), err)
			continue
		}
		id := s.document.root.Get(s.dialect.idKeyword()).String()
		if got := metaSchemaFile(id, true); got != f.Name() {
			t.Errorf("metaSchemaFile(%q) = %q, want %q", id, got, f.Name())
		}
	}
}

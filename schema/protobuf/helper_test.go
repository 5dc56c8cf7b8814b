package protobuf

import (
	"testing"

	"github.com/weir-registry/weir/schema"
)

// read parses a text for a client and fails the test when it cannot.
func mustParse(t *testing.T, text string, dependencies ...schema.Dependency) *Schema {
	t.Helper()
	return mustParseWith(t, text, schema.Options{New: true}, dependencies...)
}

func mustParseWith(t *testing.T, text string, options schema.Options, dependencies ...schema.Dependency) *Schema {
	t.Helper()
	s, err := parseText(t, text, options, dependencies...)
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return s
}

func parseText(t *testing.T, text string, options schema.Options, dependencies ...schema.Dependency) (*Schema, error) {
	t.Helper()
	source := schema.Source{Type: schema.Protobuf, Text: text, Dependencies: dependencies}
	for _, d := range dependencies {
		if d.Direct {
			source.References = append(source.References, d.Reference)
		}
	}
	s, err := (&Parser{}).Parse(t.Context(), source, options)
	if err != nil {
		return nil, err
	}
	return s.(*Schema), nil
}

// dependency is a direct reference under a name, which is its subject too.
func dependency(name, text string) schema.Dependency {
	return schema.Dependency{Reference: schema.Reference{Name: name, Subject: name, Version: 1}, Text: text, Direct: true}
}

// faultsOf gives the faults of an error.
func faultsOf(t *testing.T, err error) []schema.Fault {
	t.Helper()
	invalid, ok := err.(*schema.InvalidError)
	if !ok {
		t.Fatalf("error = %v (%T), want *schema.InvalidError", err, err)
	}
	return invalid.Faults
}

// proto3 puts a syntax line in front.
func proto3(text string) string { return "syntax = \"proto3\";\n" + text }

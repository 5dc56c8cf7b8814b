package avro

import (
	"slices"
	"strings"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// Schema is a parsed Avro schema. It is immutable.
type Schema struct {
	root *Type
	// source is the text that the client sent, text the canonical one.
	source, text string
	references   []schema.Reference
	// named is how many named types the tree has, known are the ids of those
	// that are the roots of referenced texts.
	named int32
	known []int32
}

var _ schema.Schema = (*Schema)(nil)

// Root is the tree, with the types of references in place.
func (s *Schema) Root() *Type { return s.root }

// Source is the text that the client sent; the offsets of the tree are places
// in it.
func (s *Schema) Source() string { return s.source }

// Type is schema.Avro.
func (s *Schema) Type() schema.Type { return schema.Avro }

// Text is the canonical text (compatibility.md 3.1). The root types of
// references are names in it.
func (s *Schema) Text() string { return s.text }

// References are those of the source.
func (s *Schema) References() []schema.Reference { return s.references }

// Equal says whether the trees are equal with their references in place, up to
// the order of properties and aliases.
func (s *Schema) Equal(other schema.Schema) bool {
	o, ok := other.(*Schema)
	return ok && (s == o || equalTypes(s.root, o.root, everything))
}

// Render knows the format "resolved": every referenced type is defined at its
// first use.
func (s *Schema) Render(format string) (string, error) {
	if !strings.EqualFold(format, "resolved") || len(s.known) == 0 {
		return s.text, nil
	}
	resolved := *s
	resolved.known = nil
	return resolved.print(printer{}), nil
}

// TopFields are the fields of a root record (registry-api.md 10.5).
func (s *Schema) TopFields() []string {
	if s.root.Kind != Record {
		return nil
	}
	names := make([]string, len(s.root.Named.Fields))
	for i := range names {
		names[i] = s.root.Named.Fields[i].Name
	}
	return names
}

// RecordName is the full name of a root record (registry-api.md 20).
func (s *Schema) RecordName() string {
	if s.root.Kind != Record {
		return ""
	}
	return s.root.Named.Full
}

// sortReferences puts references in the order of the normal form and drops a
// reference that equals its neighbour (compatibility.md 4).
func sortReferences(references []schema.Reference) []schema.Reference {
	sorted := slices.Clone(references)
	slices.SortStableFunc(sorted, func(a, b schema.Reference) int {
		if c := jsontext.CompareUTF16(a.Subject, b.Subject); c != 0 {
			return c
		}
		return int(a.Version) - int(b.Version)
	})
	return slices.Compact(sorted)
}

package jsonschema

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/schema"
)

// Schema is a parsed JSON Schema.
type Schema struct {
	source   schema.Source
	document *Document
	texts    []*Document
	dialect  Dialect
	text     string
	root     *Node
	nodes    int
}

var _ schema.Schema = (*Schema)(nil)

// Type is JSON.
func (s *Schema) Type() schema.Type { return schema.JSON }

// Text is the JSON without blanks (compatibility.md 3).
func (s *Schema) Text() string { return s.text }

// References are those of the source.
func (s *Schema) References() []schema.Reference { return s.source.References }

// Root is the tree that schemas are compared by.
func (s *Schema) Root() *Node { return s.root }

// Value is the text as it was read, before anything is made of its keywords.
func (s *Schema) Value() *Value { return s.document.root }

// Dialect is the draft by whose rules the schema was read.
func (s *Schema) Dialect() Dialect { return s.dialect }

// Normalize sorts the keys of every object (compatibility.md 4). The tree is
// built anew, because the order of keys decides a few of its oddities.
func (s *Schema) Normalize() (schema.Schema, error) {
	n := *s
	n.source.References = normalReferences(s.source.References)
	n.document = s.document.sorted()
	if n.text = n.document.root.Text(); n.text == s.text {
		n.document = s.document
		return &n, nil
	}
	if err := n.load(context.Background()); err != nil {
		return nil, err
	}
	return &n, nil
}

// normalReferences sorts references by subject and version and drops one that
// equals its neighbour (compatibility.md 4).
func normalReferences(references []schema.Reference) []schema.Reference {
	sorted := slices.Clone(references)
	slices.SortStableFunc(sorted, func(x, y schema.Reference) int {
		if c := compareUTF16(x.Subject, y.Subject); c != 0 {
			return c
		}
		return int(x.Version) - int(y.Version)
	})
	return slices.Compact(sorted)
}

// Equal compares the texts (compatibility.md 3).
func (s *Schema) Equal(o schema.Schema) bool {
	return o != nil && o.Type() == schema.JSON && o.Text() == s.text
}

// Render gives the text: JSON Schema has no formats (registry-api.md 15.2).
func (s *Schema) Render(string) (string, error) { return s.text, nil }

// TopFields are the names in the root's properties.
func (s *Schema) TopFields() []string {
	properties := s.document.root.Get("properties")
	if properties == nil {
		return nil
	}
	var names []string
	for _, m := range properties.members {
		names = append(names, m.Key)
	}
	return names
}

// RecordName is the title.
func (s *Schema) RecordName() string {
	if title := s.document.root.Get("title"); title != nil && title.kind == StringValue {
		return title.text
	}
	return ""
}

// Sizes of what a parsed schema holds, for MemoryBytes.
const (
	bytesPerNode   = 150
	bytesPerText   = 6
	bytesPerSchema = 512
)

// MemoryBytes estimates the tree, the values and the texts.
func (s *Schema) MemoryBytes() int {
	total := bytesPerSchema + s.nodes*bytesPerNode + bytesPerText*len(s.document.text) + len(s.text)
	for _, d := range s.texts {
		total += bytesPerText * len(d.text)
	}
	return total
}

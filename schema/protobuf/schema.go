package protobuf

import (
	"cmp"
	"slices"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// Schema is a parsed Protobuf schema.
type Schema struct {
	file *File
	// text is the canonical or normal text; source is the one that the
	// offsets of the tree count in.
	text, source string
	references   []schema.Reference
	names        *universe
	// doubtful says that the tree holds something whose printed form may not
	// parse again.
	doubtful bool
}

var _ schema.Schema = (*Schema)(nil)

// Type is schema.Protobuf.
func (s *Schema) Type() schema.Type { return schema.Protobuf }

// Text is the canonical text of compatibility.md 3.2.
func (s *Schema) Text() string { return s.text }

// References are those of the source.
func (s *Schema) References() []schema.Reference { return s.references }

// File is the syntax tree; it must not be changed.
func (s *Schema) File() *File { return s.file }

// Position gives the place of an offset of the tree in the text that was
// read.
func (s *Schema) Position(offset int) schema.Position { return schema.PositionAt(s.source, offset) }

// Source is the text that was read, which the offsets of the tree count in.
func (s *Schema) Source() string { return s.source }

// Resolve finds the type that a name means in a scope, which is a package and
// the messages around the place, joined by dots. Scalars are no types.
func (s *Schema) Resolve(scope, name string) (Definition, bool) { return s.names.typ(scope, name) }

// Equal says whether the texts are the same (compatibility.md 3).
func (s *Schema) Equal(other schema.Schema) bool {
	return other != nil && other.Type() == schema.Protobuf && other.Text() == s.text
}

// Normalize gives the normal form of compatibility.md 4. It answers
// *schema.InvalidError when its text could not be read again.
func (s *Schema) Normalize() (schema.Schema, error) {
	n := normalizer{names: s.names, fieldsOf: map[*Message]map[string]*Field{}}
	file := n.file(s.file)
	out := &Schema{
		file: file, text: canonical(file, true), source: s.source, names: s.names,
		references: sortReferences(s.references), doubtful: s.doubtful,
	}
	if s.doubtful {
		if _, p := parse(out.text); len(p.faults) > 0 {
			return nil, schema.Invalid(schema.Protobuf, schema.StageNormalize, schema.Position{},
				"the normalized text does not parse: %s", p.faults[0].Message)
		}
	}
	prune(file)
	out.own(file)
	return out, nil
}

// sortReferences sorts by subject, then version, and drops a reference that
// equals its neighbour (compatibility.md 4).
func sortReferences(list []schema.Reference) []schema.Reference {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b schema.Reference) int {
		return cmp.Or(strings.Compare(a.Subject, b.Subject), cmp.Compare(a.Version, b.Version))
	})
	return slices.Compact(out)
}

// Render gives the text in a format of registry-api.md 15.2. Only
// "serialized" can fail: some texts have no descriptor.
func (s *Schema) Render(format string) (string, error) {
	switch strings.ToLower(format) {
	case "serialized":
		return s.serialized()
	case "ignore_extensions":
		return canonical(withoutExtensions(s.file), false), nil
	}
	return s.text, nil
}

// TopFields are the fields of the top-level messages, without the members of
// oneofs (registry-api.md 10.5).
func (s *Schema) TopFields() []string {
	var names []string
	for _, m := range s.file.Messages {
		for _, f := range m.Fields {
			names = append(names, f.Name)
		}
	}
	return names
}

// RecordName is the full name of the first message.
func (s *Schema) RecordName() string {
	if len(s.file.Messages) == 0 {
		return ""
	}
	return join(s.file.Package, s.file.Messages[0].Name)
}

// MemoryBytes estimates what the schema and the texts that it refers to hold.
// The factors are those of a measured heap; the bundled imports are shared.
func (s *Schema) MemoryBytes() int {
	size := func(u *unit) int {
		n := 512 + 160*len(u.types) + 160*len(u.extensions)
		v := visitor{
			message: func(string, *Message) { n += 320 },
			field:   func(_ string, f *Field) { n += 176 + 160*len(f.Options) },
		}
		v.walk(u.file)
		for _, d := range u.types {
			if d.Enum != nil {
				n += 96 * len(d.Enum.Constants)
			}
		}
		return n
	}
	total := len(s.text) + size(s.names.own)
	if s.source != s.text {
		total += len(s.source)
	}
	for _, u := range s.names.refs.units {
		total += size(u)
	}
	return total
}

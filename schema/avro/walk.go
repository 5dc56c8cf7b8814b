package avro

// visitor is told what is defined in a text, in its order: a named type, then
// its fields, each followed by what its type defines.
type visitor struct {
	named func(t *Type)
	field func(record *Type, f *Field)
}

// visit walks through the definitions that the canonical text holds: not
// through those that it takes from references.
func (s *Schema) visit(v visitor) {
	seen := make([]bool, s.named)
	for _, id := range s.known {
		seen[id] = true
	}
	v.walk(s.root, seen)
}

func (v *visitor) walk(t *Type, seen []bool) {
	if t.Items != nil {
		v.walk(t.Items, seen)
	}
	for _, b := range t.Branches {
		v.walk(b, seen)
	}
	if t.Named == nil || seen[t.Named.id] {
		return
	}
	seen[t.Named.id] = true
	v.named(t)
	for i := range t.Named.Fields {
		f := &t.Named.Fields[i]
		v.field(t, f)
		v.walk(f.Type, seen)
	}
}

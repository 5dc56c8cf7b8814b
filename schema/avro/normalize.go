package avro

import (
	"math"
	"slices"
	"strconv"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// Normalize gives the normal form (compatibility.md 4 and 4.1): aliases,
// properties and the keys inside values sorted, valid logical types first,
// empty docs of named types dropped, errors as records, defaults printed as
// their type reads them. What the wire loses or falsifies here is kept as the
// canonical text has it (9.3), so no schema fails.
func (s *Schema) Normalize() (schema.Schema, error) {
	n := normalizer{named: make(map[*Type]*Type, s.named)}
	normal := &Schema{
		root: n.normal(s.root), source: s.source, references: sortReferences(s.references),
		named: s.named, known: s.known,
	}
	normal.text = normal.print(printer{ownText: s.text})
	return normal, nil
}

// normalizer copies a tree.
type normalizer struct {
	named map[*Type]*Type
}

func (n *normalizer) normal(t *Type) *Type {
	if copied, ok := n.named[t]; ok {
		return copied
	}
	c := *t
	if t.Named != nil {
		n.named[t] = &c
		c.Named = n.normalNamed(t.Named)
	}
	c.Props = normalProps(t.Props)
	if logical, ok := t.Logical(); ok {
		c.Props = logicalFirst(c.Props, logical)
	}
	if t.Items != nil {
		c.Items = n.normal(t.Items)
	}
	c.Branches = make([]*Type, len(t.Branches))
	for i, b := range t.Branches {
		c.Branches[i] = n.normal(b)
	}
	return &c
}

func (n *normalizer) normalNamed(named *Named) *Named {
	c := *named
	c.Error = false
	c.HasDoc = c.Doc != ""
	c.Aliases = slices.Clone(c.Aliases)
	slices.SortFunc(c.Aliases, func(a, b Name) int { return jsontext.CompareUTF16(a.Full, b.Full) })
	c.Fields = slices.Clone(c.Fields)
	for i := range c.Fields {
		f := &c.Fields[i]
		if f.Default.Exists() {
			f.Default = normalDefault(f.Type, f.Default)
		}
		f.Aliases = slices.Clone(f.Aliases)
		slices.SortFunc(f.Aliases, jsontext.CompareUTF16)
		f.Props = normalProps(f.Props)
		f.Type = n.normal(f.Type)
	}
	return &c
}

// normalProps sorts properties by name, and the keys inside their values.
func normalProps(props []Property) []Property {
	if len(props) == 0 {
		return nil
	}
	sorted := make([]Property, len(props))
	for i, p := range props {
		sorted[i] = Property{p.Name, p.Value.sorted()}
	}
	slices.SortFunc(sorted, func(a, b Property) int { return jsontext.CompareUTF16(a.Name, b.Name) })
	return sorted
}

// logicalFirst moves the properties of a valid logical type to the front: its
// name, and of a decimal the precision and a scale other than 0.
func logicalFirst(props []Property, logical Logical) []Property {
	first := []string{"logicalType"}
	if logical.Name == "decimal" {
		first = append(first, "precision")
		if logical.Scale != 0 {
			first = append(first, "scale")
		}
	}
	out := make([]Property, 0, len(props))
	for _, name := range first {
		out = append(out, Property{name, prop(props, name)})
	}
	for _, p := range props {
		if !slices.Contains(first, p.Name) {
			out = append(out, p)
		}
	}
	return out
}

// normalDefault prints a default as its type reads it.
func normalDefault(t *Type, v Value) Value {
	return Value(appendDefault(make([]byte, 0, len(v)+8), t, v.read()))
}

// appendDefault goes through type and value side by side. Where they do not
// fit each other the value stays, with its keys sorted.
func appendDefault(out []byte, t *Type, v jsontext.Value) []byte {
	switch t.Kind {
	case Float, Double:
		if v.Kind() == jsontext.Number && (!v.IsInteger() || isLong(v.Raw())) {
			return appendFloating(out, t.Kind, v.Raw())
		}
	case Array:
		if v.Kind() == jsontext.Array {
			out = append(out, '[')
			for e := v.First(); e.Exists(); e = e.Next() {
				out = appendDefault(comma(out, '['), t.Items, e)
			}
			return append(out, ']')
		}
	case Map, Record:
		if v.Kind() == jsontext.Object {
			return appendMembers(out, t, v)
		}
	case Union:
		// The wire reads a default by the first branch.
		if len(t.Branches) > 0 {
			return appendDefault(out, t.Branches[0], v)
		}
	}
	return appendValue(out, v, true)
}

func appendMembers(out []byte, t *Type, v jsontext.Value) []byte {
	out = append(out, '{')
	for _, m := range members(v, true) {
		out = appendName(out, m.Name())
		of := t.Items
		if t.Kind == Record {
			of = nil
			if f, _ := t.Named.Field(m.Name()); f != nil {
				of = f.Type
			}
		}
		if of == nil {
			out = appendValue(out, m, true)
		} else {
			out = appendDefault(out, of, m)
		}
	}
	return append(out, '}')
}

// appendFloating prints a number as the float or double that it is read as.
func appendFloating(out []byte, kind Kind, raw string) []byte {
	f, _ := strconv.ParseFloat(raw, 64)
	if kind == Double {
		return appendDouble(out, f)
	}
	if g := float32(f); !math.IsInf(float64(g), 0) {
		return jsontext.AppendFloat(out, g)
	}
	return appendDouble(out, math.Copysign(math.Inf(1), f))
}

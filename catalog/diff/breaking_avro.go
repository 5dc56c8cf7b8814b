package diff

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/compat"
)

// avroSpot finds what a difference of Avro is about (compatibility.md 5.1). The
// check knows the place in the text of the new schema; where the new schema has
// nothing to show (a type of a reference, a field that is gone), the path leads
// there through the schema that reads.
func avroSpot(d *compat.Difference, trees pair) spot {
	reader, writer := trees.after, trees.before
	if d.Direction == compat.OldReadsNew {
		reader, writer = writer, reader
	}
	if s, ok := avroStray(d, reader, writer); ok {
		return s
	}
	e, site := reader.avroPath(d.Path)
	if d.Position.Line > 0 {
		if x := trees.after.places[d.Position.Offset]; x != nil {
			e = x
			if x.family == fields {
				site = x
			}
		}
	}
	s := spot{element: e}
	switch d.Code {
	case "READER_FIELD_MISSING_DEFAULT_VALUE":
		s.element = avroField(e, d, reader)
		s.kinds = []Kind{FieldAdded, FieldRemoved, FieldRenamed}
	case "TYPE_MISMATCH", "MISSING_UNION_BRANCH":
		// The type was replaced where it is used, or under its own name.
		s.element, s.kinds, s.named = site, []Kind{TypeChanged}, site.typeRecords()
	case "NAME_MISMATCH":
		// Two records take each other's place; the path leads to one of them,
		// and the check says the name of the other.
		other, _ := reader.avroPath(d.Path)
		for _, x := range []*element{e, other, writer.root.record(strings.TrimPrefix(d.Info, "expected: "))} {
			if x != nil && x.family == records {
				s.more = append(s.more, x)
			}
		}
	case "FIXED_SIZE_MISMATCH":
		s.kinds = []Kind{ConstraintChanged}
		s.names = []string{"size"}
	case "MISSING_ENUM_SYMBOLS":
		return symbolSpot(e, d)
	}
	return s
}

// avroField finds the field that one side lacks; the place may be that of the
// record.
func avroField(e *element, d *compat.Difference, reader *tree) *element {
	other, _ := reader.avroPath(d.Path)
	fragment := d.New
	if d.Direction == compat.OldReadsNew {
		fragment = d.Old
	}
	// The path of what the check has met before, within an attempt at a union,
	// begins there and not at the root; so it is believed only where it leads to
	// the very field.
	if other.family == fields && other.name == d.Info && other.text() == fragment {
		return other
	}
	for _, x := range []*element{e, other} {
		for ; x != nil; x = x.parent {
			if x.family == fields && x.name == d.Info {
				return x
			}
			for _, side := range []*element{x, x.other} {
				if f := side.child(fields, d.Info); f != nil && (f.other == nil || f.other.name != f.name) {
					return f
				}
			}
			if x.family == records {
				break
			}
		}
	}
	return e
}

// symbolSpot leads to the symbols that one side lacks: they are children of the
// enum, and their coming and going is told of each.
func symbolSpot(e *element, d *compat.Difference) spot {
	s := spot{element: e, kinds: []Kind{SymbolAdded, SymbolRemoved}}
	for _, name := range strings.Split(strings.Trim(d.Info, "[]"), ", ") {
		for _, side := range []*element{e, e.other} {
			if x := side.child(symbols, name); x != nil && x.other == nil {
				s.more = append(s.more, x)
			}
		}
	}
	return s
}

// avroPath follows a path, a pointer through the types of the schema that
// reads, to the innermost element on it; site is the field, or the root, whose
// type that is.
func (t *tree) avroPath(path string) (e, site *element) {
	e, site, at := t.root, t.root, t.avroRoot
	tokens := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i := 0; i < len(tokens) && at != nil; i++ {
		if at.Named != nil {
			if x := t.root.record(at.Named.Full); x != nil {
				e = x
			}
		}
		switch token := tokens[i]; token {
		case "items", "values":
			at = at.Items
		case "fields":
			if i++; i >= len(tokens) || at.Named == nil {
				return e, site
			}
			n, err := strconv.Atoi(tokens[i])
			if err != nil || n >= len(at.Named.Fields) {
				return e, site
			}
			f := &at.Named.Fields[n]
			if x := e.child(fields, f.Name); x != nil {
				e, site = x, x
			}
			at = f.Type
			if i+1 < len(tokens) && tokens[i+1] == "type" {
				i++
			}
		default:
			n, err := strconv.Atoi(token)
			if err != nil {
				return e, site
			}
			// The number of a branch of the writer means nothing in a reader
			// that is no union.
			if at.Branches != nil {
				if n >= len(at.Branches) {
					return e, site
				}
				at = at.Branches[n]
			}
		}
	}
	return e, site
}

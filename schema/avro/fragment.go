package avro

import (
	"unicode/utf8"

	"github.com/weir-registry/weir/schema/jsontext"
)

// maxFragment is how long a fragment may be, in bytes.
const maxFragment = 240

// String is the canonical text of a type alone, every named type defined at
// its first use.
func (t *Type) String() string {
	p := printer{seen: make([]bool, highestID(t, make(map[*Named]bool))+1)}
	p.write(t, "")
	return string(p.out)
}

// highestID finds the highest id of the named types that a type leads to.
func highestID(t *Type, seen map[*Named]bool) int32 {
	highest := int32(-1)
	if t.Items != nil {
		highest = highestID(t.Items, seen)
	}
	for _, b := range t.Branches {
		highest = max(highest, highestID(b, seen))
	}
	if t.Named == nil || seen[t.Named] {
		return highest
	}
	seen[t.Named] = true
	highest = max(highest, t.Named.id)
	for i := range t.Named.Fields {
		highest = max(highest, highestID(t.Named.Fields[i].Type, seen))
	}
	return highest
}

// Fragment is a short canonical text of a type for a report: the fields of a
// record are left out, named types inside others are names.
func (t *Type) Fragment() string { return cut(appendFragment(nil, t, true)) }

// Fragment is a short canonical text of a field for a report.
func (f *Field) Fragment() string {
	out := append([]byte(nil), `{"name":`...)
	out = jsontext.AppendQuoted(out, f.Name)
	out = append(out, `,"type":`...)
	out = appendFragment(out, f.Type, false)
	if f.Default.Exists() {
		out = append(out, `,"default":`...)
		out = append(out, f.Default...)
	}
	if len(f.Aliases) > 0 {
		p := printer{out: out}
		p.words(`,"aliases":[`, f.Aliases)
		out = p.out
	}
	return cut(append(out, '}'))
}

func appendFragment(out []byte, t *Type, outermost bool) []byte {
	if len(out) > maxFragment {
		return out
	}
	p := printer{out: out}
	switch t.Kind {
	case Union:
		p.out = append(p.out, '[')
		for _, b := range t.Branches {
			p.out = appendFragment(comma(p.out, '['), b, false)
		}
		p.out = append(p.out, ']')
		return p.out
	case Array, Map:
		p.open(t.Kind.String())
		if t.Kind == Array {
			p.out = append(p.out, `,"items":`...)
		} else {
			p.out = append(p.out, `,"values":`...)
		}
		p.out = appendFragment(p.out, t.Items, false)
		p.props(t.Props)
	case Record, Enum, Fixed:
		if !outermost {
			return jsontext.AppendQuoted(out, t.Named.Full)
		}
		p.fragmentOfNamed(t)
	default:
		p.write(t, "")
		return p.out
	}
	return append(p.out, '}')
}

func (p *printer) fragmentOfNamed(t *Type) {
	n := t.Named
	p.open(t.Kind.String())
	p.text(`,"name":`, n.Full)
	switch t.Kind {
	case Enum:
		p.words(`,"symbols":[`, n.Symbols[:min(len(n.Symbols), maxFragment)])
		if n.HasDefault {
			p.text(`,"default":`, n.Default)
		}
	case Fixed:
		p.out = append(p.out, `,"size":`...)
		p.out = appendInt(p.out, n.Size)
	}
	if len(n.Aliases) > 0 {
		p.out = append(p.out, `,"aliases":[`...)
		for i := range n.Aliases {
			p.out = jsontext.AppendQuoted(comma(p.out, '['), n.Aliases[i].Full)
		}
		p.out = append(p.out, ']')
	}
}

// cut shortens a text that is too long for a report.
func cut(text []byte) string {
	if len(text) <= maxFragment {
		return string(text)
	}
	n := maxFragment
	for !utf8.RuneStart(text[n]) {
		n--
	}
	return string(text[:n]) + "…"
}

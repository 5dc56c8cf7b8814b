package avro

import (
	"strconv"

	"github.com/weir-registry/weir/schema/jsontext"
)

// printer writes the canonical text (compatibility.md 3.1).
type printer struct {
	out []byte
	// seen says by id which named types are written as a name.
	seen []bool
	// ownText is the text that the caller sent: where it is canonical already,
	// it is the result, so that one copy is kept.
	ownText string
	// tags replace the properties of records and fields; nil for none.
	tags *retagging
}

// print writes the tree; the known types are written as names from the start.
func (s *Schema) print(p printer) string {
	p.out = make([]byte, 0, len(p.ownText)+len(p.ownText)/8)
	p.seen = make([]bool, s.named)
	for _, id := range s.known {
		p.seen[id] = true
	}
	p.write(s.root, "")
	if string(p.out) == p.ownText {
		return p.ownText
	}
	return string(p.out)
}

func (p *printer) write(t *Type, space string) {
	switch t.Kind {
	case Union:
		p.out = append(p.out, '[')
		for _, b := range t.Branches {
			p.out = comma(p.out, '[')
			p.write(b, space)
		}
		p.out = append(p.out, ']')
	case Record, Enum, Fixed:
		p.writeNamed(t, space)
	case Array, Map:
		p.open(t.Kind.String())
		if t.Kind == Array {
			p.out = append(p.out, `,"items":`...)
		} else {
			p.out = append(p.out, `,"values":`...)
		}
		p.write(t.Items, space)
		p.props(t.Props)
		p.out = append(p.out, '}')
	default:
		if len(t.Props) == 0 {
			p.out = append(p.out, '"')
			p.out = append(p.out, t.Kind.String()...)
			p.out = append(p.out, '"')
			return
		}
		p.open(t.Kind.String())
		p.props(t.Props)
		p.out = append(p.out, '}')
	}
}

// open begins the object of a type.
func (p *printer) open(word string) {
	p.out = append(p.out, `{"type":"`...)
	p.out = append(p.out, word...)
	p.out = append(p.out, '"')
}

func (p *printer) text(key, value string) {
	p.out = append(p.out, key...)
	p.out = jsontext.AppendQuoted(p.out, value)
}

func (p *printer) writeNamed(t *Type, space string) {
	n := t.Named
	if p.seen[n.id] {
		p.out = jsontext.AppendQuoted(p.out, n.in(space))
		return
	}
	p.seen[n.id] = true
	if n.Error {
		p.open("error")
	} else {
		p.open(t.Kind.String())
	}
	p.text(`,"name":`, n.Short)
	if n.Space != space {
		p.text(`,"namespace":`, n.Space)
	}
	if n.HasDoc {
		p.text(`,"doc":`, n.Doc)
	}
	switch t.Kind {
	case Record:
		p.fields(n)
	case Enum:
		p.words(`,"symbols":[`, n.Symbols)
		if n.HasDefault {
			p.text(`,"default":`, n.Default)
		}
	case Fixed:
		p.out = append(p.out, `,"size":`...)
		p.out = appendInt(p.out, n.Size)
	}
	p.props(p.tags.ofType(t))
	if len(n.Aliases) > 0 {
		p.out = append(p.out, `,"aliases":[`...)
		for i := range n.Aliases {
			p.out = jsontext.AppendQuoted(comma(p.out, '['), n.Aliases[i].in(n.Space))
		}
		p.out = append(p.out, ']')
	}
	p.out = append(p.out, '}')
}

func appendInt(out []byte, n int32) []byte { return strconv.AppendInt(out, int64(n), 10) }

func (p *printer) fields(n *Named) {
	p.out = append(p.out, `,"fields":[`...)
	for i := range n.Fields {
		f := &n.Fields[i]
		p.out = comma(p.out, '[')
		p.text(`{"name":`, f.Name)
		p.out = append(p.out, `,"type":`...)
		p.write(f.Type, n.Space)
		if f.HasDoc {
			p.text(`,"doc":`, f.Doc)
		}
		if f.Default.Exists() {
			p.out = append(p.out, `,"default":`...)
			p.out = append(p.out, f.Default...)
		}
		if f.Order != Ascending {
			p.text(`,"order":`, f.Order.String())
		}
		if len(f.Aliases) > 0 {
			p.words(`,"aliases":[`, f.Aliases)
		}
		p.props(p.tags.ofField(f))
		p.out = append(p.out, '}')
	}
	p.out = append(p.out, ']')
}

// words writes a list of strings.
func (p *printer) words(key string, words []string) {
	p.out = append(p.out, key...)
	for _, word := range words {
		p.out = jsontext.AppendQuoted(comma(p.out, '['), word)
	}
	p.out = append(p.out, ']')
}

func (p *printer) props(props []Property) {
	for _, x := range props {
		p.text(",", x.Name)
		p.out = append(p.out, ':')
		p.out = append(p.out, x.Value...)
	}
}

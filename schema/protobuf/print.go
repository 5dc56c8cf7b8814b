package protobuf

import (
	"strconv"
	"strings"
)

// printer writes a tree as the canonical text of compatibility.md 3.2: two
// blanks a level, also on the empty lines inside a nested element.
type printer struct {
	b     strings.Builder
	depth int
	// fresh says that nothing stands on the line yet.
	fresh bool
	// normal drops what normalisation emptied, a oneof or an extend without
	// members, but keeps the blank line in front of it (compatibility.md 4).
	normal bool
}

// canonical gives the text of a file.
func canonical(f *File, normal bool) string {
	p := &printer{fresh: true, normal: normal}
	p.file(f)
	return p.b.String()
}

// text writes s; lines that it begins are indented.
func (p *printer) text(s string) {
	for s != "" {
		if p.fresh {
			for range p.depth {
				p.b.WriteString("  ")
			}
			p.fresh = false
		}
		line := strings.IndexByte(s, '\n')
		if line < 0 {
			p.b.WriteString(s)
			return
		}
		p.b.WriteString(s[:line+1])
		p.fresh = true
		s = s[line+1:]
	}
}

func (p *printer) texts(parts ...string) {
	for _, s := range parts {
		p.text(s)
	}
}

// inside writes what belongs one level deeper.
func (p *printer) inside(write func()) {
	p.depth++
	write()
	p.depth--
}

func (p *printer) file(f *File) {
	if f.Syntax != "" {
		p.texts("syntax = \"", f.Syntax, "\";\n")
	}
	if f.Package != "" {
		p.texts("package ", f.Package, ";\n")
	}
	if len(f.Imports) > 0 {
		p.text("\n")
		for _, public := range []bool{false, true} {
			for _, i := range f.Imports {
				if i.Public == public {
					p.texts("import ", map[bool]string{true: "public "}[public], `"`, i.Path, "\";\n")
				}
			}
		}
	}
	if len(f.Options) > 0 {
		p.text("\n")
		p.statements(f.Options)
	}
	if len(f.Messages)+len(f.Enums) > 0 {
		p.text("\n")
		p.types(f.Messages, f.Enums)
	}
	if len(f.Extends) > 0 {
		p.text("\n")
		p.extends(f.Extends)
	}
	if len(f.Services) > 0 {
		p.text("\n")
		for _, s := range f.Services {
			p.service(s)
		}
	}
}

func (p *printer) types(messages []*Message, enums []*Enum) {
	for _, m := range messages {
		p.message(m)
	}
	for _, e := range enums {
		p.enum(e)
	}
}

// groups writes the non-empty parts of an element in braces, with a blank
// line between two of them and none before the first.
func (p *printer) groups(parts ...part) {
	for _, part := range parts {
		if part.size == 0 {
			continue
		}
		// The blank line has the indentation of the element itself.
		p.text("\n")
		p.inside(part.write)
	}
	p.text("}\n")
}

type part struct {
	size  int
	write func()
}

func (p *printer) message(m *Message) {
	p.texts("message ", m.Name, " {")
	p.groups(
		part{len(m.Reserved), func() { p.reserved(m.Reserved) }},
		part{len(m.Options), func() { p.statements(m.Options) }},
		part{len(m.Fields), func() { p.fields(m.Fields) }},
		part{len(m.Oneofs), func() { p.oneofs(m.Oneofs) }},
		part{len(m.Groups), func() { p.fieldGroups(m.Groups) }},
		part{len(m.Extensions), func() { p.extensions(m.Extensions) }},
		part{len(m.Extends), func() { p.extends(m.Extends) }},
		part{len(m.Messages) + len(m.Enums), func() { p.types(m.Messages, m.Enums) }},
	)
}

func (p *printer) enum(e *Enum) {
	p.texts("enum ", e.Name, " {")
	p.groups(part{len(e.Reserved) + len(e.Options) + len(e.Constants), func() {
		p.reserved(e.Reserved)
		p.statements(e.Options)
		for _, c := range e.Constants {
			p.texts(c.Name, " = ", number(c.Number))
			p.brackets(c.Options)
			p.text(";\n")
		}
	}})
}

func (p *printer) oneofs(list []*Oneof) {
	for _, o := range list {
		if p.normal && len(o.Fields)+len(o.Groups) == 0 {
			continue
		}
		p.texts("oneof ", o.Name, " {")
		p.groups(
			part{len(o.Options), func() { p.statements(o.Options) }},
			part{len(o.Fields), func() { p.fields(o.Fields) }},
			part{len(o.Groups), func() { p.fieldGroups(o.Groups) }},
		)
	}
}

func (p *printer) fieldGroups(list []*Group) {
	for _, g := range list {
		if g.Label != NoLabel {
			p.texts(string(g.Label), " ")
		}
		p.texts("group ", g.Name, " = ", number(g.Number), " {")
		p.groups(part{len(g.Fields), func() { p.fields(g.Fields) }})
	}
}

func (p *printer) extends(list []*Extend) {
	for _, e := range list {
		if p.normal && len(e.Fields)+len(e.Groups) == 0 {
			continue
		}
		p.texts("extend ", e.Name, " {")
		p.groups(
			part{len(e.Fields), func() { p.fields(e.Fields) }},
			part{len(e.Groups), func() { p.fieldGroups(e.Groups) }},
		)
	}
}

func (p *printer) fields(list []*Field) {
	for _, f := range list {
		if f.Label != NoLabel {
			p.texts(string(f.Label), " ")
		}
		p.texts(f.TypeText(), " ", f.Name, " = ", number(f.Number))
		p.brackets(f.printed(p.normal))
		p.text(";\n")
	}
}

func (p *printer) service(s *Service) {
	p.texts("service ", s.Name, " {")
	p.groups(
		part{len(s.Options), func() { p.statements(s.Options) }},
		part{len(s.RPCs), func() {
			for _, r := range s.RPCs {
				p.rpc(r)
			}
		}},
	)
}

func (p *printer) rpc(r *RPC) {
	stream := map[bool]string{true: "stream "}
	p.texts("rpc ", r.Name, " (", stream[r.RequestStreaming], r.Request,
		") returns (", stream[r.ReplyStreaming], r.Response, ")")
	if len(r.Options) > 0 {
		p.text(" {\n")
		p.inside(func() { p.statements(r.Options) })
		p.text("}")
	}
	p.text(";\n")
}

func (p *printer) reserved(list []Reserved) {
	for _, r := range list {
		p.text("reserved ")
		p.spans(r.Spans)
		p.text(";\n")
	}
}

func (p *printer) extensions(list []Extensions) {
	for _, x := range list {
		p.text("extensions ")
		p.spans(x.Spans)
		p.brackets(x.Options)
		p.text(";\n")
	}
}

// spans prints names without escapes, ranges as written, and an end beyond
// the highest number as max.
func (p *printer) spans(list []Span) {
	for i, s := range list {
		if i > 0 {
			p.text(", ")
		}
		switch {
		case s.Named:
			p.texts(`"`, s.Name, `"`)
		case !s.Range:
			p.text(number(s.Start))
		case s.End >= maxNumber:
			p.texts(number(s.Start), " to max")
		default:
			p.texts(number(s.Start), " to ", number(s.End))
		}
	}
}

func number(n int32) string { return strconv.Itoa(int(n)) }

// String gives the field as one statement of the canonical text, for people.
func (f *Field) String() string {
	p := &printer{fresh: true}
	p.fields([]*Field{f})
	return strings.TrimSuffix(p.b.String(), "\n")
}

package protobuf

import "strconv"

// field reads a field or a group whose first word was read already.
func (p *parser) field(start int, word string) (*Field, *Group) {
	f := &Field{Offset: start}
	switch Label(word) {
	case Required:
		if p.file.Syntax == "proto3" {
			p.fail(start, "proto3 has no required fields")
		}
		f.Label, word = Required, p.word()
	case Optional, Repeated:
		f.Label, word = Label(word), p.word()
	default:
		if p.file.Syntax != "proto3" && (word != "map" || p.peek() != '<') {
			p.fail(start, "expected optional, required or repeated but found %s", word)
		}
	}
	f.Key, f.Type = p.dataType(word)
	if f.Map() && f.Label != NoLabel {
		p.fail(start, "a map takes no label")
	}
	if f.Type == "group" && !f.Map() {
		return nil, p.group(start, f.Label)
	}
	p.rest(f)
	return f, nil
}

// rest reads a field from its name on.
func (p *parser) rest(f *Field) {
	word, open := p.wrapped()
	if open != 0 {
		p.firstDigit(word)
	} else {
		p.noDigit(word)
	}
	f.Name = word
	p.require('=')
	f.Number = p.integer()
	options := p.options()
	// default and json_name are no options of the language; the last one
	// given counts, also when it was written in parentheses (3.2).
	f.Options = options[:0]
	for _, o := range options {
		switch o.Name {
		case "default":
			f.Default = p.special(o)
			if f.Type != "string" || f.Map() {
				p.doubtful = p.doubtful || !plainWord(*f.Default)
			}
		case "json_name":
			f.JSONName = p.special(o)
		default:
			f.Options = append(f.Options, o)
		}
	}
	p.require(';')
	p.trailing()
}

// firstDigit is noDigit for a word in brackets.
func (p *parser) firstDigit(word string) {
	if digit(word[0]) {
		p.fail(p.pos-len(word)-1, "the names of fields and constants cannot begin with a digit: %s", word)
	}
}

// special gives the value of default or json_name.
func (p *parser) special(o Option) *string {
	v := o.Value.loose(false)
	for i := len(o.Path) - 1; i >= 0; i-- {
		kind := "OPTION"
		if i == len(o.Path)-1 {
			kind = o.Value.kindName()
		}
		v = "OptionElement(name=" + o.Path[i].Name + ", kind=" + kind + ", value=" + v +
			", isParenthesized=" + strconv.FormatBool(o.Path[i].Custom) + ")"
	}
	return &v
}

func (v *Value) kindName() string {
	switch v.Kind {
	case Quoted:
		return "STRING"
	case Literal:
		return "MAP"
	case List:
		return "LIST"
	}
	return v.wordKind()
}

// group reads a group from its name on. Its members are fields only: no
// options, no messages, no groups, no empty statements (compatibility.md 2.4).
func (p *parser) group(start int, label Label) *Group {
	g := &Group{Label: label, Name: p.word(), Offset: start}
	p.require('=')
	g.Number = p.integer()
	p.require('{')
	for !p.take('}') {
		at := p.pos
		field, inner := p.field(at, p.word())
		if inner != nil {
			p.fail(at, "a group cannot hold a group")
		}
		g.Fields = append(g.Fields, field)
	}
	return g
}

// oneof reads a oneof: fields without labels, groups and options.
func (p *parser) oneof(m *Message, start int) {
	o := &Oneof{Name: p.name(), Offset: start}
	p.require('{')
	for !p.take('}') {
		at := p.pos
		f := &Field{Offset: at}
		f.Key, f.Type = p.dataType(p.word())
		switch {
		case f.Type == "group" && !f.Map():
			o.Groups = append(o.Groups, p.group(at, NoLabel))
		case f.Type == "option" && !f.Map():
			option := p.option('=')
			p.require(';')
			o.Options = append(o.Options, option)
		default:
			p.rest(f)
			o.Fields = append(o.Fields, f)
		}
	}
	m.Oneofs = append(m.Oneofs, o)
}

func (p *parser) constant(e *Enum, start int, name string) {
	c := &Constant{Name: name, Offset: start}
	p.require('=')
	c.Number = p.integer()
	c.Options = p.options()
	p.require(';')
	p.trailing()
	e.Constants = append(e.Constants, c)
}

// reserved reads numbers, ranges and names, mixed as one likes. Outside of
// messages and enums the statement is read and dropped.
func (p *parser) reserved(at place, b *body, start int) {
	r := Reserved{Offset: start}
	for {
		if c := p.peek(); c == '"' || c == '\'' {
			name := p.quoted()
			p.doubt(name)
			r.Spans = append(r.Spans, Span{Name: name, Named: true})
		} else {
			r.Spans = append(r.Spans, p.span(",;"))
		}
		if p.take(';') {
			break
		}
		p.require(',')
	}
	p.trailing()
	switch at {
	case inMessage:
		b.message.Reserved = append(b.message.Reserved, r)
	case inEnum:
		b.enum.Reserved = append(b.enum.Reserved, r)
	}
}

func (p *parser) extensions(m *Message, start int) {
	x := Extensions{Offset: start}
	for {
		x.Spans = append(x.Spans, p.span(",;["))
		if p.peek() == '[' {
			x.Options = p.options()
			p.require(';')
			break
		}
		if p.take(';') {
			break
		}
		p.require(',')
	}
	m.Extensions = append(m.Extensions, x)
}

// span reads a number or a range; ends are the characters that may follow a
// single number. The end of a range is decimal or "max".
func (p *parser) span(ends string) Span {
	s := Span{Start: p.integer()}
	s.End = s.Start
	c := p.peek()
	for i := range len(ends) {
		if c == ends[i] {
			return s
		}
	}
	at := p.pos
	if p.word() != "to" {
		p.fail(at, "expected ',', ';' or to")
	}
	s.Range = true
	end := p.word()
	if end == "max" {
		s.End = maxNumber
		return s
	}
	n, err := strconv.ParseInt(end, 10, 32)
	if err != nil {
		p.fail(p.pos-len(end), "expected a decimal number or max but found %s", end)
	}
	s.End = int32(n)
	return s
}

// rpc reads a call of a service.
func (p *parser) rpc(s *Service, start int) {
	r := &RPC{Name: p.name(), Offset: start}
	r.Request, r.RequestStreaming = p.rpcType()
	at := p.peekOffset()
	if p.word() != "returns" {
		p.fail(at, "expected returns")
	}
	r.Response, r.ReplyStreaming = p.rpcType()
	if p.peek() == '{' {
		p.block(inRPC, &body{rpc: r})
	} else {
		p.require(';')
	}
	s.RPCs = append(s.RPCs, r)
}

func (p *parser) rpcType() (string, bool) {
	p.require('(')
	word := p.word()
	streaming := word == "stream"
	if streaming {
		word = p.word()
	}
	key, name := p.dataType(word)
	if key != "" {
		name = "map<" + key + ", " + name + ">"
	}
	p.require(')')
	return name, streaming
}

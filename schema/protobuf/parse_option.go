package protobuf

import "strings"

// options reads options in square brackets, if there are any.
func (p *parser) options() []Option {
	if !p.take('[') {
		return nil
	}
	var list []Option
	for {
		list = append(list, p.option('='))
		if p.take(']') {
			return list
		}
		if !p.take(',') {
			p.fail(p.pos, "expected ',' or ']' but found %s", p.here())
		}
	}
}

// option reads a name, a separator ('=' for options, ':' for the entries of a
// literal) and a value.
func (p *parser) option(separator byte) Option {
	o := Option{Offset: p.peekOffset()}
	name, open := p.wrapped()
	o.Name, o.Custom = name, open == '('
	if open == '[' {
		o.Name = "[" + name + "]"
	}
	for p.take('.') {
		name, open := p.wrapped()
		switch open {
		case '(':
			o.Path = append(o.Path, Part{Name: name, Custom: true})
		case '[':
			o.Path = append(o.Path, Part{Name: "[" + name + "]"})
		default:
			for part := range strings.SplitSeq(name, ".") {
				o.Path = append(o.Path, Part{Name: part})
			}
		}
	}
	// In a literal the colon before a brace may be missing.
	if separator != ':' || p.peek() != '{' {
		p.require(separator)
	}
	o.Value = p.value()
	return o
}

func (p *parser) value() Value {
	switch p.peek() {
	case '{':
		return p.literal()
	case '[':
		return p.list()
	case '"', '\'':
		return Value{Kind: Quoted, Text: p.quoted()}
	}
	return Value{Text: p.word()}
}

// literal reads a message in braces. Values of a repeated key are gathered in
// a list at its first place (compatibility.md 3.2).
func (p *parser) literal() Value {
	p.require('{')
	v := Value{Kind: Literal}
	places := map[string]int{}
	for !p.take('}') {
		o := p.option(':')
		var previous *Value
		if at, ok := places[o.Name]; ok {
			previous = &v.Entries[at].Value
		} else {
			places[o.Name] = len(v.Entries)
		}
		switch {
		case len(o.Path) > 0:
			if previous == nil {
				v.Entries = append(v.Entries, Entry{Key: o.Name})
				previous = &v.Entries[len(v.Entries)-1].Value
			}
			if previous.Kind != Literal {
				*previous = Value{Kind: Literal}
			}
			previous.put(o.Path, o.Value)
		case previous == nil:
			v.Entries = append(v.Entries, Entry{Key: o.Name, Value: o.Value})
		case previous.Kind == List:
			previous.Items = gather(previous.Items, o.Value)
		default:
			*previous = Value{Kind: List, Items: gather([]Value{*previous}, o.Value)}
		}
		if !p.take(',') && p.peek() == ';' {
			p.pos++
		}
	}
	return v
}

// set gives a key a value.
func (v *Value) set(key string, value Value) {
	if e := v.entry(key); e != nil {
		*e = value
		return
	}
	v.Entries = append(v.Entries, Entry{Key: key, Value: value})
}

// put places a value at the end of a path of keys.
func (v *Value) put(path []Part, value Value) {
	for _, part := range path[:len(path)-1] {
		e := v.entry(part.Name)
		if e == nil || e.Kind != Literal {
			v.set(part.Name, Value{Kind: Literal})
			e = v.entry(part.Name)
		}
		v = e
	}
	v.set(path[len(path)-1].Name, value)
}

func gather(items []Value, value Value) []Value {
	if value.Kind == List {
		return append(items, value.Items...)
	}
	return append(items, value)
}

func (p *parser) list() Value {
	p.require('[')
	v := Value{Kind: List}
	for !p.take(']') {
		v.Items = append(v.Items, p.value())
		if !p.take(',') && p.peek() != ']' {
			p.fail(p.pos, "expected ',' or ']' but found %s", p.here())
		}
	}
	return v
}

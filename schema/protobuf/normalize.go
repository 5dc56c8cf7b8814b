package protobuf

import (
	"cmp"
	"slices"
	"strings"
)

// normalizer makes the tree of the normal form (compatibility.md 4): names
// resolved, members sorted, options merged. It copies what it changes; the
// tree that it is given stays.
type normalizer struct {
	names *universe
	// fieldsOf are the fields of messages by name, for the keys of options.
	fieldsOf map[*Message]map[string]*Field
	// added is how much longer numbers have become.
	added int
}

// exact writes a number out while the bound on the whole text allows.
func (n *normalizer) exact(text string) (string, bool) {
	out, ok := exact(text)
	if longer := len(out) - len(text); ok && longer > 0 {
		if n.added+longer > maxAdded {
			return "", false
		}
		n.added += longer
	}
	return out, ok
}

func (n *normalizer) file(f *File) *File {
	out := *f
	if f.Syntax == "proto2" {
		out.Syntax = ""
	}
	out.Imports = slices.Clone(f.Imports)
	slices.SortFunc(out.Imports, func(a, b Import) int { return cmp.Compare(a.Path, b.Path) })
	out.Imports = unique(out.Imports)
	out.Options = n.options(f.Package, f.Options)
	out.Messages = n.messages(f.Package, f.Messages)
	out.Enums = n.enums(f.Package, f.Enums)
	out.Extends = n.extends(f.Package, f.Extends)
	out.Services = nil
	for _, s := range f.Services {
		out.Services = append(out.Services, n.service(f.Package, s))
	}
	return &out
}

// unique drops an import of one kind that was there before.
func unique(list []Import) []Import {
	seen := map[Import]bool{}
	return slices.DeleteFunc(list, func(i Import) bool {
		again := seen[i]
		seen[i] = true
		return again
	})
}

// messages leaves out those that stand for map entries.
func (n *normalizer) messages(scope string, list []*Message) []*Message {
	var out []*Message
	for _, m := range list {
		if !m.Entry() {
			out = append(out, n.message(scope, m))
		}
	}
	return out
}

func (n *normalizer) message(scope string, m *Message) *Message {
	out := *m
	scope = join(scope, m.Name)
	out.Reserved = splitReserved(m.Reserved)
	out.Options = n.options(scope, m.Options)
	out.Fields = n.fields(scope, m.Fields)
	out.Groups = n.groups(scope, m.Groups)
	out.Extensions = n.extensions(scope, m.Extensions)
	out.Extends = n.extends(scope, m.Extends)
	out.Messages = n.messages(scope, m.Messages)
	out.Enums = n.enums(scope, m.Enums)
	out.Oneofs = nil
	for _, o := range m.Oneofs {
		c := *o
		c.Options = n.options(scope, o.Options)
		c.Fields = n.fields(scope, o.Fields)
		c.Groups = n.groups(scope, o.Groups)
		out.Oneofs = append(out.Oneofs, &c)
	}
	slices.SortStableFunc(out.Oneofs, func(a, b *Oneof) int { return cmp.Compare(a.first(), b.first()) })
	return &out
}

// first is the number that a sorted oneof is sorted by.
func (o *Oneof) first() int32 {
	switch {
	case len(o.Fields) > 0:
		return o.Fields[0].Number
	case len(o.Groups) > 0:
		return o.Groups[0].Number
	}
	return 0
}

func (n *normalizer) fields(scope string, list []*Field) []*Field {
	out := make([]*Field, len(list))
	for i, f := range list {
		out[i] = n.field(scope, f)
	}
	slices.SortStableFunc(out, func(a, b *Field) int { return cmp.Compare(a.Number, b.Number) })
	return out
}

func (n *normalizer) field(scope string, f *Field) *Field {
	out := *f
	out.Options = n.options(scope, f.Options)
	if f.Default != nil && Scalar(f.Type) && f.Type != "string" && f.Type != "bytes" && f.Type != "bool" {
		if text, ok := n.exact(*f.Default); ok {
			out.Default = &text
		}
	}
	if f.Map() {
		out.Type = n.name(scope, f.Type)
		return &out
	}
	d, ok := n.names.typ(scope, f.Type)
	if !ok || Scalar(f.Type) {
		return &out
	}
	out.Type = "." + d.Name
	if d.Message != nil && d.Message.Entry() {
		if key, value := d.Message.EntryFields(); key != nil && value != nil {
			out.Label = NoLabel
			out.Key, out.Type = key.Type, n.name(d.Name, value.TypeText())
		}
	}
	return &out
}

// name gives the full name of a type with a leading dot; scalars and what
// does not resolve stay as written.
func (n *normalizer) name(scope, name string) string {
	if Scalar(name) {
		return name
	}
	if d, ok := n.names.typ(scope, name); ok {
		return "." + d.Name
	}
	return name
}

func (n *normalizer) groups(scope string, list []*Group) []*Group {
	var out []*Group
	for _, g := range list {
		c := *g
		c.Fields = n.fields(scope, g.Fields)
		out = append(out, &c)
	}
	slices.SortStableFunc(out, func(a, b *Group) int { return cmp.Compare(a.Number, b.Number) })
	return out
}

func (n *normalizer) enums(scope string, list []*Enum) []*Enum {
	var out []*Enum
	for _, e := range list {
		c := *e
		inner := join(scope, e.Name)
		c.Reserved = splitReserved(e.Reserved)
		c.Options = n.options(inner, e.Options)
		c.Constants = nil
		for _, v := range e.Constants {
			constant := *v
			constant.Options = n.options(inner, v.Options)
			c.Constants = append(c.Constants, &constant)
		}
		slices.SortStableFunc(c.Constants, func(a, b *Constant) int {
			return cmp.Or(cmp.Compare(a.Number, b.Number), strings.Compare(a.Name, b.Name))
		})
		out = append(out, &c)
	}
	return out
}

// extends merges those of one message at the first of them.
func (n *normalizer) extends(scope string, list []*Extend) []*Extend {
	var out []*Extend
	byName := map[string]*Extend{}
	for _, e := range list {
		c := *e
		c.Name = n.name(scope, e.Name)
		c.Fields = n.fields(scope, e.Fields)
		c.Groups = n.groups(scope, e.Groups)
		if first := byName[c.Name]; first != nil {
			first.Fields = append(first.Fields, c.Fields...)
			first.Groups = append(first.Groups, c.Groups...)
			continue
		}
		byName[c.Name] = &c
		out = append(out, &c)
	}
	for _, e := range out {
		slices.SortStableFunc(e.Fields, func(a, b *Field) int { return cmp.Compare(a.Number, b.Number) })
		slices.SortStableFunc(e.Groups, func(a, b *Group) int { return cmp.Compare(a.Number, b.Number) })
	}
	return out
}

func (n *normalizer) service(scope string, s *Service) *Service {
	out := *s
	inner := join(scope, s.Name)
	out.Options = n.options(inner, s.Options)
	out.RPCs = nil
	for _, r := range s.RPCs {
		c := *r
		c.Request, c.Response = n.name(scope, r.Request), n.name(scope, r.Response)
		c.Options = n.options(inner, r.Options)
		out.RPCs = append(out.RPCs, &c)
	}
	return &out
}

// splitReserved gives each entry a statement of its own: numbers by their
// size, then names.
func splitReserved(list []Reserved) []Reserved {
	var out []Reserved
	for _, r := range list {
		for _, s := range r.Spans {
			out = append(out, Reserved{Spans: []Span{single(s)}, Offset: r.Offset})
		}
	}
	slices.SortStableFunc(out, func(a, b Reserved) int { return compareSpans(a.Spans[0], b.Spans[0]) })
	return out
}

func (n *normalizer) extensions(scope string, list []Extensions) []Extensions {
	var out []Extensions
	for _, x := range list {
		options := n.options(scope, x.Options)
		for _, s := range x.Spans {
			out = append(out, Extensions{Spans: []Span{single(s)}, Options: options, Offset: x.Offset})
		}
	}
	slices.SortStableFunc(out, func(a, b Extensions) int { return compareSpans(a.Spans[0], b.Spans[0]) })
	return out
}

// single makes a range of one number that number.
func single(s Span) Span {
	if s.Start == s.End {
		s.Range = false
	}
	return s
}

func compareSpans(a, b Span) int {
	if a.Named != b.Named {
		if a.Named {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.Name, b.Name))
}

// prune takes out of a normal tree what its text left out: oneofs and extends
// without members.
func prune(f *File) {
	f.Extends = pruneExtends(f.Extends)
	pruneMessages(f.Messages)
}

func pruneMessages(list []*Message) {
	for _, m := range list {
		m.Oneofs = slices.DeleteFunc(m.Oneofs, func(o *Oneof) bool { return len(o.Fields)+len(o.Groups) == 0 })
		m.Extends = pruneExtends(m.Extends)
		pruneMessages(m.Messages)
	}
}

func pruneExtends(list []*Extend) []*Extend {
	return slices.DeleteFunc(list, func(e *Extend) bool { return len(e.Fields)+len(e.Groups) == 0 })
}

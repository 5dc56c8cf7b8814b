package protobuf

import (
	"slices"
	"strings"
)

// options gives options in normal form: sorted by name; custom ones whose
// extension resolves under their full name, their paths turned into one
// literal, those of a singular extension merged.
func (n *normalizer) options(scope string, list []Option) []Option {
	if len(list) == 0 {
		return nil
	}
	out := make([]Option, 0, len(list))
	merged := map[string]int{}
	for _, o := range list {
		o.Value = n.value(scope, o.Value)
		ext, ok := extension{}, false
		if o.Custom {
			ext, ok = n.names.extension(scope, o.Name)
		}
		if !ok {
			out = append(out, o)
			continue
		}
		o.Name = ext.name
		for i := len(o.Path) - 1; i >= 0; i-- {
			key := o.Path[i].Name
			if o.Path[i].Custom {
				key = "[" + key + "]"
			}
			o.Value = Value{Kind: Literal, Entries: []Entry{{Key: key, Value: o.Value}}}
		}
		if len(o.Path) > 0 {
			o.Path = nil
			o.Value = n.value(scope, o.Value)
		}
		if ext.field.Label == Repeated {
			out = append(out, o)
			continue
		}
		at, again := merged[o.Name]
		if !again {
			merged[o.Name] = len(out)
			out = append(out, o)
			continue
		}
		out[at].Value = n.value(scope, n.merge(ext.scope, ext.field, out[at].Value, o.Value))
	}
	sortOptions(out)
	return out
}

// value sorts keys, qualifies the names of extensions, writes numbers out,
// unwraps lists of one element inside, and drops keys with an empty list. A
// list that is the value of the option itself stays one.
func (n *normalizer) value(scope string, v Value) Value {
	switch v.Kind {
	case Word:
		if v.number() {
			if text, ok := exact(v.Text); ok {
				v.Text = text
			}
		}
	case List:
		items := make([]Value, len(v.Items))
		for i := range v.Items {
			items[i] = unwrap(n.value(scope, v.Items[i]))
		}
		v.Items = items
	case Literal:
		entries := make([]Entry, 0, len(v.Entries))
		for _, e := range v.Entries {
			e.Value = unwrap(n.value(scope, e.Value))
			if e.Value.Kind == List && len(e.Value.Items) == 0 {
				continue
			}
			if name, ok := bracketed(e.Key); ok {
				if ext, ok := n.names.extension(scope, name); ok {
					e.Key = "[" + ext.name + "]"
				}
			}
			entries = append(entries, e)
		}
		slices.SortStableFunc(entries, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
		v.Entries = entries
	}
	return v
}

func unwrap(v Value) Value {
	if v.Kind == List && len(v.Items) == 1 {
		return v.Items[0]
	}
	return v
}

func bracketed(key string) (string, bool) {
	if name, ok := strings.CutPrefix(key, "["); ok {
		return strings.CutSuffix(name, "]")
	}
	return "", false
}

// merge puts two values of one field together: literals key by key, distinct
// values of a repeated field, else the later one. Scope is where the type of
// the field is looked up.
func (n *normalizer) merge(scope string, f *Field, a, b Value) Value {
	if f != nil && (f.Label == Repeated || f.Map()) {
		return collect(a, b)
	}
	if a.Kind != Literal || b.Kind != Literal {
		return b
	}
	var inner *Message
	innerScope := scope
	if f != nil {
		if d, ok := n.names.typ(scope, f.Type); ok && d.Message != nil {
			inner, innerScope = d.Message, d.Name
		}
	}
	out := Value{Kind: Literal, Entries: slices.Clone(a.Entries)}
	places := make(map[string]int, len(out.Entries))
	for i := range out.Entries {
		places[out.Entries[i].Key] = i
	}
	for _, e := range b.Entries {
		at, again := places[e.Key]
		if !again {
			places[e.Key] = len(out.Entries)
			out.Entries = append(out.Entries, e)
			continue
		}
		field, fieldScope := n.member(inner, innerScope, e.Key)
		out.Entries[at].Value = n.merge(fieldScope, field, out.Entries[at].Value, e.Value)
	}
	return out
}

// member finds the field that a key of a literal stands for.
func (n *normalizer) member(m *Message, scope, key string) (*Field, string) {
	if name, ok := bracketed(key); ok {
		if ext, ok := n.names.extension(scope, name); ok {
			return ext.field, ext.scope
		}
		return nil, scope
	}
	if m == nil {
		return nil, scope
	}
	for _, f := range m.Fields {
		if f.Name == key {
			return f, scope
		}
	}
	for _, o := range m.Oneofs {
		for _, f := range o.Fields {
			if f.Name == key {
				return f, scope
			}
		}
	}
	return nil, scope
}

// collect gives the distinct values of a repeated field.
func collect(a, b Value) Value {
	var items []Value
	seen := map[string]bool{}
	for _, v := range gather(gather(nil, a), b) {
		p := &printer{}
		p.value(&v)
		if text := p.b.String(); !seen[text] {
			seen[text] = true
			items = append(items, v)
		}
	}
	return Value{Kind: List, Items: items}
}

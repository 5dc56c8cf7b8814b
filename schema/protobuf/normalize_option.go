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
	places := map[string]int{}
	again := map[int][]Value{}
	fields := map[int]extension{}
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
		at, merged := places[o.Name]
		if !merged {
			places[o.Name] = len(out)
			out = append(out, o)
			continue
		}
		if again[at] == nil {
			again[at] = []Value{out[at].Value}
		}
		again[at] = append(again[at], o.Value)
		fields[at] = ext
	}
	for at, values := range again {
		out[at].Value = n.value(scope, n.merge(fields[at].scope, fields[at].field, values))
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
			if text, ok := n.exact(v.Text); ok {
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

// merge puts the values of one field together: literals key by key, distinct
// values of a repeated field, else the last one. Scope is where the type of
// the field is looked up.
func (n *normalizer) merge(scope string, f *Field, values []Value) Value {
	if len(values) == 1 {
		return values[0]
	}
	if f != nil && (f.Label == Repeated || f.Map()) {
		return collect(values)
	}
	last := len(values) - 1
	if values[last].Kind != Literal {
		return values[last]
	}
	// What stands before a value that is no literal was replaced by it.
	for i := last; i >= 0; i-- {
		if values[i].Kind != Literal {
			values = values[i+1:]
			break
		}
	}
	var inner *Message
	if f != nil {
		if d, ok := n.names.typ(scope, f.Type); ok && d.Message != nil {
			inner, scope = d.Message, d.Name
		}
	}
	var keys []string
	byKey := map[string][]Value{}
	for _, v := range values {
		for _, e := range v.Entries {
			if byKey[e.Key] == nil {
				keys = append(keys, e.Key)
			}
			byKey[e.Key] = append(byKey[e.Key], e.Value)
		}
	}
	out := Value{Kind: Literal}
	for _, key := range keys {
		field, fieldScope := n.member(inner, scope, key)
		out.Entries = append(out.Entries, Entry{Key: key, Value: n.merge(fieldScope, field, byKey[key])})
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
	fields, ok := n.fieldsOf[m]
	if !ok {
		fields = map[string]*Field{}
		for _, f := range m.Fields {
			fields[f.Name] = f
		}
		for _, o := range m.Oneofs {
			for _, f := range o.Fields {
				fields[f.Name] = f
			}
		}
		n.fieldsOf[m] = fields
	}
	return fields[key], scope
}

// collect gives the distinct values of a repeated field.
func collect(values []Value) Value {
	out := Value{Kind: List}
	seen := map[string]bool{}
	for _, list := range values {
		for _, v := range gather(nil, list) {
			p := &printer{}
			p.value(&v)
			if text := p.b.String(); !seen[text] {
				seen[text] = true
				out.Items = append(out.Items, v)
			}
		}
	}
	return out
}

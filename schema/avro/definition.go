package avro

import (
	"slices"
	"strconv"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// maxFixedSize is the largest size of a fixed.
const maxFixedSize = 2147483639

// keys are the members of a type's object that the language knows. Everything
// else is a property, and so are order and, except on an enum, default.
type keys struct {
	typ, name, namespace, doc, aliases, fields, symbols, size, items, values, def jsontext.Value
	props                                                                         int
}

func readKeys(v jsontext.Value) (k keys) {
	for m := v.First(); m.Exists(); m = m.Next() {
		switch m.Name() {
		case "type":
			k.typ = m
		case "name":
			k.name = m
		case "namespace":
			k.namespace = m
		case "doc":
			k.doc = m
		case "aliases":
			k.aliases = m
		case "fields":
			k.fields = m
		case "symbols":
			k.symbols = m
		case "size":
			k.size = m
		case "items":
			k.items = m
		case "values":
			k.values = m
		case "default":
			k.def = m
			k.props++
		default:
			k.props++
		}
	}
	return k
}

// knownKey says that a key of a type's object is never a property.
func knownKey(name string) bool {
	switch name {
	case "type", "name", "namespace", "doc", "aliases", "fields", "symbols", "size", "items", "values":
		return true
	}
	return false
}

// readObject reads a type that is written as an object.
func (p *parser) readObject(slot **Type, v jsontext.Value, s scope) {
	k := readKeys(v)
	if k.typ.Kind() != jsontext.String {
		if k.typ.Exists() {
			p.fault(k.typ, "the key \"type\" of a type must be a string, not %s", k.typ.Kind())
		} else {
			p.fault(v, "a type needs the key \"type\"")
		}
		*slot = p.newType(broken, v)
		return
	}
	word := k.typ.Text()
	if kind := primitiveKind(word); kind != broken {
		t := p.newType(kind, v)
		t.Props = p.readProps(v, t, k.props, true)
		*slot = t
		return
	}
	switch word {
	case "record", "error", "enum", "fixed":
		p.readNamed(slot, v, k, s)
	case "array":
		p.readItems(slot, Array, v, k, k.items, "items", s)
	case "map":
		p.readItems(slot, Map, v, k, k.values, "values", s)
	default:
		if _, t := p.find(word, s.space); t != nil {
			*slot = t
			return
		}
		p.fault(k.typ, "the type %s is not known here", quoted(word))
		*slot = p.newType(broken, v)
	}
}

// readItems reads an array or a map.
func (p *parser) readItems(slot **Type, kind Kind, v jsontext.Value, k keys, items jsontext.Value, key string, s scope) {
	t := p.newType(kind, v)
	*slot = t
	if items.Exists() {
		p.read(&t.Items, items, scope{space: s.space})
	} else {
		p.fault(v, "the type %q needs the key %q", kind, key)
		t.Kind = broken
	}
	t.Props = p.readProps(v, t, k.props, false)
}

// readProps reads the properties of a type; n is how many there can be. Large
// says that integers beyond 64 bits are taken (compatibility.md 2.2).
func (p *parser) readProps(v jsontext.Value, t *Type, n int, large bool) []Property {
	if n == 0 {
		return nil
	}
	props := make([]Property, 0, n)
	for m := v.First(); m.Exists(); m = m.Next() {
		if knownKey(m.Name()) || t.Kind == Enum && m.Name() == "default" {
			continue
		}
		if !large && !fits64(m) {
			p.fault(m, "the property %s has an integer of more than 64 bits", quoted(m.Name()))
			continue
		}
		props = append(props, Property{m.Name(), newValue(m)})
	}
	if len(props) == 0 {
		return nil
	}
	return props
}

// readNamed reads the definition of a record, an enum or a fixed.
func (p *parser) readNamed(slot **Type, v jsontext.Value, k keys, s scope) {
	t := p.newType(broken, v)
	*slot = t
	word := k.typ.Text()
	if k.name.Kind() != jsontext.String {
		p.fault(v, "the type %q needs the key \"name\" with a string", word)
		return
	}
	space := s.space
	if k.namespace.Kind() == jsontext.String {
		space = k.namespace.Text()
	}
	n := &Named{Name: newName(k.name.Text(), space), Error: word == "error"}
	if !p.checkName(n, k) {
		return
	}
	if k.doc.Kind() == jsontext.String {
		n.Doc, n.HasDoc = k.doc.Text(), true
	}
	n.Aliases = p.readTypeAliases(k.aliases, n.Space)
	t.Named = n
	switch word {
	case "enum":
		t.Kind = Enum
	case "fixed":
		t.Kind = Fixed
	default:
		t.Kind = Record
	}
	first := p.define(t, v, s)
	switch t.Kind {
	case Enum:
		p.readSymbols(n, v, k)
	case Fixed:
		p.readSize(n, v, k)
	default:
		p.readFields(n, v, k)
	}
	t.Props = p.readProps(v, t, k.props, t.Kind != Record)
	n.finished = true
	if !first {
		p.redefine(slot, t, v)
	}
}

// checkName checks the name of a definition.
func (p *parser) checkName(n *Named, k keys) bool {
	fault := nameFault(n.Short, p.strict)
	if fault == "" && p.strict {
		fault = spaceFault(n.Space)
	}
	if fault == "" && n.Space == "" && primitiveKind(n.Short) != broken {
		fault = "a type without namespace must not have the name of the primitive " + quoted(n.Short)
	}
	if fault != "" {
		p.fault(k.name, "%s", fault)
		return false
	}
	return true
}

// readTypeAliases reads the aliases of a named type; short ones are in its
// namespace.
func (p *parser) readTypeAliases(v jsontext.Value, space string) []Name {
	words := p.readAliases(v)
	if len(words) == 0 {
		return nil
	}
	names := make([]Name, 0, len(words))
	for i, word := range words {
		n := newName(word, space)
		if p.strict {
			if fault := nameFault(n.Short, true); fault != "" {
				p.fault(v, "alias %d: %s", i+1, fault)
			}
		}
		names = append(names, n)
	}
	return distinct(names, func(n Name) string { return n.Full })
}

// distinct keeps the first of those with the same key.
func distinct[T any](list []T, key func(T) string) []T {
	if len(list) < 2 {
		return list
	}
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(x T) bool {
		twice := seen[key(x)]
		seen[key(x)] = true
		return twice
	})
}

// readAliases reads the key aliases of a type or a field: an array of strings.
func (p *parser) readAliases(v jsontext.Value) []string {
	if !v.Exists() {
		return nil
	}
	if v.Kind() != jsontext.Array {
		p.fault(v, "aliases must be an array of strings, not %s", v.Kind())
		return nil
	}
	words := make([]string, 0, v.Len())
	for a := v.First(); a.Exists(); a = a.Next() {
		if a.Kind() != jsontext.String {
			p.fault(a, "an alias must be a string, not %s", a.Kind())
			continue
		}
		words = append(words, a.Text())
	}
	return words
}

// readSymbols reads the symbols and the default of an enum.
func (p *parser) readSymbols(n *Named, v jsontext.Value, k keys) {
	if k.symbols.Kind() != jsontext.Array {
		p.fault(v, "an enum needs the key \"symbols\" with an array of strings")
		return
	}
	if k.symbols.Len() > schema.MaxSymbols {
		p.fault(k.symbols, "an enum may have at most %d symbols", schema.MaxSymbols)
		return
	}
	n.Symbols = make([]string, 0, k.symbols.Len())
	seen := make(map[string]bool, k.symbols.Len())
	for e := k.symbols.First(); e.Exists(); e = e.Next() {
		symbol := e.Text()
		if e.Kind() != jsontext.String {
			p.fault(e, "an enum symbol must be a string, not %s", e.Kind())
		} else if fault := nameFault(symbol, p.strict); fault != "" {
			p.fault(e, "enum symbol: %s", fault)
		} else if seen[symbol] {
			p.fault(e, "the enum symbol %s stands twice", quoted(symbol))
		}
		seen[symbol] = true
		n.Symbols = append(n.Symbols, symbol)
	}
	if k.def.Kind() != jsontext.String {
		return
	}
	n.Default, n.HasDefault = k.def.Text(), true
	if !seen[n.Default] {
		p.fault(k.def, "the default %s of the enum is none of its symbols", quoted(n.Default))
	}
}

// readSize reads the size of a fixed.
func (p *parser) readSize(n *Named, v jsontext.Value, k keys) {
	if !k.size.IsInteger() {
		p.fault(v, "a fixed needs the key \"size\" with an integer")
		return
	}
	size, err := strconv.ParseInt(k.size.Raw(), 10, 64)
	if err != nil || size < 0 || size > maxFixedSize {
		p.fault(k.size, "the size of a fixed must be from 0 to %d, not %s", maxFixedSize, shortened(k.size.Raw()))
		return
	}
	n.Size = int32(size)
}

package avro

import (
	"slices"
	"strings"

	"github.com/weir-registry/weir/schema/jsontext"
)

// fewFields is up to how many fields are searched by name one by one.
const fewFields = 8

// readFields reads the fields of a record.
func (p *parser) readFields(n *Named, v jsontext.Value, k keys) {
	if k.fields.Kind() != jsontext.Array {
		p.fault(v, "a record needs the key \"fields\" with an array of fields")
		return
	}
	n.Fields = make([]Field, k.fields.Len())
	i := 0
	for f := k.fields.First(); f.Exists(); f = f.Next() {
		p.readField(&n.Fields[i], f, n.Space)
		i++
	}
	p.indexFields(n, k.fields)
}

// fieldKeys are the members of a field's object that the language knows.
type fieldKeys struct {
	name, typ, doc, def, order, aliases jsontext.Value
	props                               int
}

func readFieldKeys(v jsontext.Value) (k fieldKeys) {
	for m := v.First(); m.Exists(); m = m.Next() {
		switch m.Name() {
		case "name":
			k.name = m
		case "type":
			k.typ = m
		case "doc":
			k.doc = m
		case "default":
			k.def = m
		case "order":
			k.order = m
		case "aliases":
			k.aliases = m
		default:
			k.props++
		}
	}
	return k
}

func (p *parser) readField(f *Field, v jsontext.Value, space string) {
	f.Offset = p.offset(v)
	if v.Kind() != jsontext.Object {
		p.fault(v, "a field must be an object, not %s", v.Kind())
		return
	}
	k := readFieldKeys(v)
	if k.name.Kind() != jsontext.String {
		p.fault(v, "a field needs the key \"name\" with a string")
	} else {
		f.Name = k.name.Text()
		if fault := nameFault(f.Name, p.strict); fault != "" {
			p.fault(k.name, "field: %s", fault)
		}
	}
	if !k.typ.Exists() {
		p.fault(v, "the field %s needs the key \"type\"", quoted(f.Name))
		f.Type = p.newType(broken, v)
	} else {
		p.read(&f.Type, k.typ, scope{space: space})
	}
	if k.doc.Kind() == jsontext.String {
		f.Doc, f.HasDoc = k.doc.Text(), true
	}
	p.readOrder(f, k.order)
	if k.def.Exists() {
		p.readDefault(f, k.def)
	}
	if aliases := p.readAliases(k.aliases); len(aliases) > 0 {
		f.Aliases = distinct(aliases, func(alias string) string { return alias })
	}
	if k.props > 0 {
		f.Props = readFieldProps(v, k.props)
	}
}

func readFieldProps(v jsontext.Value, n int) []Property {
	props := make([]Property, 0, n)
	for m := v.First(); m.Exists(); m = m.Next() {
		switch m.Name() {
		case "name", "type", "doc", "default", "order", "aliases":
			continue
		}
		props = append(props, Property{m.Name(), newValue(m)})
	}
	return props
}

func (p *parser) readOrder(f *Field, v jsontext.Value) {
	if !v.Exists() {
		return
	}
	switch strings.ToLower(v.Text()) {
	case "ascending":
	case "descending":
		f.Order = Descending
	case "ignore":
		f.Order = Ignore
	default:
		p.fault(v, "the order of a field must be \"ascending\", \"descending\" or \"ignore\"")
	}
}

// indexFields refuses two fields of one name, and orders large records by
// name for Named.Field.
func (p *parser) indexFields(n *Named, at jsontext.Value) {
	if len(n.Fields) <= fewFields {
		for i := range n.Fields {
			for j := range i {
				if n.Fields[i].Name == n.Fields[j].Name {
					p.fieldTwice(n, i, at)
				}
			}
		}
		return
	}
	n.byName = make([]int32, len(n.Fields))
	for i := range n.byName {
		n.byName[i] = int32(i)
	}
	slices.SortFunc(n.byName, func(a, b int32) int {
		if c := strings.Compare(n.Fields[a].Name, n.Fields[b].Name); c != 0 {
			return c
		}
		return int(a - b)
	})
	for i, id := range n.byName[1:] {
		if n.Fields[id].Name == n.Fields[n.byName[i]].Name {
			p.fieldTwice(n, int(id), at)
		}
	}
}

func (p *parser) fieldTwice(n *Named, i int, fields jsontext.Value) {
	if len(p.faults) >= maxFaults {
		return
	}
	v := fields.First()
	for range i {
		v = v.Next()
	}
	if n.Fields[i].Name != "" {
		p.fault(v, "the record %s has the field %s twice", quoted(n.Full), quoted(n.Fields[i].Name))
	}
}

// Field gives the field of a name and its place among the fields; -1 for
// none.
func (n *Named) Field(name string) (*Field, int) {
	if n.byName == nil {
		for i := range n.Fields {
			if n.Fields[i].Name == name {
				return &n.Fields[i], i
			}
		}
		return nil, -1
	}
	at, found := slices.BinarySearchFunc(n.byName, name, func(id int32, name string) int {
		return strings.Compare(n.Fields[id].Name, name)
	})
	if !found {
		return nil, -1
	}
	id := n.byName[at]
	return &n.Fields[id], int(id)
}

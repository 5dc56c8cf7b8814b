package protobuf

import (
	"strings"

	"github.com/weir-registry/weir/schema"
)

// Outline describes messages, groups and enums, each before what is nested in
// it. Docs are those of confluent/meta.proto: comments are no part of a
// stored schema. The members of a oneof are fields of their message.
func (s *Schema) Outline() *schema.Outline {
	o := &outliner{schema: s, out: &schema.Outline{Doc: doc(s.file.Options, fileMeta), RecordName: s.RecordName()}}
	o.messages(s.file.Package, "", s.file.Messages)
	o.enums(s.file.Package, "", s.file.Enums)
	return o.out
}

type outliner struct {
	schema *Schema
	out    *schema.Outline
}

func (o *outliner) messages(scope, path string, list []*Message) {
	for _, m := range list {
		if m.Entry() {
			continue
		}
		name, tagPath := join(scope, m.Name), join(path, m.Name)
		r := schema.Record{
			Name: name, TagPath: tagPath, Kind: "message",
			Doc: doc(m.Options, messageMeta), Tags: tags(m.Options, messageMeta),
		}
		groups := m.Groups
		r.Fields = o.fields(r.Fields, name, tagPath, m.Fields)
		for _, one := range m.Oneofs {
			r.Fields = o.fields(r.Fields, name, tagPath, one.Fields)
			groups = append(groups[:len(groups):len(groups)], one.Groups...)
		}
		for _, g := range groups {
			r.Fields = append(r.Fields, groupField(name, tagPath, g))
		}
		o.out.Records = append(o.out.Records, r)
		for _, g := range groups {
			inner := schema.Record{Name: join(name, g.Name), TagPath: join(tagPath, g.Name), Kind: "message"}
			inner.Fields = o.fields(nil, name, inner.TagPath, g.Fields)
			o.out.Records = append(o.out.Records, inner)
		}
		o.messages(name, tagPath, m.Messages)
		o.enums(name, tagPath, m.Enums)
	}
}

func (o *outliner) enums(scope, path string, list []*Enum) {
	for _, e := range list {
		r := schema.Record{
			Name: join(scope, e.Name), TagPath: join(path, e.Name), Kind: "enum",
			Doc: doc(e.Options, enumMeta), Tags: tags(e.Options, enumMeta),
		}
		for _, c := range e.Constants {
			r.Symbols = append(r.Symbols, c.Name)
		}
		o.out.Records = append(o.out.Records, r)
	}
}

func (o *outliner) fields(out []schema.Field, scope, path string, list []*Field) []schema.Field {
	for _, f := range list {
		field := schema.Field{
			Name: f.Name, RuntimeName: runtimeName(f), TagPath: join(path, f.Name),
			Doc: doc(f.Options, fieldMeta), Tags: tags(f.Options, fieldMeta),
			Required: f.Label == Required, Number: f.Number,
		}
		if f.Default != nil {
			field.Default = *f.Default
		}
		key, name, inner := f.Key, f.Type, scope
		if d, ok := o.schema.names.typ(scope, f.Type); ok && !f.Map() && d.Message != nil && d.Message.Entry() {
			if k, v := d.Message.EntryFields(); k != nil && v != nil {
				key, name, inner = k.Type, v.Type, d.Name
			}
		}
		if d, ok := o.schema.names.typ(inner, name); ok && !Scalar(name) {
			name, field.Ref = d.Name, d.Name
		}
		switch {
		case key != "":
			field.Type = "map<" + key + ", " + name + ">"
		case f.Label == Repeated:
			field.Type = "repeated " + name
		case f.Label == Optional:
			field.Type = "optional " + name
		default:
			field.Type = name
		}
		out = append(out, field)
	}
	return out
}

func groupField(scope, path string, g *Group) schema.Field {
	name := strings.ToLower(g.Name)
	f := schema.Field{
		Name: name, RuntimeName: name, TagPath: join(path, name), Type: "group " + g.Name,
		Ref: join(scope, g.Name), Required: g.Label == Required, Number: g.Number,
	}
	if g.Label == Repeated {
		f.Type = "repeated " + f.Type
	}
	return f
}

// runtimeName is json_name, or what the JSON form makes of the name: letters
// behind an underscore in upper case, underscores gone.
func runtimeName(f *Field) string {
	if f.JSONName != nil {
		return *f.JSONName
	}
	return camel(f.Name, false)
}

// camel drops underscores and raises the letters behind them, and the first
// one when asked.
func camel(name string, first bool) string {
	var b strings.Builder
	raise := first
	for i := range len(name) {
		c := name[i]
		if c == '_' {
			raise = true
			continue
		}
		if raise && c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		raise = false
		b.WriteByte(c)
	}
	return b.String()
}

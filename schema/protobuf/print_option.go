package protobuf

import (
	"slices"
	"strings"
)

// printed are the options of a field with default and json_name, which stand
// behind the others in the canonical text and among them in the normal one.
func (f *Field) printed(normal bool) []Option {
	if f.Default == nil && f.JSONName == nil {
		return f.Options
	}
	list := slices.Clone(f.Options)
	if f.Default != nil {
		// The quotes go by the type of the field: bytes and enum defaults are
		// bare words (compatibility.md 3.2).
		v := Value{Text: *f.Default}
		if f.Type == "string" && !f.Map() {
			v.Kind = Quoted
		}
		list = append(list, Option{Part: Part{Name: "default"}, Value: v})
	}
	if f.JSONName != nil {
		list = append(list, Option{Part: Part{Name: "json_name"}, Value: Value{Kind: Quoted, Text: *f.JSONName}})
	}
	if normal {
		sortOptions(list)
	}
	return list
}

// sortOptions sorts by the first part of the name, without its parentheses.
func sortOptions(list []Option) {
	slices.SortStableFunc(list, func(a, b Option) int { return strings.Compare(a.Name, b.Name) })
}

// statements writes options as statements.
func (p *printer) statements(list []Option) {
	for i := range list {
		p.text("option ")
		p.option(&list[i])
		p.text(";\n")
	}
}

// brackets writes options in square brackets: one stays on the line, several
// go one per line.
func (p *printer) brackets(list []Option) {
	switch len(list) {
	case 0:
		return
	case 1:
		p.text(" [")
		p.option(&list[0])
		p.text("]")
		return
	}
	p.text(" [\n")
	p.inside(func() {
		for i := range list {
			p.option(&list[i])
			p.comma(i, len(list))
		}
	})
	p.text("]")
}

func (p *printer) comma(i, n int) {
	if i < n-1 {
		p.text(",")
	}
	p.text("\n")
}

func (p *printer) option(o *Option) {
	p.texts(o.label(), " = ")
	if o.Value.Kind == List && len(o.Value.Items) == 1 {
		p.text("[")
		p.value(&o.Value.Items[0])
		p.text("]")
		return
	}
	p.value(&o.Value)
}

func (p *printer) value(v *Value) {
	switch v.Kind {
	case Quoted:
		p.texts(`"`, escaped(v.Text), `"`)
	case Literal:
		p.text("{\n")
		p.inside(func() {
			for i := range v.Entries {
				p.texts(v.Entries[i].Key, ": ")
				p.value(&v.Entries[i].Value)
				p.comma(i, len(v.Entries))
			}
		})
		p.text("}")
	case List:
		p.text("[\n")
		p.inside(func() {
			for i := range v.Items {
				p.value(&v.Items[i])
				p.comma(i, len(v.Items))
			}
		})
		p.text("]")
	default:
		p.text(v.Text)
	}
}

// escaped gives a string with the escapes of compatibility.md 3.2; everything
// else is raw.
func escaped(s string) string {
	if !strings.ContainsAny(s, "\a\b\f\n\r\t\v\\'\"") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if at := strings.IndexByte("\a\b\f\n\r\t\v\\'\"", s[i]); at >= 0 {
			b.WriteByte('\\')
			b.WriteByte(`abfnrtv\'"`[at])
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

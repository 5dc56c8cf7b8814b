package diff

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema/avro"
)

// tagsProperty holds the inline tags (catalog-api.md section 9).
const tagsProperty = "confluent:tags"

// avroTree reads an Avro schema: its named types, those of references with
// them, each with its fields or symbols. The root is the only record that is
// known without its name.
func avroTree(s *avro.Schema) *tree {
	r := avroReader{tree: &tree{root: &element{}, places: map[int]*element{}, avroRoot: s.Root()}, seen: map[*avro.Named]bool{}}
	root := s.Root()
	var text typeText
	r.typeText(&text, root)
	text.attribute(r.tree.root)
	r.properties(r.tree.root, root, "")
	r.root = root.Named
	r.types(r.tree.root, root)
	return r.tree
}

type avroReader struct {
	tree *tree
	seen map[*avro.Named]bool
	root *avro.Named
}

// types reads the named types that a type leads to; owner is where its nodes
// are written.
func (r *avroReader) types(owner *element, t *avro.Type) {
	if t.Items != nil {
		r.place(t.Offset, owner)
		r.types(owner, t.Items)
	}
	for _, b := range t.Branches {
		r.types(owner, b)
	}
	if t.Named == nil {
		r.place(t.Offset, owner)
		return
	}
	if !r.seen[t.Named] {
		r.seen[t.Named] = true
		r.named(t)
	}
}

// place notes where an element is written; what came out of a reference has no
// place. A definition inside a field begins where the field's type does, so the
// first to say so is the wider one and the definition wins.
func (r *avroReader) place(offset int32, e *element) {
	if offset >= 0 && e.parent != nil {
		r.tree.places[int(offset)] = e
	}
}

func (r *avroReader) named(t *avro.Type) {
	n := t.Named
	e := r.tree.root.add(&element{
		family: records, noun: t.Kind.String(), name: n.Full, short: n.Short, base: n.Full, tagBase: n.Full,
		text: func() string { return t.Fragment() },
	})
	if n == r.root {
		e.number, e.numbered = 1, true
	}
	kind := t.Kind.String()
	if n.Error {
		kind = "error"
	}
	e.attribute(TypeChanged, "", kind)
	e.attribute(DocChanged, "", n.Doc)
	var aliases []string
	for i := range n.Aliases {
		e.aliases = append(e.aliases, n.Aliases[i].Full)
		aliases = append(aliases, n.Aliases[i].Full)
	}
	e.attribute(AliasesChanged, "", strings.Join(aliases, ", "))
	if t.Kind == avro.Fixed {
		e.attribute(ConstraintAdded, "size", strconv.Itoa(int(n.Size)))
	}
	if n.HasDefault {
		e.attribute(DefaultChanged, "", n.Default)
	}
	if l, ok := t.Logical(); ok {
		e.attribute(ConstraintAdded, "logicalType", logicalText(l))
	}
	e.tags(avroTags(t.Props))
	r.properties(e, t, "")
	r.place(t.Offset, e)
	for i, symbol := range n.Symbols {
		e.add(&element{family: symbols, name: symbol, owned: true, text: func() string { return n.Symbols[i] }})
	}
	for i := range n.Fields {
		r.field(e, &n.Fields[i])
	}
	e.ordered = []*family{fields, symbols}
}

func (r *avroReader) field(record *element, f *avro.Field) {
	e := record.add(&element{
		family: fields, name: f.Name, aliases: f.Aliases, label: "." + f.Name, tagLabel: "." + f.Name,
		text: f.Fragment,
	})
	var text typeText
	r.typeText(&text, f.Type)
	text.attribute(e)
	e.attribute(DefaultChanged, "", string(f.Default))
	e.attribute(DocChanged, "", f.Doc)
	e.attribute(AliasesChanged, "", strings.Join(f.Aliases, ", "))
	e.tags(avroTags(f.Props))
	for _, p := range f.Props {
		if p.Name != tagsProperty {
			e.attribute(PropertyAdded, p.Name, string(p.Value))
		}
	}
	if f.Order != avro.Ascending {
		e.attribute(PropertyAdded, "order", f.Order.String())
	}
	r.place(f.Offset, e)
	if f.Type.Named == nil {
		r.properties(e, f.Type, "type.")
	}
	r.types(e, f.Type)
}

// properties notes what the language does not know of a type, and of the
// nameless types inside it.
func (r *avroReader) properties(e *element, t *avro.Type, prefix string) {
	_, logical := t.Logical()
	for _, p := range t.Props {
		switch p.Name {
		case tagsProperty:
			continue
		case "logicalType", "precision", "scale":
			if logical {
				continue
			}
		}
		e.attribute(PropertyAdded, prefix+p.Name, string(p.Value))
	}
	if prefix == "" {
		return
	}
	if t.Items != nil && t.Items.Named == nil {
		r.properties(e, t.Items, prefix+"items.")
	}
	for i, b := range t.Branches {
		if b.Named == nil {
			r.properties(e, b, prefix+strconv.Itoa(i)+".")
		}
	}
}

// typeText writes a type as people read it: "array<com.acme.Line>", "string?",
// "bytes (decimal(9, 2))".
func (r *avroReader) typeText(out *typeText, t *avro.Type) {
	switch {
	case t.Named != nil:
		out.name(t.Named.Full)
		return
	case t.Kind == avro.Union:
		r.unionText(out, t)
		return
	case t.Items != nil:
		out.word(t.Kind.String() + "<")
		r.typeText(out, t.Items)
		out.word(">")
		return
	}
	out.word(t.Kind.String())
	if l, ok := t.Logical(); ok {
		out.word(" (" + logicalText(l) + ")")
	}
}

// unionText writes the branches in their order; one with null in front, and one
// other type, is optional.
func (r *avroReader) unionText(out *typeText, t *avro.Type) {
	if len(t.Branches) == 2 && t.Branches[0].Kind == avro.Null && t.Branches[1].Kind != avro.Null {
		r.typeText(out, t.Branches[1])
		out.word("?")
		return
	}
	for i, b := range t.Branches {
		if i > 0 {
			out.word(" | ")
		}
		r.typeText(out, b)
	}
	if len(t.Branches) == 0 {
		out.word("nothing")
	}
}

func logicalText(l avro.Logical) string {
	if l.Name == "decimal" {
		return fmt.Sprintf("decimal(%d, %d)", l.Precision, l.Scale)
	}
	return l.Name
}

// avroTags are the tags among properties.
func avroTags(props []avro.Property) []string {
	for _, p := range props {
		if p.Name != tagsProperty {
			continue
		}
		var list []any
		if json.Unmarshal([]byte(p.Value), &list) != nil {
			return nil
		}
		var tags []string
		for _, x := range list {
			if tag, ok := x.(string); ok {
				tags = append(tags, tag)
			}
		}
		return tags
	}
	return nil
}

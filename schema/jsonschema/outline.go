package jsonschema

import (
	"strings"

	"github.com/weir-registry/weir/schema"
)

// Outline describes the objects of the schema with their properties, and the
// named enums, for the catalog. References are told by the record that they
// lead to in the same text.
func (s *Schema) Outline() *schema.Outline {
	o := &outliner{root: s.document.bridged, rootValue: s.document.root, records: make(map[*Value]string)}
	values := make(map[string]*Value)
	all := entities(s.document.root)
	of := properties(all)
	for _, e := range all {
		if e.kind == schema.RecordEntity {
			o.records[e.value], values[e.path] = e.path, e.value
		}
	}
	enums := o.enums(s.document.root)
	out := &schema.Outline{Doc: docOf(s.document.root), RecordName: s.RecordName(), Holds: o.holds(s.document.root)}
	at := make(map[string]int)
	for _, e := range all {
		if e.kind == schema.RecordEntity {
			at[e.path] = len(out.Records)
			out.Records = append(out.Records, schema.Record{
				Name: e.path, TagPath: e.path, Doc: docOf(e.value), Tags: of.tags(e), Kind: "object", Holds: o.holds(e.value),
			})
		}
	}
	for _, e := range all {
		if e.kind != schema.FieldEntity {
			continue
		}
		r := &out.Records[at[e.record]]
		r.Fields = append(r.Fields, o.field(e))
	}
	for i := range out.Records {
		o.finish(&out.Records[i], values[out.Records[i].Name])
	}
	out.Records = append(out.Records, enums...)
	return out
}

type outliner struct {
	root      *Value // as references see it
	rootValue *Value
	records   map[*Value]string
}

func docOf(v *Value) string {
	for _, keyword := range []string{"description", "title"} {
		if doc := v.Get(keyword); doc != nil && doc.kind == StringValue && doc.text != "" {
			return doc.text
		}
	}
	return ""
}

func (o *outliner) field(e entity) schema.Field {
	f := schema.Field{
		Name: e.name, RuntimeName: e.name, TagPath: e.path, Type: o.typeText(e.value, 0), Ref: o.refOf(e.value, 0), Holds: o.holds(e.value),
		Doc: docOf(e.value), Tags: tagsOf(e.value),
	}
	if v := e.value.Get("default"); v != nil {
		f.Default = v.Text()
	}
	return f
}

// finish marks the required fields of a record and puts its fields in the
// order of the text.
func (o *outliner) finish(r *schema.Record, v *Value) {
	required := make(map[string]bool)
	if list := v.Get("required"); list != nil {
		for _, item := range list.items {
			required[item.text] = true
		}
	}
	byName := make(map[string]schema.Field, len(r.Fields))
	for _, f := range r.Fields {
		byName[f.Name] = f
	}
	r.Fields = r.Fields[:0]
	properties := v.Get("properties")
	if properties == nil {
		return
	}
	for _, m := range properties.members {
		if f, ok := byName[m.Key]; ok {
			f.Required = required[m.Key]
			r.Fields = append(r.Fields, f)
		}
	}
}

// enums are the definitions that list texts; they are records from here on.
func (o *outliner) enums(root *Value) []schema.Record {
	var list []schema.Record
	home := ""
	if isObject(root) {
		home = "object"
	}
	for _, keyword := range []string{"definitions", "$defs"} {
		defs := root.Get(keyword)
		if defs == nil {
			continue
		}
		for _, m := range defs.members {
			if symbols := symbolsOf(m.Value); symbols != nil {
				path := step(home, keyword, m.Key)
				o.records[m.Value] = path
				list = append(list, schema.Record{Name: path, TagPath: path, Doc: docOf(m.Value), Kind: "enum", Symbols: symbols})
			}
		}
	}
	return list
}

// symbolsOf gives the values of an enum of texts.
func symbolsOf(v *Value) []string {
	enum := v.Get("enum")
	if enum == nil {
		return nil
	}
	var symbols []string
	for _, item := range enum.items {
		if item.kind == StringValue {
			symbols = append(symbols, item.text)
		}
	}
	return symbols
}

// maxTypeDepth is how deeply a type text looks into lists and choices.
const maxTypeDepth = 4

// local gives the target of a reference within the same text.
func (o *outliner) local(v *Value) *Value {
	ref := v.Get("$ref")
	if ref == nil || !strings.HasPrefix(ref.text, "#") {
		return nil
	}
	target := o.root
	for _, name := range strings.Split(strings.TrimPrefix(ref.text, "#"), "/")[1:] {
		if target = stepInto(target, name); target == nil {
			return nil
		}
	}
	return target
}

// refOf names the record that the values of a field hold.
func (o *outliner) refOf(v *Value, depth int) string {
	if depth > maxTypeDepth || v == nil || v.kind != ObjectValue {
		return ""
	}
	if target := o.local(v); target != nil {
		if target == o.root {
			return "object"
		}
		return o.refOf(target, depth+1)
	}
	if path, ok := o.records[v]; ok {
		return path
	}
	if items := v.Get("items"); items != nil {
		return o.refOf(items, depth+1)
	}
	for _, keyword := range []string{"oneOf", "anyOf", "allOf"} {
		if list := v.Get(keyword); list != nil {
			for _, branch := range list.items {
				if path := o.refOf(branch, depth+1); path != "" {
					return path
				}
			}
		}
	}
	return ""
}

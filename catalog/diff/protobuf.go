package diff

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// protobufTree reads a Protobuf file: its messages and enums at any depth, each
// under its name without the package, its extensions and its services. Docs and
// tags are those of confluent/meta.proto, as the outline has them.
func protobufTree(s *protobuf.Schema) *tree {
	r := protobufReader{
		schema: s, tree: &tree{root: &element{}, places: map[int]*element{}},
		outline: map[string]*schema.Record{}, described: map[member]*schema.Field{},
	}
	o := s.Outline()
	for i := range o.Records {
		x := &o.Records[i]
		r.outline[x.Name] = x
		for j := range x.Fields {
			f := &x.Fields[j]
			r.described[member{x.Name, f.Name, f.Number}] = f
		}
	}
	f, root := s.File(), r.tree.root
	syntax := f.Syntax
	if syntax == "" {
		syntax = "proto2"
	}
	root.attribute(PropertyAdded, "syntax", syntax)
	root.attribute(NamespaceChanged, "", f.Package)
	root.attribute(DocChanged, "", o.Doc)
	root.ordered = []*family{records}
	for _, i := range f.Imports {
		text := "import"
		if i.Public {
			text = "public import"
		}
		root.attribute(PropertyAdded, "import "+i.Path, text)
	}
	r.options(root, f.Options)
	r.messages(root, f.Package, "", f.Messages)
	r.enums(root, f.Package, "", f.Enums)
	r.extends(root, f.Package, "", f.Extends)
	for _, x := range f.Services {
		r.service(x)
	}
	return r.tree
}

type protobufReader struct {
	schema *protobuf.Schema
	tree   *tree
	// outline and described have the docs and tags of records and fields.
	outline   map[string]*schema.Record
	described map[member]*schema.Field
}

// member names a field of a record for good.
type member struct {
	record, name string
	number       int32
}

// definition adds a record. All of them are children of the root, as they are
// found again by their whole name.
func (r *protobufReader) definition(noun, scope, path, name string, offset int) *element {
	local := dotted(path, name)
	e := r.tree.root.add(&element{
		family: records, noun: noun, name: local, base: dotted(scope, name), tagBase: local,
		text: func() string { return noun + " " + name },
	})
	if noun == "extension" {
		e.untagged = true
	}
	r.place(offset, e)
	return e
}

// place notes where an element is written. A descriptor has no places.
func (r *protobufReader) place(offset int, e *element) {
	if _, taken := r.tree.places[offset]; !taken {
		r.tree.places[offset] = e
	}
}

func (r *protobufReader) messages(parent *element, scope, path string, list []*protobuf.Message) {
	for _, m := range list {
		name, local := dotted(scope, m.Name), dotted(path, m.Name)
		e := r.definition("message", scope, path, m.Name, m.Offset)
		parent.step(m.Name, e)
		r.describe(e, name)
		for _, x := range m.Reserved {
			reserved(e, x)
		}
		for _, x := range m.Extensions {
			for _, s := range x.Spans {
				e.attribute(ConstraintAdded, "extensions "+spanText(s), spanText(s))
			}
		}
		r.options(e, m.Options)
		r.fields(e, name, "", m.Fields)
		groups := r.groups(e, name, local, "", m.Groups)
		for _, o := range m.Oneofs {
			x := e.add(&element{family: oneofs, name: o.Name, label: "." + o.Name, untagged: true, text: func() string { return "oneof " + o.Name }})
			e.step(o.Name, x)
			r.place(o.Offset, x)
			r.options(x, o.Options)
			r.fields(e, name, o.Name, o.Fields)
			groups = append(groups, r.groups(e, name, local, o.Name, o.Groups)...)
		}
		for _, g := range groups {
			inner := r.definition("group", name, local, g.Name, g.Offset)
			r.fields(inner, name, "", g.Fields)
		}
		r.extends(e, name, local, m.Extends)
		r.messages(e, name, local, m.Messages)
		r.enums(e, name, local, m.Enums)
	}
}

// describe notes what the outline says of a record.
func (r *protobufReader) describe(e *element, name string) {
	if x := r.outline[name]; x != nil {
		e.attribute(DocChanged, "", x.Doc)
		e.tags(x.Tags)
	}
}

// fields adds fields; oneof is the one that they stand in. They are all
// children of their message, so that one that moves is found again.
func (r *protobufReader) fields(record *element, scope, oneof string, list []*protobuf.Field) {
	for _, f := range list {
		e := record.add(&element{
			family: fields, name: f.Name, number: f.Number, numbered: true,
			label: "." + f.Name, tagLabel: "." + f.Name, text: f.String,
		})
		record.step(strconv.Itoa(int(f.Number)), e)
		r.place(f.Offset, e)
		var text typeText
		r.typeText(&text, scope, f)
		text.attribute(e)
		e.attribute(NumberChanged, "", strconv.Itoa(int(f.Number)))
		e.attribute(FieldMoved, "", oneof)
		e.attribute(RequiredChanged, "", requiredText(f.Label))
		if f.Default != nil {
			e.attribute(DefaultChanged, "", strconv.Quote(*f.Default))
		}
		if f.JSONName != nil {
			e.attribute(PropertyAdded, "json_name", *f.JSONName)
		}
		if x := r.described[member{record.base, f.Name, f.Number}]; x != nil {
			e.attribute(DocChanged, "", x.Doc)
			e.tags(x.Tags)
		}
		r.options(e, f.Options)
	}
}

func requiredText(l protobuf.Label) string {
	if l == protobuf.Required {
		return "required"
	}
	return ""
}

// groups adds the fields of groups, and gives the groups.
func (r *protobufReader) groups(record *element, scope, path, oneof string, list []*protobuf.Group) []*protobuf.Group {
	for _, g := range list {
		name := strings.ToLower(g.Name)
		e := record.add(&element{
			family: fields, name: name, number: g.Number, numbered: true, label: "." + name, tagLabel: "." + name,
			text: func() string { return fmt.Sprintf("group %s = %d", g.Name, g.Number) },
		})
		record.step(strconv.Itoa(int(g.Number)), e)
		var text typeText
		if g.Label == protobuf.Repeated {
			text.word("repeated ")
		}
		text.word("group ")
		text.name(dotted(path, g.Name))
		text.attribute(e)
		e.attribute(NumberChanged, "", strconv.Itoa(int(g.Number)))
		e.attribute(FieldMoved, "", oneof)
		e.attribute(RequiredChanged, "", requiredText(g.Label))
	}
	return list[:len(list):len(list)]
}

func (r *protobufReader) enums(parent *element, scope, path string, list []*protobuf.Enum) {
	for _, x := range list {
		e := r.definition("enum", scope, path, x.Name, x.Offset)
		parent.step(x.Name, e)
		r.describe(e, dotted(scope, x.Name))
		for _, span := range x.Reserved {
			reserved(e, span)
		}
		r.options(e, x.Options)
		for _, c := range x.Constants {
			s := e.add(&element{
				family: symbols, name: c.Name, number: c.Number, numbered: true, owned: true,
				text: func() string { return c.Name + " = " + strconv.Itoa(int(c.Number)) },
			})
			s.attribute(NumberChanged, "", strconv.Itoa(int(c.Number)))
			r.place(c.Offset, s)
			r.options(s, c.Options)
		}
	}
}

// extends adds the fields of each extended message as a record.
func (r *protobufReader) extends(parent *element, scope, path string, list []*protobuf.Extend) {
	for _, x := range list {
		e := r.definition("extension", scope, path, "extend "+x.Name, x.Offset)
		parent.step("extend "+x.Name, e)
		r.fields(e, scope, "", x.Fields)
		r.groups(e, scope, path, "", x.Groups)
	}
}

func (r *protobufReader) service(x *protobuf.Service) {
	name := dotted(r.schema.File().Package, x.Name)
	e := r.tree.root.add(&element{
		family: services, name: x.Name, base: name, untagged: true,
		text: func() string { return "service " + x.Name },
	})
	r.options(e, x.Options)
	for _, c := range x.RPCs {
		m := e.add(&element{family: methods, name: c.Name, label: "." + c.Name, text: func() string { return methodText(c) }})
		m.attribute(TypeChanged, "", methodText(c))
		r.options(m, c.Options)
	}
}

func methodText(c *protobuf.RPC) string {
	stream := map[bool]string{true: "stream "}
	return "(" + stream[c.RequestStreaming] + c.Request + ") returns (" + stream[c.ReplyStreaming] + c.Response + ")"
}

// reserved notes each reserved name and number by itself.
func reserved(e *element, x protobuf.Reserved) {
	for _, s := range x.Spans {
		e.attribute(ConstraintAdded, "reserved "+spanText(s), spanText(s))
	}
}

func spanText(s protobuf.Span) string {
	switch {
	case s.Named:
		return strconv.Quote(s.Name)
	case s.Range:
		return fmt.Sprintf("%d to %d", s.Start, s.End)
	}
	return strconv.Itoa(int(s.Start))
}

// typeText writes the type of a field with its label; a name of this file's own
// without its package, as the file may move to another.
func (r *protobufReader) typeText(out *typeText, scope string, f *protobuf.Field) {
	if f.Label == protobuf.Repeated || f.Label == protobuf.Optional {
		out.word(string(f.Label) + " ")
	}
	if f.Map() {
		out.word("map<" + f.Key + ", ")
		defer out.word(">")
	}
	if protobuf.Scalar(f.Type) {
		out.word(f.Type)
		return
	}
	d, ok := r.schema.Resolve(scope, f.Type)
	switch {
	case !ok:
		out.word(f.Type)
	case d.Place.Kind == protobuf.Own:
		out.name(d.Local())
	default:
		out.word(d.Name)
	}
}

func dotted(scope, name string) string {
	if scope == "" {
		return name
	}
	return scope + "." + name
}

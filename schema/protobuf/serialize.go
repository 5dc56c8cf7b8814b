package protobuf

import (
	"encoding/base64"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/weir-registry/weir/schema"
)

// serialized gives the descriptor in base64 (compatibility.md 3.2). A text
// that has none answers *schema.InvalidError (9.3).
func (s *Schema) serialized() (string, error) {
	if err := invalid(schema.StageValidate, s.undescribable()); err != nil {
		return "", err
	}
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(s.descriptor())
	if err != nil {
		return "", schema.Invalid(schema.Protobuf, schema.StageValidate, schema.Position{}, "%s", err)
	}
	return base64.StdEncoding.EncodeToString(raw), nil
}

// describer turns a tree into the descriptor that the wire gives it: names of
// types as written, groups left out, options of the language and Confluent's
// own kept.
type describer struct {
	names *universe
}

func (s *Schema) descriptor() descriptorProto {
	w := &describer{names: s.names}
	return w.file(s.file, "default")
}

func (w *describer) file(f *File, name string) descriptorProto {
	d := &descriptorpb.FileDescriptorProto{Name: &name}
	if f.Package != "" {
		d.Package = &f.Package
	}
	if f.Syntax != "" {
		d.Syntax = &f.Syntax
	}
	for _, i := range f.Imports {
		if !w.names.provides(i.Path) {
			continue
		}
		if i.Public {
			d.PublicDependency = append(d.PublicDependency, int32(len(d.Dependency)))
		}
		d.Dependency = append(d.Dependency, i.Path)
	}
	for _, m := range f.Messages {
		d.MessageType = append(d.MessageType, w.message(f.Package, m))
	}
	for _, e := range f.Enums {
		d.EnumType = append(d.EnumType, w.enum(e))
	}
	d.Extension = w.extends(f.Package, f.Extends)
	for _, s := range f.Services {
		d.Service = append(d.Service, w.service(s))
	}
	if o := (&descriptorpb.FileOptions{}); setOptions(o, f.Options) {
		d.Options = o
	}
	return d
}

// provides says whether an import path names a text of the closure or a
// bundled one.
func (u *universe) provides(path string) bool {
	return u.unitAt(path) != nil
}

func (w *describer) message(scope string, m *Message) *descriptorpb.DescriptorProto {
	d := &descriptorpb.DescriptorProto{Name: &m.Name}
	inner := join(scope, m.Name)
	for i, o := range m.Oneofs {
		decl := &descriptorpb.OneofDescriptorProto{Name: &o.Name, Options: &descriptorpb.OneofOptions{}}
		setOptions(decl.Options, o.Options)
		d.OneofDecl = append(d.OneofDecl, decl)
		for _, f := range o.Fields {
			field := w.field(inner, f)
			field.Label = descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum()
			field.OneofIndex = proto.Int32(int32(i))
			d.Field = append(d.Field, field)
		}
	}
	for _, f := range m.Fields {
		d.Field = append(d.Field, w.field(inner, f))
	}
	for _, n := range m.Messages {
		d.NestedType = append(d.NestedType, w.message(inner, n))
	}
	for i, f := range d.Field[len(d.Field)-len(m.Fields):] {
		source := m.Fields[i]
		if source.Map() {
			d.NestedType = append(d.NestedType, w.entry(inner, source))
		}
		if source.Label == Optional && w.proto3() {
			f.Proto3Optional = proto.Bool(true)
			f.OneofIndex = proto.Int32(int32(len(d.OneofDecl)))
			d.OneofDecl = append(d.OneofDecl, &descriptorpb.OneofDescriptorProto{
				Name: proto.String("_" + source.Name), Options: &descriptorpb.OneofOptions{},
			})
		}
	}
	for _, e := range m.Enums {
		d.EnumType = append(d.EnumType, w.enum(e))
	}
	for _, x := range m.Extensions {
		for _, s := range x.Spans {
			r := &descriptorpb.DescriptorProto_ExtensionRange{
				Start: proto.Int32(s.Start), End: proto.Int32(after(s.End)), Options: &descriptorpb.ExtensionRangeOptions{},
			}
			setOptions(r.Options, x.Options)
			d.ExtensionRange = append(d.ExtensionRange, r)
		}
	}
	d.Extension = w.extends(inner, m.Extends)
	for _, r := range m.Reserved {
		for _, s := range r.Spans {
			if s.Named {
				d.ReservedName = append(d.ReservedName, s.Name)
				continue
			}
			d.ReservedRange = append(d.ReservedRange, &descriptorpb.DescriptorProto_ReservedRange{
				Start: proto.Int32(s.Start), End: proto.Int32(after(s.End)),
			})
		}
	}
	if o := (&descriptorpb.MessageOptions{}); setOptions(o, m.Options) {
		d.Options = o
	}
	return d
}

// after is the exclusive end of a range.
func after(end int32) int32 { return min(end, maxNumber) + 1 }

func (w *describer) proto3() bool { return w.names.own.file.Syntax == "proto3" }

func (w *describer) field(scope string, f *Field) *descriptorpb.FieldDescriptorProto {
	d := &descriptorpb.FieldDescriptorProto{Name: &f.Name, Number: &f.Number, JsonName: f.JSONName, DefaultValue: f.Default}
	switch f.Label {
	case Optional:
		d.Label = descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum()
	case Required:
		d.Label = descriptorpb.FieldDescriptorProto_LABEL_REQUIRED.Enum()
	case Repeated:
		d.Label = descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum()
	}
	if f.Map() {
		d.Label = descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum()
		d.TypeName = proto.String(entryName(f.Name))
	} else {
		w.typ(d, scope, f.Type)
	}
	if o := (&descriptorpb.FieldOptions{}); setOptions(o, f.Options) {
		d.Options = o
	}
	return d
}

// typ sets type and type name. A type that is a map entry message has no
// type, as that of a map has none.
func (w *describer) typ(d *descriptorpb.FieldDescriptorProto, scope, name string) {
	if Scalar(name) {
		d.Type = descriptorpb.FieldDescriptorProto_Type(
			descriptorpb.FieldDescriptorProto_Type_value["TYPE_"+strings.ToUpper(name)]).Enum()
		return
	}
	d.TypeName = &name
	found, ok := w.names.typ(scope, name)
	switch {
	case ok && found.Enum != nil:
		d.Type = descriptorpb.FieldDescriptorProto_TYPE_ENUM.Enum()
	case ok:
		d.Type = descriptorpb.FieldDescriptorProto_TYPE_MESSAGE.Enum()
	}
}

// entryName is the message of a map: the field's name, in camel case only
// when it has an underscore, and Entry.
func entryName(field string) string {
	if strings.Contains(field, "_") {
		field = camel(field, true)
	}
	return field + "Entry"
}

func (w *describer) entry(scope string, f *Field) *descriptorpb.DescriptorProto {
	key := &descriptorpb.FieldDescriptorProto{Name: proto.String("key"), Number: proto.Int32(1)}
	value := &descriptorpb.FieldDescriptorProto{Name: proto.String("value"), Number: proto.Int32(2)}
	w.typ(key, scope, f.Key)
	w.typ(value, scope, f.Type)
	return &descriptorpb.DescriptorProto{
		Name:    proto.String(entryName(f.Name)),
		Field:   []*descriptorpb.FieldDescriptorProto{key, value},
		Options: &descriptorpb.MessageOptions{MapEntry: proto.Bool(true)},
	}
}

func (w *describer) enum(e *Enum) *descriptorpb.EnumDescriptorProto {
	d := &descriptorpb.EnumDescriptorProto{Name: &e.Name}
	for _, c := range e.Constants {
		v := &descriptorpb.EnumValueDescriptorProto{Name: &c.Name, Number: &c.Number}
		if o := (&descriptorpb.EnumValueOptions{}); setOptions(o, c.Options) {
			v.Options = o
		}
		d.Value = append(d.Value, v)
	}
	for _, r := range e.Reserved {
		for _, s := range r.Spans {
			if s.Named {
				d.ReservedName = append(d.ReservedName, s.Name)
				continue
			}
			d.ReservedRange = append(d.ReservedRange, &descriptorpb.EnumDescriptorProto_EnumReservedRange{
				Start: proto.Int32(s.Start), End: proto.Int32(s.End),
			})
		}
	}
	if o := (&descriptorpb.EnumOptions{}); setOptions(o, e.Options) {
		d.Options = o
	}
	return d
}

func (w *describer) extends(scope string, list []*Extend) []*descriptorpb.FieldDescriptorProto {
	var out []*descriptorpb.FieldDescriptorProto
	for _, e := range list {
		for _, f := range e.Fields {
			d := w.field(scope, f)
			d.Extendee = &e.Name
			out = append(out, d)
		}
	}
	return out
}

func (w *describer) service(s *Service) *descriptorpb.ServiceDescriptorProto {
	d := &descriptorpb.ServiceDescriptorProto{Name: &s.Name}
	for _, r := range s.RPCs {
		m := &descriptorpb.MethodDescriptorProto{
			Name: &r.Name, InputType: &r.Request, OutputType: &r.Response,
			ClientStreaming: &r.RequestStreaming, ServerStreaming: &r.ReplyStreaming,
		}
		if o := (&descriptorpb.MethodOptions{}); setOptions(o, r.Options) {
			m.Options = o
		}
		d.Method = append(d.Method, m)
	}
	if o := (&descriptorpb.ServiceOptions{}); setOptions(o, s.Options) {
		d.Options = o
	}
	return d
}

package protobuf

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/weir-registry/weir/schema"
)

// descriptorProto is the form that protoc and the wire give a file.
type descriptorProto = *descriptorpb.FileDescriptorProto

// decodeDescriptor reads a base64 FileDescriptorProto: standard alphabet,
// padding optional, no line break (compatibility.md 2.4).
func decodeDescriptor(text string) (descriptorProto, error) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, errors.New("line break in base64")
	}
	encoding := base64.RawStdEncoding
	if strings.HasSuffix(text, "=") {
		encoding = base64.StdEncoding
	}
	raw, err := encoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	d := &descriptorpb.FileDescriptorProto{}
	// Each message nested in another costs two levels; the bound on messages
	// themselves is fromDescriptor's.
	o := proto.UnmarshalOptions{RecursionLimit: 4 * schema.MaxMessageDepth}
	if err := o.Unmarshal(raw, d); err != nil {
		return nil, err
	}
	return d, nil
}

// descriptorReader turns a descriptor into the tree that its printed text
// would have. Names of types are full, with a leading dot.
type descriptorReader struct {
	proto3 bool
	depth  int
	// named are the types that fields other than groups use by name.
	named map[string]bool
	// custom gives the options that are no part of the language; nil leaves
	// them out.
	custom func(protoreflect.ProtoMessage) []Option
}

func fromDescriptor(d descriptorProto, custom func(protoreflect.ProtoMessage) []Option) (*File, error) {
	r := &descriptorReader{proto3: d.GetSyntax() == "proto3", custom: custom, named: map[string]bool{}}
	r.note(d.Extension)
	r.noteMessages(d.MessageType)
	f := &File{Package: d.GetPackage(), Options: r.options(d.Options)}
	if r.proto3 {
		f.Syntax = "proto3"
	}
	public := map[int32]bool{}
	for _, i := range d.PublicDependency {
		public[i] = true
	}
	weak := map[int32]bool{}
	for _, i := range d.WeakDependency {
		weak[i] = true
	}
	for i, path := range d.Dependency {
		if !weak[int32(i)] {
			f.Imports = append(f.Imports, Import{Path: canonicalPath(path), Public: public[int32(i)]})
		}
	}
	for _, m := range d.MessageType {
		message, err := r.message(m)
		if err != nil {
			return nil, err
		}
		f.Messages = append(f.Messages, message)
	}
	for _, e := range d.EnumType {
		f.Enums = append(f.Enums, r.enum(e))
	}
	f.Extends = r.extends(d.Extension, nil)
	for _, s := range d.Service {
		service := &Service{Name: s.GetName(), Options: r.options(s.Options)}
		for _, m := range s.Method {
			service.RPCs = append(service.RPCs, &RPC{
				Name: m.GetName(), Options: r.options(m.Options),
				Request: m.GetInputType(), RequestStreaming: m.GetClientStreaming(),
				Response: m.GetOutputType(), ReplyStreaming: m.GetServerStreaming(),
			})
		}
		f.Services = append(f.Services, service)
	}
	return f, nil
}

func (r *descriptorReader) message(d *descriptorpb.DescriptorProto) (*Message, error) {
	if r.depth++; r.depth > schema.MaxMessageDepth {
		return nil, fmt.Errorf("messages may be nested %d deep", schema.MaxMessageDepth)
	}
	defer func() { r.depth-- }()
	m := &Message{Name: d.GetName(), Options: r.options(d.Options)}
	for _, o := range d.OneofDecl {
		m.Oneofs = append(m.Oneofs, &Oneof{Name: o.GetName(), Options: r.options(o.Options)})
	}
	groups := map[string]*descriptorpb.DescriptorProto{}
	for _, n := range d.NestedType {
		groups[n.GetName()] = n
	}
	taken := map[string]bool{}
	synthetic := map[int32]bool{}
	for _, field := range d.Field {
		at := -1
		if field.OneofIndex != nil && int(field.GetOneofIndex()) < len(m.Oneofs) && field.GetOneofIndex() >= 0 {
			at = int(field.GetOneofIndex())
			synthetic[int32(at)] = field.GetProto3Optional()
		}
		member := at >= 0 && !field.GetProto3Optional()
		if g := r.group(field, groups, member); g != nil {
			taken[g.Name] = true
			if member {
				m.Oneofs[at].Groups = append(m.Oneofs[at].Groups, g)
			} else {
				m.Groups = append(m.Groups, g)
			}
			continue
		}
		f := r.field(field, member)
		if member {
			m.Oneofs[at].Fields = append(m.Oneofs[at].Fields, f)
		} else {
			m.Fields = append(m.Fields, f)
		}
	}
	declared := m.Oneofs[:0]
	for i, o := range m.Oneofs {
		if !synthetic[int32(i)] {
			declared = append(declared, o)
		}
	}
	m.Oneofs = declared
	m.Extends = r.extends(d.Extension, groups)
	for _, e := range d.Extension {
		if g := r.groupOf(e, groups); g != nil {
			taken[g.GetName()] = true
		}
	}
	for _, n := range d.NestedType {
		if taken[n.GetName()] {
			continue
		}
		nested, err := r.message(n)
		if err != nil {
			return nil, err
		}
		m.Messages = append(m.Messages, nested)
	}
	for _, e := range d.EnumType {
		m.Enums = append(m.Enums, r.enum(e))
	}
	for _, x := range d.ExtensionRange {
		m.Extensions = append(m.Extensions, Extensions{
			Spans: []Span{spanOf(x.GetStart(), x.GetEnd()-1)}, Options: r.options(x.Options),
		})
	}
	for _, x := range d.ReservedRange {
		m.Reserved = append(m.Reserved, Reserved{Spans: []Span{spanOf(x.GetStart(), x.GetEnd()-1)}})
	}
	for _, name := range d.ReservedName {
		m.Reserved = append(m.Reserved, Reserved{Spans: []Span{{Name: name, Named: true}}})
	}
	return m, nil
}

// note keeps the names of types that fields other than groups use.
func (r *descriptorReader) note(fields []*descriptorpb.FieldDescriptorProto) {
	for _, f := range fields {
		if f.GetType() != descriptorpb.FieldDescriptorProto_TYPE_GROUP {
			r.named[f.GetTypeName()] = true
		}
	}
}

func (r *descriptorReader) noteMessages(list []*descriptorpb.DescriptorProto) {
	for _, m := range list {
		r.note(m.Field)
		r.note(m.Extension)
		r.noteMessages(m.NestedType)
	}
}

func spanOf(start, end int32) Span {
	return Span{Start: start, End: end, Range: start != end}
}

// groupOf gives the message of a field that is a group, when that message is
// one that a group can express: fields only, not used by its name elsewhere.
func (r *descriptorReader) groupOf(f *descriptorpb.FieldDescriptorProto, nested map[string]*descriptorpb.DescriptorProto) *descriptorpb.DescriptorProto {
	if f.GetType() != descriptorpb.FieldDescriptorProto_TYPE_GROUP || r.named[f.GetTypeName()] {
		return nil
	}
	name := f.GetTypeName()
	g := nested[name[strings.LastIndexByte(name, '.')+1:]]
	if g == nil || len(g.NestedType)+len(g.EnumType)+len(g.Extension)+len(g.ExtensionRange)+
		len(g.OneofDecl)+len(g.ReservedRange)+len(g.ReservedName) > 0 || g.Options != nil {
		return nil
	}
	for _, f := range g.Field {
		if f.GetType() == descriptorpb.FieldDescriptorProto_TYPE_GROUP {
			return nil
		}
	}
	return g
}

// group gives a field as a group, which keeps its encoding (9.3); nil when it
// is none.
func (r *descriptorReader) group(f *descriptorpb.FieldDescriptorProto, nested map[string]*descriptorpb.DescriptorProto, member bool) *Group {
	d := r.groupOf(f, nested)
	if d == nil {
		return nil
	}
	g := &Group{Name: d.GetName(), Number: f.GetNumber(), Label: r.label(f, member)}
	for _, f := range d.Field {
		g.Fields = append(g.Fields, r.field(f, false))
	}
	return g
}

func (r *descriptorReader) label(f *descriptorpb.FieldDescriptorProto, member bool) Label {
	switch {
	case member:
		return NoLabel
	case f.GetLabel() == descriptorpb.FieldDescriptorProto_LABEL_REPEATED:
		return Repeated
	case f.GetLabel() == descriptorpb.FieldDescriptorProto_LABEL_REQUIRED:
		return Required
	case r.proto3 && !f.GetProto3Optional():
		return NoLabel
	}
	return Optional
}

func (r *descriptorReader) field(d *descriptorpb.FieldDescriptorProto, member bool) *Field {
	f := &Field{
		Label: r.label(d, member), Name: d.GetName(), Number: d.GetNumber(),
		Type: d.GetTypeName(), Options: r.options(d.Options), Default: d.DefaultValue, JSONName: d.JsonName,
	}
	if f.Type == "" {
		f.Type = strings.ToLower(strings.TrimPrefix(d.GetType().String(), "TYPE_"))
	}
	return f
}

func (r *descriptorReader) enum(d *descriptorpb.EnumDescriptorProto) *Enum {
	e := &Enum{Name: d.GetName(), Options: r.options(d.Options)}
	for _, v := range d.Value {
		e.Constants = append(e.Constants, &Constant{Name: v.GetName(), Number: v.GetNumber(), Options: r.options(v.Options)})
	}
	for _, x := range d.ReservedRange {
		e.Reserved = append(e.Reserved, Reserved{Spans: []Span{spanOf(x.GetStart(), x.GetEnd())}})
	}
	for _, name := range d.ReservedName {
		e.Reserved = append(e.Reserved, Reserved{Spans: []Span{{Name: name, Named: true}}})
	}
	return e
}

// extends gathers extension fields by the message that they extend, in the
// order of its first appearance.
func (r *descriptorReader) extends(list []*descriptorpb.FieldDescriptorProto, nested map[string]*descriptorpb.DescriptorProto) []*Extend {
	var extends []*Extend
	byName := map[string]*Extend{}
	for _, d := range list {
		e := byName[d.GetExtendee()]
		if e == nil {
			e = &Extend{Name: d.GetExtendee()}
			byName[e.Name] = e
			extends = append(extends, e)
		}
		if g := r.group(d, nested, false); g != nil {
			e.Groups = append(e.Groups, g)
			continue
		}
		e.Fields = append(e.Fields, r.field(d, false))
	}
	return extends
}

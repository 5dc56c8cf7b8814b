package protobuf

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// metaNumber is the number of all extensions of confluent/meta.proto.
const metaNumber = 1088

// setOptions fills an options message with the options that it has fields
// for, and with Confluent's own; others are left out. It says whether there
// were any.
func setOptions(message protoreflect.ProtoMessage, list []Option) bool {
	m := message.ProtoReflect()
	found := false
	for i := range list {
		o := &list[i]
		if o.Custom {
			continue
		}
		path := strings.Split(o.Name, ".")
		for _, p := range o.Path {
			path = append(path, p.Name)
		}
		found = setPath(m, path, &o.Value) || found
	}
	if raw := metaBytes(list, metaOf(message)); raw != nil {
		m.SetUnknown(append(m.GetUnknown(), raw...))
		found = true
	}
	return found
}

// metaOf gives the extension of confluent/meta.proto for an options message.
func metaOf(message protoreflect.ProtoMessage) string {
	switch message.ProtoReflect().Descriptor().Name() {
	case "FileOptions":
		return fileMeta
	case "MessageOptions":
		return messageMeta
	case "FieldOptions":
		return fieldMeta
	case "EnumOptions":
		return enumMeta
	case "EnumValueOptions":
		return "confluent.enum_value_meta"
	}
	return ""
}

func setPath(m protoreflect.Message, path []string, v *Value) bool {
	f := m.Descriptor().Fields().ByName(protoreflect.Name(path[0]))
	if f == nil || f.Name() == "uninterpreted_option" {
		return false
	}
	if len(path) > 1 {
		if f.Message() == nil || f.IsList() {
			return false
		}
		return setPath(m.Mutable(f).Message(), path[1:], v)
	}
	if f.IsList() {
		for _, item := range gather(nil, *v) {
			if x, ok := fieldValue(m.Mutable(f).List().NewElement, f, &item); ok {
				m.Mutable(f).List().Append(x)
			}
		}
		return m.Has(f)
	}
	x, ok := fieldValue(func() protoreflect.Value { return m.NewField(f) }, f, v)
	if ok {
		m.Set(f, x)
	}
	return ok
}

// fieldValue reads a value as the type of a field wants it.
func fieldValue(fresh func() protoreflect.Value, f protoreflect.FieldDescriptor, v *Value) (protoreflect.Value, bool) {
	switch f.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(v.Text == "true"), v.Text == "true" || v.Text == "false"
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(v.Text), v.Kind == Quoted
	case protoreflect.EnumKind:
		e := f.Enum().Values().ByName(protoreflect.Name(v.Text))
		if e == nil {
			return protoreflect.Value{}, false
		}
		return protoreflect.ValueOfEnum(e.Number()), true
	case protoreflect.Int32Kind:
		n, err := strconv.ParseInt(v.Text, 0, 32)
		return protoreflect.ValueOfInt32(int32(n)), err == nil
	case protoreflect.MessageKind:
		if v.Kind != Literal {
			return protoreflect.Value{}, false
		}
		x := fresh()
		for i := range v.Entries {
			setPath(x.Message(), []string{v.Entries[i].Key}, &v.Entries[i].Value)
		}
		return x, true
	}
	return protoreflect.Value{}, false
}

// metaBytes encodes what the options say under a name of confluent/meta.proto:
// Meta {doc = 1, params = 2, tags = 3, rules = 4 {name, doc, expr, sql}}.
func metaBytes(list []Option, name string) []byte {
	m := meta(list, name)
	if name == "" || len(m.Entries) == 0 {
		return nil
	}
	var body []byte
	if e := m.entry("doc"); e != nil {
		body = appendString(body, 1, e.Text)
	}
	if e := m.entry("params"); e != nil {
		for _, v := range gather(nil, *e) {
			body = appendParts(body, 2, &v, "key", "value")
		}
	}
	for _, tag := range tagsOf(&m) {
		body = appendString(body, 3, tag)
	}
	if e := m.entry("rules"); e != nil {
		for _, v := range gather(nil, *e) {
			body = appendParts(body, 4, &v, "name", "doc", "expr", "sql")
		}
	}
	raw := protowire.AppendTag(nil, metaNumber, protowire.BytesType)
	return protowire.AppendBytes(raw, body)
}

func appendString(body []byte, number protowire.Number, text string) []byte {
	body = protowire.AppendTag(body, number, protowire.BytesType)
	return protowire.AppendString(body, text)
}

// appendParts encodes a literal of strings whose numbers follow each other.
func appendParts(body []byte, number protowire.Number, v *Value, keys ...string) []byte {
	var inner []byte
	for i, key := range keys {
		if e := v.entry(key); e != nil {
			inner = appendString(inner, protowire.Number(i+1), e.Text)
		}
	}
	body = protowire.AppendTag(body, number, protowire.BytesType)
	return protowire.AppendBytes(body, inner)
}

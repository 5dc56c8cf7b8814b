package protobuf

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// options gives the set fields of an options message as options, in the order
// of their numbers, those of the language before the custom ones.
func (r *descriptorReader) options(message protoreflect.ProtoMessage) []Option {
	m := message.ProtoReflect()
	if !m.IsValid() {
		return nil
	}
	var list []Option
	for _, f := range setFields(m) {
		if f.Name() == "uninterpreted_option" || f.IsExtension() {
			continue
		}
		if v := m.Get(f); f.IsList() {
			for i := range v.List().Len() {
				list = append(list, Option{Part: Part{Name: string(f.Name())}, Value: optionValue(f, v.List().Get(i))})
			}
		} else {
			list = append(list, Option{Part: Part{Name: string(f.Name())}, Value: optionValue(f, v)})
		}
	}
	if r.custom != nil {
		list = append(list, r.custom(message)...)
	}
	return list
}

func setFields(m protoreflect.Message) []protoreflect.FieldDescriptor {
	var fields []protoreflect.FieldDescriptor
	m.Range(func(f protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		fields = append(fields, f)
		return true
	})
	slices.SortFunc(fields, func(a, b protoreflect.FieldDescriptor) int { return int(a.Number()) - int(b.Number()) })
	return fields
}

// optionValue gives one value of a field as an option's value.
func optionValue(f protoreflect.FieldDescriptor, v protoreflect.Value) Value {
	switch f.Kind() {
	case protoreflect.StringKind:
		return Value{Kind: Quoted, Text: v.String()}
	case protoreflect.BytesKind:
		// A byte is written as the character of its code, as \xNN reads.
		runes := make([]rune, 0, len(v.Bytes()))
		for _, b := range v.Bytes() {
			runes = append(runes, rune(b))
		}
		return Value{Kind: Quoted, Text: string(runes)}
	case protoreflect.EnumKind:
		if e := f.Enum().Values().ByNumber(v.Enum()); e != nil {
			return Value{Text: string(e.Name())}
		}
		return Value{Text: strconv.Itoa(int(v.Enum()))}
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return literalOf(v.Message())
	case protoreflect.FloatKind:
		return Value{Text: floatWord(v.Float(), 32)}
	case protoreflect.DoubleKind:
		return Value{Text: floatWord(v.Float(), 64)}
	}
	return Value{Text: v.String()}
}

// floatWord gives a number as a word that the parser reads, which knows no '+'.
func floatWord(f float64, bits int) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 0):
		return map[bool]string{true: "-inf", false: "inf"}[f < 0]
	}
	return strings.ReplaceAll(strconv.FormatFloat(f, 'g', -1, bits), "+", "")
}

// literalOf gives a message as a literal.
func literalOf(m protoreflect.Message) Value {
	l := Value{Kind: Literal}
	for _, f := range setFields(m) {
		key := string(f.Name())
		if f.IsExtension() {
			key = "[" + string(f.FullName()) + "]"
		}
		v := m.Get(f)
		switch {
		case f.IsMap():
			l.Entries = append(l.Entries, Entry{Key: key, Value: mapOf(f, v.Map())})
		case f.IsList():
			list := Value{Kind: List}
			for i := range v.List().Len() {
				list.Items = append(list.Items, optionValue(f, v.List().Get(i)))
			}
			l.Entries = append(l.Entries, Entry{Key: key, Value: list})
		default:
			l.Entries = append(l.Entries, Entry{Key: key, Value: optionValue(f, v)})
		}
	}
	return l
}

func mapOf(f protoreflect.FieldDescriptor, m protoreflect.Map) Value {
	list := Value{Kind: List}
	m.Range(func(k protoreflect.MapKey, v protoreflect.Value) bool {
		list.Items = append(list.Items, Value{Kind: Literal, Entries: []Entry{
			{Key: "key", Value: optionValue(f.MapKey(), k.Value())},
			{Key: "value", Value: optionValue(f.MapValue(), v)},
		}})
		return true
	})
	slices.SortFunc(list.Items, func(a, b Value) int {
		return slices.Compare([]byte(a.Entries[0].Value.Text), []byte(b.Entries[0].Value.Text))
	})
	return list
}

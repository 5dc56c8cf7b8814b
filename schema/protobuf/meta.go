package protobuf

import (
	"slices"
	"strings"
)

// The option names of confluent/meta.proto that carry docs and tags
// (compatibility.md 2.4, registry-api.md 14).
const (
	fileMeta    = "confluent.file_meta"
	messageMeta = "confluent.message_meta"
	fieldMeta   = "confluent.field_meta"
	enumMeta    = "confluent.enum_meta"
)

// meta gives what the options of one element say under one of these names, as
// one literal: paths become keys, lists of one key are put together.
func meta(list []Option, name string) Value {
	out := Value{Kind: Literal}
	for i := range list {
		if isMeta(&list[i], name) {
			addMeta(&out, &list[i])
		}
	}
	return out
}

func isMeta(o *Option, name string) bool {
	return o.Custom && strings.TrimPrefix(o.Name, ".") == name
}

func addMeta(out *Value, o *Option) {
	entries := o.Value.Entries
	if len(o.Path) > 0 {
		v := o.Value
		for i := len(o.Path) - 1; i > 0; i-- {
			v = Value{Kind: Literal, Entries: []Entry{{Key: o.Path[i].Name, Value: v}}}
		}
		entries = []Entry{{Key: o.Path[0].Name, Value: v}}
	}
	for _, e := range entries {
		previous := out.entry(e.Key)
		switch {
		case previous == nil:
			out.Entries = append(out.Entries, e)
		case e.Key == "doc":
			*previous = e.Value
		case previous.Kind == List:
			*previous = Value{Kind: List, Items: gather(slices.Clone(previous.Items), e.Value)}
		default:
			*previous = Value{Kind: List, Items: gather([]Value{*previous}, e.Value)}
		}
	}
}

// doc gives the documentation of an element.
func doc(list []Option, name string) string {
	m := meta(list, name)
	if e := m.entry("doc"); e != nil {
		return e.Text
	}
	return ""
}

// tags gives the tags of an element in the order of the text.
func tags(list []Option, name string) []string {
	m := meta(list, name)
	return tagsOf(&m)
}

func tagsOf(m *Value) []string {
	e := m.entry("tags")
	if e == nil {
		return nil
	}
	var names []string
	for _, v := range gather(nil, *e) {
		names = append(names, v.Text)
	}
	return names
}

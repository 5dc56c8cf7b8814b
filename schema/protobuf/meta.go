package protobuf

import "strings"

// The option names of confluent/meta.proto that carry docs and tags
// (compatibility.md 2.4, registry-api.md 14).
const (
	fileMeta    = "confluent.file_meta"
	messageMeta = "confluent.message_meta"
	fieldMeta   = "confluent.field_meta"
	enumMeta    = "confluent.enum_meta"
)

// meta gives what the options of one element say under one of these names, as
// one literal: paths become keys, and what one key is given more than once is
// gathered in a list.
func meta(list []Option, name string) Value {
	out := Value{Kind: Literal}
	var places map[string]int
	var gathered map[string]bool
	for i := range list {
		if !isMeta(&list[i], name) {
			continue
		}
		if places == nil {
			places, gathered = map[string]int{}, map[string]bool{}
		}
		for _, e := range metaEntries(&list[i]) {
			at, again := places[e.Key]
			if !again {
				places[e.Key] = len(out.Entries)
				out.Entries = append(out.Entries, e)
				continue
			}
			v := &out.Entries[at].Value
			switch {
			case e.Key == "doc":
				*v = e.Value
			case gathered[e.Key]:
				v.Items = gather(v.Items, e.Value)
			default:
				*v = Value{Kind: List, Items: gather(gather(nil, *v), e.Value)}
				gathered[e.Key] = true
			}
		}
	}
	return out
}

func isMeta(o *Option, name string) bool {
	return o.Custom && strings.TrimPrefix(o.Name, ".") == name
}

func metaEntries(o *Option) []Entry {
	if len(o.Path) == 0 {
		return o.Value.Entries
	}
	v := o.Value
	for i := len(o.Path) - 1; i > 0; i-- {
		v = Value{Kind: Literal, Entries: []Entry{{Key: o.Path[i].Name, Value: v}}}
	}
	return []Entry{{Key: o.Path[0].Name, Value: v}}
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

package protobuf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// Retag gives the text with tags added, then removed (registry-api.md 14.2).
// Only the tags change: groups stay and no package is made up (9.3).
func (s *Schema) Retag(change schema.TagChange) (string, error) {
	// The tree is shared, so the change is made on one of its own.
	file, p := parse(s.text)
	if len(p.faults) > 0 {
		return "", invalid(schema.StageParse, p.faults)
	}
	if change.Propagate != nil {
		for _, t := range change.Propagate.Tags() {
			options, name, err := find(file, t)
			if err == nil {
				addTags(options, name, t.Tags)
			}
		}
	}
	for _, t := range change.Add {
		options, name, err := find(file, t)
		if err != nil {
			return "", err
		}
		addTags(options, name, t.Tags)
	}
	for _, t := range change.Remove {
		options, name, err := find(file, t)
		if err != nil {
			return "", err
		}
		removeTags(options, name, t.Tags)
	}
	return canonical(file, false), nil
}

// find gives the options of the message or field at a path, and the name of
// the option that holds its tags. A member of a oneof is found with and
// without the oneof's name.
func find(f *File, t schema.EntityTags) (*[]Option, string, error) {
	parts := strings.Split(strings.TrimPrefix(t.Path, "."), ".")
	last := len(parts)
	if t.Kind == schema.FieldEntity {
		last--
	}
	messages := f.Messages
	var m *Message
	for i, part := range parts[:last] {
		next := messageNamed(messages, part)
		if next == nil && m != nil && t.Kind == schema.FieldEntity && i == last-1 {
			if field := m.member(part, parts[last]); field != nil {
				return &field.Options, fieldMeta, nil
			}
		}
		if next == nil {
			return nil, "", &schema.TagPathError{Message: fmt.Sprintf("No matching Message with name '%s' found in the schema", part)}
		}
		m, messages = next, next.Messages
	}
	if t.Kind != schema.FieldEntity {
		return &m.Options, messageMeta, nil
	}
	name := parts[last]
	if m != nil {
		for _, field := range m.Fields {
			if field.Name == name {
				return &field.Options, fieldMeta, nil
			}
		}
		for _, o := range m.Oneofs {
			if field := m.member(o.Name, name); field != nil {
				return &field.Options, fieldMeta, nil
			}
		}
	}
	return nil, "", &schema.TagPathError{Message: fmt.Sprintf("No matching Field with name '%s' found in the schema", name)}
}

func messageNamed(list []*Message, name string) *Message {
	for _, m := range list {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// member gives a field of a oneof.
func (m *Message) member(oneof, name string) *Field {
	for _, o := range m.Oneofs {
		if o.Name != oneof {
			continue
		}
		for _, f := range o.Fields {
			if f.Name == name {
				return f
			}
		}
	}
	return nil
}

func addTags(options *[]Option, name string, names []string) {
	m := meta(*options, name)
	have := tagsOf(&m)
	want := have
	for _, n := range names {
		if !slices.Contains(want, n) {
			want = append(want[:len(want):len(want)], n)
		}
	}
	if len(want) != len(have) {
		setTags(options, name, m, want)
	}
}

func removeTags(options *[]Option, name string, names []string) {
	m := meta(*options, name)
	have := tagsOf(&m)
	want := slices.DeleteFunc(slices.Clone(have), func(n string) bool { return slices.Contains(names, n) })
	if len(want) != len(have) {
		setTags(options, name, m, want)
	}
}

// setTags writes the option in its block form with the tags as a list, at the
// place of the first of its name; without members it goes.
func setTags(options *[]Option, name string, m Value, names []string) {
	list := Value{Kind: List}
	for _, n := range names {
		list.Items = append(list.Items, Value{Kind: Quoted, Text: n})
	}
	if len(names) > 0 {
		m.set("tags", list)
	} else {
		m.Entries = slices.DeleteFunc(m.Entries, func(e Entry) bool { return e.Key == "tags" })
	}
	place := slices.IndexFunc(*options, func(o Option) bool { return isMeta(&o, name) })
	kept := slices.DeleteFunc(slices.Clone(*options), func(o Option) bool { return isMeta(&o, name) })
	if place < 0 {
		place = len(kept)
	}
	if len(m.Entries) > 0 {
		kept = slices.Insert(kept, min(place, len(kept)), Option{Part: Part{Name: name, Custom: true}, Value: m})
	}
	*options = kept
}

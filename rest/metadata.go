package rest

import (
	"maps"
	"slices"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema/jsontext"
)

// metadata reads a Metadata (registry-api.md 3.5). nulls says that a property
// may be null, as in a config (10.2); elsewhere that is a 400.
func (f *fields) metadata(v jsontext.Value, nulls bool) *registry.Metadata {
	if !f.object(v) {
		return nil
	}
	m := &registry.Metadata{}
	for member := range items(v) {
		switch member.Name() {
		case "tags":
			m.Tags = f.tagsByPath(member)
		case "properties":
			m.Properties = f.properties(member, nulls)
		case "sensitive":
			m.Sensitive = f.set(member)
		}
	}
	return m
}

func (f *fields) tagsByPath(v jsontext.Value) map[string][]string {
	if !f.object(v) {
		return nil
	}
	tags := make(map[string][]string, v.Len())
	for member := range items(v) {
		set := f.set(member)
		if set == nil {
			f.wrong(member, "an array of strings")
		}
		tags[member.Name()] = set
	}
	return tags
}

func (f *fields) properties(v jsontext.Value, nulls bool) map[string]*string {
	if !f.object(v) {
		return nil
	}
	properties := make(map[string]*string, v.Len())
	for member := range items(v) {
		value := f.str(member)
		if value == nil && !nulls {
			f.wrong(member, "a string")
		}
		properties[member.Name()] = value
	}
	return properties
}

// set reads a set of texts: sorted, each once, no nulls; nil when absent.
func (f *fields) set(v jsontext.Value) []string {
	if !f.list(v) {
		return nil
	}
	set := f.texts(v)
	slices.Sort(set)
	return slices.Compact(set)
}

// texts reads a list of texts, none of them null; it is never nil.
func (f *fields) texts(v jsontext.Value) []string {
	texts := make([]string, 0, v.Len())
	for item := range items(v) {
		text := f.str(item)
		if text == nil {
			f.wrong(item, "a string")
			return texts
		}
		texts = append(texts, *text)
	}
	return texts
}

func appendMetadata(b []byte, m *registry.Metadata) []byte {
	b = append(b, '{')
	first := true
	if len(m.Tags) > 0 {
		b = appendName(b, "tags", &first)
		b = append(b, '{')
		inner := true
		for _, path := range slices.Sorted(maps.Keys(m.Tags)) {
			b = appendName(b, path, &inner)
			b = appendTexts(b, m.Tags[path])
		}
		b = append(b, '}')
	}
	if len(m.Properties) > 0 {
		b = appendName(b, "properties", &first)
		b = append(b, '{')
		inner := true
		for _, key := range slices.Sorted(maps.Keys(m.Properties)) {
			b = appendName(b, key, &inner)
			b = appendTextOrNull(b, m.Properties[key])
		}
		b = append(b, '}')
	}
	if len(m.Sensitive) > 0 {
		b = appendName(b, "sensitive", &first)
		b = appendTexts(b, m.Sensitive)
	}
	return append(b, '}')
}

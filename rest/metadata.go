package rest

import (
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
	return mapOf(f, v, func(member jsontext.Value) []string {
		set := f.set(member)
		if set == nil {
			f.wrong(member, "an array of strings")
		}
		return set
	})
}

// properties reads a map of texts, of which any may be null where nulls says
// so; nil when it is absent.
func (f *fields) properties(v jsontext.Value, nulls bool) map[string]*string {
	return mapOf(f, v, func(member jsontext.Value) *string {
		value := f.str(member)
		if value == nil && !nulls {
			f.wrong(member, "a string")
		}
		return value
	})
}

// strings is properties without the null ones.
func (f *fields) strings(v jsontext.Value, nulls bool) map[string]string {
	properties := f.properties(v, nulls)
	if properties == nil {
		return nil
	}
	values := make(map[string]string, len(properties))
	for name, value := range properties {
		if value != nil {
			values[name] = *value
		}
	}
	return values
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
		b = appendMap(appendName(b, "tags", &first), m.Tags, appendTexts)
	}
	if len(m.Properties) > 0 {
		b = appendMap(appendName(b, "properties", &first), m.Properties, appendTextOrNull)
	}
	if len(m.Sensitive) > 0 {
		b = appendTexts(appendName(b, "sensitive", &first), m.Sensitive)
	}
	return append(b, '}')
}

package rest

import (
	"encoding/json"
	"strings"

	"github.com/weir-registry/weir/schema/jsontext"
)

// raw gives a value's text without the blanks around its parts, to be kept.
func raw(v jsontext.Value) json.RawMessage { return appendRaw(nil, v) }

// appendRaw appends a value without the blanks around its parts.
func appendRaw(b []byte, v jsontext.Value) []byte {
	switch v.Kind() {
	case jsontext.Object:
		b = append(b, '{')
		first := true
		for member := range items(v) {
			b = appendRaw(appendName(b, member.Name(), &first), member)
		}
		return append(b, '}')
	case jsontext.Array:
		b = append(b, '[')
		first := true
		for item := range items(v) {
			if !first {
				b = append(b, ',')
			}
			first = false
			b = appendRaw(b, item)
		}
		return append(b, ']')
	case jsontext.String:
		return appendText(b, v.Text())
	}
	return append(b, v.Raw()...)
}

// optional reads a list of texts; nil when it is absent.
func (f *fields) optional(v jsontext.Value) *[]string {
	if !f.list(v) {
		return nil
	}
	list := f.texts(v)
	return &list
}

// appendVerbatim appends what is JSON already.
func appendVerbatim(b []byte, value json.RawMessage) []byte { return append(b, value...) }

// appendObject appends a JSON object that may be missing.
func appendObject(b []byte, object json.RawMessage) []byte {
	if len(object) == 0 {
		return append(b, "{}"...)
	}
	return append(b, object...)
}

// split takes a list apart that a query gives as one text with commas.
func split(lists []string) []string {
	var all []string
	for _, list := range lists {
		for item := range strings.SplitSeq(list, ",") {
			if item = strings.TrimSpace(item); item != "" {
				all = append(all, item)
			}
		}
	}
	return all
}

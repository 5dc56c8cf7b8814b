package rest

import (
	"strconv"

	"github.com/weir-registry/weir/schema/jsontext"
)

// The encoders append JSON as the wire writes it (registry-api.md 1.6): fields
// in the order of section 3, nothing escaped for HTML, and no reflection.

// appendName appends the name of an object's member, with the comma before it
// unless it is the first.
func appendName(b []byte, name string, first *bool) []byte {
	if !*first {
		b = append(b, ',')
	}
	*first = false
	b = jsontext.AppendQuoted(b, name)
	return append(b, ':')
}

// appendNonEmpty appends a member unless its text is empty.
func appendNonEmpty(b []byte, name, value string, first *bool) []byte {
	if value == "" {
		return b
	}
	return jsontext.AppendQuoted(appendName(b, name, first), value)
}

// appendNonEmptyPointer is appendNonEmpty for a text that may be absent.
func appendNonEmptyPointer(b []byte, name string, value *string, first *bool) []byte {
	if value == nil {
		return b
	}
	return appendNonEmpty(b, name, *value, first)
}

func appendTextOrNull(b []byte, value *string) []byte {
	if value == nil {
		return append(b, "null"...)
	}
	return jsontext.AppendQuoted(b, *value)
}

func appendInt[T ~int | ~int32 | ~int64](b []byte, n T) []byte {
	return strconv.AppendInt(b, int64(n), 10)
}

func appendBool(b []byte, v bool) []byte { return strconv.AppendBool(b, v) }

// appendList appends an array.
func appendList[T any](b []byte, list []T, item func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, x := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = item(b, x)
	}
	return append(b, ']')
}

func appendTexts(b []byte, list []string) []byte { return appendList(b, list, jsontext.AppendQuoted) }

func appendInts(b []byte, list []int32) []byte { return appendList(b, list, appendInt[int32]) }

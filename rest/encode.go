package rest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

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
	b = appendText(b, name)
	return append(b, ':')
}

// appendText appends a string. What is no UTF-8 in it, as half of a surrogate
// pair in its three-byte form, which a request may spell by its escape, becomes
// that escape again (registry-api.md 1.6); else no client could read the answer.
func appendText(b []byte, text string) []byte {
	start := len(b)
	b = jsontext.AppendQuoted(b, text)
	if utf8.Valid(b[start:]) {
		return b
	}
	return appendMended(b[:start], string(b[start:]))
}

// appendMended appends a quoted text with escapes for what is no UTF-8.
func appendMended(b []byte, quoted string) []byte {
	for len(quoted) > 0 {
		r, size := utf8.DecodeRuneInString(quoted)
		switch {
		case r != utf8.RuneError || size > 1:
			b = append(b, quoted[:size]...)
		case len(quoted) > 2 && quoted[0] == 0xed && quoted[1] >= 0xa0 && quoted[1] <= 0xbf && quoted[2]&0xc0 == 0x80:
			size = 3
			b = fmt.Appendf(b, `\u%04X`, 0xd000|int(quoted[1]&0x3f)<<6|int(quoted[2]&0x3f))
		default:
			b = utf8.AppendRune(b, utf8.RuneError)
		}
		quoted = quoted[size:]
	}
	return b
}

// appendNonEmpty appends a member unless its text is empty.
func appendNonEmpty(b []byte, name, value string, first *bool) []byte {
	if value == "" {
		return b
	}
	return appendText(appendName(b, name, first), value)
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
	return appendText(b, *value)
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

// appendMap appends an object, its members by name.
func appendMap[T any](b []byte, members map[string]T, value func([]byte, T) []byte) []byte {
	b = append(b, '{')
	first := true
	for _, name := range slices.Sorted(maps.Keys(members)) {
		b = value(appendName(b, name, &first), members[name])
	}
	return append(b, '}')
}

func appendStrings(b []byte, values map[string]string) []byte {
	return appendMap(b, values, appendText)
}

func appendTexts(b []byte, list []string) []byte { return appendList(b, list, appendText) }

func appendInts(b []byte, list []int32) []byte { return appendList(b, list, appendInt[int32]) }

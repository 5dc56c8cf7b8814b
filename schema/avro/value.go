package avro

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema/jsontext"
)

// Value is a JSON value of a default or a property in its canonical text: no
// blanks, integers as they are (-0 is 0), other numbers as the JVM prints a
// double, with one beyond its range as the string "Infinity"
// (compatibility.md 3.1). The empty Value is an absent one. Two values are
// the same exactly when their texts are, up to the order of the keys of
// objects.
type Value string

// Exists says that the value is there.
func (v Value) Exists() bool { return v != "" }

// read gives the value as JSON again. The text is one that newValue made, so
// reading it cannot fail.
func (v Value) read() jsontext.Value {
	doc, err := jsontext.Parse(string(v), jsonOptions)
	if err != nil {
		panic("avro: a value of the tree is not JSON: " + err.Error())
	}
	return doc.Root()
}

// newValue gives the canonical text of a value. It is a part of the document
// where that is written so already.
func newValue(v jsontext.Value) Value {
	raw := v.Raw()
	switch v.Kind() {
	case jsontext.Null, jsontext.True, jsontext.False:
		return Value(raw)
	case jsontext.Number:
		if v.IsInteger() {
			if raw == "-0" {
				return "0"
			}
			return Value(raw)
		}
	case jsontext.String:
		if strings.IndexByte(raw, '\\') < 0 {
			return Value(raw)
		}
	}
	out := appendValue(make([]byte, 0, len(raw)), v, false)
	if string(out) == raw {
		return Value(raw)
	}
	return Value(out)
}

// appendValue appends the canonical text of a value, with the keys of objects
// in the order of the text or sorted as the JVM sorts strings.
func appendValue(out []byte, v jsontext.Value, sorted bool) []byte {
	switch v.Kind() {
	case jsontext.Number:
		return appendNumber(out, v)
	case jsontext.String:
		return jsontext.AppendQuoted(out, v.Text())
	case jsontext.Array:
		out = append(out, '[')
		for e := v.First(); e.Exists(); e = e.Next() {
			out = appendValue(comma(out, '['), e, sorted)
		}
		return append(out, ']')
	case jsontext.Object:
		out = append(out, '{')
		for _, m := range members(v, sorted) {
			out = appendName(out, m.Name())
			out = appendValue(out, m, sorted)
		}
		return append(out, '}')
	default:
		return append(out, v.Raw()...)
	}
}

// comma appends a comma unless the list was only opened.
func comma(out []byte, open byte) []byte {
	if out[len(out)-1] != open {
		out = append(out, ',')
	}
	return out
}

// appendName appends the name of an object's member with its colon.
func appendName(out []byte, name string) []byte {
	out = jsontext.AppendQuoted(comma(out, '{'), name)
	return append(out, ':')
}

// members lists the members of an object.
func members(v jsontext.Value, sorted bool) []jsontext.Value {
	list := make([]jsontext.Value, 0, v.Len())
	for m := v.First(); m.Exists(); m = m.Next() {
		list = append(list, m)
	}
	if sorted {
		slices.SortFunc(list, func(a, b jsontext.Value) int { return jsontext.CompareUTF16(a.Name(), b.Name()) })
	}
	return list
}

func appendNumber(out []byte, v jsontext.Value) []byte {
	if v.IsInteger() {
		return append(out, newValue(v)...)
	}
	f, _ := strconv.ParseFloat(v.Raw(), 64)
	return appendDouble(out, f)
}

// appendDouble appends a double, as a string where JSON has no number for it.
func appendDouble(out []byte, f float64) []byte {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		out = append(out, '"')
		out = jsontext.AppendDouble(out, f)
		return append(out, '"')
	}
	return jsontext.AppendDouble(out, f)
}

// fits64 says that no integer in the value exceeds 64 bits.
func fits64(v jsontext.Value) bool {
	switch v.Kind() {
	case jsontext.Number:
		return !v.IsInteger() || isLong(v.Raw())
	case jsontext.Array, jsontext.Object:
		for e := v.First(); e.Exists(); e = e.Next() {
			if !fits64(e) {
				return false
			}
		}
	}
	return true
}

func isLong(integer string) bool {
	if len(integer) < 19 {
		return true
	}
	_, err := strconv.ParseInt(integer, 10, 64)
	return err == nil
}

// same says whether two values are equal: the order of keys does not count.
func (v Value) same(w Value) bool {
	if v == w {
		return true
	}
	// Only objects have texts that differ and are equal.
	if strings.IndexByte(string(v), '{') < 0 || len(v) != len(w) {
		return false
	}
	return v.sorted() == w.sorted()
}

// sorted gives the value with the keys of its objects sorted.
func (v Value) sorted() Value {
	if strings.IndexByte(string(v), '{') < 0 {
		return v
	}
	return Value(appendValue(nil, v.read(), true))
}

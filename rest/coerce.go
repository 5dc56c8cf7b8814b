package rest

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// fields reads values as the fields of the wire's entities, with the
// coercions that its clients are used to (registry-api.md 1.5): numbers sent
// as texts, texts sent as numbers, "true" for true. It keeps the first fault
// and gives zero values after it, so that an entity is read without an error
// check after every field.
type fields struct {
	text  string // of the whole body, for the places of faults
	fault error
}

// fail keeps a fault with its place.
func (f *fields) fail(v jsontext.Value, format string, args ...any) {
	if f.fault == nil {
		place := schema.PositionAt(f.text, v.Offset())
		f.fault = badBody(fmt.Sprintf(format, args...) + " (" + place.String() + ")")
	}
}

// wrong says that a value is of a kind that its field does not take.
func (f *fields) wrong(v jsontext.Value, what string) {
	name := ""
	if v.Name() != "" {
		name = strconv.Quote(v.Name()) + " needs "
	} else {
		name = "Expected "
	}
	f.fail(v, "%s%s, not %s", name, what, v.Kind())
}

// absent says that a value is not there or null.
func absent(v jsontext.Value) bool { return v.Kind() == jsontext.Absent || v.Kind() == jsontext.Null }

// str reads a text; a number or a boolean is taken as its text.
func (f *fields) str(v jsontext.Value) *string {
	var s string
	switch v.Kind() {
	case jsontext.Absent, jsontext.Null:
		return nil
	case jsontext.String:
		s = v.Text()
	case jsontext.Number, jsontext.True, jsontext.False:
		s = v.Raw()
	default:
		f.wrong(v, "a string")
		return nil
	}
	return &s
}

// integer reads an int: a number without its fraction, or a text that is one;
// an empty text counts as null.
func (f *fields) integer(v jsontext.Value) *int32 {
	switch v.Kind() {
	case jsontext.Absent, jsontext.Null:
		return nil
	case jsontext.Number:
		return f.number(v)
	case jsontext.String:
		text := javaTrim(v.Text())
		if text == "" || text == "null" {
			return nil
		}
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			f.fail(v, "%q needs an integer, not the text %q", v.Name(), v.Text())
			return nil
		}
		i := int32(n)
		return &i
	}
	f.wrong(v, "an integer")
	return nil
}

func (f *fields) number(v jsontext.Value) *int32 {
	raw := v.Raw()
	if v.IsInteger() {
		if n, err := strconv.ParseInt(raw, 10, 32); err == nil {
			i := int32(n)
			return &i
		}
	} else if x, err := strconv.ParseFloat(raw, 64); err == nil && !math.IsNaN(x) {
		if x = math.Trunc(x); math.MinInt32 <= x && x <= math.MaxInt32 {
			i := int32(x)
			return &i
		}
	}
	f.fail(v, "%q needs an integer of 32 bits, not %.40s", v.Name(), raw)
	return nil
}

// boolean reads a boolean: also "true" and "false" in any letter case with
// blanks around, and integers, of which 0 is false; an empty text counts as
// null.
func (f *fields) boolean(v jsontext.Value) *bool {
	var b bool
	switch v.Kind() {
	case jsontext.Absent, jsontext.Null:
		return nil
	case jsontext.True:
		b = true
	case jsontext.False:
	case jsontext.Number:
		if !v.IsInteger() {
			f.wrong(v, "a boolean")
			return nil
		}
		b = strings.Trim(v.Raw(), "-0") != ""
	case jsontext.String:
		text := javaTrim(v.Text())
		switch {
		case text == "", text == "null":
			return nil
		case strings.EqualFold(text, "true"):
			b = true
		case !strings.EqualFold(text, "false"):
			f.fail(v, "%q needs a boolean, not the text %q", v.Name(), v.Text())
			return nil
		}
	default:
		f.wrong(v, "a boolean")
		return nil
	}
	return &b
}

// isTrue reads a boolean that is false when it is not there.
func (f *fields) isTrue(v jsontext.Value) bool {
	b := f.boolean(v)
	return b != nil && *b
}

// enum reads one of the names, exact; a number, or a text that is one, is a
// position among them. It gives the empty text for null.
func (f *fields) enum(v jsontext.Value, names ...string) string {
	position := -1
	switch v.Kind() {
	case jsontext.Absent, jsontext.Null:
		return ""
	case jsontext.String:
		text := javaTrim(v.Text())
		for _, name := range names {
			if text == name {
				return name
			}
		}
		if n, err := strconv.Atoi(text); err == nil && strconv.Itoa(n) == text {
			position = n
		}
	case jsontext.Number:
		if n, err := strconv.Atoi(v.Raw()); err == nil {
			position = n
		}
	default:
		f.wrong(v, "one of "+strings.Join(names, ", "))
		return ""
	}
	if position < 0 || position >= len(names) {
		f.fail(v, "%q needs one of %s, not %.80s", v.Name(), strings.Join(names, ", "), v.Raw())
		return ""
	}
	return names[position]
}

// object says that a value is an object to read on in; null is none, and
// anything else a fault.
func (f *fields) object(v jsontext.Value) bool { return f.is(v, jsontext.Object, "an object") }

// list is object for arrays.
func (f *fields) list(v jsontext.Value) bool { return f.is(v, jsontext.Array, "an array") }

func (f *fields) is(v jsontext.Value, kind jsontext.Kind, what string) bool {
	if absent(v) {
		return false
	}
	if v.Kind() != kind {
		f.wrong(v, what)
		return false
	}
	return true
}

// javaTrim takes what Java's trim takes off both ends.
func javaTrim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
}

// items gives the elements of an array or the members of an object.
func items(v jsontext.Value) func(yield func(jsontext.Value) bool) {
	return func(yield func(jsontext.Value) bool) {
		for item := v.First(); item.Exists(); item = item.Next() {
			if !yield(item) {
				return
			}
		}
	}
}

// listOf reads an array; nil when it is absent.
func listOf[T any](f *fields, v jsontext.Value, item func(jsontext.Value) T) []T {
	if !f.list(v) {
		return nil
	}
	list := make([]T, 0, v.Len())
	for x := range items(v) {
		list = append(list, item(x))
	}
	return list
}

// mapOf reads an object whose members are all of one kind; nil when it is
// absent.
func mapOf[T any](f *fields, v jsontext.Value, value func(jsontext.Value) T) map[string]T {
	if !f.object(v) {
		return nil
	}
	members := make(map[string]T, v.Len())
	for member := range items(v) {
		members[member.Name()] = value(member)
	}
	return members
}

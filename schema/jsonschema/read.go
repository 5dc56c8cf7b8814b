package jsonschema

import (
	"fmt"
	"strings"
)

// syntaxError says where a text stops being JSON.
type syntaxError struct {
	offset  int
	message string
}

// reader reads one JSON value as the real registry's reader does: what follows
// the first value is ignored, NaN and the infinities are taken as the strings
// that they are stored as (compatibility.md 2.3), and everything else is
// strict JSON. The depth was checked before (scanDepth).
type reader struct {
	text string
	i    int
}

func read(text string) (*Value, *syntaxError) {
	r := &reader{text: text}
	r.blanks()
	return r.value()
}

func failure(offset int, format string, args ...any) *syntaxError {
	return &syntaxError{offset, fmt.Sprintf(format, args...)}
}

func (r *reader) blanks() {
	for r.i < len(r.text) && isBlank(r.text[r.i]) {
		r.i++
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// peek gives the next byte, 0 at the end.
func (r *reader) peek() byte {
	if r.i < len(r.text) {
		return r.text[r.i]
	}
	return 0
}

// found describes what stands at the reader's place, for a message.
func (r *reader) found() string {
	if r.i >= len(r.text) {
		return "the end of the text"
	}
	for _, c := range r.text[r.i:] {
		return fmt.Sprintf("%q", c)
	}
	return ""
}

func (r *reader) value() (*Value, *syntaxError) {
	start := r.i
	switch c := r.peek(); {
	case c == '{':
		return r.object()
	case c == '[':
		return r.array()
	case c == '"':
		s, err := r.string()
		if err != nil {
			return nil, err
		}
		return &Value{kind: StringValue, offset: int32(start), text: s}, nil
	case c == '-' || c == '+' || c >= '0' && c <= '9':
		return r.number()
	}
	word := r.word()
	v := &Value{offset: int32(start)}
	switch word {
	case "null":
		v.kind = NullValue
	case "true":
		v.kind = TrueValue
	case "false":
		v.kind = FalseValue
	case "NaN", "Infinity":
		v.kind, v.text = StringValue, word
	case "":
		return nil, failure(start, "expected a JSON value, found %s", r.found())
	default:
		return nil, failure(start, "expected a JSON value, found %q", word)
	}
	return v, nil
}

// word takes letters, digits and what else may continue a Java identifier.
func (r *reader) word() string {
	start := r.i
	for r.i < len(r.text) && isWord(r.text[r.i]) {
		r.i++
	}
	return r.text[start:r.i]
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

func (r *reader) object() (*Value, *syntaxError) {
	v := &Value{kind: ObjectValue, offset: int32(r.i)}
	r.i++
	r.blanks()
	if r.peek() == '}' {
		r.i++
		return v, nil
	}
	for {
		if r.peek() != '"' {
			return nil, failure(r.i, "expected a key in double quotes, found %s", r.found())
		}
		m := Member{offset: int32(r.i)}
		var err *syntaxError
		if m.Key, err = r.string(); err != nil {
			return nil, err
		}
		r.blanks()
		if r.peek() != ':' {
			return nil, failure(r.i, "expected a colon after the key %q, found %s", m.Key, r.found())
		}
		r.i++
		r.blanks()
		if m.Value, err = r.value(); err != nil {
			return nil, err
		}
		v.put(m)
		r.blanks()
		switch r.peek() {
		case ',':
			r.i++
			r.blanks()
		case '}':
			r.i++
			return v, nil
		default:
			return nil, failure(r.i, "expected a comma or the end of the object, found %s", r.found())
		}
	}
}

// put adds a member, or replaces the one of the same key in its place.
func (v *Value) put(m Member) {
	if old := v.member(m.Key); old != nil {
		*old = m
		return
	}
	v.members = append(v.members, m)
	switch {
	case v.index != nil:
		v.index[m.Key] = int32(len(v.members) - 1)
	case len(v.members) > largeObject:
		v.index = make(map[string]int32, 2*largeObject)
		for i := range v.members {
			v.index[v.members[i].Key] = int32(i)
		}
	}
}

func (r *reader) array() (*Value, *syntaxError) {
	v := &Value{kind: ArrayValue, offset: int32(r.i)}
	r.i++
	r.blanks()
	if r.peek() == ']' {
		r.i++
		return v, nil
	}
	for {
		item, err := r.value()
		if err != nil {
			return nil, err
		}
		v.items = append(v.items, item)
		r.blanks()
		switch r.peek() {
		case ',':
			r.i++
			r.blanks()
		case ']':
			r.i++
			return v, nil
		default:
			return nil, failure(r.i, "expected a comma or the end of the array, found %s", r.found())
		}
	}
}

// number reads a number. A sign may stand before Infinity, and + only there.
func (r *reader) number() (*Value, *syntaxError) {
	start := r.i
	if c := r.peek(); c == '-' || c == '+' {
		r.i++
		if r.peek() == 'I' {
			if word := r.word(); word == "Infinity" || word == "INF" {
				return &Value{kind: StringValue, offset: int32(start), text: strings.TrimPrefix(string(c), "+") + "Infinity"}, nil
			}
		}
		if c == '+' {
			return nil, failure(start, "a number may not begin with a plus sign")
		}
	}
	if !r.digits() {
		return nil, failure(r.i, "expected a digit, found %s", r.found())
	}
	if first := strings.TrimPrefix(r.text[start:r.i], "-"); len(first) > 1 && first[0] == '0' {
		return nil, failure(start, "a number may not begin with 0")
	}
	if r.peek() == '.' {
		r.i++
		if !r.digits() {
			return nil, failure(r.i, "expected a digit after the point, found %s", r.found())
		}
	}
	if c := r.peek(); c == 'e' || c == 'E' {
		r.i++
		if c := r.peek(); c == '-' || c == '+' {
			r.i++
		}
		if !r.digits() {
			return nil, failure(r.i, "expected a digit in the exponent, found %s", r.found())
		}
	}
	token := r.text[start:r.i]
	if len(token) > maxNumberLength {
		return nil, failure(start, "a number of more than %d characters", maxNumberLength)
	}
	if word := r.word(); word != "" {
		return nil, failure(start, "expected a number, found %q", token+word)
	}
	text, integer, ok := canonicalNumber(token)
	if !ok {
		return nil, failure(start, "the exponent of a number is too large")
	}
	return &Value{kind: NumberValue, offset: int32(start), text: text, integer: integer}, nil
}

func (r *reader) digits() bool {
	start := r.i
	for c := r.peek(); c >= '0' && c <= '9'; c = r.peek() {
		r.i++
	}
	return r.i > start
}

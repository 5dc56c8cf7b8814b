package jsonschema

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a string from its opening quote. An escape of half a surrogate
// pair is kept as the three bytes that UTF-8 would have for it, so that
// nothing is lost when it is printed again (as an escape).
func (r *reader) string() (string, *syntaxError) {
	start := r.i + 1
	for r.i = start; r.i < len(r.text); r.i++ {
		switch c := r.text[r.i]; {
		case c == '"':
			s := r.text[start:r.i]
			if !utf8.ValidString(s) {
				return "", failure(start, "a string that is not UTF-8")
			}
			r.i++
			return s, nil
		case c == '\\':
			return r.escaped(start)
		case c < 0x20:
			return "", failure(r.i, "a control character in a string must be written as an escape")
		}
	}
	return "", failure(start-1, "a string without its closing quote")
}

// escaped goes on with a string from its first backslash.
func (r *reader) escaped(start int) (string, *syntaxError) {
	var b strings.Builder
	from := start
	flush := func() *syntaxError {
		if s := r.text[from:r.i]; utf8.ValidString(s) {
			b.WriteString(s)
			return nil
		}
		return failure(from, "a string that is not UTF-8")
	}
	for r.i < len(r.text) {
		switch c := r.text[r.i]; {
		case c == '"':
			if err := flush(); err != nil {
				return "", err
			}
			r.i++
			return b.String(), nil
		case c == '\\':
			if err := flush(); err != nil {
				return "", err
			}
			if err := r.escape(&b); err != nil {
				return "", err
			}
			from = r.i
		case c < 0x20:
			return "", failure(r.i, "a control character in a string must be written as an escape")
		default:
			r.i++
		}
	}
	return "", failure(start-1, "a string without its closing quote")
}

// escape reads one escape, or the two of a surrogate pair.
func (r *reader) escape(b *strings.Builder) *syntaxError {
	at := r.i
	r.i++
	c := r.peek()
	r.i++
	switch c {
	case '"', '\\', '/':
		b.WriteByte(c)
	case 'b':
		b.WriteByte('\b')
	case 'f':
		b.WriteByte('\f')
	case 'n':
		b.WriteByte('\n')
	case 'r':
		b.WriteByte('\r')
	case 't':
		b.WriteByte('\t')
	case 'u':
		unit, ok := r.hex()
		if !ok {
			return failure(at, "expected four hexadecimal digits after \\u")
		}
		if utf16.IsSurrogate(unit) {
			b.WriteString(r.surrogate(unit))
		} else {
			b.WriteRune(unit)
		}
	default:
		return failure(at, "an unknown escape in a string")
	}
	return nil
}

func (r *reader) hex() (rune, bool) {
	if r.i+4 > len(r.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(r.text[r.i:r.i+4], 16, 16)
	if err != nil {
		return 0, false
	}
	r.i += 4
	return rune(n), true
}

// surrogate joins a pair, or keeps half of one.
func (r *reader) surrogate(first rune) string {
	if strings.HasPrefix(r.text[r.i:], `\u`) {
		back := r.i
		r.i += 2
		if second, ok := r.hex(); ok {
			if joined := utf16.DecodeRune(first, second); joined != utf8.RuneError {
				return string(joined)
			}
		}
		r.i = back
	}
	return string([]byte{0xE0 | byte(first>>12), 0x80 | byte(first>>6)&0x3F, 0x80 | byte(first)&0x3F})
}

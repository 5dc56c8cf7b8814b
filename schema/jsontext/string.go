package jsontext

import (
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// str reads a string and says whether it has escapes.
func (r *reader) str() (escaped bool) {
	start := r.at
	text := r.text
	for i := start + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			r.at = i + 1
			return escaped
		case c == '\\':
			escaped = true
			if i++; !r.escape(i) {
				return escaped
			}
		case c < ' ':
			r.fail(i, fmt.Sprintf("the control character U+%04X must be escaped in a string", c))
			return escaped
		}
	}
	r.fail(start, "a string is not closed")
	return escaped
}

// escape checks what follows a backslash.
func (r *reader) escape(at int) bool {
	if at >= len(r.text) {
		r.fail(at, "a string is not closed")
		return false
	}
	switch r.text[at] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		if _, ok := hex4(r.text, at+1); ok {
			return true
		}
	}
	r.fail(at-1, "unknown escape in a string")
	return false
}

// hex4 reads four hexadecimal digits.
func hex4(text string, at int) (rune, bool) {
	if at+4 > len(text) {
		return 0, false
	}
	var v rune
	for _, c := range []byte(text[at : at+4]) {
		switch {
		case '0' <= c && c <= '9':
			v = v<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			v = v<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			v = v<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return v, true
}

// unescape decodes the inside of a string whose escapes were checked.
func unescape(raw string) string {
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			out = append(out, raw[i])
			continue
		}
		i++
		switch raw[i] {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			c, _ := hex4(raw, i+1)
			i += 4
			if utf16.IsSurrogate(c) && i+6 < len(raw) && raw[i+1] == '\\' && raw[i+2] == 'u' {
				low, _ := hex4(raw, i+3)
				if pair := utf16.DecodeRune(c, low); pair != utf8.RuneError {
					c = pair
					i += 6
				}
			}
			out = appendRune(out, c)
		default:
			out = append(out, raw[i])
		}
	}
	return string(out)
}

// appendRune is utf8.AppendRune, but half a surrogate pair keeps its value.
func appendRune(out []byte, c rune) []byte {
	if utf16.IsSurrogate(c) {
		return append(out, 0xED, 0x80|byte(c>>6&0x3F), 0x80|byte(c&0x3F))
	}
	return utf8.AppendRune(out, c)
}

// surrogateAt says that half a surrogate pair stands in the text, in its three
// bytes.
func surrogateAt(text string, at int) bool {
	return at+3 <= len(text) && text[at] == 0xED && 0xA0 <= text[at+1] && text[at+1] <= 0xBF && text[at+2]&0xC0 == 0x80
}

const hexDigits = "0123456789ABCDEF"

// AppendQuoted appends a string as the wire prints it: only the quote, the
// backslash and characters below U+0020 are escaped, in the short forms where
// there is one, else as \u001F in upper case (compatibility.md 3.1).
func AppendQuoted(out []byte, s string) []byte {
	out = append(out, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		out = append(out, s[start:i]...)
		start = i + 1
		switch c {
		case '"', '\\':
			out = append(out, '\\', c)
		case '\b':
			out = append(out, '\\', 'b')
		case '\f':
			out = append(out, '\\', 'f')
		case '\n':
			out = append(out, '\\', 'n')
		case '\r':
			out = append(out, '\\', 'r')
		case '\t':
			out = append(out, '\\', 't')
		default:
			out = append(out, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	out = append(out, s[start:]...)
	return append(out, '"')
}

func quoteRune(c rune) string {
	if !unicode.IsPrint(c) || c == utf8.RuneError {
		return fmt.Sprintf("U+%04X", c)
	}
	return "'" + string(c) + "'"
}

// CompareUTF16 orders strings as the JVM does, by their UTF-16 units:
// characters beyond U+FFFF come before U+E000 to U+FFFF.
func CompareUTF16(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return int(unitRank(a[i])) - int(unitRank(b[i]))
		}
	}
	return len(a) - len(b)
}

// unitRank gives the bytes of UTF-8 their order by UTF-16 units: it moves the
// lead bytes of characters beyond U+FFFF (F0 to F4) before those of U+E000 to
// U+FFFF (EE and EF).
func unitRank(c byte) byte {
	switch {
	case c >= 0xF0:
		return c - 2
	case c >= 0xEE:
		return c + 5
	}
	return c
}

package protobuf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/weir-registry/weir/schema"
)

// reader takes a text apart into characters, words and strings. A fault is
// thrown as a panic of type fault, which the parser catches at the next
// declaration, so that it can go on and find more.
type reader struct {
	text string
	pos  int
}

// fault is a syntax error at a place.
type fault struct {
	offset  int
	message string
}

func (f fault) fault(text string) schema.Fault {
	return schema.Fault{Position: schema.PositionAt(text, f.offset), Message: f.message}
}

func (r *reader) fail(offset int, format string, args ...any) {
	panic(fault{offset: offset, message: fmt.Sprintf(format, args...)})
}

// exhausted says that nothing but blanks and comments is left.
func (r *reader) exhausted() bool {
	r.skip()
	return r.pos == len(r.text)
}

// skip passes blanks and comments.
func (r *reader) skip() {
	for r.pos < len(r.text) {
		switch r.text[r.pos] {
		case ' ', '\t', '\r', '\n':
			r.pos++
		case '/':
			r.comment()
		default:
			return
		}
	}
}

// comment passes one comment.
func (r *reader) comment() {
	start := r.pos
	rest := r.text[r.pos+1:]
	switch {
	case strings.HasPrefix(rest, "*"):
		end := strings.Index(rest[1:], "*/")
		if end < 0 {
			r.pos = len(r.text)
			r.fail(start, "comment without an end")
		}
		r.pos += 2 + end + 2
	case strings.HasPrefix(rest, "/"):
		end := strings.IndexByte(rest, '\n')
		if end >= 0 {
			r.pos += 1 + end + 1
			return
		}
		r.pos = len(r.text)
		// The recorded parser trips over an empty comment that ends the text.
		if rest == "/" || rest == "/ " {
			r.fail(start, "empty comment at the end of the text")
		}
	default:
		r.fail(start, "unexpected '/'")
	}
}

// peek gives the next character that is no blank, without taking it.
func (r *reader) peek() byte {
	r.skip()
	if r.pos >= len(r.text) {
		r.fail(len(r.text), "unexpected end of the text")
	}
	return r.text[r.pos]
}

// take passes the next character if it is c.
func (r *reader) take(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.pos++
	return true
}

// require passes the next character, which must be c.
func (r *reader) require(c byte) {
	if !r.take(c) {
		r.fail(r.pos, "expected '%c' but found %s", c, r.here())
	}
}

// here shows the character at the place, for messages.
func (r *reader) here() string {
	if r.pos >= len(r.text) {
		return "the end of the text"
	}
	c, _ := utf8.DecodeRuneInString(r.text[r.pos:])
	return strconv.QuoteRune(c)
}

func wordChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.'
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// word reads a word: letters, digits, '_', '-' and '.'.
func (r *reader) word() string {
	r.skip()
	start := r.pos
	for r.pos < len(r.text) && wordChar(r.text[r.pos]) {
		r.pos++
	}
	if start == r.pos {
		r.fail(r.pos, "expected a word but found %s", r.here())
	}
	return r.text[start:r.pos]
}

// noDigit refuses a word that begins with a digit; it was just read.
func (r *reader) noDigit(word string) {
	if digit(word[0]) {
		r.fail(r.pos-len(word), "the names of fields and constants cannot begin with a digit: %s", word)
	}
}

// name reads a word that may stand in parentheses or square brackets.
func (r *reader) name() string {
	word, _ := r.wrapped()
	return word
}

// wrapped reads a name and says what it stood in: '(', '[' or 0.
func (r *reader) wrapped() (string, byte) {
	open := r.peek()
	var shut byte
	switch open {
	case '(':
		shut = ')'
	case '[':
		shut = ']'
	default:
		return r.word(), 0
	}
	r.pos++
	word := r.word()
	r.require(shut)
	return word, open
}

// integer reads a 32-bit number: decimal, or 0x and hexadecimal digits.
func (r *reader) integer() int32 {
	word := r.word()
	digits, base := word, 10
	if strings.HasPrefix(word, "0x") || strings.HasPrefix(word, "0X") {
		digits, base = word[2:], 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil {
		r.fail(r.pos-len(word), "expected a 32-bit integer but found %s", word)
	}
	return int32(n)
}

// dataType reads the type of a field whose first word was read already. For a
// map it gives the key and the value.
func (r *reader) dataType(word string) (key, value string) {
	if word == "map" {
		r.require('<')
		start := r.pos
		k, v := r.dataType(r.word())
		if k != "" {
			k = "map<" + k + ", " + v + ">"
		} else {
			k = v
		}
		if !mapKey(k) {
			r.fail(start, "the key of a map must be an integer, bool or string type, not %s", k)
		}
		r.require(',')
		inner, v := r.dataType(r.word())
		if inner != "" {
			v = "map<" + inner + ", " + v + ">"
		}
		r.require('>')
		return k, v
	}
	for r.peek() == '.' {
		r.pos++
		word += "." + r.word()
	}
	return "", word
}

func mapKey(name string) bool {
	return Scalar(name) && name != "float" && name != "double" && name != "bytes"
}

// quoted reads one or more adjacent strings, joined.
func (r *reader) quoted() string {
	quote := r.peek()
	start := r.pos
	if quote != '"' && quote != '\'' {
		r.fail(start, "expected a quoted string but found %s", r.here())
	}
	r.pos++
	var b strings.Builder
	for r.pos < len(r.text) {
		c := r.text[r.pos]
		r.pos++
		switch c {
		case quote:
			next := r.peek()
			if next != '"' && next != '\'' {
				return b.String()
			}
			quote = next
			r.pos++
		case '\\':
			r.escape(&b)
		default:
			b.WriteByte(c)
		}
	}
	r.fail(start, "string without an end")
	return ""
}

// escape reads what follows a backslash. No other numeric escape than \NNN
// and \xNN is known: \u0041 is u0041 (compatibility.md 2.4).
func (r *reader) escape(b *strings.Builder) {
	if r.pos >= len(r.text) {
		r.fail(r.pos, "unexpected end of the text")
	}
	c, size := utf8.DecodeRuneInString(r.text[r.pos:])
	if at := strings.IndexByte("abfnrtv", byte(c)); c < utf8.RuneSelf && at >= 0 {
		b.WriteByte("\a\b\f\n\r\t\v"[at])
		r.pos++
		return
	}
	switch {
	case c == 'x' || c == 'X':
		r.pos++
		r.code(b, 16, 2)
	case c >= '0' && c <= '7':
		r.code(b, 8, 3)
	default:
		b.WriteString(r.text[r.pos : r.pos+size])
		r.pos += size
	}
}

// code reads up to limit digits and adds the character of that code.
func (r *reader) code(b *strings.Builder, base, limit int) {
	value, n := 0, 0
	for ; n < limit && r.pos < len(r.text); n++ {
		d := hexDigit(r.text[r.pos])
		if d < 0 || d >= base {
			break
		}
		value = value*base + d
		r.pos++
	}
	if n == 0 {
		r.fail(r.pos, "expected a digit after \\x")
	}
	b.WriteRune(rune(value))
}

func hexDigit(c byte) int {
	switch {
	case digit(c):
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// trailing passes a comment behind the ';' of a field, constant or reserved
// statement. A /* */ there must end its line (compatibility.md 2.4), and blanks
// that end the text are refused as if a comment had been cut off.
func (r *reader) trailing() {
	for r.pos < len(r.text) && (r.text[r.pos] == ' ' || r.text[r.pos] == '\t') {
		r.pos++
	}
	if r.pos == len(r.text) {
		r.fail(r.pos, "unexpected end of the text")
	}
	if r.text[r.pos] != '/' {
		return
	}
	start := r.pos
	rest := r.text[r.pos+1:]
	switch {
	case strings.HasPrefix(rest, "/"):
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			r.pos = len(r.text)
			return
		}
		r.pos += 1 + end + 1
	case strings.HasPrefix(rest, "*"):
		end := strings.Index(rest[1:], "*/")
		if end < 0 {
			r.pos = len(r.text)
			r.fail(start, "comment without an end")
		}
		r.pos += 2 + end + 2
		for r.pos < len(r.text) {
			c := r.text[r.pos]
			if c == '\n' {
				r.pos++
				return
			}
			if c != ' ' && c != '\t' {
				r.fail(r.pos, "no syntax may follow trailing comment")
			}
			r.pos++
		}
	default:
		r.fail(start, "expected '//' or '/*'")
	}
}

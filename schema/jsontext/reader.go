package jsontext

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Parse reads a JSON text (RFC 8259). A name that occurs twice in an object
// keeps its first place and takes its last value.
func Parse(text string, options Options) (*Document, error) {
	if len(text) > math.MaxInt32 {
		return nil, &SyntaxError{0, "the text is too long"}
	}
	if at := invalidByte(text); at >= 0 {
		return nil, &SyntaxError{at, "the text is not valid UTF-8"}
	}
	r := reader{text: text, options: options}
	// A value is the first of the text or of a container, or stands behind a
	// comma: counting is cheaper than growing. Commas may stand in strings or
	// be all there is, so the text bounds the count.
	values := 1 + strings.Count(text, ",") + strings.Count(text, "{") + strings.Count(text, "[")
	r.nodes = make([]node, 0, min(values, 8+len(text)/8))
	r.blank()
	if r.failed == nil && r.at == len(text) {
		return nil, &SyntaxError{r.at, "the text is empty"}
	}
	r.value("", 0)
	r.tail()
	if r.failed != nil {
		return nil, r.failed
	}
	return &Document{text: text, nodes: r.nodes}, nil
}

// invalidByte finds the first byte that is neither UTF-8 nor part of half a
// surrogate pair in WTF-8; -1 when there is none.
func invalidByte(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			if !surrogateAt(text, i) {
				return i
			}
			size = 3
		}
		i += size
	}
	return -1
}

// reader reads one text. After a fault failed is set and at is the end of the
// text, so that every loop ends by itself.
type reader struct {
	text    string
	at      int
	depth   int
	nodes   []node
	options Options
	failed  *SyntaxError
}

func (r *reader) fail(at int, message string) {
	if r.failed == nil {
		r.failed = &SyntaxError{at, message}
	}
	r.at = len(r.text)
}

// blank skips what may stand between tokens.
func (r *reader) blank() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\n', '\t', '\r':
			r.at++
		case '/':
			if !r.options.Comments {
				return
			}
			r.comment()
		default:
			return
		}
	}
}

func (r *reader) comment() {
	start, rest := r.at, r.text[r.at:]
	switch {
	case strings.HasPrefix(rest, "//"):
		// The line ends at a line feed or a carriage return.
		if n := strings.IndexAny(rest, "\r\n"); n >= 0 {
			r.at += n
		} else {
			r.at = len(r.text)
		}
	case strings.HasPrefix(rest, "/*"):
		n := strings.Index(rest[2:], "*/")
		if n < 0 {
			r.fail(start, "a comment is not closed")
			return
		}
		r.at += n + 4
	default:
		r.fail(start, "unexpected character '/'")
	}
}

// tail looks at what follows the document.
func (r *reader) tail() {
	if r.failed != nil {
		return
	}
	for ; r.at < len(r.text); r.at++ {
		if r.text[r.at] > ' ' {
			r.fail(r.at, "text after the end of the schema")
			return
		}
	}
}

// value reads one value and gives its number in the arena.
func (r *reader) value(name string, nameAt int) int32 {
	id := int32(len(r.nodes))
	r.nodes = append(r.nodes, node{name: name, nameAt: int32(nameAt), at: int32(r.at)})
	if r.at >= len(r.text) {
		r.fail(r.at, "the text ends where a value is expected")
		return id
	}
	switch c := r.text[r.at]; {
	case c == '"':
		escaped := r.str()
		n := &r.nodes[id]
		n.kind, n.escaped = String, escaped
	case c == '{':
		r.object(id)
	case c == '[':
		r.array(id)
	case c == 't':
		r.word(id, "true", True)
	case c == 'f':
		r.word(id, "false", False)
	case c == 'n':
		r.word(id, "null", Null)
	case c == '-' || '0' <= c && c <= '9' || r.options.NonFinite && (c == 'N' || c == 'I' || c == '+'):
		r.number(id)
	default:
		r.unexpected("a value")
	}
	r.nodes[id].end = int32(r.at)
	return id
}

func (r *reader) word(id int32, word string, kind Kind) {
	if !strings.HasPrefix(r.text[r.at:], word) || r.wordGoesOn(r.at+len(word)) {
		r.unexpected("a value")
		return
	}
	r.at += len(word)
	r.nodes[id].kind = kind
}

func (r *reader) wordGoesOn(at int) bool {
	if at >= len(r.text) {
		return false
	}
	c := r.text[at]
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '$' || c >= utf8.RuneSelf
}

func (r *reader) unexpected(wanted string) {
	if r.at >= len(r.text) {
		r.fail(r.at, "the text ends where "+wanted+" is expected")
		return
	}
	c, _ := utf8.DecodeRuneInString(r.text[r.at:])
	r.fail(r.at, "unexpected character "+quoteRune(c)+" where "+wanted+" is expected")
}

// enter counts a level of nesting.
func (r *reader) enter() bool {
	r.depth++
	if r.depth > r.options.MaxDepth {
		r.fail(r.at, fmt.Sprintf("the text nests deeper than %d levels", r.options.MaxDepth))
		return false
	}
	return true
}

func (r *reader) array(id int32) {
	if !r.enter() {
		return
	}
	r.at++
	r.blank()
	var last, length int32
	if r.at < len(r.text) && r.text[r.at] == ']' {
		r.at++
	} else {
		for r.failed == nil {
			child := r.value("", 0)
			r.link(id, last, child)
			last = child
			length++
			r.blank()
			if r.separator(']') {
				break
			}
			r.blank()
		}
	}
	r.depth--
	r.nodes[id].kind, r.nodes[id].length = Array, length
}

// link appends a child to the list of its parent.
func (r *reader) link(parent, last, child int32) {
	if last == 0 {
		r.nodes[parent].first = child
	} else {
		r.nodes[last].next = child
	}
}

// separator reads a comma, or the end of the array or object and says so.
func (r *reader) separator(end byte) bool {
	if r.at < len(r.text) {
		switch r.text[r.at] {
		case ',':
			r.at++
			return false
		case end:
			r.at++
			return true
		}
	}
	r.unexpected("',' or '" + string(end) + "'")
	return true
}

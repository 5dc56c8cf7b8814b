package protobuf

import (
	"strings"

	"github.com/weir-registry/weir/schema"
)

// walker goes over a text character by character, leaving out what stands in
// strings and comments. It never fails: an open string or comment ends at the
// end of the text.
type walker struct {
	text string
	pos  int
	char byte
}

// next goes to the next character; pos is then behind it.
func (w *walker) next() bool {
	for w.pos < len(w.text) {
		c := w.text[w.pos]
		rest := w.text[w.pos+1:]
		switch {
		case c == '"' || c == '\'':
			w.pos++
			w.quoted(c)
		case c == '/' && strings.HasPrefix(rest, "/"):
			w.until(rest, "\n")
		case c == '/' && strings.HasPrefix(rest, "*"):
			w.pos++
			w.until(rest[1:], "*/")
		default:
			w.pos++
			w.char = c
			return true
		}
	}
	return false
}

func (w *walker) until(rest, end string) {
	at := strings.Index(rest, end)
	if at < 0 {
		w.pos = len(w.text)
		return
	}
	w.pos += 1 + at + len(end)
}

func (w *walker) quoted(quote byte) {
	for w.pos < len(w.text) {
		c := w.text[w.pos]
		w.pos++
		switch c {
		case quote:
			return
		case '\\':
			w.pos = min(w.pos+1, len(w.text))
		}
	}
}

// scan refuses a source that is too large or too deeply nested before the
// parser sees it (validation.md 9). Messages have a bound of their own, which
// the parser counts; this one bounds braces, lists and map types of any kind.
func scan(source schema.Source) *schema.InvalidError {
	if len(source.Text) > schema.MaxTextBytes {
		return schema.Invalid(schema.Protobuf, schema.StageParse, schema.Position{},
			"the text has %d bytes, more than %d", len(source.Text), schema.MaxTextBytes)
	}
	total := len(source.Text)
	for _, d := range source.Dependencies {
		total += len(d.Text)
	}
	if total > schema.MaxClosureBytes {
		return schema.Invalid(schema.Protobuf, schema.StageParse, schema.Position{},
			"the text and what it refers to have %d bytes, more than %d", total, schema.MaxClosureBytes)
	}
	depth := 0
	for w := (walker{text: source.Text}); w.next(); {
		switch w.char {
		case '{', '[', '<':
			if depth++; depth > schema.MaxDepth {
				return schema.Invalid(schema.Protobuf, schema.StageParse, schema.PositionAt(source.Text, w.pos-1),
					"nested deeper than %d levels", schema.MaxDepth)
			}
		case '}', ']', '>':
			depth = max(0, depth-1)
		}
	}
	return nil
}

package schema

import (
	"strings"
	"unicode/utf8"
)

// Locator works out the positions of many places in one text. PositionAt reads
// the text from its beginning each time; a Locator notes where it is every
// stride bytes, once.
type Locator struct {
	text  string
	marks []Position
}

// stride is how many bytes lie between two marks.
const stride = 512

// NewLocator goes through a text once.
func NewLocator(text string) *Locator {
	l := &Locator{text: text, marks: make([]Position, 0, 1+len(text)/stride)}
	at := Position{Line: 1, Column: 1}
	for {
		l.marks = append(l.marks, at)
		next := at.Offset + stride
		if next > len(text) {
			return l
		}
		// Not inside a character, where the text is UTF-8.
		for back := 0; back < utf8.UTFMax-1 && next < len(text) && !utf8.RuneStart(text[next]); back++ {
			next--
		}
		at = at.advance(text[at.Offset:next])
	}
}

// Position is where a byte offset is in the text.
func (l *Locator) Position(offset int) Position {
	offset = max(0, min(offset, len(l.text)))
	i := min(offset/stride, len(l.marks)-1)
	// A mark stands at most a few bytes before its multiple of stride.
	for i+1 < len(l.marks) && l.marks[i+1].Offset <= offset {
		i++
	}
	return l.marks[i].advance(l.text[l.marks[i].Offset:offset])
}

// advance is the position behind a part of the text that begins at p.
func (p Position) advance(part string) Position {
	p.Offset += len(part)
	if i := strings.LastIndexByte(part, '\n'); i >= 0 {
		p.Line += strings.Count(part, "\n")
		p.Column = 1
		part = part[i+1:]
	}
	p.Column += utf8.RuneCountInString(part)
	return p
}

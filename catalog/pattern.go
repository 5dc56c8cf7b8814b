package catalog

import (
	"strings"
	"unicode/utf8"
)

// pattern is a path pattern of the tags of a data contract (catalog-api.md
// section 9, metadata.tags), matched against the whole runtime name of a field:
//
//	?     one character but not a point
//	*     any run of characters without a point, also none
//	**    any run of characters
//	**.*  reads as **
//
// All else, letter case too, stands for itself. Runtime names of JSON Schema
// speak of all items of a list at once, "$.lines[i].sku": an index in a
// pattern, "[0]", reads as "[i]", since the field has the tag at least there.
type pattern struct {
	steps []patternStep
	// plain is the whole pattern when nothing in it is wild.
	plain string
	wild  bool
}

type patternStep struct {
	kind stepKind
	char rune
}

type stepKind uint8

const (
	stepChar stepKind = iota
	stepOne
	stepRun
	stepAll
)

func newPattern(text string) pattern {
	text = anyIndex(strings.ReplaceAll(text, "**.*", "**"))
	p := pattern{plain: text, wild: strings.ContainsAny(text, "*?")}
	if !p.wild {
		return p
	}
	for len(text) > 0 {
		switch {
		case strings.HasPrefix(text, "**"):
			p.add(patternStep{kind: stepAll})
			text = text[2:]
		case text[0] == '*':
			p.add(patternStep{kind: stepRun})
			text = text[1:]
		case text[0] == '?':
			p.add(patternStep{kind: stepOne})
			text = text[1:]
		default:
			c, size := utf8.DecodeRuneInString(text)
			p.add(patternStep{char: c})
			text = text[size:]
		}
	}
	return p
}

// add leaves out a run behind one that takes all that it would.
func (p *pattern) add(s patternStep) {
	if n := len(p.steps); n > 0 && s.kind >= stepRun && p.steps[n-1].kind >= s.kind {
		return
	}
	p.steps = append(p.steps, s)
}

// anyIndex writes [i] for every index.
func anyIndex(text string) string {
	open := strings.IndexByte(text, '[')
	if open < 0 {
		return text
	}
	var b strings.Builder
	for ; open >= 0; open = strings.IndexByte(text, '[') {
		end := open + 1
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		b.WriteString(text[:open])
		if end > open+1 && end < len(text) && text[end] == ']' {
			b.WriteString("[i]")
			end++
		} else {
			b.WriteString(text[open:end])
		}
		text = text[end:]
	}
	b.WriteString(text)
	return b.String()
}

// matches says whether the pattern is the whole name. Its work is bounded by
// the product of both lengths, whatever the pattern.
func (p *pattern) matches(name string) bool {
	if !p.wild {
		return p.plain == name
	}
	// at[i] says that the name so far is what the first i steps stand for.
	at, next := make([]bool, len(p.steps)+1), make([]bool, len(p.steps)+1)
	at[0] = true
	p.skip(at)
	for _, c := range name {
		clear(next)
		alive := false
		for i, s := range p.steps {
			if !at[i] {
				continue
			}
			switch {
			case s.kind == stepAll, s.kind == stepRun && c != '.':
				next[i], alive = true, true
			case s.kind == stepOne && c != '.', s.kind == stepChar && c == s.char:
				next[i+1], alive = true, true
			}
		}
		if !alive {
			return false
		}
		at, next = next, at
		p.skip(at)
	}
	return at[len(p.steps)]
}

// skip lets runs stand for nothing.
func (p *pattern) skip(at []bool) {
	for i, s := range p.steps {
		if at[i] && s.kind >= stepRun {
			at[i+1] = true
		}
	}
}

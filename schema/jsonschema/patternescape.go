package jsonschema

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Java's shorthands know ASCII only.
const (
	digitSet      = "0-9"
	wordSet       = "a-zA-Z0-9_"
	spaceSet      = "\t\n\v\f\r "
	horizontalSet = "\t \u00A0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"
	verticalSet   = "\n\v\f\r\u0085\u2028\u2029"
)

// shorthand gives the set of a class escape.
func shorthand(c rune) (set string, negated, ok bool) {
	switch c {
	case 'd', 'D':
		return digitSet, c == 'D', true
	case 'w', 'W':
		return wordSet, c == 'W', true
	case 's', 'S':
		return spaceSet, c == 'S', true
	case 'h', 'H':
		return horizontalSet, c == 'H', true
	case 'v', 'V':
		return verticalSet, c == 'V', true
	}
	return "", false, false
}

// escape reads an escape outside of a class.
func (p *patternParser) escape() (string, extent, error) {
	at := p.i
	p.i++
	if !p.more() {
		return "", extent{}, p.fail(at, "a backslash at the end")
	}
	c := p.peek()
	if set, negated, ok := shorthand(c); ok {
		p.i++
		return setText(set, negated), extent{width: 1}, nil
	}
	switch {
	case c == 'p' || c == 'P':
		set, err := p.property()
		return set.text(), extent{width: 1}, err
	case c >= '1' && c <= '9':
		return p.backReference(), extent{width: 2, unbounded: true}, nil
	case c == 'k':
		p.i++
		if p.peek() != '<' {
			return "", extent{}, p.fail(p.i, `\k must be followed by the name of a group in <>`)
		}
		p.i++
		name, err := p.groupName()
		if err != nil {
			return "", extent{}, err
		}
		if !p.names[name] {
			return "", extent{}, p.fail(at, "there is no group named "+name)
		}
		return `\k<` + name + ">", extent{width: 2, unbounded: true}, nil
	case c == 'Q':
		return p.quoted()
	}
	simple := map[rune]string{
		'A': `\A`, 'B': `\B`, 'b': `\b`, 'G': `\G`, 'z': `\z`, 'Z': "(?=" + lineEnd + `?\z)`,
		'R': lineEnd + `|[\v\f]`, 'X': `(?s:.)`,
	}
	if s, ok := simple[c]; ok {
		p.i++
		if c == 'b' && strings.HasPrefix(string(p.in[p.i:]), "{g}") {
			p.i += 3
			return "", extent{}, nil
		}
		if c == 'R' {
			return "(?:" + s + ")", extent{width: 2}, nil
		}
		return s, extent{}, nil
	}
	r, err := p.character()
	return literal(r), extent{width: 1}, err
}

// backReference reads \1 and further digits while there are that many groups.
func (p *patternParser) backReference() string {
	n := int(p.peek() - '0')
	p.i++
	for c := p.peek(); c >= '0' && c <= '9' && n*10+int(c-'0') <= p.groups; c = p.peek() {
		n = n*10 + int(c-'0')
		p.i++
	}
	if n > p.groups {
		return `(?!)`
	}
	return `(?:\` + strconv.Itoa(n) + ")"
}

// quoted reads \Q up to \E or the end.
func (p *patternParser) quoted() (string, extent, error) {
	p.i++
	var b strings.Builder
	b.WriteString("(?:)")
	for p.more() {
		if p.peek() == '\\' && p.ahead(1) == 'E' {
			p.i += 2
			break
		}
		b.WriteString(literal(p.peek()))
		p.i++
	}
	return b.String(), extent{width: 1}, nil
}

// character reads an escape that stands for one character; the backslash is
// behind the reader already.
func (p *patternParser) character() (rune, error) {
	at := p.i - 1
	c := p.peek()
	p.i++
	switch c {
	case 't':
		return '\t', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 'f':
		return '\f', nil
	case 'a':
		return '\a', nil
	case 'e':
		return 0x1B, nil
	case '0':
		return p.octal(at)
	case 'u':
		return p.hexadecimal(at, 4)
	case 'x':
		if p.peek() != '{' {
			return p.hexadecimal(at, 2)
		}
		p.i++
		start := p.i
		for p.more() && p.peek() != '}' {
			p.i++
		}
		n, err := strconv.ParseUint(string(p.in[start:p.i]), 16, 32)
		if err != nil || n > utf8.MaxRune || !p.more() {
			return 0, p.fail(at, `an \x{…} that is no character`)
		}
		p.i++
		return rune(n), nil
	case 'c':
		if !p.more() {
			return 0, p.fail(at, `a \c without a character`)
		}
		p.i++
		return p.in[p.i-1] ^ 64, nil
	case 'N':
		if p.peek() == '{' {
			p.i++
			start := p.i
			for p.more() && p.peek() != '}' {
				p.i++
			}
			if isCharacterName(p.in[start:p.i]) && p.more() {
				p.i++
				return utf8.RuneError, nil
			}
		}
		return 0, p.fail(at, `\N must be followed by the name of a character in braces`)
	}
	if isLatin(c) || c >= '1' && c <= '9' {
		return 0, p.fail(at, `an unknown escape \`+string(c))
	}
	return c, nil
}

// isCharacterName says whether a text has the form of a character's name. Which
// names there are is not known here, so one that is not is accepted and found
// nowhere.
func isCharacterName(name []rune) bool {
	if len(name) < 2 || !isLatin(name[0]) {
		return false
	}
	for _, c := range name {
		if !isLatin(c) && (c < '0' || c > '9') && c != ' ' && c != '-' {
			return false
		}
	}
	return true
}

// octal reads one to three octal digits behind \0, up to \0377.
func (p *patternParser) octal(at int) (rune, error) {
	n, digits := rune(0), 0
	for c := p.peek(); c >= '0' && c <= '7' && digits < 3 && n*8+c-'0' <= 0o377; c = p.peek() {
		n = n*8 + c - '0'
		digits++
		p.i++
	}
	if digits == 0 {
		return 0, p.fail(at, `\0 must be followed by an octal digit`)
	}
	return n, nil
}

func (p *patternParser) hexadecimal(at, digits int) (rune, error) {
	if p.i+digits > len(p.in) {
		return 0, p.fail(at, "an escape with too few hexadecimal digits")
	}
	n, err := strconv.ParseUint(string(p.in[p.i:p.i+digits]), 16, 32)
	if err != nil {
		return 0, p.fail(at, "an escape with too few hexadecimal digits")
	}
	p.i += digits
	return rune(n), nil
}

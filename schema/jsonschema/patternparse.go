package jsonschema

import (
	"fmt"
	"strconv"
	"strings"
)

// patternError says what is wrong with a pattern, and after how many
// characters.
type patternError struct {
	at      int
	message string
}

func (e *patternError) Error() string {
	return fmt.Sprintf("%s near character %d", e.message, e.at+1)
}

// patternParser reads the syntax of java.util.regex.Pattern and writes the
// same expression in the syntax that Go's regexp and regexp2 share, as far as
// they share one:
//
//	alternatives: sequence { "|" sequence }
//	sequence:     { atom [ quantifier ] }
//	quantifier:   ("?" | "*" | "+" | "{" n [ "," [ m ] ] "}") [ "?" | "+" ]
//	atom:         group | class | escape | "." | "^" | "$" | character
type patternParser struct {
	in     []rune
	i      int
	names  map[string]bool
	dotAll bool
	multi  bool
	blanks bool
	// groups are those opened so far; a back reference to one that is never
	// opened finds nothing, but is no error.
	groups int
}

// extent is what is known of how much an expression matches: Java wants an
// obvious bound on the length of a look-behind.
type extent struct {
	// width is 0 for an assertion, 1 for one character, 2 for more.
	width int
	// group says that the expression stands in parentheses.
	group bool
	// unbounded says that its length has no obvious bound, ambiguous that
	// there is more than one way to match it.
	unbounded, ambiguous bool
	// flags says that there is nothing to match and to repeat, only inline
	// flags.
	flags bool
}

func (e *extent) join(o extent) {
	e.width = min(2, e.width+o.width)
	e.unbounded = e.unbounded || o.unbounded
	e.ambiguous = e.ambiguous || o.ambiguous
}

// repeat works out the extent of a repetition. Without an end it has a bound
// only for assertions and, as Java has it, for a single character that is
// repeated greedily; a group that is counted needs one way to match it.
func (e *extent) repeat(endless, greedy bool) {
	switch {
	case e.width == 0:
	case endless:
		e.unbounded = e.unbounded || e.group || e.width > 1 || !greedy
	default:
		e.unbounded = e.unbounded || e.group && e.ambiguous
	}
	e.ambiguous = true
	e.width = min(2, 2*e.width)
}

func (p *patternParser) fail(at int, message string) error {
	return &patternError{at, message}
}

func (p *patternParser) more() bool { return p.i < len(p.in) }

// peek gives the next character, 0 at the end.
func (p *patternParser) peek() rune { return p.ahead(0) }

func (p *patternParser) ahead(n int) rune {
	if p.i+n < len(p.in) {
		return p.in[p.i+n]
	}
	return 0
}

func (p *patternParser) parse() (string, error) {
	out, _, err := p.alternatives()
	if err != nil {
		return "", err
	}
	if p.more() {
		return "", p.fail(p.i, "a closing parenthesis without an opening one")
	}
	return out, nil
}

func (p *patternParser) alternatives() (string, extent, error) {
	var b strings.Builder
	var all extent
	for {
		s, e, err := p.sequence()
		if err != nil {
			return "", all, err
		}
		b.WriteString(s)
		all.join(e)
		if p.peek() != '|' {
			return b.String(), all, nil
		}
		p.i++
		all.ambiguous = true
		b.WriteByte('|')
	}
}

func (p *patternParser) sequence() (string, extent, error) {
	var b strings.Builder
	var all extent
	for p.skip(); p.more(); p.skip() {
		c := p.peek()
		if c == '|' || c == ')' {
			break
		}
		atom, e, err := p.atom()
		if err != nil {
			return "", all, err
		}
		if e.flags {
			b.WriteString(atom)
			continue
		}
		p.skip()
		if atom, e, err = p.quantified(atom, e); err != nil {
			return "", all, err
		}
		b.WriteString(atom)
		all.join(e)
	}
	return b.String(), all, nil
}

// skip passes over blanks and comments where the flag x is on.
func (p *patternParser) skip() {
	for p.blanks && p.more() {
		c := p.peek()
		if c == '#' {
			for p.more() && p.peek() != '\n' && p.peek() != '\r' {
				p.i++
			}
		} else if c == ' ' || c >= '\t' && c <= '\r' {
			p.i++
		} else {
			return
		}
	}
}

func (p *patternParser) atom() (string, extent, error) {
	at := p.i
	c := p.peek()
	switch c {
	case '*', '+', '?':
		return "", extent{}, p.fail(at, fmt.Sprintf("the quantifier %q has nothing to repeat", c))
	case '(':
		return p.group()
	case '[':
		class, err := p.class()
		return class.text(), extent{width: 1}, err
	case '\\':
		return p.escape()
	case '{':
		// An empty piece of text stands before the braces.
		return "(?:)", extent{}, nil
	}
	p.i++
	switch c {
	case '.':
		if p.dotAll {
			return `(?s:.)`, extent{width: 1}, nil
		}
		return "[^\n\r\u0085\u2028\u2029]", extent{width: 1}, nil
	case '^':
		if p.multi {
			return `(?m:^)`, extent{}, nil
		}
		return `\A`, extent{}, nil
	case '$':
		return p.endOfText(), extent{}, nil
	}
	return literal(c), extent{width: 1}, nil
}

const lineEnd = "(?:\r\n|[\n\r\u0085\u2028\u2029])"

// endOfText writes "$": the end, or before a line break that ends the text.
// Where nothing follows, the line break is taken in, so that the engine
// without look-ahead can be used.
func (p *patternParser) endOfText() string {
	switch {
	case p.multi:
		return `(?m:$)`
	case !p.more(), p.peek() == '|', p.peek() == ')':
		return "(?:" + lineEnd + `?\z)`
	}
	return "(?=" + lineEnd + `?\z)`
}

// literal writes a character that stands for itself.
func literal(c rune) string {
	if c < 0x80 && strings.ContainsRune(`\.+*?()|[]{}^$-#&~ `, c) {
		if c == ' ' || c == '#' || c == '&' || c == '~' {
			return string(c)
		}
		return `\` + string(c)
	}
	return string(c)
}

// quantified reads what follows an atom.
func (p *patternParser) quantified(atom string, e extent) (string, extent, error) {
	var q string
	endless := false
	switch p.peek() {
	case '?':
		q = "?"
		p.i++
	case '*', '+':
		q, endless = string(p.peek()), true
		p.i++
	case '{':
		var err error
		if q, endless, err = p.counts(); err != nil {
			return "", e, err
		}
	default:
		return atom, e, nil
	}
	suffix := p.peek()
	if q == "?" {
		// Nothing or once is a choice.
		e.ambiguous, e.width = true, max(e.width, 1)
	} else {
		e.repeat(endless, suffix != '?' && suffix != '+')
	}
	if isAssertion(atom) {
		// Our engines refuse to repeat what has no width.
		atom = "(?:" + atom + ")"
	}
	switch suffix {
	case '?':
		p.i++
		return atom + q + "?", e, nil
	case '+':
		p.i++
		return "(?>" + atom + q + ")", e, nil
	}
	return atom + q, e, nil
}

func isAssertion(atom string) bool {
	switch atom {
	case `\A`, `\z`, `\b`, `\B`, `\G`:
		return true
	}
	return false
}

// counts reads "{n}", "{n,}" or "{n,m}".
func (p *patternParser) counts() (text string, open bool, err error) {
	at := p.i
	p.i++
	least, ok := p.count()
	if !ok {
		return "", false, p.fail(at, "a brace that does not begin a repetition")
	}
	most := least
	text = "{" + strconv.Itoa(least)
	if p.peek() == ',' {
		p.i++
		text += ","
		if most, ok = p.count(); ok {
			text += strconv.Itoa(most)
		} else if p.peek() != '}' {
			return "", false, p.fail(at, "a repetition without its closing brace")
		} else {
			most, open = least, true
		}
	}
	if p.peek() != '}' {
		return "", false, p.fail(at, "a repetition without its closing brace")
	}
	if most < least || least < 0 {
		return "", false, p.fail(at, "a repetition whose end is below its start")
	}
	p.i++
	return text + "}", open, nil
}

// count reads digits; a number beyond 32 bits comes out negative.
func (p *patternParser) count() (int, bool) {
	start := p.i
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.i++
	}
	if p.i == start {
		return 0, false
	}
	n, err := strconv.ParseInt(string(p.in[start:p.i]), 10, 32)
	if err != nil {
		return -1, true
	}
	return int(n), true
}

package jsonschema

import "strings"

// charClass is a set of characters: what stands in brackets in our engines'
// syntax, or an expression that matches one character of it. Java's nested
// classes and intersections need the latter.
type charClass struct {
	set     string
	negated bool
	expr    string
}

func setText(set string, negated bool) string {
	if negated {
		return "[^" + set + "]"
	}
	return "[" + set + "]"
}

// text gives an expression that matches one character of the class.
func (c charClass) text() string {
	switch {
	case c.expr != "":
		return c.expr
	case c.set == "" && c.negated:
		return `(?s:.)`
	case c.set == "":
		return `(?!)`
	}
	return setText(c.set, c.negated)
}

// not gives the complement.
func (c charClass) not() charClass {
	if c.expr != "" {
		return charClass{expr: "(?:(?!" + c.expr + ")(?s:.))"}
	}
	c.negated = !c.negated
	return c
}

// or gives the union.
func (c charClass) or(o charClass) charClass {
	switch {
	case c.expr == "" && c.set == "" && !c.negated:
		return o
	case c.expr == "" && o.expr == "" && !c.negated && !o.negated:
		return charClass{set: c.set + o.set}
	}
	return charClass{expr: "(?:" + c.text() + "|" + o.text() + ")"}
}

// and gives the intersection.
func (c charClass) and(o charClass) charClass {
	return charClass{expr: "(?:(?=" + c.text() + ")" + o.text() + ")"}
}

// class reads a class from its opening bracket.
func (p *patternParser) class() (charClass, error) {
	at := p.i
	p.i++
	negated := p.peek() == '^'
	if negated {
		p.i++
	}
	c, err := p.classBody(at, false)
	if err != nil {
		return c, err
	}
	if !p.more() {
		return c, p.fail(at, "a character class without its closing bracket")
	}
	p.i++
	if negated {
		c = c.not()
	}
	return c, nil
}

// classBody reads up to the closing bracket, which is left; on the right side
// of && (right), a further && ends it too.
func (p *patternParser) classBody(at int, right bool) (charClass, error) {
	var c charClass
	empty := true
	for p.skip(); p.more(); p.skip() {
		switch next := p.peek(); {
		case next == ']' && (!empty || right):
			return c, nil
		case next == '[':
			inner, err := p.class()
			if err != nil {
				return c, err
			}
			c, empty = c.or(inner), false
			continue
		case next == '&' && p.ahead(1) == '&':
			if right {
				return c, nil
			}
			p.i += 2
			other, some, err := p.rightSide(at)
			switch {
			case err != nil:
				return c, err
			case !some && empty:
				return c, p.fail(at, "an intersection of nothing")
			case !some:
			case empty:
				c, empty = other, false
			default:
				c = c.and(other)
			}
			continue
		}
		one, err := p.classRange()
		if err != nil {
			return c, err
		}
		c, empty = c.or(one), false
	}
	return c, p.fail(at, "a character class without its closing bracket")
}

// rightSide reads what stands behind &&.
func (p *patternParser) rightSide(at int) (c charClass, some bool, err error) {
	for p.skip(); p.more() && p.peek() != ']' && p.peek() != '&'; p.skip() {
		some = true
		var part charClass
		if p.peek() == '[' {
			part, err = p.class()
		} else {
			part, err = p.classBody(at, true)
		}
		if err != nil {
			return c, some, err
		}
		c = c.or(part)
	}
	return c, some, nil
}

// classRange reads a character, an escape, or a range.
func (p *patternParser) classRange() (charClass, error) {
	at := p.i
	first, set, err := p.classCharacter()
	if err != nil || set != nil {
		return *orEmpty(set), err
	}
	if p.peek() != '-' || p.ahead(1) == '[' || p.ahead(1) == ']' || p.ahead(1) == 0 {
		return charClass{set: classLiteral(first)}, nil
	}
	p.i++
	last, set, err := p.classCharacter()
	if err != nil {
		return charClass{}, err
	}
	if set != nil || last < first {
		return charClass{}, p.fail(at, "a range of characters that ends before it begins")
	}
	return charClass{set: classLiteral(first) + "-" + classLiteral(last)}, nil
}

func orEmpty(c *charClass) *charClass {
	if c == nil {
		return &charClass{}
	}
	return c
}

// classCharacter reads one character, or an escape that stands for a set.
func (p *patternParser) classCharacter() (rune, *charClass, error) {
	c := p.peek()
	p.i++
	if c != '\\' {
		return c, nil, nil
	}
	if !p.more() {
		return 0, nil, p.fail(p.i-1, "a backslash at the end")
	}
	c = p.peek()
	if c == 'p' || c == 'P' {
		set, err := p.property()
		return 0, &set, err
	}
	if set, negated, ok := shorthand(c); ok {
		p.i++
		return 0, &charClass{set: set, negated: negated}, nil
	}
	if c == 'Q' {
		return p.quotedInClass()
	}
	r, err := p.character()
	return r, nil, err
}

// quotedInClass reads \Q…\E as the set of its characters.
func (p *patternParser) quotedInClass() (rune, *charClass, error) {
	p.i++
	set := &charClass{}
	for p.more() {
		if p.peek() == '\\' && p.ahead(1) == 'E' {
			p.i += 2
			break
		}
		set.set += classLiteral(p.peek())
		p.i++
	}
	return 0, set, nil
}

// classLiteral writes a character inside brackets.
func classLiteral(c rune) string {
	if strings.ContainsRune(`\[]^-&~`, c) {
		return `\` + string(c)
	}
	return string(c)
}

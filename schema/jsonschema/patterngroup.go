package jsonschema

// group reads what stands in parentheses.
func (p *patternParser) group() (string, extent, error) {
	at := p.i
	p.i++
	open := "("
	lookBehind, assertion := false, false
	dotAll, multi, blanks := p.dotAll, p.multi, p.blanks
	if p.peek() == '?' {
		p.i++
		c := p.peek()
		p.i++
		switch c {
		case ':', '=', '!', '>':
			open = "(?" + string(c)
			assertion = c == '=' || c == '!'
		case '<':
			switch c := p.peek(); {
			case c == '=' || c == '!':
				p.i++
				open = "(?<" + string(c)
				lookBehind, assertion = true, true
			case isLatin(c):
				name, err := p.groupName()
				if err != nil {
					return "", extent{}, err
				}
				if p.names[name] {
					return "", extent{}, p.fail(at, "a second group named "+name)
				}
				if p.names == nil {
					p.names = make(map[string]bool)
				}
				p.names[name] = true
				p.groups++
				open = "(?<" + name + ">"
			default:
				return "", extent{}, p.fail(p.i, "a look-behind or the name of a group must follow (?<")
			}
		default:
			p.i--
			flags, err := p.flags()
			if err != nil {
				return "", extent{}, err
			}
			if p.peek() == ')' {
				// The flags hold to the end of the enclosing group.
				p.i++
				return flags.text("(?", ")"), extent{flags: true}, nil
			}
			p.i++
			open = flags.text("(?", ":")
			if open == "" {
				open = "(?:"
			}
		}
	} else {
		p.groups++
	}
	body, e, err := p.alternatives()
	if err != nil {
		return "", e, err
	}
	if p.peek() != ')' {
		return "", e, p.fail(at, "a group without its closing parenthesis")
	}
	p.i++
	p.dotAll, p.multi, p.blanks = dotAll, multi, blanks
	if lookBehind && e.unbounded {
		return "", e, p.fail(at, "a look-behind whose length has no obvious bound")
	}
	if assertion {
		e = extent{}
	}
	e.group = true
	return open + body + ")", e, nil
}

func isLatin(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// groupName reads a name and the ">" behind it.
func (p *patternParser) groupName() (string, error) {
	start := p.i
	for c := p.peek(); isLatin(c) || c >= '0' && c <= '9'; c = p.peek() {
		p.i++
	}
	name := string(p.in[start:p.i])
	if name == "" || !isLatin(p.in[start]) {
		return "", p.fail(start, "the name of a group must begin with a Latin letter")
	}
	if p.peek() != '>' {
		return "", p.fail(p.i, "the name of a group without its closing >")
	}
	p.i++
	return name, nil
}

// flagChange is what inline flags turn on and off, in our engines' terms.
type flagChange struct{ on, off string }

func (f flagChange) text(open, closing string) string {
	if f.on == "" && f.off == "" {
		return ""
	}
	if f.off != "" {
		return open + f.on + "-" + f.off + closing
	}
	return open + f.on + closing
}

// flags reads inline flags up to the colon or parenthesis behind them. Of
// Java's only i is left to the engines.
func (p *patternParser) flags() (flagChange, error) {
	var f flagChange
	on := true
	for {
		switch c := p.peek(); c {
		case ')', ':':
			return f, nil
		case '-':
			if !on {
				return f, p.fail(p.i, "an unknown flag")
			}
			on = false
		case 'i':
			if on {
				f.on = "i"
			} else {
				f.off = "i"
			}
		case 'm':
			p.multi = on
		case 's':
			p.dotAll = on
		case 'x':
			p.blanks = on
		case 'd', 'u', 'c', 'U':
		default:
			return f, p.fail(p.i, "an unknown flag or kind of group")
		}
		p.i++
	}
}

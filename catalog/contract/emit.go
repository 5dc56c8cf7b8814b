package contract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// YAML is written here and not by the library that reads it: that gives numbers
// of many digits back as texts, and loses tabs and characters that cannot be
// seen. Objects and lists are blocks of two blanks a level; a text that a reader
// could take for something else stands in double quotes, and one of several
// lines is a literal block.

// yaml gives the value as a YAML document.
func (v *value) yaml() []byte {
	e := emitter{}
	e.value(v, 0, false)
	return []byte(strings.TrimPrefix(e.b.String(), "\n"))
}

type emitter struct{ b strings.Builder }

// line begins a line of a level.
func (e *emitter) line(level int) {
	e.b.WriteByte('\n')
	for range level {
		e.b.WriteString("  ")
	}
}

// value writes a value behind a name or a dash; inline says that the first
// entry of an object may stand on the line that there is.
func (e *emitter) value(v *value, level int, inline bool) {
	switch {
	case v.kind == object && len(v.members) > 0:
		for i, m := range v.members {
			if i > 0 || !inline {
				e.line(level)
			}
			e.b.WriteString(key(m.name))
			e.b.WriteByte(':')
			e.entry(m.value, level)
		}
	case v.kind == list && len(v.items) > 0:
		for i, item := range v.items {
			if i > 0 || !inline {
				e.line(level)
			}
			e.b.WriteByte('-')
			if item.kind == object && len(item.members) > 0 || item.kind == list && len(item.items) > 0 {
				e.b.WriteByte(' ')
				e.value(item, level+1, true)
			} else {
				e.entry(item, level)
			}
		}
	default:
		e.entry(v, level)
	}
	if level == 0 {
		e.b.WriteByte('\n')
	}
}

// entry writes a value behind its name.
func (e *emitter) entry(v *value, level int) {
	switch v.kind {
	case object:
		if len(v.members) == 0 {
			e.b.WriteString(" {}")
			return
		}
		e.value(v, level+1, false)
	case list:
		if len(v.items) == 0 {
			e.b.WriteString(" []")
			return
		}
		e.value(v, level+1, false)
	case text:
		e.text(v.text, level+1)
	case null:
		e.b.WriteString(" null")
	default:
		e.b.WriteByte(' ')
		e.b.WriteString(v.text)
	}
}

func (e *emitter) text(s string, level int) {
	switch {
	case block(s):
		e.b.WriteString(" |")
		if !strings.HasSuffix(s, "\n") {
			e.b.WriteByte('-')
		}
		for line := range strings.Lines(s) {
			line = strings.TrimSuffix(line, "\n")
			if line == "" {
				e.b.WriteByte('\n')
				continue
			}
			e.line(level)
			e.b.WriteString(line)
		}
	case plain(s):
		e.b.WriteByte(' ')
		e.b.WriteString(s)
	default:
		e.b.WriteByte(' ')
		e.b.WriteString(quote(s))
	}
}

func key(s string) string {
	if plain(s) {
		return s
	}
	return quote(s)
}

// quote writes a text in double quotes. JSON's escapes are YAML's.
func quote(s string) string {
	b, err := appendQuoted(nil, strings.ToValidUTF8(s, "\ufffd"))
	if err != nil {
		return `""`
	}
	// Characters that JSON leaves as they are, and that a reader of YAML may
	// not take.
	var out strings.Builder
	for _, c := range string(b) {
		if c < utf8.RuneSelf || unicode.IsPrint(c) {
			out.WriteRune(c)
			continue
		}
		escape(&out, c)
	}
	return out.String()
}

func escape(out *strings.Builder, c rune) {
	const digits = "0123456789abcdef"
	n, letter := 4, byte('u')
	if c > 0xffff {
		n, letter = 8, 'U'
	}
	out.WriteByte('\\')
	out.WriteByte(letter)
	for i := n - 1; i >= 0; i-- {
		out.WriteByte(digits[c>>(4*i)&0xf])
	}
}

// block says that a text is best read as a literal block: it has several lines,
// and nothing that such a block could lose.
func block(s string) bool {
	if !strings.Contains(strings.TrimSuffix(s, "\n"), "\n") || strings.HasSuffix(s, "\n\n") ||
		strings.HasPrefix(s, "\n") || !utf8.ValidString(s) {
		return false
	}
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, " ") || strings.HasSuffix(line, " ") {
			return false
		}
		for _, c := range line {
			if !unicode.IsPrint(c) {
				return false
			}
		}
	}
	return true
}

// plain says that a text may stand without quotes: it begins with a letter,
// has only characters without a meaning, and is no word that readers of YAML
// 1.1 take for something else.
func plain(s string) bool {
	if s == "" || strings.HasSuffix(s, " ") {
		return false
	}
	for i, c := range s {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		switch {
		case letter:
		case i == 0:
			return false
		case '0' <= c && c <= '9', strings.ContainsRune("_-./+@(),", c):
		case c == ' ':
			if i+1 < len(s) && (s[i+1] == ' ' || s[i+1] == '#') {
				return false
			}
		case c == ':':
			if i+1 == len(s) || s[i+1] == ' ' {
				return false
			}
		default:
			return false
		}
	}
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "nan":
		return false
	}
	return true
}

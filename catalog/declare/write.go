package declare

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// appendYAML writes an object as a YAML document: names in their order, two
// spaces a level, a text plain where it can be nothing else, in a block where
// it has lines, in double quotes otherwise.
func appendYAML(b []byte, v value) []byte { return appendMembers(b, v, "") }

func appendMembers(b []byte, v value, indent string) []byte {
	for _, m := range v.members {
		b = append(b, indent...)
		b = appendScalarText(b, m.name)
		b = append(b, ':')
		b = appendUnder(b, m.value, indent)
	}
	return b
}

// appendUnder writes the value of a member whose line is begun.
func appendUnder(b []byte, v value, indent string) []byte {
	deeper := indent + "  "
	switch {
	case v.kind == object && len(v.members) > 0:
		return appendMembers(append(b, '\n'), v, deeper)
	case v.kind == list && len(v.list) > 0:
		return appendItems(append(b, '\n'), v, deeper)
	case v.kind == text && blockText(v.text):
		return appendBlock(append(b, ' '), v.text, deeper)
	}
	return append(appendScalar(append(b, ' '), v), '\n')
}

func appendItems(b []byte, v value, indent string) []byte {
	for _, item := range v.list {
		b = append(b, indent...)
		b = append(b, '-')
		switch {
		case item.kind == object && len(item.members) > 0:
			// The first member stands beside the dash.
			start := len(b)
			b = appendMembers(b, item, indent+"  ")
			copy(b[start:], " ")
			b = slices.Delete(b, start+1, start+len(indent)+2)
		case item.kind == list && len(item.list) > 0:
			b = appendItems(append(b, '\n'), item, indent+"  ")
		case item.kind == text && blockText(item.text):
			b = appendBlock(append(b, ' '), item.text, indent+"  ")
		default:
			b = append(appendScalar(append(b, ' '), item), '\n')
		}
	}
	return b
}

// appendScalar writes what fits on the line.
func appendScalar(b []byte, v value) []byte {
	switch v.kind {
	case text:
		return appendScalarText(b, v.text)
	case list:
		return append(b, "[]"...)
	case object:
		return append(b, "{}"...)
	}
	return v.appendJSON(b)
}

// plainText is what no reader of YAML, of whatever version, takes for anything
// but a text: words that begin like one, and in which a colon is neither first
// nor last. reserved are the words that some readers take for something else.
var (
	plainText = regexp.MustCompile(`^[A-Za-z_$/](?:[\w$./@()+=%;<>~^:-]*[\w$./@()+=%;<>~^-])?(?: [\w$./@()+=%;<>~^'&!?-](?:[\w$./@()+=%;<>~^'&!?:-]*[\w$./@()+=%;<>~^'&!?-])?)*$`)
	reserved  = regexp.MustCompile(`^(?i:null|true|false|yes|no|on|off|y|n)$`)
)

func appendScalarText(b []byte, s string) []byte {
	if plainText.MatchString(s) && !reserved.MatchString(s) {
		return append(b, s...)
	}
	return appendQuoted(b, s)
}

// appendQuoted writes a text in double quotes.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\r':
			b = append(b, `\r`...)
		case printable(r):
			b = append(b, string(r)...)
		case r <= 0xff:
			b = fmt.Appendf(b, `\x%02X`, r)
		case r <= 0xffff:
			b = fmt.Appendf(b, `\u%04X`, r)
		default:
			b = fmt.Appendf(b, `\U%08X`, r)
		}
	}
	return append(b, '"')
}

// printable says that a character may stand in YAML as it is and is seen there:
// no control, no byte order mark, no odd space or line break.
func printable(r rune) bool { return r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r) }

// blockText says that a text reads well as a block and comes back as it was.
func blockText(s string) bool {
	if !strings.Contains(s, "\n") || strings.HasSuffix(s, "\n\n") || strings.Trim(s, "\n") == "" {
		return false
	}
	for i, line := range strings.Split(strings.TrimSuffix(s, "\n"), "\n") {
		if i == 0 && (line == "" || line[0] == ' ') || strings.HasSuffix(line, " ") {
			return false
		}
		for _, r := range line {
			if !printable(r) {
				return false
			}
		}
	}
	return true
}

func appendBlock(b []byte, s, indent string) []byte {
	b = append(b, '|')
	if !strings.HasSuffix(s, "\n") {
		b = append(b, '-')
	}
	b = append(b, '\n')
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if line != "" {
			b = append(b, indent...)
			b = append(b, line...)
		}
		b = append(b, '\n')
	}
	return b
}

package avro

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is the name of a named type or of its alias. Full is Space, a point and
// Short; without a namespace it is Short.
type Name struct{ Full, Space, Short string }

// newName puts a name as written and the namespace that holds there together:
// a dotted name brings its own, and a leading point means none
// (compatibility.md 2.2).
func newName(written, space string) Name {
	if i := strings.LastIndexByte(written, '.'); i >= 0 {
		if i == 0 {
			return Name{Full: written[1:], Short: written[1:]}
		}
		return Name{Full: written, Space: written[:i], Short: written[i+1:]}
	}
	return Name{Full: qualify(written, space), Space: space, Short: written}
}

// qualify gives the full name of a short name in a namespace.
func qualify(short, space string) string {
	if space == "" {
		return short
	}
	return space + "." + short
}

// in is how the name is written inside a namespace (compatibility.md 3.1):
// short when the namespaces agree, but in full when the short name would be
// read as the keyword of a type ("error" is none).
func (n *Name) in(space string) string {
	if n.Space == "" || n.Space != space || keyword(n.Short) {
		return n.Full
	}
	return n.Short
}

// keyword says that a word is the keyword of a kind of type.
func keyword(word string) bool {
	switch word {
	case "record", "enum", "fixed", "array", "map", "union":
		return true
	}
	return primitiveKind(word) != broken
}

// nameFault says what is wrong with a name, empty for nothing. Strict names
// are of ASCII; others may have the letters and digits of any script in the
// Basic Multilingual Plane (compatibility.md 2.2).
func nameFault(name string, strict bool) string {
	if name == "" {
		return "a name must not be empty"
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || i > 0 && '0' <= c && c <= '9' {
			continue
		}
		if strict || c < utf8.RuneSelf {
			return badCharacter(name, i, strict)
		}
		r, size := utf8.DecodeRuneInString(name[i:])
		if r > 0xFFFF || !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return badCharacter(name, i, strict)
		}
		i += size - 1
	}
	return ""
}

func badCharacter(name string, at int, strict bool) string {
	r, _ := utf8.DecodeRuneInString(name[at:])
	letters := "letters"
	if strict {
		letters = "ASCII letters"
	}
	if at == 0 {
		return "the name " + quoted(name) + " must begin with one of the " + letters + " or an underscore, not with " + quoted(string(r))
	}
	return "the name " + quoted(name) + " may have " + letters + ", digits and underscores only, not " + quoted(string(r))
}

// spaceFault says what is wrong with a namespace, part by part.
func spaceFault(space string) string {
	if space == "" {
		return ""
	}
	for part := range strings.SplitSeq(space, ".") {
		if fault := nameFault(part, true); fault != "" {
			return "in the namespace " + quoted(space) + " " + fault
		}
	}
	return ""
}

// quoted puts a word of the schema into a message, between quotes.
func quoted(word string) string { return `"` + shortened(word) + `"` }

// shortened puts a value of the schema into a message.
func shortened(text string) string {
	const longest = 80
	if len(text) > longest {
		cut := longest
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

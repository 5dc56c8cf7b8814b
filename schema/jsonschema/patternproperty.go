package jsonschema

import (
	"strings"
	"unicode"
)

// property reads \p{…}, \P{…} or \pX; the reader stands on the letter.
func (p *patternParser) property() (charClass, error) {
	at := p.i - 1
	negated := p.peek() == 'P'
	p.i++
	if !p.more() {
		return charClass{}, p.fail(at, "a property escape without a name")
	}
	name := string(p.peek())
	p.i++
	if name == "{" {
		start := p.i
		for p.more() && p.peek() != '}' {
			p.i++
		}
		if !p.more() || p.i == start {
			return charClass{}, p.fail(at, "a property escape without its closing brace")
		}
		name = string(p.in[start:p.i])
		p.i++
	}
	set, ok := propertySet(name)
	if !ok {
		return charClass{}, p.fail(at, "an unknown character property "+name)
	}
	c := charClass{set: set}
	if negated {
		c = c.not()
	}
	return c, nil
}

// propertySet gives the set of a property by the names that Java knows:
// KEY=VALUE, blocks with In, scripts and binary properties with Is, and the
// rest by itself.
func propertySet(name string) (string, bool) {
	if key, value, ok := strings.Cut(name, "="); ok {
		switch strings.ToLower(key) {
		case "sc", "script":
			return scriptSet(value)
		case "blk", "block":
			return blockSet(value)
		case "gc", "general_category":
			return categorySet(value)
		}
		return "", false
	}
	if block, ok := strings.CutPrefix(name, "In"); ok {
		return blockSet(block)
	}
	if rest, ok := strings.CutPrefix(name, "Is"); ok {
		if set, ok := binarySet(rest); ok {
			return set, true
		}
		if set, ok := javaSets[rest]; ok {
			return set, true
		}
		if set, ok := categorySet(rest); ok {
			return set, true
		}
		return scriptSet(rest)
	}
	if set, ok := javaSets[name]; ok {
		return set, true
	}
	return categorySet(name)
}

// javaSets are the names of POSIX classes (ASCII only) and those of methods of
// java.lang.Character.
var javaSets = map[string]string{
	"ASCII": `\x00-\x7F`, "Alnum": "a-zA-Z0-9", "Alpha": "a-zA-Z", "Blank": "\t ",
	"Cntrl": `\x00-\x1F\x7F`, "Digit": "0-9", "Graph": "!-~", "Lower": "a-z", "Print": " -~",
	"Punct": `!-/:-@\[-` + "`" + `{-~`, "Space": spaceSet, "Upper": "A-Z", "XDigit": "0-9a-fA-F",
	"L1": `\x00-\xFF`, "all": `\x00-\x{10FFFF}`,

	"javaLowerCase": `\p{Ll}`, "javaUpperCase": `\p{Lu}`, "javaTitleCase": `\p{Lt}`,
	"javaAlphabetic": `\p{L}\p{Nl}`, "javaIdeographic": `\p{Han}`, "javaDigit": `\p{Nd}`,
	"javaDefined": `\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{C}`, "javaLetter": `\p{L}`,
	"javaLetterOrDigit": `\p{L}\p{Nd}`, "javaSpaceChar": `\p{Z}`,
	"javaWhitespace":             `\t-\r\x1C-\x1F\p{Z}`,
	"javaJavaIdentifierStart":    `\p{L}\p{Nl}\p{Sc}\p{Pc}`,
	"javaJavaIdentifierPart":     `\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mc}\p{Mn}`,
	"javaUnicodeIdentifierStart": `\p{L}\p{Nl}`,
	"javaUnicodeIdentifierPart":  `\p{L}\p{Nl}\p{Pc}\p{Nd}\p{Mc}\p{Mn}`,
	"javaIdentifierIgnorable":    `\x00-\x08\x0E-\x1B\x7F-\x9F\p{Cf}`,
	"javaISOControl":             `\x00-\x1F\x7F-\x9F`,
	"javaMirrored":               `()<>\[\]{}«»`,
	"javaEmoji":                  `\p{So}`,
	"javaEmojiPresentation":      `\p{So}`,
	"javaEmojiModifier":          `\p{Sk}`,
	"javaEmojiModifierBase":      `\p{So}`,
	"javaEmojiComponent":         `0-9#*\p{Sk}`,
	"javaExtendedPictographic":   `\p{So}`,
}

// binarySet gives a binary property of Unicode, in any letter case.
func binarySet(name string) (string, bool) {
	switch strings.ToUpper(name) {
	case "ALPHABETIC":
		return `\p{L}\p{Nl}`, true
	case "LETTER":
		return `\p{L}`, true
	case "IDEOGRAPHIC":
		return `\p{Han}`, true
	case "LOWERCASE":
		return `\p{Ll}`, true
	case "UPPERCASE":
		return `\p{Lu}`, true
	case "TITLECASE":
		return `\p{Lt}`, true
	case "WHITE_SPACE", "WHITESPACE":
		return `\t-\r\x{85}\p{Z}`, true
	case "CONTROL":
		return `\p{Cc}`, true
	case "PUNCTUATION":
		return `\p{P}`, true
	case "HEX_DIGIT", "HEXDIGIT":
		return `0-9a-fA-F０-９Ａ-Ｆａ-ｆ`, true
	case "ASSIGNED":
		return `\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{C}`, true
	case "NONCHARACTER_CODE_POINT", "NONCHARACTERCODEPOINT":
		return `\x{FDD0}-\x{FDEF}`, true
	case "DIGIT":
		return `\p{Nd}`, true
	case "ALNUM":
		return `\p{L}\p{Nl}\p{Nd}`, true
	case "BLANK":
		return `\t\p{Zs}`, true
	case "GRAPH":
		return `\p{L}\p{M}\p{N}\p{P}\p{S}`, true
	case "PRINT":
		return `\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}`, true
	case "WORD":
		return `\p{L}\p{Nl}\p{M}\p{Nd}\p{Pc}`, true
	case "JOIN_CONTROL", "JOINCONTROL":
		return `\x{200C}\x{200D}`, true
	case "EMOJI", "EMOJI_PRESENTATION", "EMOJI_MODIFIER", "EMOJI_MODIFIER_BASE",
		"EMOJI_COMPONENT", "EXTENDED_PICTOGRAPHIC":
		return `\p{So}\p{Sk}`, true
	}
	return "", false
}

// categorySet gives a general category, by its short name with its case.
func categorySet(name string) (string, bool) {
	switch name {
	case "LC":
		return `\p{Lu}\p{Ll}\p{Lt}`, true
	case "LD":
		return `\p{L}\p{Nd}`, true
	case "Cn":
		return `\x{FDD0}-\x{FDEF}`, true
	}
	if _, ok := unicode.Categories[name]; ok && len(name) <= 2 {
		return `\p{` + name + "}", true
	}
	return "", false
}

// scriptSet gives a script, by its name in any letter case,
// or by the short names of ISO 15924 that are in use.
func scriptSet(name string) (string, bool) {
	short := map[string]string{
		"arab": "Arabic", "armn": "Armenian", "beng": "Bengali", "cyrl": "Cyrillic", "deva": "Devanagari",
		"ethi": "Ethiopic", "geor": "Georgian", "grek": "Greek", "hang": "Hangul", "hani": "Han",
		"hebr": "Hebrew", "hira": "Hiragana", "kana": "Katakana", "khmr": "Khmer", "latn": "Latin",
		"mong": "Mongolian", "taml": "Tamil", "telu": "Telugu", "thai": "Thai", "tibt": "Tibetan",
		"zinh": "Inherited", "zyyy": "Common",
	}
	if script, ok := short[strings.ToLower(name)]; ok {
		return `\p{` + script + "}", true
	}
	for script := range unicode.Scripts {
		if strings.EqualFold(script, name) {
			return `\p{` + script + "}", true
		}
	}
	return "", false
}

package diff

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shown is how much of a text a message repeats.
const shown = 80

// quoted is a text in a message.
func quoted(s string) string {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		// A text of JSON has its quotes.
		return clipped(s, shown)
	}
	return strconv.Quote(clipped(s, shown))
}

// clipped is a text cut after some bytes, at a character.
func clipped(s string, most int) string {
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// message says in plain words what changed.
func (f *found) message() string {
	text := f.sentence()
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func (f *found) sentence() string {
	e, was := f.after, f.before
	if e == nil {
		e = was
	}
	words, inside := f.words, ""
	if e != nil && words == "" {
		words = e.words()
		if e.parent != nil && e.parent.family != nil && e.family != parts && e.family != branches {
			inside = " of " + e.parent.words()
		}
	}
	c := &f.Change
	switch c.Kind {
	case RecordAdded, FieldAdded, SymbolAdded, OneofAdded, ServiceAdded, MethodAdded, BranchAdded,
		ReferenceAdded, MetadataAdded, RuleAdded:
		return words + inside + " was added"
	case RecordRemoved, FieldRemoved, SymbolRemoved, OneofRemoved, ServiceRemoved, MethodRemoved, BranchRemoved,
		ReferenceRemoved, MetadataRemoved, RuleRemoved:
		return words + inside + " was removed"
	case RecordRenamed, FieldRenamed, SymbolRenamed:
		noun := e.noun
		if noun == "" {
			noun = e.family.noun
		}
		return "the " + noun + " " + quoted(c.Before) + inside + " is now called " + quoted(c.After)
	case FieldMoved:
		return words + inside + " moved " + moved(c)
	case TypeChanged:
		return "the type of " + words + inside + fromTo(c)
	case NamespaceChanged:
		return "the package" + fromTo(c)
	case DefaultChanged:
		return "the default of " + words + inside + fromTo(c)
	case RequiredChanged:
		if c.After != "" {
			return words + inside + " is required now"
		}
		return words + inside + " is not required any more"
	case NumberChanged:
		return "the number of " + words + inside + fromTo(c)
	case AliasesChanged:
		return "the aliases of " + words + inside + fromTo(c)
	case OrderChanged:
		return "the order of the " + c.Name + "s of " + words + " changed"
	case DocChanged:
		return "the documentation of " + words + inside + " changed"
	case TagAdded:
		return words + inside + " has the tag " + quoted(c.Name) + " now"
	case TagRemoved:
		return words + inside + " has the tag " + quoted(c.Name) + " no more"
	case ConstraintAdded, ConstraintRemoved, ConstraintChanged:
		if e.family == parts && e.other == nil {
			if c.Kind == ConstraintAdded {
				return words + " was added"
			}
			return words + " was removed"
		}
		return "the constraint " + quoted(c.Name) + " of " + words + inside + fromTo(c)
	case PropertyAdded, PropertyRemoved, PropertyChanged:
		return "the property " + quoted(c.Name) + " of " + words + inside + fromTo(c)
	case ReferenceChanged, MetadataChanged, RuleChanged:
		return words + fromTo(c)
	case Incompatible:
		return f.words
	case TextChanged:
		return "the two say the same in other words"
	}
	return ""
}

func moved(c *Change) string {
	switch {
	case c.Before == "":
		return "into the oneof " + quoted(c.After)
	case c.After == "":
		return "out of the oneof " + quoted(c.Before)
	}
	return "from the oneof " + quoted(c.Before) + " to " + quoted(c.After)
}

// fromTo says what a value was and is; what is long or has a form of its own is
// not worth reading in a sentence.
func fromTo(c *Change) string {
	if len(c.Before) > shown || len(c.After) > shown || strings.HasPrefix(c.Before+c.After, "{") {
		return " changed"
	}
	none := func(s string) string {
		if s == "" {
			return "none"
		}
		return s
	}
	return fmt.Sprintf(" changed from %s to %s", none(c.Before), none(c.After))
}

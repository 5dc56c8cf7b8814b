package protobuf

import (
	"strings"
)

// Option is an option of any element: a name, perhaps a path into its value,
// and the value.
type Option struct {
	Part
	// Path are the parts behind the first: "sub" and "deep" in (opt).sub.deep.
	// A plain name such as features.field_presence is one part with dots.
	Path   []Part
	Value  Value
	Offset int
}

// Part is one part of an option's name.
type Part struct {
	Name string
	// Custom says that the part stands in parentheses: the name of an
	// extension.
	Custom bool
}

func (p Part) String() string {
	if p.Custom {
		return "(" + p.Name + ")"
	}
	return p.Name
}

// label is the option's whole name as printed.
func (o *Option) label() string {
	if len(o.Path) == 0 {
		return o.Part.String()
	}
	var b strings.Builder
	b.WriteString(o.Part.String())
	for _, p := range o.Path {
		b.WriteString("." + p.String())
	}
	return b.String()
}

// Kind is what sort of value an option has.
type Kind int

// The kinds of option values.
const (
	// Word is a bare word: a number, a boolean, an enum constant.
	Word Kind = iota
	// Quoted is a string.
	Quoted
	// Literal is a message in braces.
	Literal
	// List is a list in square brackets.
	List
)

// Value is the value of an option.
type Value struct {
	Kind Kind
	// Text is the word as written, or the string without quotes and escapes.
	Text string
	// Entries are those of a Literal: each key once, in order of appearance.
	Entries []Entry
	// Items are those of a List.
	Items []Value
}

// Entry is one key of a literal; an extension's key is written with its
// square brackets.
type Entry struct {
	Key   string
	Value Value
}

func (v *Value) entry(key string) *Value {
	for i := range v.Entries {
		if v.Entries[i].Key == key {
			return &v.Entries[i].Value
		}
	}
	return nil
}

// loose gives the value as the text that default and json_name take when they
// are given something other than a word or a string: the recorded parser
// stores its own spelling of the value (compatibility.md 2.4, 3.2).
func (v *Value) loose(nested bool) string {
	switch v.Kind {
	case Word:
		if !nested {
			return v.Text
		}
		return "OptionPrimitive(kind=" + v.wordKind() + ", value=" + v.Text + ")"
	case Literal:
		parts := make([]string, len(v.Entries))
		for i := range v.Entries {
			parts[i] = v.Entries[i].Key + "=" + v.Entries[i].Value.loose(true)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case List:
		parts := make([]string, len(v.Items))
		for i := range v.Items {
			parts[i] = v.Items[i].loose(true)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return v.Text
}

func (v *Value) wordKind() string {
	switch {
	case v.number():
		return "NUMBER"
	case v.Text == "true" || v.Text == "false":
		return "BOOLEAN"
	}
	return "ENUM"
}

// number says whether a word begins as numbers do.
func (v *Value) number() bool {
	return v.Kind == Word && v.Text != "" && (v.Text[0] == '-' || v.Text[0] >= '0' && v.Text[0] <= '9')
}

package registry

import "strings"

// Context is the name of a context as the wire gives it raw: "." for the
// default one, ".prod" for others, ".__GLOBAL" for settings of all contexts.
type Context string

// The contexts with a meaning of their own (registry-api.md 12.1).
const (
	DefaultContext Context = "."
	GlobalContext  Context = ".__GLOBAL"
)

// Subject is a name in a context (registry-api.md 12.1). An empty Name means
// the context itself where the wire allows that.
type Subject struct {
	Context Context
	Name    string
}

// ParseSubject reads a subject as the wire writes it: "orders",
// ":.prod:orders", ":.prod:", ":.prod". It never fails: what is not qualified
// is a name in the default context.
func ParseSubject(text string) Subject {
	if !strings.HasPrefix(text, ":.") && !strings.HasPrefix(text, ":*:") {
		return Subject{DefaultContext, text}
	}
	rest := text[1:]
	context, name, _ := strings.Cut(rest, ":")
	return Subject{Context(context), name}
}

// String gives the qualified form: the bare name in the default context,
// ":.ctx:name" elsewhere.
func (s Subject) String() string {
	if s.Context == DefaultContext || s.Context == "" {
		return s.Name
	}
	return ":" + string(s.Context) + ":" + s.Name
}

// Qualified gives the context as messages name it: empty for the default
// context, ":.ctx:" for others (registry-api.md 2.4).
func (c Context) Qualified() string {
	if c == DefaultContext || c == "" {
		return ""
	}
	return ":" + string(c) + ":"
}

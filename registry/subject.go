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

// resolveSubject reads a subject as a schema, an alias or an association of a
// context writes it: unqualified means that context. The default context
// cannot be reached from another one: its qualified form is taken as a name
// (registry-api.md 8, 12.4).
func resolveSubject(in Context, text string) Subject {
	s := ParseSubject(text)
	if s.Context == DefaultContext && in != DefaultContext {
		return Subject{in, text}
	}
	return s
}

// SubjectVersion names a version.
type SubjectVersion struct {
	Subject Subject
	Version int32
}

// ContextID is an id in a context.
type ContextID struct {
	Context Context
	ID      int32
}

// VersionArg is a version as a path gives it: a number, or LatestVersion.
// Package rest has refused what does not parse (42202).
type VersionArg int32

// LatestVersion is "latest" and "-1" of registry-api.md 4.1.
const LatestVersion VersionArg = -1

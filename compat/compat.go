// Package compat judges whether a new schema may follow the versions before
// it.
//
// In come a level, a policy, the new schema and the older versions, newest
// first, all parsed by package schema; out comes a [Result]: the verdict and
// every [Difference] found, with its path. The rules of the three languages
// stand in avro.go, jsonschema.go and protobuf.go (wire/compatibility.md
// sections 6, 7 and 8), the order of versions and directions in check.go
// (section 1). confluent.go renders a Result as the texts of Confluent's wire
// (section 5); nothing else here knows the wire. The package knows no
// registry, store or network, and every check is bounded by [Budget].
//
// Beside the differences, which decide, stand [Warning] values, which never do:
// what the rules of the wire let pass although data, its JSON form or
// generated code may suffer (section 9.2). They come only to a request with
// Warnings set. In come the new schema and those versions that the verdict
// read, after the verdict has been reached; out come the warnings of the new
// schema alone, of each version and direction, and of the versions together,
// each with its place, both fragments, a hint and how sure it is. A warning
// that several versions or both directions give is told once. Only what the
// verdict left of the budget of a pair goes into its warnings, and into all of
// them the time of one pair; when that ends, the list is cut and says so, and
// the verdict stands. warning.go and warn.go hold what they are and how they are
// asked for; the rules stand in avro_warn*.go, jsonschema_warn*.go and
// protobuf_warn*.go.
package compat

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// Level says which versions a new schema is compared with, and who reads whom
// (compatibility.md 1).
type Level string

// The levels, as the wire writes them.
const (
	None               Level = "NONE"
	Backward           Level = "BACKWARD"
	BackwardTransitive Level = "BACKWARD_TRANSITIVE"
	Forward            Level = "FORWARD"
	ForwardTransitive  Level = "FORWARD_TRANSITIVE"
	Full               Level = "FULL"
	FullTransitive     Level = "FULL_TRANSITIVE"
)

// ParseLevel reads a level in any letter case.
func ParseLevel(text string) (Level, error) {
	switch l := Level(strings.ToUpper(text)); l {
	case None, Backward, BackwardTransitive, Forward, ForwardTransitive, Full, FullTransitive:
		return l, nil
	}
	return "", fmt.Errorf("unknown compatibility level %q", text)
}

// Transitive says whether the level looks at all versions.
func (l Level) Transitive() bool { return strings.HasSuffix(string(l), "_TRANSITIVE") }

// Policy chooses among the rule sets of JSON Schema (compatibility.md 7.3).
// The empty policy is Strict.
type Policy string

// The policies that the wire knows. Logical is compared as Strict.
const (
	Strict  Policy = "STRICT"
	Lenient Policy = "LENIENT"
	Logical Policy = "LOGICAL"
)

// Direction says who reads whom in one comparison.
type Direction int

// The directions.
const (
	// NewReadsOld: the new schema is the reader.
	NewReadsOld Direction = iota
	// OldReadsNew: the old schema is the reader.
	OldReadsNew
)

// Difference is one way in which two schemas differ.
type Difference struct {
	// Code is the type of the difference by its name on the wire, such as
	// READER_FIELD_MISSING_DEFAULT_VALUE (compatibility.md 5).
	Code string
	// Path leads to the difference, as the wire prints it.
	Path string
	// Info is the part of an Avro message called additionalInfo.
	Info string
	// Position is the place in the text of the new schema that has to change;
	// zero when only the old one has the node.
	Position schema.Position
	// Old and New are the fragments that differ, as short canonical text;
	// empty where a side lacks the node.
	Old, New string
	// Compatible says that the difference does no harm under the policy.
	Compatible bool
	// Hint is the smallest change to the new schema that would pass, in one
	// sentence; empty when Compatible.
	Hint string
	// Direction says who was the reader.
	Direction Direction
}

// Version is an older version to compare with.
type Version struct {
	Number int32
	// Schema gives the parsed schema; it is called at most once per check and
	// only when the version is compared.
	Schema func() (schema.Schema, error)
}

// Request is one question.
type Request struct {
	Level  Level
	Policy Policy
	New    schema.Schema
	// Old are the versions, newest first, already without soft-deleted ones
	// and those of another compatibility group.
	Old []Version
	// All asks for every failing version of a transitive level instead of
	// stopping at the first (the structured report; the wire stops).
	All bool
	// Compatible asks for the compatible differences too.
	Compatible bool
	// Warnings asks for what is worth a warning; it changes nothing else.
	Warnings bool
	// Budget bounds the work; the zero value means DefaultBudget.
	Budget Budget
}

// Result is the answer.
type Result struct {
	// Type is the language of the new schema.
	Type       schema.Type
	Compatible bool
	// Reports has an entry for each version that was compared and that has
	// something to say.
	Reports []Report
	// Warnings are those that were asked for: of the new schema alone, then of
	// the versions that were read, newest first. WarningsCut says that a limit
	// ended the list.
	Warnings    []Warning
	WarningsCut bool
}

// Report is what one version has to say.
type Report struct {
	Version int32
	// OldText is the canonical text of the version.
	OldText string
	// TypeChanged says that the version is of another language; there are no
	// differences then.
	TypeChanged bool
	// Backward are the differences with the new schema as reader, Forward
	// those with the old one as reader; nil when that direction was not asked.
	Backward, Forward []Difference
	// BackwardFault and ForwardFault are set when the check itself failed in
	// that direction ("Unexpected exception during compatibility check", 5).
	BackwardFault, ForwardFault string
}

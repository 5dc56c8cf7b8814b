package declare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is where something stands in a document. Line and Column count from 1;
// a column is counted in characters.
type Place struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func (p Place) String() string {
	if p.File == "" {
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Code says what is wrong, for programs.
type Code string

// The codes.
const (
	BadSyntax        Code = "BAD_SYNTAX"        // no YAML, or YAML that is not taken
	BadValue         Code = "BAD_VALUE"         // a value of another type, or outside of what is allowed
	UnknownMember    Code = "UNKNOWN_MEMBER"    // a member that the form does not have
	MissingMember    Code = "MISSING_MEMBER"    // one that must be there
	Twice            Code = "TWICE"             // said before
	UnknownReference Code = "UNKNOWN_REFERENCE" // a name of nothing that is there or declared
	Conflict         Code = "CONFLICT"          // another set declares it otherwise
	Refused          Code = "REFUSED"           // the catalog breaks a rule by it
)

// Fault is one thing that is wrong with a document.
type Fault struct {
	Place
	Code    Code   `json:"code"`
	Message string `json:"message"`
}

func (f Fault) String() string { return f.Place.String() + ": " + f.Message }

// Faults is an error: all that is wrong with the documents, in their order.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// maxFaults is how many faults are noted: nobody reads more.
const maxFaults = 1000

// add notes a fault.
func (f *Faults) add(at Place, code Code, format string, args ...any) {
	if len(*f) == maxFaults {
		return
	}
	*f = append(*f, Fault{at, code, fmt.Sprintf(format, args...)})
}

// err gives nil when nothing is wrong.
func (f Faults) err() error {
	if len(f) == 0 {
		return nil
	}
	slices.SortStableFunc(f, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return f
}

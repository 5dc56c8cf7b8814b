package schema

import (
	"fmt"
	"strings"
)

// Position is a place in the text that the client sent. Line and Column count
// from 1, Column in characters; Offset counts bytes from 0. The zero value
// means "no place known".
type Position struct {
	Offset int
	Line   int
	Column int
}

// String gives "line L, column C", or nothing for an unknown place.
func (p Position) String() string {
	if p.Line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d, column %d", p.Line, p.Column)
}

// PositionAt works out line and column of a byte offset in text.
func PositionAt(text string, offset int) Position {
	offset = max(0, min(offset, len(text)))
	before := text[:offset]
	line := strings.Count(before, "\n") + 1
	start := strings.LastIndexByte(before, '\n') + 1
	return Position{Offset: offset, Line: line, Column: len([]rune(before[start:])) + 1}
}

// Fault is one thing that is wrong in a schema text.
type Fault struct {
	// Path leads to the faulty node in the terms of the language: a JSON
	// pointer for Avro and JSON Schema, a dotted name for Protobuf. It may be
	// empty.
	Path     string
	Position Position
	// Message says what is wrong, for a person, in our own words.
	Message string
}

// String gives the message with its place.
func (f Fault) String() string {
	if place := f.Position.String(); place != "" {
		return f.Message + " (" + place + ")"
	}
	return f.Message
}

// Stage says how far the reading of a schema came; the wire words an error by
// it (registry-api.md 2.3).
type Stage int

// The stages of reading.
const (
	// StageParse: the text or a reference does not parse.
	StageParse Stage = iota
	// StageValidate: it parses, but validation refuses it.
	StageValidate
	// StageNormalize: it parses, but cannot be normalised.
	StageNormalize
)

// InvalidError says that a text is not a schema, with every fault found.
type InvalidError struct {
	Type   Type
	Stage  Stage
	Faults []Fault
}

// Error joins the faults.
func (e *InvalidError) Error() string {
	parts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		parts[i] = f.String()
	}
	return strings.Join(parts, "; ")
}

// Invalid makes an InvalidError of one fault.
func Invalid(t Type, stage Stage, at Position, format string, args ...any) *InvalidError {
	return &InvalidError{Type: t, Stage: stage, Faults: []Fault{{Position: at, Message: fmt.Sprintf(format, args...)}}}
}

// TagPathError says that a tag names a record or field that the schema lacks.
type TagPathError struct {
	// Message is the wire's text (registry-api.md 14.2) without class names.
	Message string
}

func (e *TagPathError) Error() string { return e.Message }

// Package jsontext reads the JSON of schemas, and writes its strings and
// numbers as the wire does.
//
// In comes a text and [Options]; out comes a [Document] whose [Value]s know
// their place in the text, or a [*SyntaxError] with the place of the fault.
// A document is a flat arena beside the text: reading costs one pass and a
// handful of allocations, strings without escapes are slices of the text, and
// numbers stay as written. After the document only characters up to U+0020
// may follow. Nesting beyond Options.MaxDepth is refused while reading, so
// nothing behind this package meets a text that is deeper.
//
// [AppendQuoted], [AppendDouble] and [AppendFloat] print strings and floating
// numbers as the JVM does, because stored texts and their hashes depend on it
// (wire/compatibility.md section 3.1). The package knows no schema language.
//
// Half a surrogate pair, which the wire takes and gives back, has no UTF-8
// form. Texts and strings hold it in the three bytes that UTF-8 would give it
// if it could (WTF-8); everything else has to be valid UTF-8.
package jsontext

import "fmt"

// Options say what is read beyond plain JSON.
type Options struct {
	// Comments skips /* */ and // comments before and inside the document.
	Comments bool
	// NonFinite takes NaN, Infinity, +Infinity and -Infinity as numbers.
	NonFinite bool
	// MaxDepth is how deeply arrays and objects may nest; with 0 they may not
	// stand at all.
	MaxDepth int
}

// SyntaxError says why a text is not JSON.
type SyntaxError struct {
	// Offset is the place of the fault in bytes from the beginning.
	Offset  int
	Message string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at offset %d", e.Message, e.Offset) }

// Kind is what a value is.
type Kind uint8

// The kinds of values.
const (
	// Absent is the kind of the zero Value.
	Absent Kind = iota
	Null
	False
	True
	Number
	String
	Array
	Object
)

// String names the kind for a message.
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case False, True:
		return "a boolean"
	case Number:
		return "a number"
	case String:
		return "a string"
	case Array:
		return "an array"
	case Object:
		return "an object"
	}
	return "nothing"
}

// Package schema is what every other part of weir means by "a schema": its
// type, its references, its parsed form and its outline.
//
// In comes the text of a schema together with the texts that it refers to
// ([Source]); out comes a [Schema], which knows its canonical text, its
// normalised form, whether it equals another, and its [Outline]. The three
// languages live in schema/avro, schema/jsonschema and schema/protobuf, each
// of which gives a [Parser]; schema/format puts the three together. This
// package knows none of them, no registry, no store and no network, and it
// keeps no global state: parsing depends on nothing but its arguments.
//
// The rules come from wire/compatibility.md sections 2 to 4 and
// wire/registry-api.md sections 14 and 15; the limits from
// wire/validation.md section 9.
package schema

import (
	"context"
	"fmt"
)

// Type is the language of a schema, by its name on the wire.
type Type string

// The types that the wire knows.
const (
	Avro     Type = "AVRO"
	JSON     Type = "JSON"
	Protobuf Type = "PROTOBUF"
)

// Reference names another registered schema (registry-api.md 3.3). Subject is
// as the client wrote it; Version -1 means the latest until it is resolved.
type Reference struct {
	Name    string `json:"name"`
	Subject string `json:"subject"`
	Version int32  `json:"version"`
}

// Dependency is one schema of the closure of a schema's references: the text
// under the name by which it was referred to.
type Dependency struct {
	Reference
	// Text is the stored (canonical) text.
	Text string
	// Direct says that the schema itself lists this reference, not only one
	// of its dependencies.
	Direct bool
}

// Source is a schema text and all that is needed to parse it.
type Source struct {
	Type Type
	// Text is what the client sent, or what is stored.
	Text string
	// References are the schema's own, in its order.
	References []Reference
	// Dependencies is the closure of the references, depth first, each
	// target's own before itself, each name once (compatibility.md 2.1).
	Dependencies []Dependency
}

// Options choose how strictly a text is read (compatibility.md 2).
type Options struct {
	// New applies the stricter rules for schemas that clients register while
	// validateNewSchemas is in force. Stored schemas are parsed without it.
	New bool
	// ValidateFields adds the checks of the setting validateFields
	// (compatibility.md 2.3, 2.4).
	ValidateFields bool
	// Stored says that the text is one that the registry keeps: rules that
	// every text of a client must meet, in look-ups too, are not asked of it
	// again (Protobuf: types need not resolve).
	Stored bool
}

// Schema is a parsed schema. It is immutable and safe for concurrent use.
type Schema interface {
	// Type is the language.
	Type() Type
	// Text is the canonical text: what is stored, returned and hashed
	// (compatibility.md 3).
	Text() string
	// References are those of the source (Normalize sorts them).
	References() []Reference
	// Normalize gives the schema in normal form (compatibility.md 4): its
	// Text is the normalised text and its References are sorted. A text that
	// cannot be normalised answers *InvalidError at StageNormalize.
	Normalize() (Schema, error)
	// Equal says whether the two are the same schema by the rule of the
	// language (compatibility.md 3, column "Equal when"); metadata, rules and
	// references are the caller's business, except that both sides count with
	// all their dependencies resolved.
	Equal(Schema) bool
	// Render gives the text in a wire format (registry-api.md 15.2):
	// "resolved", "serialized", "ignore_extensions", in any letter case. An
	// unknown or empty format gives Text.
	Render(format string) (string, error)
	// TopFields are the names that the reserved-fields check looks at
	// (registry-api.md 10.5).
	TopFields() []string
	// RecordName is the name that the RecordName strategies use
	// (registry-api.md 20), empty when the schema has none.
	RecordName() string
	// Outline describes records, fields, docs and inline tags. It is worked
	// out on each call; callers keep it.
	Outline() *Outline
	// Tags are the inline tags in the order of the wire (registry-api.md 14.1).
	Tags() []EntityTags
	// Retag gives the text with tags added, then removed (registry-api.md
	// 14.2). A path that is not there answers *TagPathError. Propagate, when
	// it is not nil, is the schema whose inline tags are copied first.
	Retag(change TagChange) (string, error)
	// MemoryBytes estimates what the parsed form holds, for caches.
	MemoryBytes() int
}

// TagChange is what Retag does, in this order.
type TagChange struct {
	// Propagate is the schema whose inline tags are copied where record or
	// field still exist; may be nil.
	Propagate Schema
	Add       []EntityTags
	Remove    []EntityTags
}

// Parser reads schemas of one language.
type Parser interface {
	// Parse reads a source. A bad text answers *InvalidError with every
	// fault found, each with its position; Parse never reads the network or
	// a file and is bounded by Limits.
	Parse(ctx context.Context, source Source, options Options) (Schema, error)
}

// Formats is the set of languages that a registry reads.
type Formats map[Type]Parser

// Parse reads a source in the language that it names. An unknown type answers
// *TypeError.
func (f Formats) Parse(ctx context.Context, source Source, options Options) (Schema, error) {
	p, ok := f[source.Type]
	if !ok {
		return nil, &TypeError{Type: source.Type}
	}
	return p.Parse(ctx, source, options)
}

// TypeError says that a schema type is not known.
type TypeError struct{ Type Type }

// Error gives the wire's text (registry-api.md 2.3).
func (e *TypeError) Error() string { return fmt.Sprintf("Invalid schema type %s", e.Type) }

// Package avro is the Avro schema language as the registry understands it: an
// own syntax tree, its parser, the canonical text, normalisation, equality and
// inline tags.
//
// In comes a schema.Source; out comes a [*Schema], whose [Type]s other packages
// may read (package compat for differences, the payload code for decoding).
// Only the rules are here: no registry, no network, no codec. A tree is
// immutable once Parse has returned it.
//
// The grammar, in JSON with comments (wire/compatibility.md section 2.2):
//
//	schema  = type
//	type    = name | union | object
//	name    = a JSON string: a primitive, or a named type in scope
//	union   = "[" [ type { "," type } ] "]"            no union inside
//	object  = {"type": primitive, property…}
//	        | {"type": "array", "items": type, property…}
//	        | {"type": "map", "values": type, property…}
//	        | {"type": "record" | "error", "name", "namespace"?, "doc"?,
//	           "aliases"?, "fields": [ field… ], property…}
//	        | {"type": "enum", "name", …, "symbols": [ string… ], "default"?, property…}
//	        | {"type": "fixed", "name", …, "size": integer, property…}
//	        | {"type": name of a known type}           other keys are dropped
//	field   = {"name", "type": type, "doc"?, "default"?, "order"?, "aliases"?, property…}
//
// Texts of more than MaxDepth levels or schema.MaxTextBytes are refused
// by the JSON reader, before this package looks at them.
package avro

import (
	"context"
	"errors"
	"fmt"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// Parser reads Avro schemas. Its zero value is ready, and it may be used by
// many goroutines.
type Parser struct{}

// Parse reads a source: first the texts that it refers to, then its own, all
// into one table of names (compatibility.md 2.1). Of options, New makes names,
// aliases and defaults be checked as for a new schema (2.2);
// ValidateFields adds nothing in this language.
func (Parser) Parse(ctx context.Context, source schema.Source, options schema.Options) (schema.Schema, error) {
	s, err := parse(ctx, source, options)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func parse(ctx context.Context, source schema.Source, options schema.Options) (*Schema, error) {
	if fault := measure(source); fault != nil {
		return nil, fault
	}
	p := parser{references: len(source.Dependencies) > 0}
	var known []int32
	for _, d := range source.Dependencies {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		root, err := p.parse(d.Text)
		if err != nil {
			return nil, inReference(d, err)
		}
		if root.Named != nil {
			known = append(known, root.Named.id)
		}
	}
	p.strict, p.own = options.New, true
	root, err := p.parse(source.Text)
	if err != nil {
		return nil, err
	}
	s := &Schema{root: root, source: source.Text, references: source.References, named: int32(len(p.named)), known: known}
	s.text = s.print(printer{ownText: source.Text})
	if err := remeasure(s, p.moved || p.references); err != nil {
		return nil, err
	}
	return s, nil
}

// remeasure refuses a schema whose canonical text could not be read again:
// numbers may grow, and definitions that moved to their first use may nest
// more deeply there.
func remeasure(s *Schema, moved bool) error {
	switch {
	case len(s.text) > schema.MaxTextBytes:
		return schema.Invalid(schema.Avro, schema.StageParse, schema.Position{},
			"the canonical text of the schema has %d bytes, more than %d", len(s.text), schema.MaxTextBytes)
	case moved && jsontext.Depth(s.text) > MaxDepth:
		return schema.Invalid(schema.Avro, schema.StageParse, schema.Position{},
			"the canonical text of the schema, each type defined at its first use, nests deeper than %d levels", MaxDepth)
	}
	return nil
}

// measure refuses texts that are too long to be read.
func measure(source schema.Source) *schema.InvalidError {
	total := len(source.Text)
	for _, d := range source.Dependencies {
		total += len(d.Text)
	}
	switch {
	case len(source.Text) > schema.MaxTextBytes:
		return schema.Invalid(schema.Avro, schema.StageParse, schema.Position{},
			"the schema has %d bytes, more than %d", len(source.Text), schema.MaxTextBytes)
	case total > schema.MaxClosureBytes:
		return schema.Invalid(schema.Avro, schema.StageParse, schema.Position{},
			"the schema and its references have %d bytes, more than %d", total, schema.MaxClosureBytes)
	}
	return nil
}

// inReference words the faults of a referenced text; their places are not in
// the caller's text.
func inReference(d schema.Dependency, err error) error {
	var invalid *schema.InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	faults := make([]schema.Fault, len(invalid.Faults))
	for i, f := range invalid.Faults {
		faults[i].Message = fmt.Sprintf("in the reference %q (subject %q, version %d): %s", d.Name, d.Subject, d.Version, f)
	}
	return &schema.InvalidError{Type: schema.Avro, Stage: invalid.Stage, Faults: faults}
}

// jsonOptions is the JSON that Avro schemas are written in.
var jsonOptions = jsontext.Options{Comments: true, MaxDepth: MaxDepth}

// MaxDepth is how deeply the JSON of an Avro schema may nest: what the recorded
// registry takes (compatibility.md 2.2), which is more than schema.MaxDepth,
// for what it stores weir must take too.
const MaxDepth = 1000

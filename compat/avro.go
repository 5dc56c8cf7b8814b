package compat

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
	"github.com/weir-registry/weir/schema/jsontext"
)

// maxAvroDepth is how deeply a comparison may follow types into each other;
// two long cycles of different lengths meet in as many pairs as the product
// of their lengths.
const maxAvroDepth = 20_000

// diffAvro compares two Avro schemas by wire/compatibility.md section 6, in
// the order of the wire and with its memo: a pair of types is compared once,
// and every later meeting repeats what the first one found, paths included.
// The policy means nothing in this language.
func diffAvro(_ context.Context, reader, writer schema.Schema, _ Policy, w *work) ([]Difference, string, error) {
	r, ok := reader.(*avro.Schema)
	if !ok {
		return nil, "", fmt.Errorf("compat: the reader is a %T, not an Avro schema", reader)
	}
	o, ok := writer.(*avro.Schema)
	if !ok {
		return nil, "", fmt.Errorf("compat: the writer is a %T, not an Avro schema", writer)
	}
	c := avroCheck{w: w, newReads: w.direction == NewReadsOld, site: -1}
	c.compare(r.Root(), o.Root())
	if c.err != nil || c.fault != "" {
		return nil, c.fault, c.err
	}
	if len(c.found) == 0 && len(c.notes) == 0 {
		return nil, "", nil
	}
	subject := r
	if !c.newReads {
		subject = o
	}
	places := schema.NewLocator(subject.Source())
	diffs := make([]Difference, 0, len(c.found)+len(c.notes))
	for _, d := range append(c.found, c.notes...) {
		diffs = append(diffs, d.render(places, c.newReads))
	}
	return diffs, "", nil
}

// avroCheck is one comparison. After an error or a fault every method returns
// at once.
type avroCheck struct {
	w *work
	// newReads says that the reader is the new schema.
	newReads bool
	memo     map[avroPair]avroSeen
	// path are the tokens from the root of this attempt to the current pair,
	// site is where the field of the new schema stands that leads there.
	path  []avroStep
	site  int32
	depth int
	// found are the differences of this attempt, notes those that do no harm.
	found []avroDiff
	notes []avroDiff

	fault string
	err   error
}

type avroPair struct{ reader, writer *avro.Type }

// avroSeen is what the memo knows of a pair. One that is being compared has
// nothing found yet, and so counts as compatible.
type avroSeen struct{ found []avroDiff }

func (c *avroCheck) stopped() bool { return c.err != nil || c.fault != "" }

// enter compares a pair one step further on the path.
func (c *avroCheck) enter(step avroStep, r, w *avro.Type) {
	c.path = append(c.path, step)
	c.compare(r, w)
	c.path = c.path[:len(c.path)-1]
}

// compare appends what it finds to c.found. The memo is asked only where one
// of the two is a named type: two nameless nodes never meet twice, as each
// has one place in its tree.
func (c *avroCheck) compare(r, w *avro.Type) {
	if c.stopped() || !c.take(1) {
		return
	}
	if r.Named == nil && w.Named == nil {
		c.pair(r, w)
		return
	}
	key := avroPair{r, w}
	if seen, ok := c.memo[key]; ok {
		// What is repeated costs too: a type may be used by two, these by
		// four, and so on.
		if c.take(8 * len(seen.found)) {
			c.found = append(c.found, seen.found...)
		}
		return
	}
	if c.memo == nil {
		c.memo = make(map[avroPair]avroSeen)
	}
	c.memo[key] = avroSeen{}
	start := len(c.found)
	if c.depth++; c.depth > maxAvroDepth {
		c.err = &BudgetError{Version: c.w.version, Reason: "the types lead too deeply into each other"}
		return
	}
	c.pair(r, w)
	c.depth--
	c.memo[key] = avroSeen{c.found[start:len(c.found):len(c.found)]}
}

// take accounts for work.
func (c *avroCheck) take(steps int) bool {
	if c.err == nil {
		c.err = c.w.steps(steps)
	}
	return c.err == nil
}

// pair compares two types that meet for the first time.
func (c *avroCheck) pair(r, w *avro.Type) {
	if r.Kind != w.Kind {
		c.unlike(r, w)
		return
	}
	switch r.Kind {
	case avro.Array:
		c.enter(toItems, r.Items, w.Items)
	case avro.Map:
		c.enter(toValues, r.Items, w.Items)
	case avro.Fixed:
		c.names(r, w)
		if r.Named.Size != w.Named.Size {
			c.add(avroDiff{
				code: fixedSizeMismatch, token: "size", reader: r, writer: w,
				info: fmt.Sprintf("expected: %d, found: %d", w.Named.Size, r.Named.Size),
			})
		}
	case avro.Enum:
		c.names(r, w)
		c.symbols(r, w)
	case avro.Record:
		c.names(r, w)
		c.fields(r, w)
	case avro.Union:
		for i, b := range w.Branches {
			if !c.attempt(r, b) {
				c.add(missingBranch(c, r, b, strconv.Itoa(i)))
			}
		}
		return
	}
	c.noteLogical(r, w)
}

// unlike compares two types of different kinds.
func (c *avroCheck) unlike(r, w *avro.Type) {
	switch {
	case w.Kind == avro.Union:
		for i, b := range w.Branches {
			c.enter(avroStep(i), r, b)
		}
	case r.Kind == avro.Union:
		for _, b := range r.Branches {
			if c.attempt(b, w) {
				return
			}
		}
		c.add(missingBranch(c, r, w, ""))
	case promotes(r.Kind, w.Kind):
		c.note(avroDiff{code: typePromoted, reader: r, writer: w})
	default:
		c.add(avroDiff{
			code: typeMismatch, reader: r, writer: w,
			info: "reader type: " + typeWord(r) + " not compatible with writer type: " + typeWord(w),
		})
	}
}

// attempt says whether a branch of a union can be read. It has a path of its
// own, and only the memo keeps what it finds.
func (c *avroCheck) attempt(r, w *avro.Type) bool {
	if r.Kind.Primitive() && w.Kind.Primitive() && r.Kind != w.Kind && !promotes(r.Kind, w.Kind) {
		// The most frequent case, in a hurry: the memo keeps nothing of it.
		c.take(1)
		return false
	}
	path, found, notes := c.path, c.found, len(c.notes)
	c.path, c.found = nil, nil
	c.compare(r, w)
	ok := len(c.found) == 0
	c.path, c.found = path, found
	if !ok {
		c.notes = c.notes[:notes]
	}
	return ok
}

// promotes says whether a reader of one primitive takes the values of another.
func promotes(reader, writer avro.Kind) bool {
	switch reader {
	case avro.Long:
		return writer == avro.Int
	case avro.Float:
		return writer == avro.Int || writer == avro.Long
	case avro.Double:
		return writer == avro.Int || writer == avro.Long || writer == avro.Float
	case avro.Bytes:
		return writer == avro.String
	case avro.String:
		return writer == avro.Bytes
	}
	return false
}

// names compares the names of two definitions: the short names agree, or the
// reader has the writer's full name among its aliases.
func (c *avroCheck) names(r, w *avro.Type) {
	if r.Named.Short == w.Named.Short {
		c.noteNamespace(r, w)
		return
	}
	for i := range r.Named.Aliases {
		if r.Named.Aliases[i].Full == w.Named.Full {
			return
		}
	}
	c.add(avroDiff{code: nameMismatch, token: "name", reader: r, writer: w, info: "expected: " + w.Named.Full})
}

// symbols wants every symbol of the writer in the reader, unless that has a
// default to read others as.
func (c *avroCheck) symbols(r, w *avro.Type) {
	if slices.Equal(r.Named.Symbols, w.Named.Symbols) || !c.take((len(r.Named.Symbols)+len(w.Named.Symbols))/8) {
		return
	}
	known := make(map[string]bool, len(r.Named.Symbols))
	for _, symbol := range r.Named.Symbols {
		known[symbol] = true
	}
	var missing []string
	for _, symbol := range w.Named.Symbols {
		if !known[symbol] {
			missing = append(missing, symbol)
		}
	}
	if len(missing) == 0 {
		return
	}
	slices.SortFunc(missing, jsontext.CompareUTF16)
	d := avroDiff{code: missingEnumSymbols, token: "symbols", reader: r, writer: w, symbols: missing}
	if r.Named.HasDefault {
		d.code = symbolsReadAsDefault
		c.note(d)
		return
	}
	c.add(d)
}

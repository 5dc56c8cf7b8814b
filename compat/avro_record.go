package compat

import (
	"fmt"

	"github.com/weir-registry/weir/schema/avro"
)

// fields compares the fields of two records, in the order of the reader.
func (c *avroCheck) fields(r, w *avro.Type) {
	site := c.site
	matched := 0
	next := 0
	for i := range r.Named.Fields {
		if c.stopped() {
			return
		}
		f := &r.Named.Fields[i]
		g, at := c.writerField(f, i, w, next)
		if c.stopped() {
			return
		}
		if g == nil {
			c.path = append(c.path, toFields, avroStep(i))
			c.unwritten(f, r, w)
			c.path = c.path[:len(c.path)-2]
			continue
		}
		next = at + 1
		matched++
		c.toField(i, f, g)
		c.enter(toType, f.Type, g.Type)
		c.path = c.path[:len(c.path)-2]
	}
	c.site = site
	if c.w.compatible && matched < len(w.Named.Fields) {
		c.noteUnread(r, w)
	}
}

// toField goes to a field that both records have: onto the path, and to its place
// in the text that is checked. Two steps are to be taken back.
func (c *avroCheck) toField(i int, f, g *avro.Field) {
	c.site = f.Offset
	if !c.newReads {
		c.site = g.Offset
	}
	c.path = append(c.path, toFields, avroStep(i))
}

// writerField finds the field that the reader's field is read from: that of
// its name and those of its aliases, of which there may be only one. Guess is
// where it stands when nothing was moved.
func (c *avroCheck) writerField(f *avro.Field, pos int, w *avro.Type, guess int) (*avro.Field, int) {
	n := w.Named
	var match *avro.Field
	at := -1
	if guess < len(n.Fields) && n.Fields[guess].Name == f.Name {
		match, at = &n.Fields[guess], guess
	} else {
		match, at = n.Field(f.Name)
	}
	if len(f.Aliases) == 0 || !c.take(len(f.Aliases)) {
		return match, at
	}
	matches := 0
	if match != nil {
		matches++
	}
	for _, alias := range f.Aliases {
		if g, i := n.Field(alias); g != nil {
			match, at = g, i
			matches++
		}
	}
	if matches > 1 {
		c.fault = fmt.Sprintf("Reader record field %s type:%s pos:%d matches multiple fields in writer record schema %s",
			f.Name, typeWord(f.Type), pos, w)
	}
	return match, at
}

// unwritten is about a field of the reader that the writer lacks: it needs a
// default. An enum with a default of its own, but none of the field, is
// compared with the writer's record itself.
func (c *avroCheck) unwritten(f *avro.Field, r, w *avro.Type) {
	switch {
	case f.Default.Exists():
		c.note(avroDiff{code: fieldReadFromDefault, reader: r, writer: w, field: f})
	case f.Type.Kind == avro.Enum && f.Type.Named.HasDefault:
		c.enter(toType, f.Type, w)
	default:
		c.add(avroDiff{code: fieldMissingDefault, reader: r, writer: w, field: f, info: f.Name})
	}
}

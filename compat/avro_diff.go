package compat

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

// The differences of Avro that the wire knows (compatibility.md 5.1).
const (
	nameMismatch        = "NAME_MISMATCH"
	fixedSizeMismatch   = "FIXED_SIZE_MISMATCH"
	missingEnumSymbols  = "MISSING_ENUM_SYMBOLS"
	fieldMissingDefault = "READER_FIELD_MISSING_DEFAULT_VALUE"
	typeMismatch        = "TYPE_MISMATCH"
	missingUnionBranch  = "MISSING_UNION_BRANCH"
)

// avroDiff is a difference before it is put into words: most of those that an
// attempt at a union finds are never shown.
type avroDiff struct {
	code string
	// path leads to it in the reader; token is its last step.
	path, token string
	info        string
	// reader and writer are the types that differ, or the records around a
	// field.
	reader, writer *avro.Type
	// field is the field of the reader, or, for fieldNotRead, of the writer.
	field   *avro.Field
	symbols []string
	// site is the place of the field of the new schema that leads here.
	site int32
	// cause is why the nearest branch of a union failed.
	cause *avroDiff
}

// add appends a difference at the current path.
func (c *avroCheck) add(d avroDiff) {
	d.path, d.site = c.pointer(d.token), c.site
	if d.symbols != nil {
		d.info = "[" + strings.Join(d.symbols, ", ") + "]"
	}
	// The paths of deep trees add up to more than the trees.
	if c.take(8 + len(d.path)/16 + len(d.info)/16) {
		c.found = append(c.found, d)
	}
}

// note appends a difference that does no harm, when such are asked for.
func (c *avroCheck) note(d avroDiff) {
	if !c.w.compatible {
		return
	}
	d.path, d.site = c.pointer(d.token), c.site
	if c.take(8 + len(d.path)/16) {
		c.notes = append(c.notes, d)
	}
}

// avroStep is a step on a path: a place in a list, or one of the words.
type avroStep int32

const (
	toItems avroStep = -1 - iota
	toValues
	toFields
	toType
)

func (s avroStep) String() string {
	switch s {
	case toItems:
		return "items"
	case toValues:
		return "values"
	case toFields:
		return "fields"
	case toType:
		return "type"
	}
	return strconv.Itoa(int(s))
}

// pointer prints the current path and one token more: a JSON pointer, "/" for
// the root.
func (c *avroCheck) pointer(token string) string {
	if len(c.path) == 0 {
		return "/" + token
	}
	out := make([]byte, 0, 8*len(c.path)+len(token)+1)
	for _, step := range c.path {
		out = append(out, '/')
		if step >= 0 {
			out = strconv.AppendInt(out, int64(step), 10)
		} else {
			out = append(out, step.String()...)
		}
	}
	if token != "" {
		out = append(out, '/')
		out = append(out, token...)
	}
	return string(out)
}

// missingBranch says that a union of the reader has no branch for a type. The
// cause is what the branch of the same name or kind lacks.
func missingBranch(c *avroCheck, union, w *avro.Type, token string) avroDiff {
	d := avroDiff{
		code: missingUnionBranch, token: token, reader: union, writer: w,
		info: "reader union lacking writer type: " + typeWord(w),
	}
	for _, b := range union.Branches {
		if b.Kind != w.Kind || b.Named != nil && b.Named.Short != w.Named.Short {
			continue
		}
		if seen, ok := c.memo[avroPair{b, w}]; ok && len(seen.found) > 0 {
			cause := seen.found[0]
			cause.cause = nil
			d.cause = &cause
		}
	}
	return d
}

// typeWord is how the wire names a type in a message.
func typeWord(t *avro.Type) string { return strings.ToUpper(t.Kind.String()) }

// render puts a difference into words; places are those of the new schema.
func (d *avroDiff) render(places *schema.Locator, newReads bool) Difference {
	out := Difference{Code: d.code, Path: d.path, Info: d.info, Compatible: d.harmless()}
	if at := d.offset(newReads); at >= 0 {
		out.Position = places.Position(int(at))
	}
	readerText, writerText := d.fragments()
	out.New, out.Old = readerText, writerText
	if !newReads {
		out.New, out.Old = writerText, readerText
	}
	if !out.Compatible {
		out.Hint = d.hint(newReads)
	}
	return out
}

// fragments are the texts of what differs on the reader's and the writer's
// side.
func (d *avroDiff) fragments() (reader, writer string) {
	switch d.code {
	case fieldMissingDefault, fieldReadFromDefault:
		return d.field.Fragment(), ""
	case fieldNotRead:
		return "", d.field.Fragment()
	}
	return d.reader.Fragment(), d.writer.Fragment()
}

// offset is the place in the new schema that has to change.
func (d *avroDiff) offset(newReads bool) int32 {
	side := d.writer
	if newReads {
		side = d.reader
	}
	switch d.code {
	case fieldMissingDefault, fieldReadFromDefault:
		if newReads {
			return d.field.Offset
		}
	case fieldNotRead:
		if !newReads {
			return d.field.Offset
		}
	case typeMismatch, missingUnionBranch, typePromoted:
		// A named type may be defined far away from where it is used.
		if side.Named != nil && d.site >= 0 {
			return d.site
		}
	}
	return side.Offset
}

package compat

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// The types of Protobuf differences by their names on the wire
// (compatibility.md 8).
const (
	packageChanged         = "PACKAGE_CHANGED"
	messageAdded           = "MESSAGE_ADDED"
	messageRemoved         = "MESSAGE_REMOVED"
	messageMoved           = "MESSAGE_MOVED"
	enumAdded              = "ENUM_ADDED"
	enumRemoved            = "ENUM_REMOVED"
	constantAdded          = "ENUM_CONST_ADDED"
	constantRemoved        = "ENUM_CONST_REMOVED"
	constantChanged        = "ENUM_CONST_CHANGED"
	protoFieldAdded        = "FIELD_ADDED"
	protoFieldRemoved      = "FIELD_REMOVED"
	requiredFieldAdded     = "REQUIRED_FIELD_ADDED"
	requiredFieldRemoved   = "REQUIRED_FIELD_REMOVED"
	fieldNameChanged       = "FIELD_NAME_CHANGED"
	fieldKindChanged       = "FIELD_KIND_CHANGED"
	fieldScalarKindChanged = "FIELD_SCALAR_KIND_CHANGED"
	fieldNumericLabel      = "FIELD_NUMERIC_LABEL_CHANGED"
	fieldStringLabel       = "FIELD_STRING_OR_BYTES_LABEL_CHANGED"
	fieldNamedTypeChanged  = "FIELD_NAMED_TYPE_CHANGED"
	oneofAdded             = "ONEOF_ADDED"
	oneofRemoved           = "ONEOF_REMOVED"
	oneofFieldAdded        = "ONEOF_FIELD_ADDED"
	oneofFieldRemoved      = "ONEOF_FIELD_REMOVED"
	oneofFieldToTop        = "ONEOF_FIELD_MOVED_TO_TOP_LEVEL"
	multipleFieldsToOneof  = "MULTIPLE_FIELDS_MOVED_TO_ONEOF"
	fieldMovedToOneof      = "FIELD_MOVED_TO_EXISTING_ONEOF"
)

// diffProtobuf finds how the reader (the update) differs from the writer (the
// original) by compatibility.md section 8. The policy plays no part.
func diffProtobuf(_ context.Context, reader, writer schema.Schema, _ Policy, w *work) ([]Difference, string, error) {
	r, ok := reader.(*protobuf.Schema)
	o, isProtobuf := writer.(*protobuf.Schema)
	if !ok || !isProtobuf {
		return nil, "", fmt.Errorf("compat: %T and %T are no Protobuf schemas", reader, writer)
	}
	d := &protoDiff{
		protoSides: protoSides{reader: r, writer: o, newReads: w.direction == NewReadsOld},
		work:       w, entered: map[*protobuf.Message]bool{}, known: map[protoPair]protoContent{},
	}
	if err := d.files(); err != nil {
		return nil, "", err
	}
	return d.found, "", nil
}

// protoSides are the two schemas of a comparison. "Update" is the reader's side
// and "original" the writer's, whichever of them is the new schema.
type protoSides struct {
	reader, writer *protobuf.Schema
	// newReads says that the reader is the new schema.
	newReads bool
	// places are those of the new schema, worked out where there may be many.
	places *schema.Locator
}

// protoDiff is one comparison.
type protoDiff struct {
	protoSides
	work  *work
	found []Difference
	// entered are the original messages whose fields are being compared;
	// one that is met again is not entered again.
	entered map[*protobuf.Message]bool
	// met counts how often that happened, to know whether a result depends
	// on what was entered.
	met int
	// visited are the original messages that were entered, one after the
	// other.
	visited []*protobuf.Message
	// known is what was found between two types that are not defined in the
	// same place.
	known map[protoPair]protoContent
}

type protoPair struct{ update, original *protobuf.Message }

// protoScope is where names are looked up on each side: the package and the
// messages around; Own says that the place is in the schema itself and not in
// a text that it refers to.
type protoScope struct {
	update, original       string
	updateOwn, originalOwn bool
}

// inside is the scope in two messages.
func (s protoScope) inside(update, original string) protoScope {
	s.update, s.original = dotted(s.update, update), dotted(s.original, original)
	return s
}

func dotted(scope, name string) string {
	if scope == "" {
		return name
	}
	return scope + "." + name
}

// node is what a difference is about on one side: a place in the text and a
// fragment of it. The zero node says that the side has none.
type node struct {
	offset int
	// text is called only when a difference is found.
	text func() string
}

func fieldNode(f *protobuf.Field) node {
	if f == nil {
		return node{}
	}
	return node{f.Offset, f.String}
}

func namedNode(word, name string, offset int) node {
	return node{offset, func() string { return word + " " + name }}
}

// packageNode is the package of a file; a file without one has its place at
// the beginning, and no fragment.
func packageNode(f *protobuf.File) node {
	return node{f.PackageOffset, func() string {
		if f.Package == "" {
			return ""
		}
		return "package " + f.Package + ";"
	}}
}

// add keeps a difference between an update and an original node.
func (d *protoDiff) add(s protoScope, code, path string, update, original node) {
	harmless := protoCompatible(code)
	if harmless && !d.work.compatible {
		return
	}
	diff := Difference{Code: code, Path: path, Compatible: harmless}
	diff.Old, diff.New, diff.Position = d.show(s, update, original)
	if !harmless {
		diff.Hint = protoHint(code, diff.Old, diff.New, d.newReads)
	}
	d.found = append(d.found, diff)
}

// show gives the fragments of two nodes, and the place of that of the new
// schema in its text.
func (d *protoSides) show(s protoScope, update, original node) (old, fresh string, at schema.Position) {
	fragment := func(n node) string {
		if n.text == nil {
			return ""
		}
		return n.text()
	}
	old, fresh = fragment(original), fragment(update)
	current, own, of := update, s.updateOwn, d.reader
	if !d.newReads {
		old, fresh = fresh, old
		current, own, of = original, s.originalOwn, d.writer
	}
	switch {
	case !own || current.text == nil:
	case d.places != nil:
		at = d.places.Position(current.offset)
	default:
		at = of.Position(current.offset)
	}
	return old, fresh, at
}

// protoCompatible says which differences do no harm.
func protoCompatible(code string) bool {
	switch code {
	case packageChanged, messageRemoved, requiredFieldAdded, requiredFieldRemoved, fieldKindChanged,
		fieldScalarKindChanged, fieldNumericLabel, fieldNamedTypeChanged, oneofFieldRemoved,
		multipleFieldsToOneof, fieldMovedToOneof:
		return false
	}
	return true
}

// files compares the two files: their packages, then their types level by
// level.
func (d *protoDiff) files() error {
	update, original := d.reader.File(), d.writer.File()
	s := protoScope{update: update.Package, original: original.Package, updateOwn: true, originalOwn: true}
	if update.Package != original.Package {
		d.add(s, packageChanged, "#/", packageNode(update), packageNode(original))
	}
	return d.types(s, "#/", protoTypes{update.Messages, update.Enums}, protoTypes{original.Messages, original.Enums})
}

package model

import (
	"encoding/json"

	"github.com/weir-registry/weir/catalog"
)

// Field is the GraphQL type of that name.
type Field struct {
	thing
	Name        string
	RuntimeName string
	Type        string
	Nullable    bool
	field       catalog.Field
}

// IsEntity marks an Entity.
func (*Field) IsEntity() {}

func (r *Reader) fieldOf(f catalog.Field) *Field {
	return &Field{thing: r.known(f.Ref()), Name: f.Name, RuntimeName: f.RuntimeName, Type: f.Type, Nullable: f.Nullable, field: f}
}

func (r *Reader) fieldNode(ref catalog.Ref) (*Field, error) {
	f, err := r.view.Field(r.ctx, ref.Subject(), ref.Part)
	if err == nil {
		return r.fieldOf(*f), nil
	}
	if !Missing(err) {
		return nil, err
	}
	// One that is not there any more, but of which something is said.
	e, err := r.view.Entity(r.ctx, ref)
	if err != nil {
		return nil, err
	}
	gone := r.fieldOf(catalog.Field{Subject: ref.Subject(), RuntimeName: ref.Part, Name: e.Title})
	gone.said = e
	return gone, nil
}

// Subject is the field's.
func (f *Field) Subject() *Subject { return f.r.subject(f.field.Subject) }

// Record is the one that it stands in; a field that is gone may have none left.
func (f *Field) Record() (*Record, error) {
	record, err := f.r.view.Record(f.r.ctx, f.field.Subject, f.field.Record)
	if Missing(err) {
		return f.r.recordOf(catalog.Record{Subject: f.field.Subject, Name: f.field.Record}), nil
	}
	if err != nil {
		return nil, err
	}
	return f.r.recordOf(*record), nil
}

// Path is the first of the paths, or the runtime name of a field that no value
// of the subject's root type leads to.
func (f *Field) Path() string {
	if len(f.field.Paths) == 0 {
		return f.RuntimeName
	}
	return f.field.Paths[0]
}

// Paths are the places of its values in a record.
func (f *Field) Paths() []string { return append([]string{}, f.field.Paths...) }

// Default is the default value. The outline has it as text; what is no JSON
// there becomes a JSON text.
func (f *Field) Default() JSON {
	switch d := f.field.Default; {
	case d == "":
		return nil
	case json.Valid([]byte(d)):
		return JSON(d)
	default:
		return document(d)
	}
}

// Number is Protobuf's field number.
func (f *Field) Number() *int32 {
	if f.field.Number == 0 {
		return nil
	}
	return &f.field.Number
}

// Aliases are its other names.
func (f *Field) Aliases() []string { return append([]string{}, f.field.Aliases...) }

// Since is the first version that has it.
func (f *Field) Since() (*SchemaVersion, error) { return f.r.versionOf(f.field.Subject, f.field.Since) }

// RemovedIn is the version that had it no more.
func (f *Field) RemovedIn() (*SchemaVersion, error) {
	return f.r.versionOf(f.field.Subject, f.field.RemovedIn)
}

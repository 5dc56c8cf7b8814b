package model

import (
	"github.com/weir-registry/weir/catalog"
)

// Record is the GraphQL type of that name.
type Record struct {
	thing
	FullName string
	record   catalog.Record
}

// IsEntity marks an Entity.
func (*Record) IsEntity() {}

func (r *Reader) recordOf(record catalog.Record) *Record {
	return &Record{thing: r.known(record.Ref()), FullName: record.Name, record: record}
}

func (r *Reader) recordNode(ref catalog.Ref) (*Record, error) {
	record, err := r.view.Record(r.ctx, ref.Subject(), ref.Part)
	if err == nil {
		return r.recordOf(*record), nil
	}
	if !Missing(err) {
		return nil, err
	}
	// One that is not there any more, but of which something is said.
	t, err := r.look(ref)
	if err != nil {
		return nil, err
	}
	return &Record{thing: t, FullName: ref.Part, record: catalog.Record{Subject: ref.Subject(), Name: ref.Part}}, nil
}

// Name is the full name.
func (r *Record) Name() string { return r.FullName }

// Subject is the record's.
func (r *Record) Subject() *Subject { return r.r.subject(r.record.Subject) }

// Symbols are the values of an enum.
func (r *Record) Symbols() []string { return append([]string{}, r.record.Symbols...) }

// Since is the first version that has it.
func (r *Record) Since() (*SchemaVersion, error) {
	return r.r.versionOf(r.record.Subject, r.record.Since)
}

// RemovedIn is the version that had it no more.
func (r *Record) RemovedIn() (*SchemaVersion, error) {
	return r.r.versionOf(r.record.Subject, r.record.RemovedIn)
}

// Fields are the logical fields that stand in it.
func (r *Record) Fields(filter *FieldFilter, first int, after *string) (*FieldConnection, error) {
	all, err := r.r.view.Fields(r.r.ctx, r.record.Subject)
	if err != nil && !Missing(err) {
		return nil, err
	}
	var list []catalog.Field
	for i := range all {
		if all[i].Record == r.FullName {
			list = append(list, all[i])
		}
	}
	return r.r.fieldPage(order{"fields", r.ref.String()}, list, filter, first, after)
}

// RecordConnection is the GraphQL type of that name.
type RecordConnection struct{ page[*Record] }

// RecordEdge is the GraphQL type of that name.
type RecordEdge edge[*Record]

// Edges are the rows with their cursors.
func (c *RecordConnection) Edges() []*RecordEdge { return edgesOf[RecordEdge](&c.page) }

func (r *Reader) recordPage(o order, list []catalog.Record, first int, after *string) (*RecordConnection, error) {
	w, err := windowOf(o, first, after)
	if err != nil {
		return nil, err
	}
	key := func(record *catalog.Record) string { return record.Name }
	p, err := sliced(w, list, key, func(record *catalog.Record) (*Record, error) { return r.recordOf(*record), nil })
	return &RecordConnection{p}, err
}

package catalog

import (
	"context"
	"slices"
	"sort"

	"github.com/weir-registry/weir/registry"
)

// Fields gives the logical fields of a subject in the order of the newest
// version, then removed ones, the last removed first. What only soft-deleted
// versions have is not there, unless the whole subject is soft-deleted. The
// slice is shared: it must not be changed.
func (v *View) Fields(ctx context.Context, s registry.Subject) ([]Field, error) {
	l, err := v.readLogical(ctx, s)
	if err != nil {
		return nil, err
	}
	return v.shownFields(ctx, l.fields), nil
}

// Records gives the records of a subject, enums and what else has a name among
// them, in the order of Fields. The slice is shared: it must not be changed.
func (v *View) Records(ctx context.Context, s registry.Subject) ([]Record, error) {
	l, err := v.readLogical(ctx, s)
	if err != nil {
		return nil, err
	}
	return v.shownRecords(ctx, l.records), nil
}

// Field gives one logical field; *NotFoundError.
func (v *View) Field(ctx context.Context, s registry.Subject, runtime string) (*Field, error) {
	ref := Ref{KindField, string(s.Context), s.Name, runtime}
	if err := v.askRead(ctx, ref); err != nil {
		return nil, err
	}
	if l := v.logical(s); l != nil {
		if f := l.field(runtime); f != nil {
			return &v.shownFields(ctx, []Field{*f})[0], nil
		}
	}
	return nil, &NotFoundError{ref}
}

// Record gives one record by its full name; *NotFoundError.
func (v *View) Record(ctx context.Context, s registry.Subject, name string) (*Record, error) {
	ref := Ref{KindRecord, string(s.Context), s.Name, name}
	if err := v.askRead(ctx, ref); err != nil {
		return nil, err
	}
	if l := v.logical(s); l != nil {
		if r := l.record(name); r != nil {
			return &v.shownRecords(ctx, []Record{*r})[0], nil
		}
	}
	return nil, &NotFoundError{ref}
}

func (v *View) readLogical(ctx context.Context, s registry.Subject) (*logical, error) {
	if err := v.askRead(ctx, subjectRef(s)); err != nil {
		return nil, err
	}
	if l := v.logical(s); l != nil {
		return l, nil
	}
	return nil, &NotFoundError{subjectRef(s)}
}

// FieldsOfVersion gives the fields of one version, as that version has them,
// but for Since, Last and RemovedIn, which are of the logical field. The slice
// may be shared: it must not be changed.
func (v *View) FieldsOfVersion(ctx context.Context, s registry.Subject, version int32) ([]Field, error) {
	if all, err := v.readNewest(ctx, s, version); err != nil {
		return nil, err
	} else if all != nil {
		return v.shownFields(ctx, all.standingFields()), nil
	}
	one, err := v.readLayout(ctx, s, version)
	if err != nil {
		return nil, err
	}
	all := v.logical(s)
	for i := range one.fields {
		f := &one.fields[i]
		if l := all.field(f.RuntimeName); l != nil {
			f.Since, f.Last, f.RemovedIn = l.Since, l.Last, l.RemovedIn
		} else {
			f.Since, f.Last = version, version
		}
	}
	return v.shownFields(ctx, one.fields), nil
}

// RecordsOfVersion gives the records of one version, as FieldsOfVersion gives
// the fields.
func (v *View) RecordsOfVersion(ctx context.Context, s registry.Subject, version int32) ([]Record, error) {
	if all, err := v.readNewest(ctx, s, version); err != nil {
		return nil, err
	} else if all != nil {
		return v.shownRecords(ctx, all.standingRecords()), nil
	}
	one, err := v.readLayout(ctx, s, version)
	if err != nil {
		return nil, err
	}
	all := v.logical(s)
	for i := range one.records {
		r := &one.records[i]
		if l := all.record(r.Name); l != nil {
			r.Since, r.Last, r.RemovedIn = l.Since, l.Last, l.RemovedIn
		} else {
			r.Since, r.Last = version, version
		}
	}
	return v.shownRecords(ctx, one.records), nil
}

func (v *View) readLayout(ctx context.Context, s registry.Subject, version int32) (*layout, error) {
	if err := v.askRead(ctx, subjectRef(s)); err != nil {
		return nil, err
	}
	x, ok := v.contentOf(s, version)
	if !ok {
		return nil, &NotFoundError{versionRef(s, version)}
	}
	return layoutOf(v.registry, s, x, true), nil
}

// readNewest gives what a subject has where a version is its newest that
// counts, nil where it is not: what has been worked out already serves then.
func (v *View) readNewest(ctx context.Context, s registry.Subject, version int32) (*logical, error) {
	if err := v.askRead(ctx, subjectRef(s)); err != nil {
		return nil, err
	}
	l := v.logical(s)
	if l == nil || l.versions[len(l.versions)-1].number != version {
		return nil, nil
	}
	if _, ok := v.contentOf(s, version); !ok {
		return nil, nil
	}
	return l, nil
}

func (v *View) contentOf(s registry.Subject, version int32) (x registry.Content, ok bool) {
	row, ok := v.registry.VersionOf(s, version)
	if !ok {
		return x, false
	}
	return v.registry.ContentOf(s.Context, row.ID)
}

// standingFields are the fields that the newest version has. They come first,
// in its order and as it has them.
func (l *logical) standingFields() []Field {
	n := sort.Search(len(l.fields), func(i int) bool { return l.fields[i].RemovedIn != 0 })
	return l.fields[:n:n]
}

// standingRecords is standingFields for records.
func (l *logical) standingRecords() []Record {
	n := sort.Search(len(l.records), func(i int) bool { return l.records[i].RemovedIn != 0 })
	return l.records[:n:n]
}

// shownFields leaves out of tags through which subject they come, where the
// caller may not read that.
func (v *View) shownFields(ctx context.Context, fields []Field) []Field {
	if v.catalog.allowsAll() {
		return fields
	}
	shown := slices.Clone(fields)
	for i := range shown {
		shown[i].Via = v.shownVia(ctx, shown[i].Via)
		shown[i].Tags = v.shownTags(ctx, shown[i].Tags)
	}
	return shown
}

func (v *View) shownRecords(ctx context.Context, records []Record) []Record {
	if v.catalog.allowsAll() {
		return records
	}
	shown := slices.Clone(records)
	for i := range shown {
		shown[i].Via = v.shownVia(ctx, shown[i].Via)
		shown[i].Tags = v.shownTags(ctx, shown[i].Tags)
	}
	return shown
}

func (v *View) shownTags(ctx context.Context, tags []TagAssignment) []TagAssignment {
	if !slices.ContainsFunc(tags, func(t TagAssignment) bool { return !t.Via.IsZero() }) {
		return tags
	}
	shown := slices.Clone(tags)
	for i := range shown {
		shown[i].Via = v.shownVia(ctx, shown[i].Via)
	}
	return shown
}

func (v *View) shownVia(ctx context.Context, via Ref) Ref {
	if via.IsZero() || v.mayRead(ctx, via) {
		return via
	}
	return Ref{}
}

package catalog

import (
	"context"
	"slices"

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
	return shown(ctx, v, l.fields.list), nil
}

// Records gives the records of a subject, enums and what else has a name among
// them, in the order of Fields. The slice is shared: it must not be changed.
func (v *View) Records(ctx context.Context, s registry.Subject) ([]Record, error) {
	l, err := v.readLogical(ctx, s)
	if err != nil {
		return nil, err
	}
	return shown(ctx, v, l.records.list), nil
}

// Field gives one logical field; *NotFoundError.
func (v *View) Field(ctx context.Context, s registry.Subject, runtime string) (*Field, error) {
	return readMember(ctx, v, Ref{KindField, string(s.Context), s.Name, runtime}, (*logical).allFields)
}

// Record gives one record by its full name; *NotFoundError.
func (v *View) Record(ctx context.Context, s registry.Subject, name string) (*Record, error) {
	return readMember(ctx, v, Ref{KindRecord, string(s.Context), s.Name, name}, (*logical).allRecords)
}

func readMember[T any, P member[T]](ctx context.Context, v *View, ref Ref, all func(*logical) *byName[T]) (P, error) {
	if err := v.askRead(ctx, ref); err != nil {
		return nil, err
	}
	if l := v.logical(ref.Subject()); l != nil {
		if x := all(l).get(ref.Part); x != nil {
			return &shown[T, P](ctx, v, []T{*x})[0], nil
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
	return membersOfVersion(ctx, v, s, version, (*logical).allFields, (*layout).allFields)
}

// RecordsOfVersion gives the records of one version, as FieldsOfVersion gives
// the fields.
func (v *View) RecordsOfVersion(ctx context.Context, s registry.Subject, version int32) ([]Record, error) {
	return membersOfVersion(ctx, v, s, version, (*logical).allRecords, (*layout).allRecords)
}

func membersOfVersion[T any, P member[T]](
	ctx context.Context, v *View, s registry.Subject, version int32,
	all func(*logical) *byName[T], one func(*layout) []T,
) ([]T, error) {
	if newest, err := v.readNewest(ctx, s, version); err != nil {
		return nil, err
	} else if newest != nil {
		return shown[T, P](ctx, v, inNewest[T, P](all(newest))), nil
	}
	read, err := v.readLayout(ctx, s, version)
	if err != nil {
		return nil, err
	}
	list, over := one(read), all(v.logical(s))
	for i := range list {
		x := P(&list[i])
		if y := P(over.get(x.name())); y != nil {
			*x.span() = *y.span()
		} else {
			x.span().Since, x.span().Last = version, version
		}
	}
	return shown[T, P](ctx, v, list), nil
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

// shown leaves out of members and their tags through which subject they come,
// where the caller may not read that.
func shown[T any, P member[T]](ctx context.Context, v *View, list []T) []T {
	if v.catalog.allowsAll() {
		return list
	}
	clone := slices.Clone(list)
	for i := range clone {
		via, tags := P(&clone[i]).origin()
		*via, *tags = v.shownVia(ctx, *via), v.shownTags(ctx, *tags)
	}
	return clone
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

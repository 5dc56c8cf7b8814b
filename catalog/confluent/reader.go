package confluent

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// Reader answers in Confluent's words out of one view.
type Reader struct {
	Names Names
	View  *catalog.View
	// Counts may be nil; it makes pages far into a list quick.
	Counts *Counts
}

// Entity gives the entity that a qualified name names, in any spelling. It
// fails with a *TypeError, a *NotFoundError (also for what is no name), or an
// *auth.DeniedError.
func (r *Reader) Entity(ctx context.Context, t Type, qualifiedName string) (*Entity, error) {
	name, err := r.Names.Parse(t, qualifiedName)
	if bad := (*NameError)(nil); errors.As(err, &bad) {
		return nil, &NotFoundError{t, qualifiedName}
	}
	if err != nil {
		return nil, err
	}
	e, err := r.Named(ctx, name)
	var gone *catalog.NotFoundError
	if e == nil && err == nil || errors.As(err, &gone) {
		return nil, &NotFoundError{t, qualifiedName}
	}
	return e, err
}

// Named is Entity for a name that is taken apart; nil when there is none.
func (r *Reader) Named(ctx context.Context, n Name) (*Entity, error) {
	switch n.Type {
	case Schema, Record, Field:
		u, err := r.usesOf(ctx, n.Context, n.ID)
		if u == nil || err != nil {
			return nil, err
		}
		switch n.Type {
		case Record:
			return r.recordAt(ctx, u, n.Path)
		case Field:
			return r.fieldAt(ctx, u, n.Path)
		}
		return newEntity(func(e *Entity) error { return r.fillSchema(ctx, e, u) })
	case SubjectVersion:
		return r.versionAt(ctx, registry.Subject{Context: n.Context, Name: n.Subject}, n.Version)
	case Topic:
		t, err := r.View.Topic(ctx, n.Cluster, n.Topic)
		if err != nil {
			return nil, err
		}
		return newEntity(func(e *Entity) error { return r.fillTopic(ctx, e, t) })
	case Cluster:
		if !slices.Contains(r.clusters(), n.Cluster) {
			return nil, nil
		}
		return newEntity(func(e *Entity) error { return r.fillCluster(ctx, e, n.Cluster) })
	case Environment:
		if n.Environment != r.Names.Environment() {
			return nil, nil
		}
		return newEntity(func(e *Entity) error { return r.fillEnvironment(ctx, e) })
	}
	return nil, nil
}

// newEntity makes an entity to keep.
func newEntity(fill func(*Entity) error) (*Entity, error) {
	e := new(Entity)
	if err := fill(e); err != nil {
		return nil, err
	}
	return e, nil
}

// uses are the versions that hold a schema id: the live ones, or, where there
// are none, the soft-deleted ones. They are in the order of subjects, one for
// each, its newest.
type uses struct {
	context  registry.Context
	id       int32
	content  registry.Content
	versions []catalog.Version
	deleted  bool
	// unsaid says that nobody says anything of the parts that are listed.
	unsaid bool
	// Room for one part after the other.
	own     inSchema
	listing *catalog.Listing
}

// usesOf gives nil when nothing uses an id.
func (r *Reader) usesOf(ctx context.Context, in registry.Context, id int32) (*uses, error) {
	content, ok := r.View.Registry().ContentOf(in, id)
	if !ok {
		return nil, &catalog.NotFoundError{Ref: catalog.Ref{Kind: catalog.KindSchema, Scope: string(in), Name: itoa(id)}}
	}
	u := &uses{listing: new(catalog.Listing)}
	if used, err := r.fillUses(ctx, u, in, content); !used || err != nil {
		return nil, err
	}
	return u, nil
}

// fillUses is usesOf for a content, in the room of uses that are no longer
// needed. It is false when nothing uses the content.
func (r *Reader) fillUses(ctx context.Context, u *uses, in registry.Context, content registry.Content) (bool, error) {
	versions, err := r.View.AppendHolders(ctx, u.versions[:0], in, content)
	*u = uses{context: in, id: content.ID(), content: content, versions: versions, listing: u.listing}
	if len(versions) == 0 || err != nil {
		return false, err
	}
	dead := func(v catalog.Version) bool { return v.Deleted }
	live := func(v catalog.Version) bool { return !v.Deleted }
	if u.deleted = !slices.ContainsFunc(versions, live); !u.deleted {
		versions = slices.DeleteFunc(versions, dead)
	}
	if len(versions) > 1 {
		slices.SortFunc(versions, func(a, b catalog.Version) int {
			if c := strings.Compare(a.Subject.Name, b.Subject.Name); c != 0 {
				return c
			}
			return int(b.Version) - int(a.Version)
		})
		versions = slices.CompactFunc(versions, func(a, b catalog.Version) bool { return a.Subject == b.Subject })
	}
	u.versions = versions
	return true, nil
}

// readable leaves out the versions of subjects that the caller may not read.
// It gives an *auth.DeniedError when that leaves none.
func readable[T any](u *uses, read func(*catalog.Version) (T, error)) (value T, err error) {
	for i := range u.versions {
		value, err = read(&u.versions[i])
		if err == nil || !isDenied(err) {
			return value, err
		}
	}
	return value, err
}

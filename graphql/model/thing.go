package model

import (
	"context"

	"github.com/weir-registry/weir/catalog"
)

// thing is what all entities have in common. What is said of it is looked up
// when the first field asks.
type thing struct {
	r    *Reader
	ref  catalog.Ref
	said *catalog.Entity
}

// IsNode marks a Node.
func (t *thing) IsNode() {}

// Ref names the thing.
func (t *thing) Ref() catalog.Ref { return t.ref }

// ID is its global id.
func (t *thing) ID() string { return IDOf(t.ref) }

// place is the key of its place in a list in the order of refs.
func (t *thing) place() string { return t.ref.String() }

// Kind is its kind.
func (t *thing) Kind() catalog.Kind { return t.ref.Kind }

// QualifiedName: see the function of that name.
func (t *thing) QualifiedName() string { return QualifiedName(t.ref) }

// entity looks up what is said. Only fields without a goroutine of their own
// ask for it.
func (t *thing) entity() (*catalog.Entity, error) {
	if t.said == nil {
		said, err := t.r.view.Entity(t.r.ctx, t.ref)
		if err != nil {
			return nil, err
		}
		t.said = said
	}
	return t.said, nil
}

// of asks one thing of the entity.
func of[T any](t *thing, ask func(e *catalog.Entity) T) (T, error) {
	e, err := t.entity()
	if err != nil {
		var none T
		return none, err
	}
	return ask(e), nil
}

// Status is where it is in its life.
func (t *thing) Status() (catalog.Status, error) {
	return of(t, func(e *catalog.Entity) catalog.Status { return e.Status })
}

// FirstSeen is the first registration.
func (t *thing) FirstSeen() (*DateTime, error) {
	return of(t, func(e *catalog.Entity) *DateTime { return dateTime(e.FirstSeen) })
}

// LastSeen is the last one.
func (t *thing) LastSeen() (*DateTime, error) {
	return of(t, func(e *catalog.Entity) *DateTime { return dateTime(e.LastSeen) })
}

// MetadataVersion counts the changes of what people said.
func (t *thing) MetadataVersion() (Long, error) {
	return of(t, func(e *catalog.Entity) Long { return Long(e.Version) })
}

// Description is all that is said in words.
func (t *thing) Description() (*Text, error) {
	return of(t, func(e *catalog.Entity) *Text { return textOf(e.Descriptions) })
}

// Links are pages about it.
func (t *thing) Links() ([]*catalog.Link, error) {
	return of(t, func(e *catalog.Entity) []*catalog.Link { return pointers(e.Links) })
}

// Owners are the teams and people that own it.
func (t *thing) Owners() ([]*Ownership, error) {
	e, err := t.entity()
	if err != nil {
		return nil, err
	}
	return t.r.ownerships(e.Owners)
}

// Tags are its tags, each with its source.
func (t *thing) Tags() ([]*TagAssignment, error) {
	return of(t, func(e *catalog.Entity) []*TagAssignment { return t.r.assignments(e.Tags) })
}

// Terms are the words of the glossary that it is about.
func (t *thing) Terms() ([]*TermAssignment, error) {
	return of(t, func(e *catalog.Entity) []*TermAssignment { return t.r.termAssignments(e.Terms) })
}

// Domain is the part of the company that it belongs to.
func (t *thing) Domain() (*Domain, error) {
	e, err := t.entity()
	if err != nil || e.Domain.IsZero() {
		return nil, err
	}
	return orNil(t.r.domain(e.Domain.Name))
}

// BusinessMetadata is what people say of it in attributes.
func (t *thing) BusinessMetadata() ([]*BusinessMetadata, error) {
	return of(t, func(e *catalog.Entity) []*BusinessMetadata { return t.r.businessMetadata(e.Metadata) })
}

// Deprecation says that it should not be used any more.
func (t *thing) Deprecation() (*Deprecation, error) {
	return of(t, func(e *catalog.Entity) *Deprecation { return t.r.deprecation(e.Deprecation) })
}

// History is what happened to it, newest first. It reads the log.
func (t *thing) History(ctx context.Context, first int, after *string, actions []catalog.Action) (*ChangeEventConnection, error) {
	return t.r.history(ctx, t.ref, first, after, actions)
}

// pointers gives what gqlgen takes for a list of objects.
func pointers[T any](list []T) []*T {
	out := make([]*T, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// known is a thing of which it is known that it is there.
func (r *Reader) known(ref catalog.Ref) thing { return thing{r: r, ref: ref} }

// look is a thing, looked up.
func (r *Reader) look(ref catalog.Ref) (thing, error) {
	t := r.known(ref)
	_, err := t.entity()
	return t, err
}

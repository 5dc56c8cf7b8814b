package catalog

import (
	"context"
	"iter"
	"slices"
)

// Annotated gives the entities of which something is said now, in order:
// definitions only where there is more than the definition itself.
func (v *View) Annotated(ctx context.Context) iter.Seq[Ref] {
	return v.readable(ctx, v.said.annotated())
}

// Annotations gives the rows of an entity, in order; none when the caller may
// not read it.
func (v *View) Annotations(ctx context.Context, ref Ref) []AnnotationRow {
	if !v.mayRead(ctx, ref) {
		return nil
	}
	return slices.Clone(v.said.get(ref).rows)
}

// UsersOf gives the entities and definitions that use a definition (a tag, a
// term, a domain, an owner, business metadata), in order, as far as people say
// so: inline tags and those of contracts are found by Search.
func (v *View) UsersOf(ctx context.Context, definition Ref) iter.Seq[Ref] {
	return v.readable(ctx, v.said.usersOf(definition))
}

// readable leaves out what the caller may not read.
func (v *View) readable(ctx context.Context, refs iter.Seq[Ref]) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for ref := range refs {
			if v.mayRead(ctx, ref) && !yield(ref) {
				return
			}
		}
	}
}

package model

import (
	"cmp"
	"iter"
	"slices"

	"github.com/weir-registry/weir/catalog"
)

// EntityConnection is the GraphQL type of that name.
type EntityConnection struct{ page[Entity] }

// EntityEdge is the GraphQL type of that name.
type EntityEdge edge[Entity]

// Edges are the rows with their cursors.
func (c *EntityConnection) Edges() []*EntityEdge { return edgesOf[EntityEdge](&c.page) }

// refList is a list of entities in the order of their refs.
type refList struct {
	order order
	refs  iter.Seq[catalog.Ref]
	// kinds, unless it is nil, are those to give; holds, unless it is nil, is
	// asked about what is said of each.
	kinds []catalog.Kind
	holds func(*catalog.Entity) bool
}

// wanted walks the entities of the list behind one; what is no Entity of the
// schema is left out.
func (l *refList) wanted(r *Reader, after catalog.Ref) iter.Seq2[catalog.Ref, error] {
	return func(yield func(catalog.Ref, error) bool) {
		walked := 0
		for ref := range l.refs {
			if walked++; walked%256 == 0 && r.ctx.Err() != nil {
				yield(ref, r.ctx.Err())
				return
			}
			if !IsEntityKind(ref.Kind) || l.kinds != nil && !slices.Contains(l.kinds, ref.Kind) || compareRefs(ref, after) <= 0 {
				continue
			}
			if l.holds != nil {
				e, err := r.view.Entity(r.ctx, ref)
				if Missing(err) || err == nil && !l.holds(e) {
					continue
				}
				if err != nil {
					yield(ref, err)
					return
				}
			}
			if !yield(ref, nil) {
				return
			}
		}
	}
}

// compareRefs is the order in which the catalog lists entities.
func compareRefs(a, b catalog.Ref) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Part, b.Part))
}

func (r *Reader) refPage(l refList, first int, after *string) (*EntityConnection, error) {
	w, err := windowOf(l.order, first, after)
	if err != nil {
		return nil, err
	}
	from, err := w.ref()
	if err != nil {
		return nil, err
	}
	rows := func(yield func(row[Entity], error) bool) {
		for ref, err := range l.wanted(r, from) {
			var entity Entity
			if err == nil {
				entity, err = r.EntityOrNil(ref)
			}
			if entity == nil && err == nil {
				continue
			}
			if !yield(row[Entity]{ref.String(), entity}, err) {
				return
			}
		}
	}
	count := func() (n int, err error) {
		for _, err := range l.wanted(r, catalog.Ref{}) {
			if err != nil {
				return 0, err
			}
			n++
		}
		return n, nil
	}
	p, err := pageOf(r.ctx, w, rows, count)
	return &EntityConnection{p}, err
}

// IsEntityKind says whether the things of a kind are Entities of the schema.
func IsEntityKind(kind catalog.Kind) bool {
	switch kind {
	case catalog.KindContext, catalog.KindSubject, catalog.KindRecord, catalog.KindField, catalog.KindCluster, catalog.KindTopic,
		catalog.KindTerm, catalog.KindDomain, catalog.KindDataProduct, catalog.KindTeam:
		return true
	}
	return false
}

// Orphans are the entities that are gone but for what people said of them.
func (r *Reader) Orphans(first int, after *string) (*EntityConnection, error) {
	return r.refPage(refList{order: order{list: "orphans"}, refs: r.view.Orphans(r.ctx)}, first, after)
}

// owned are the entities that a team or person owns.
func (r *Reader) owned(owner catalog.Ref, kinds []catalog.Kind, first int, after *string) (*EntityConnection, error) {
	l := refList{order: order{"owned", owner.String()}, refs: r.view.UsersOf(r.ctx, owner), kinds: kinds}
	l.holds = said{owner: owner}.holds
	return r.refPage(l, first, after)
}

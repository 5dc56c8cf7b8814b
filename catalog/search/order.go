package search

import (
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// Order is the order of rows.
type Order uint8

const (
	// ByRank is the order of the package's description: the best first.
	ByRank Order = iota
	// ByName is by name without regard to case and punctuation, then as it is
	// written, then by Ref.
	ByName
	// ByRef is by the kind and the id of the entity. It comes before its members,
	// which are in the order of their paths, names and kinds.
	ByRef
)

// compareByRef orders positions by Ref.
func (p position) compareByRef(o position) int {
	if p.ref != o.ref {
		return compareRefs(p.ref, o.ref)
	}
	if p.member != o.member {
		if o.member {
			return -1
		}
		return 1
	}
	switch {
	case p.path != o.path:
		return strings.Compare(p.path, o.path)
	case p.name != o.name:
		return strings.Compare(p.name, o.name)
	}
	return strings.Compare(string(p.kind), string(o.kind))
}

// Each gives all hits of a query by Ref, however many they are; a page's
// members (First, Offset, After, Order, Facets) count for nothing. The hits are
// those of one moment. They have no Highlights and no Cursor.
func (ix *Index) Each(q Query) (iter.Seq[Hit], error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	q.Order, q.Facets = ByRef, nil
	return func(yield func(Hit) bool) {
		s := scratches.Get().(*scratch)
		defer s.release()
		var matchers []*matcher
		views := visibles(ix.published.Load(), &q)
		p := q.plan(views, s)
		for _, v := range views {
			m := &matcher{visible: v, plan: p, scratch: s}
			m.run(nil)
			matchers = append(matchers, m)
		}
		for f := range merged(matchers) {
			if !yield(f.bare(p)) {
				return
			}
		}
	}, nil
}

// merged walks the rows of several views by Ref.
func merged(matchers []*matcher) iter.Seq[found] {
	if len(matchers) == 1 {
		return matchers[0].byRef()
	}
	return func(yield func(found) bool) {
		type head struct {
			next func() (found, bool)
			row  found
		}
		var heads []*head
		for _, m := range matchers {
			next, stop := iter.Pull(m.byRef())
			defer stop()
			if row, ok := next(); ok {
				heads = append(heads, &head{next, row})
			}
		}
		for len(heads) > 0 {
			least := 0
			for i, h := range heads[1:] {
				if compareRefs(h.row.position.ref, heads[least].row.position.ref) < 0 {
					least = i + 1
				}
			}
			h := heads[least]
			if !yield(h.row) {
				return
			}
			var ok bool
			if h.row, ok = h.next(); !ok {
				heads = slices.Delete(heads, least, least+1)
			}
		}
	}
}

// byRef walks the rows of a view by Ref.
func (m *matcher) byRef() iter.Seq[found] {
	return func(yield func(found) bool) {
		var (
			members []found
			order   []int // of members: a row is too large to be moved about
		)
		for e := range m.entities() {
			if m.hits.has(e) {
				r := m.ranked(e, e, m.tier(e))
				if !yield(found{m.segment, r, m.position(r)}) {
					return
				}
			}
			members = m.members(members[:0], e)
			order = order[:0]
			for i := range members {
				order = append(order, i)
			}
			slices.SortFunc(order, func(a, b int) int { return members[a].position.compareByRef(members[b].position) })
			for _, i := range order {
				if !yield(members[i]) {
					return
				}
			}
		}
	}
}

// members appends the rows of an entity's members.
func (m *matcher) members(rows []found, entity uint32) []found {
	var group ranked
	for doc := range m.hits.between(m.segment.first[entity], m.segment.first[entity+1]) {
		r := m.ranked(doc, entity, m.tier(doc))
		switch count := group.count + 1; {
		case !m.Grouped:
			rows = append(rows, found{m.segment, r, m.position(r)})
		case group.count == 0 || m.before(r, group):
			group = r
			group.count = count
		default:
			group.count = count
		}
	}
	if group.count > 0 {
		rows = append(rows, found{m.segment, group, m.position(group)})
	}
	return rows
}

// between are the members of a set from one number to another, that not
// included.
func (b bitmap) between(from, to uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for from < to {
			w := b[from/64] >> (from % 64)
			if w == 0 {
				from = (from/64 + 1) * 64
				continue
			}
			if from += uint32(bits.TrailingZeros64(w)); from >= to || !yield(from) {
				return
			}
			from++
		}
	}
}

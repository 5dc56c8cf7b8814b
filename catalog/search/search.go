package search

import (
	"cmp"
	"slices"
	"strings"
)

// Search answers a query. A cursor that is not of this query answers ErrCursor,
// a facet that there is not an UnknownFacetError.
func (ix *Index) Search(q Query) (Result, error) {
	if err := q.check(); err != nil {
		return Result{}, err
	}
	digest := q.digest()
	var after *position
	if q.After != "" {
		p, err := parseCursor(q.After, digest)
		if err != nil {
			return Result{}, err
		}
		after = &p
	}
	now := ix.published.Load()
	s := scratches.Get().(*scratch)
	defer s.release()

	views := make([]*visible, len(now.views))
	for i, v := range now.views {
		views[i] = v.visible(&q)
	}
	p := q.plan(views, s)
	result := Result{Revision: now.revision, Dropped: p.dropped, DidYouMean: p.didYouMean}
	counts := newFacetCounts(&q)
	var rows []found
	for _, v := range views {
		m := &matcher{visible: v, plan: p, scratch: s}
		m.run(after)
		s.used = 0
		result.Total += m.total
		result.Documents += m.documents
		counts.add(&v.inheritedSets, m.inherited)
		counts.add(&v.ownSets, m.own)
		for _, r := range m.best.rows {
			rows = append(rows, found{v.segment, r, v.position(r)})
		}
	}
	slices.SortFunc(rows, func(a, b found) int { return a.position.compare(b.position) })
	if first := q.first(); len(rows) > first {
		rows, result.HasNext = rows[:first], true
	}
	for _, r := range rows {
		result.Hits = append(result.Hits, r.hit(p, digest))
	}
	result.Facets = counts.facets()
	return result, nil
}

// found is a row of a page.
type found struct {
	*segment
	ranked
	position position
}

func (f *found) hit(p *plan, digest []byte) Hit {
	entity := f.entityOf(f.doc)
	h := Hit{
		Ref: f.position.ref, EntityName: f.names.at(f.name[entity]),
		Kind: f.position.kind, Member: f.position.member, Name: f.position.name, Path: f.position.path,
		Type: f.types.at(f.typ[f.doc]), Count: f.count, Cursor: f.position.cursor(digest),
	}
	h.Highlights = f.highlights(p)
	if p.Explain {
		h.Why = f.why(p)
	}
	return h
}

// facetCounts add up hits by value over the segments.
type facetCounts struct {
	q      *Query
	fields [len(facetFields)]map[string]int // nil for those not asked for
}

func newFacetCounts(q *Query) *facetCounts {
	c := &facetCounts{q: q}
	for _, f := range q.Facets {
		n, _ := facetNumber(f)
		c.fields[n] = map[string]int{}
	}
	return c
}

// add counts the hits of a segment, given by set.
func (c *facetCounts) add(s *sets, hits []uint32) {
	byValue := make([]int, len(s.values))
	for set, n := range hits {
		if n == 0 {
			continue
		}
		for _, v := range s.at(uint32(set)) {
			byValue[v] += int(n)
		}
	}
	for v, n := range byValue {
		if counts := c.fields[s.values[v].field]; n > 0 && counts != nil {
			counts[s.values[v].value] += n
		}
	}
}

// facets are the counts in the order asked for, the most frequent value first.
func (c *facetCounts) facets() []Facet {
	var list []Facet
	for _, field := range c.q.Facets {
		n, _ := facetNumber(field)
		f := Facet{Field: field}
		for value, count := range c.fields[n] {
			f.Values = append(f.Values, FacetCount{value, count})
		}
		slices.SortFunc(f.Values, func(a, b FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
		})
		if most := c.q.FacetValues; most > 0 && len(f.Values) > most {
			f.Values = f.Values[:most]
		}
		list = append(list, f)
	}
	return list
}

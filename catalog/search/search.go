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
	q.Offset = max(0, q.Offset)
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

	views := visibles(now, &q)
	p := q.plan(views, s)
	result := Result{Revision: now.revision, Dropped: p.dropped, DidYouMean: p.didYouMean}
	counts := newFacetCounts(&q)
	var matchers []*matcher
	for _, v := range views {
		m := &matcher{visible: v, plan: p, scratch: s}
		m.run(after)
		if q.Order != ByRef {
			s.used = 0
		}
		result.Total += m.total
		result.Documents += m.documents
		counts.add(&v.inheritedSets, m.inherited)
		counts.add(&v.ownSets, m.own)
		counts.addRanges(m.ranges[:])
		matchers = append(matchers, m)
	}
	for i, r := range q.page(matchers, after) {
		if i == q.first() {
			result.HasNext = true
			break
		}
		result.Hits = append(result.Hits, r.hit(p, digest))
	}
	result.Facets = counts.facets()
	return result, nil
}

// visibles are the views of a snapshot as a query sees them.
func visibles(now *snapshot, q *Query) []*visible {
	views := make([]*visible, len(now.views))
	for i, v := range now.views {
		views[i] = v.visible(q)
	}
	return views
}

// page are the rows of a page in their order, and one more if there is one.
func (q *Query) page(matchers []*matcher, after *position) []found {
	most := q.first() + 1
	var rows []found
	if q.Order == ByRef {
		left := q.Offset
		for f := range merged(matchers) {
			if after != nil && f.position.compareByRef(*after) <= 0 {
				continue
			}
			if left--; left >= 0 {
				continue
			}
			if rows = append(rows, f); len(rows) == most {
				break
			}
		}
		return rows
	}
	for _, m := range matchers {
		for _, r := range m.best.rows {
			rows = append(rows, found{m.segment, r, m.position(r)})
		}
	}
	slices.SortFunc(rows, func(a, b found) int { return a.position.compare(b.position) })
	rows = rows[min(q.Offset, len(rows)):]
	return rows[:min(most, len(rows))]
}

// found is a row of a page.
type found struct {
	*segment
	ranked
	position position
}

// hit makes the row of an answer.
func (f *found) hit(p *plan, digest []byte) Hit {
	h := f.bare(p)
	h.Cursor, h.Highlights = f.position.cursor(digest), f.highlights(p)
	return h
}

// bare is the row without what a page shows of it.
func (f *found) bare(p *plan) Hit {
	h := Hit{
		Ref: f.position.ref, EntityName: f.names.at(f.row(f.entityOf(f.doc)).name),
		Kind: f.position.kind, Member: f.position.member, Name: f.position.name, Path: f.position.path,
		Type: f.types.at(f.row(f.doc).typ), Count: f.count,
	}
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

// addRanges counts the hits of a segment by range of the last time seen.
func (c *facetCounts) addRanges(hits []int) {
	for i, r := range seenRanges {
		if counts := c.fields[facetLastSeen]; counts != nil && hits[i] > 0 {
			counts[string(r)] += hits[i]
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

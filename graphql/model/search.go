package model

import (
	"context"
	"errors"
	"time"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/feed"
)

// SearchConnection is the GraphQL type of that name.
type SearchConnection struct {
	Edges      []*SearchEdge
	Facets     []*Facet
	TotalCount int
	// TotalIsExact is always true: the index counts all.
	TotalIsExact bool
	DidYouMean   *string
	Dropped      []string
	Revision     string
	Stale        bool
	PageInfo     *PageInfo
}

// SearchEdge is the GraphQL type of that name.
type SearchEdge struct {
	Cursor     string
	Kind       catalog.Kind
	Name       string
	Highlights []*Highlight
	GroupCount *int
	r          *Reader
	ref        catalog.Ref
	why        string
}

// QualifiedName is that of what was found.
func (e *SearchEdge) QualifiedName() string { return QualifiedName(e.ref) }

// Node is what was found.
func (e *SearchEdge) Node() (Node, error) { return e.r.Node(e.ref) }

// Why says what put the row in its place.
func (e *SearchEdge) Why() *string { return text(e.why) }

// Suggestion is the GraphQL type of that name.
type Suggestion struct {
	Kind catalog.Kind
	Name string
	r    *Reader
	ref  catalog.Ref
}

// QualifiedName is that of what has the name.
func (s *Suggestion) QualifiedName() string { return QualifiedName(s.ref) }

// Node is what has the name.
func (s *Suggestion) Node() (Node, error) { return s.r.Node(s.ref) }

// Facet is the GraphQL type of that name.
type Facet struct {
	Field  search.FacetField
	Values []*FacetValue
}

// FacetValue is the GraphQL type of that name.
type FacetValue struct {
	Value string
	Label string
	Count int
}

// SearchFilter is the GraphQL input of that name.
type SearchFilter struct {
	Kinds       []catalog.Kind
	And         []*FacetInput
	MinRevision *string
}

// FacetInput is the GraphQL input of that name.
type FacetInput struct {
	Field search.FacetField
	AnyOf []string
	Not   *bool
}

// minRevisionWait is how long a search waits for filter.minRevision; after that
// the answer is given as stale.
const minRevisionWait = 2 * time.Second

// facetValues bounds how many values of a facet are given, the most frequent
// ones.
const facetValues = 100

// Search asks the index. Its cursors are bound to the query.
func (r *Reader) Search(ctx context.Context, query string, filter *SearchFilter, facets []search.FacetField, first int, after *string, explain bool) (*SearchConnection, error) {
	w, err := windowOf(order{list: "search"}, first, nil)
	if err != nil {
		return nil, err
	}
	q := search.Query{
		Text: query, Facets: facets, FacetValues: facetValues, First: w.first, After: valueOf(after), Explain: explain, Grouped: true,
	}
	stale := false
	if filter != nil {
		for _, kind := range filter.Kinds {
			q.Filter.Kinds = append(q.Filter.Kinds, search.Kind(kind))
		}
		for _, c := range filter.And {
			q.Filter.And = append(q.Filter.And, search.Condition{Field: c.Field, AnyOf: c.AnyOf, Not: c.Not != nil && *c.Not})
		}
		if stale, err = r.waitFor(ctx, filter.MinRevision); err != nil {
			return nil, err
		}
	}
	result, err := r.from.Catalog.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	// The index has seen what the view of this moment has.
	now := r.from.ReaderOf(r.ctx, r.from.Catalog.View())
	return now.found(&result, stale, after != nil)
}

// waitFor waits until the node has come to a revision; stale says that it has
// not in time.
func (r *Reader) waitFor(ctx context.Context, revision *string) (stale bool, err error) {
	if revision == nil {
		return false, nil
	}
	at, err := ParseRevision(*revision, r.view.Cursor().Epoch)
	if err != nil || at.Revision <= r.view.Revision() {
		return false, err
	}
	waiting, cancel := context.WithTimeout(ctx, minRevisionWait)
	defer cancel()
	for reached := r.view.Revision(); reached < at.Revision; reached = r.from.Catalog.View().Revision() {
		err := r.from.Catalog.Wait(waiting, reached)
		switch {
		case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
			return true, nil
		case err != nil:
			return false, err
		}
	}
	return false, nil
}

func (r *Reader) found(result *search.Result, stale, begun bool) (*SearchConnection, error) {
	c := &SearchConnection{
		Edges: make([]*SearchEdge, len(result.Hits)), Facets: make([]*Facet, len(result.Facets)),
		TotalCount: result.Total, TotalIsExact: true, DidYouMean: text(result.DidYouMean), Dropped: append([]string{}, result.Dropped...),
		Revision: result.Revision, Stale: stale, PageInfo: &PageInfo{HasNextPage: result.HasNext, HasPreviousPage: begun},
	}
	for i := range result.Hits {
		hit := &result.Hits[i]
		ref, err := catalog.HitRef(hit)
		if err != nil {
			return nil, err
		}
		edge := &SearchEdge{
			Cursor: hit.Cursor, Kind: catalog.Kind(hit.Kind), Name: hit.Name, Highlights: highlightsOf(hit.Highlights),
			r: r, ref: ref, why: hit.Why,
		}
		if hit.Member {
			edge.GroupCount = &hit.Count
		}
		c.Edges[i] = edge
	}
	c.PageInfo.rows, c.PageInfo.cursor = len(c.Edges), func(i int) string { return c.Edges[i].Cursor }
	for i, f := range result.Facets {
		values := make([]*FacetValue, len(f.Values))
		for k, v := range f.Values {
			values[k] = &FacetValue{v.Value, label(f.Field, v.Value), v.Count}
		}
		c.Facets[i] = &Facet{f.Field, values}
	}
	if c.Revision == "" {
		c.Revision = feed.Cursor{Epoch: r.view.Cursor().Epoch, Revision: r.view.Revision()}.String()
	}
	return c, nil
}

// label is how people read a value: an owner's is its name.
func label(field search.FacetField, value string) string {
	if field == search.FacetOwner {
		if ref, err := catalog.ParseRef(value); err == nil {
			return ref.Name
		}
	}
	return value
}

// Suggest completes what is typed.
func (r *Reader) Suggest(ctx context.Context, prefix string, kinds []catalog.Kind, limit int) ([]*Suggestion, error) {
	if limit < 1 || limit > MaxPage {
		return nil, &PageSizeError{limit}
	}
	c := search.Completion{Prefix: prefix, Limit: limit}
	for _, kind := range kinds {
		c.Kinds = append(c.Kinds, search.Kind(kind))
	}
	list, err := r.from.Catalog.Suggest(ctx, c)
	if err != nil {
		return nil, err
	}
	now := r.from.ReaderOf(r.ctx, r.from.Catalog.View())
	out := make([]*Suggestion, len(list))
	for i := range list {
		ref, err := catalog.SuggestionRef(&list[i])
		if err != nil {
			return nil, err
		}
		out[i] = &Suggestion{catalog.Kind(list[i].Kind), list[i].Name, now, ref}
	}
	return out, nil
}

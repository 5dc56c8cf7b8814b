package model

import (
	"context"
	"iter"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/search"
)

// searchPage is how many hits are asked of the index at a time.
const searchPage = 500

// SameName are the logical fields of other subjects that have the field's name.
// The index knows them: hits whose name is the query come first.
func (f *Field) SameName(ctx context.Context, first int, after *string) (*FieldConnection, error) {
	w, err := windowOf(order{"sameName", f.ref.String()}, first, after)
	if err != nil {
		return nil, err
	}
	count := func() (n int, err error) {
		for _, err := range f.namesakes(ctx, "") {
			if err != nil {
				return 0, err
			}
			n++
		}
		return n, nil
	}
	p, err := pageOf(ctx, w, f.namesakes(ctx, w.after), count)
	return &FieldConnection{p}, err
}

// namesakes walks the hits behind a cursor of the index.
func (f *Field) namesakes(ctx context.Context, after string) iter.Seq2[row[*Field], error] {
	return func(yield func(row[*Field], error) bool) {
		q := search.Query{Text: f.Name, Filter: search.Filter{Kinds: []search.Kind{search.Field}}, First: searchPage, After: after}
		for hit, err := range f.r.hits(ctx, q) {
			if err != nil {
				yield(row[*Field]{}, err)
				return
			}
			if hit.Name != f.Name {
				if !strings.EqualFold(hit.Name, f.Name) {
					return // the rest only contains the name
				}
				continue
			}
			ref, err := catalog.HitRef(&hit)
			if err != nil {
				yield(row[*Field]{}, err)
				return
			}
			if ref.Subject() == f.field.Subject {
				continue
			}
			node, err := f.r.fieldNode(ref)
			if Missing(err) {
				continue // the index is ahead of the view, or behind
			}
			if !yield(row[*Field]{hit.Cursor, node}, err) {
				return
			}
		}
	}
}

// hits walks all hits of a query, page by page.
func (r *Reader) hits(ctx context.Context, q search.Query) iter.Seq2[search.Hit, error] {
	return func(yield func(search.Hit, error) bool) {
		for {
			result, err := r.from.Catalog.Search(ctx, q)
			if err != nil {
				yield(search.Hit{}, err)
				return
			}
			for i := range result.Hits {
				if !yield(result.Hits[i], nil) {
					return
				}
			}
			if !result.HasNext || len(result.Hits) == 0 {
				return
			}
			q.After = result.Hits[len(result.Hits)-1].Cursor
		}
	}
}

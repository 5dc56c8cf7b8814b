package model

import (
	"context"
	"iter"
)

// PageInfo is the GraphQL type of that name.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// page is what all connections have in common: the rows of one page, and how to
// count those of all.
type page[N any] struct {
	Nodes    []N
	PageInfo *PageInfo
	cursors  []string
	count    func() (int, error)
}

// TotalCount counts when it is asked for.
func (p *page[N]) TotalCount() (int, error) { return p.count() }

// edge is what all edges are.
type edge[N any] struct {
	Cursor string
	Node   N
}

// edgesOf gives the rows with their cursors.
func edgesOf[E ~struct {
	Cursor string
	Node   N
}, N any](p *page[N]) []*E {
	list := make([]*E, len(p.Nodes))
	for i, node := range p.Nodes {
		e := E(edge[N]{p.cursors[i], node})
		list[i] = &e
	}
	return list
}

// row is an item of a list with the key of its place.
type row[N any] struct {
	key  string
	node N
}

// window is a page that is asked for.
type window struct {
	order order
	first int
	// after is the key of the row to begin behind, when there is one.
	after string
	begun bool
}

func windowOf(o order, first int, after *string) (window, error) {
	if first < 1 || first > MaxPage {
		return window{}, &PageSizeError{first}
	}
	key, begun, err := o.parse(after)
	return window{o, first, key, begun}, err
}

// pageOf takes a page off rows that begin behind the window's place. count is
// asked when totalCount is.
func pageOf[N any](ctx context.Context, w window, rows iter.Seq2[row[N], error], count func() (int, error)) (page[N], error) {
	p := page[N]{PageInfo: &PageInfo{HasPreviousPage: w.begun}, count: count}
	p.Nodes = make([]N, 0, w.first)
	p.cursors = make([]string, 0, w.first)
	seen := 0
	for r, err := range rows {
		if err == nil && seen%256 == 255 {
			err = ctx.Err()
		}
		if err != nil {
			return page[N]{}, err
		}
		seen++
		if len(p.Nodes) == w.first {
			p.PageInfo.HasNextPage = true
			break
		}
		p.Nodes = append(p.Nodes, r.node)
		p.cursors = append(p.cursors, w.order.cursor(r.key))
	}
	if n := len(p.cursors); n > 0 {
		p.PageInfo.StartCursor, p.PageInfo.EndCursor = &p.cursors[0], &p.cursors[n-1]
	}
	return p, nil
}

// sliced takes a page off a whole list, each of whose items has a key of its
// own. A cursor whose item is gone begins where it was.
func sliced[T, N any](w window, list []T, key func(*T) string, node func(*T) (N, error)) (page[N], error) {
	from := 0
	if w.begun {
		name, at, ok := splitPlace(w.after)
		if !ok {
			return page[N]{}, &BadCursorError{}
		}
		from = min(at, len(list))
		for i := range list {
			if key(&list[i]) == name {
				from = i + 1
				break
			}
		}
	}
	to := min(from+w.first, len(list))
	p := page[N]{
		Nodes:    make([]N, 0, to-from),
		cursors:  make([]string, 0, to-from),
		PageInfo: &PageInfo{HasNextPage: to < len(list), HasPreviousPage: from > 0},
		count:    func() (int, error) { return len(list), nil },
	}
	for i := from; i < to; i++ {
		n, err := node(&list[i])
		if err != nil {
			return page[N]{}, err
		}
		p.Nodes = append(p.Nodes, n)
		p.cursors = append(p.cursors, w.order.cursor(place(key(&list[i]), i+1)))
	}
	if n := len(p.cursors); n > 0 {
		p.PageInfo.StartCursor, p.PageInfo.EndCursor = &p.cursors[0], &p.cursors[n-1]
	}
	return p, nil
}

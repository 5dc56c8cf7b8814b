package model

import (
	"context"
	"iter"

	"github.com/weir-registry/weir/catalog"
)

// PageInfo is the GraphQL type of that name. Cursors are made when they are
// asked for.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	rows            int
	cursor          func(i int) string
}

// StartCursor is that of the first row.
func (p *PageInfo) StartCursor() *string { return p.at(0) }

// EndCursor is that of the last row.
func (p *PageInfo) EndCursor() *string { return p.at(p.rows - 1) }

func (p *PageInfo) at(i int) *string {
	if p.rows == 0 {
		return nil
	}
	cursor := p.cursor(i)
	return &cursor
}

// page is what all connections have in common: the rows of one page, and how to
// count those of all.
type page[N any] struct {
	Nodes    []N
	PageInfo *PageInfo
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
		e := E(edge[N]{p.PageInfo.cursor(i), node})
		list[i] = &e
	}
	return list
}

// row is an item of a list; key, unless it is empty, is that of its place.
type row[N any] struct {
	key  string
	node N
}

// placed is a node whose ref is the key of its place.
type placed interface{ place() string }

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

// ref reads the place as a ref, zero for the beginning.
func (w *window) ref() (catalog.Ref, error) {
	if !w.begun {
		return catalog.Ref{}, nil
	}
	ref, err := catalog.ParseRef(w.after)
	if err != nil {
		return catalog.Ref{}, &BadCursorError{}
	}
	return ref, nil
}

// pageOf takes a page off rows that begin behind the window's place. count is
// asked when totalCount is.
func pageOf[N any](ctx context.Context, w window, rows iter.Seq2[row[N], error], count func() (int, error)) (page[N], error) {
	p := page[N]{PageInfo: &PageInfo{HasPreviousPage: w.begun}, count: count}
	p.Nodes = make([]N, 0, w.first)
	var keys []string
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
		if r.key != "" {
			keys = append(keys, r.key)
		}
	}
	p.PageInfo.rows = len(p.Nodes)
	p.PageInfo.cursor = func(i int) string {
		if keys != nil {
			return w.order.cursor(keys[i])
		}
		return w.order.cursor(any(p.Nodes[i]).(placed).place())
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
		Nodes: make([]N, 0, to-from),
		count: func() (int, error) { return len(list), nil },
		PageInfo: &PageInfo{
			HasNextPage: to < len(list), HasPreviousPage: from > 0, rows: to - from,
			cursor: func(i int) string { return w.order.cursor(place(key(&list[from+i]), from+i+1)) },
		},
	}
	for i := from; i < to; i++ {
		n, err := node(&list[i])
		if err != nil {
			return page[N]{}, err
		}
		p.Nodes = append(p.Nodes, n)
	}
	return p, nil
}

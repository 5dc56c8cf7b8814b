package confluent

import (
	"container/heap"
	"iter"
	"slices"

	"github.com/weir-registry/weir/catalog/confluent"
)

// order is an attribute to order by.
type order struct {
	attribute  string
	descending bool
}

// orders reads the order_by argument. An element names one attribute: in which
// order the members of an object come is not for GraphQL to say.
func orders(t confluent.Type, orderBy []map[string]any) ([]order, error) {
	var by []order
	for _, element := range orderBy {
		var here []order
		for attribute, direction := range element {
			if direction = plain(direction); direction != nil {
				here = append(here, order{attribute, direction == "desc"})
			}
		}
		if len(here) > 1 {
			return nil, &InputError{Path: []string{"order_by"}, Message: "each element orders by one attribute: [{name: asc}, {version: desc}]"}
		}
		by = append(by, here...)
	}
	return by, nil
}

// cut gives the first entities of a listing, and stops the listing after them.
func cut(entities iter.Seq2[*confluent.Entity, error], limit int) ([]*confluent.Entity, error) {
	var list []*confluent.Entity
	for e, err := range entities {
		if err != nil {
			return nil, err
		}
		if list = append(list, e); len(list) == limit {
			break
		}
	}
	return list, nil
}

// first gives a page of a listing in another order. It looks at all entities
// and keeps those up to the page's end.
func first(entities iter.Seq2[*confluent.Entity, error], by []order, p page) ([]*confluent.Entity, error) {
	h := &least{by: by}
	most := p.offset + p.limit
	if most < 0 { // beyond the largest number, and any list
		return nil, nil
	}
	seen := 0
	for e, err := range entities {
		if err != nil {
			return nil, err
		}
		r := ranked{e, seen}
		seen++
		switch {
		case len(h.list) < most:
			heap.Push(h, r)
		case h.before(r, h.list[0]):
			h.list[0] = r
			heap.Fix(h, 0)
		}
	}
	slices.SortFunc(h.list, func(a, b ranked) int {
		if h.before(a, b) {
			return -1
		}
		return 1
	})
	if p.offset >= len(h.list) {
		return nil, nil
	}
	list := make([]*confluent.Entity, 0, p.limit)
	for _, r := range h.list[p.offset:] {
		list = append(list, r.entity)
	}
	return list, nil
}

// ranked is an entity with its place in the listing, which decides between
// those that are equal otherwise.
type ranked struct {
	entity *confluent.Entity
	place  int
}

// least is a heap of the entities that come first, the last of them on top.
type least struct {
	by   []order
	list []ranked
}

// before says that a comes before b. What has no value comes last either way.
func (h *least) before(a, b ranked) bool {
	for _, o := range h.by {
		x, y := value(a.entity, o.attribute), value(b.entity, o.attribute)
		switch {
		case hasValue(x) && hasValue(y):
			c := confluent.Compare(x, y)
			if o.descending {
				c = -c
			}
			if c != 0 {
				return c < 0
			}
		case hasValue(x) != hasValue(y):
			return hasValue(x)
		}
	}
	return a.place < b.place
}

// Len, Less, Swap, Push and Pop implement [heap.Interface].
func (h *least) Len() int           { return len(h.list) }
func (h *least) Less(i, j int) bool { return h.before(h.list[j], h.list[i]) }
func (h *least) Swap(i, j int)      { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *least) Push(r any)         { h.list = append(h.list, r.(ranked)) }
func (h *least) Pop() any {
	last := h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
	return last
}

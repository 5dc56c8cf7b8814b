package confluent

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Order is an attribute to sort by.
type Order struct {
	Attribute  string
	Descending bool
}

// First gives the first of the selected entities in an order, so many at the
// most, with room for no more than twice as many. Entities without an attribute
// come last either way; those that are equal in all keep the order of Each.
func (r *Reader) First(ctx context.Context, sel Selection, by []Order, most int) ([]*Entity, error) {
	var (
		kept []sortable
		full bool // the first of kept are the best so far, in order
		keys []any
	)
	for e, err := range r.Each(ctx, sel) {
		if err != nil {
			return nil, err
		}
		keys = keysOf(keys[:0], e, by)
		if full && compareKeys(keys, kept[most-1].keys, by) >= 0 {
			continue
		}
		if kept = append(kept, sortable{e.clone(), slices.Clone(keys)}); len(kept)/2 >= most {
			sortAll(kept, by)
			kept, full = kept[:most], true
		}
	}
	sortAll(kept, by)
	list := make([]*Entity, min(most, len(kept)))
	for i := range list {
		list[i] = kept[i].entity
	}
	return list, nil
}

// sortable is an entity with the values that it is ordered by.
type sortable struct {
	entity *Entity
	keys   []any
}

func keysOf(keys []any, e *Entity, by []Order) []any {
	for _, o := range by {
		keys = append(keys, e.Attribute(o.Attribute))
	}
	return keys
}

func sortAll(list []sortable, by []Order) {
	slices.SortStableFunc(list, func(a, b sortable) int { return compareKeys(a.keys, b.keys, by) })
}

func compareKeys(a, b []any, by []Order) int {
	for i, o := range by {
		x, y := a[i], b[i]
		if x == nil || y == nil {
			if x != nil || y != nil {
				return lastIfMissing(x == nil)
			}
			continue
		}
		c := Compare(x, y)
		if o.Descending {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func lastIfMissing(missing bool) int {
	if missing {
		return 1
	}
	return -1
}

// Compare orders two values of one attribute. What is of different kinds is
// equal: it cannot be ordered.
func Compare(a, b any) int {
	switch x := a.(type) {
	case string:
		if y, ok := b.(string); ok {
			return strings.Compare(x, y)
		}
	case int64:
		if y, ok := b.(int64); ok {
			return cmp.Compare(x, y)
		}
	case bool:
		if y, ok := b.(bool); ok && x != y {
			if x {
				return 1
			}
			return -1
		}
	}
	return 0
}

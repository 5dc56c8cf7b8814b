package confluent

import (
	"cmp"
	"slices"
	"strings"
)

// Order is an attribute to sort by.
type Order struct {
	Attribute  string
	Descending bool
}

// Sort orders entities by attributes. Entities without the attribute come last
// either way; those that are equal in all keep their order.
func Sort(list []*Entity, by []Order) {
	slices.SortStableFunc(list, func(a, b *Entity) int {
		for _, o := range by {
			x, y := a.Attribute(o.Attribute), b.Attribute(o.Attribute)
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
	})
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

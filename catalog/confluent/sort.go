package confluent

import (
	"cmp"
	"strings"
)

// Order is a value to sort by.
type Order struct {
	Attribute  string
	Descending bool
	// Value gives the value, as Attribute.Value is, nil for none; nil takes the
	// attribute.
	Value func(*Entity) any
}

func (o *Order) of(e *Entity) any {
	if o.Value != nil {
		return o.Value(e)
	}
	return e.Attribute(o.Attribute)
}

// sorting is an order by several values. What has no value comes last either
// way; what is equal in all keeps the order of Each.
type sorting []Order

// rank appends the values of an entity.
func (by sorting) rank(values []any, e *Entity) []any {
	for i := range by {
		values = append(values, by[i].of(e))
	}
	return values
}

func (by sorting) compare(a, b []any) int {
	for i := range by {
		x, y := a[i], b[i]
		if x == nil || y == nil {
			if x != nil || y != nil {
				return lastIfMissing(x == nil)
			}
			continue
		}
		c := Compare(x, y)
		if by[i].Descending {
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

package confluent

import (
	"cmp"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// ranked is an entity in an order: what it is ordered by and how to find it
// again. Millions are compared for a page, and as many kept as come before its
// end, so that it is small and the entity itself is not in it.
type ranked struct {
	values []any
	place  int // in the order of Each
	t      Type
	// Records and fields are found by their schema and their place in it,
	// others by name.
	context registry.Context
	id      int32
	part    int
	name    string
}

// rankedOf makes one to keep of an entity that will be gone.
func rankedOf(e *Entity, values []any, place, part int) ranked {
	x := ranked{values: slices.Clone(values), place: place, t: e.Type()}
	for i, v := range x.values {
		if text, ok := v.(string); ok {
			x.values[i] = strings.Clone(text)
		}
	}
	if x.isPart() {
		x.context, x.id, x.part = e.Name.Context, e.Name.ID, part
	} else {
		x.name = strings.Clone(e.QualifiedName)
	}
	return x
}

func (x *ranked) isPart() bool { return x.t == Record || x.t == Field }

// before orders all entities: no two are equal.
func (by sorting) before(a, b *ranked) int {
	return cmp.Or(by.compare(a.values, b.values), cmp.Compare(a.place, b.place))
}

// best are the first of an order among those that it is offered, in the order of
// Each, the last of them on top of a heap.
type best struct {
	by   sorting
	most int
	list []ranked
}

// takes says whether one with some values is among the first so far: who is
// offered later comes after its equals.
func (b *best) takes(values []any) bool {
	return len(b.list) < b.most || b.by.compare(values, b.list[0].values) < 0
}

// take takes one in, in place of the last one if there are enough.
func (b *best) take(x ranked) {
	if len(b.list) < b.most {
		b.list = append(b.list, x)
		for at := len(b.list) - 1; at > 0; {
			above := (at - 1) / 2
			if b.by.before(&b.list[above], &b.list[at]) > 0 {
				return
			}
			b.list[above], b.list[at] = b.list[at], b.list[above]
			at = above
		}
		return
	}
	b.list[0] = x
	for at := 0; ; {
		below := 2*at + 1
		if below+1 < len(b.list) && b.by.before(&b.list[below+1], &b.list[below]) > 0 {
			below++
		}
		if below >= len(b.list) || b.by.before(&b.list[at], &b.list[below]) > 0 {
			return
		}
		b.list[at], b.list[below] = b.list[below], b.list[at]
		at = below
	}
}

// sorted gives what was taken, the first first.
func (by sorting) sorted(list []ranked) []ranked {
	slices.SortFunc(list, func(a, b ranked) int { return by.before(&a, &b) })
	return list
}

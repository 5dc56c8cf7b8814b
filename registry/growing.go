package registry

import "slices"

// line is a line of descent of snapshots: what the feed brought, or the guess
// of one chain of commands. Only the newest member of a line appends in place.
type line struct{ _ byte }

// growing is a list that many snapshots share. Whoever made it may append
// behind what older snapshots of the same line see; everybody else copies.
type growing[T any] struct {
	items []T
	by    *line
}

func (g growing[T]) append(by *line, x T) growing[T] {
	if g.by == by {
		return growing[T]{append(g.items, x), by}
	}
	items := make([]T, len(g.items), len(g.items)+1+len(g.items)/4)
	copy(items, g.items)
	return growing[T]{append(items, x), by}
}

// set gives a copy with another item at i.
func (g growing[T]) set(by *line, i int, x T) growing[T] {
	items := slices.Clone(g.items)
	items[i] = x
	return growing[T]{items, by}
}

func (g growing[T]) insert(by *line, i int, x T) growing[T] {
	if i == len(g.items) {
		return g.append(by, x)
	}
	return growing[T]{slices.Insert(slices.Clone(g.items), i, x), by}
}

func (g growing[T]) delete(by *line, drop func(T) bool) growing[T] {
	return growing[T]{slices.DeleteFunc(slices.Clone(g.items), drop), by}
}

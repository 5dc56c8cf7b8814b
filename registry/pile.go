package registry

import "strings"

// pileSize is how many values of a pile are made at once.
const pileSize = 512

// pile hands out lists that lie side by side: a load makes millions of short
// ones, which cost less together. A list that is dropped holds on to its
// neighbours.
type pile[T any] struct{ free []T }

// take gives a list of n zero values, which an append moves elsewhere.
func (p *pile[T]) take(n int) []T {
	if n > len(p.free) {
		if n > pileSize/4 {
			return make([]T, n)
		}
		p.free = make([]T, pileSize)
	}
	list := p.free[:n:n]
	p.free = p.free[n:]
	return list
}

// stringPile is a pile of short strings.
type stringPile struct{ free strings.Builder }

// keep copies a string.
func (p *stringPile) keep(s string) string {
	if p.free.Cap()-p.free.Len() < len(s) {
		p.free = strings.Builder{}
		p.free.Grow(max(len(s), 16<<10))
	}
	from := p.free.Len()
	p.free.WriteString(s)
	return p.free.String()[from:]
}

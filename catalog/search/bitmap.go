package search

import "math/bits"

// bitmap is a set of documents of a segment.
type bitmap []uint64

func words(n int) int { return (n + 63) / 64 }

func (b bitmap) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bitmap) set(i uint32)      { b[i/64] |= 1 << (i % 64) }

// setRun sets from to to, to not included.
func (b bitmap) setRun(from, to uint32) {
	if to == from+1 {
		b[from/64] |= 1 << (from % 64)
		return
	}
	first, last := from/64, (to-1)/64
	head, tail := ^uint64(0)<<(from%64), ^uint64(0)>>(63-(to-1)%64)
	if first == last {
		b[first] |= head & tail
		return
	}
	b[first] |= head
	for i := first + 1; i < last; i++ {
		b[i] = ^uint64(0)
	}
	b[last] |= tail
}

// add sets the places of a list.
func (b bitmap) add(list []uint32) {
	for _, i := range list {
		b.set(i)
	}
}

// addRuns sets the places of a list of runs.
func (b bitmap) addRuns(list []uint32) {
	for i := 0; i < len(list); i += 2 {
		b.setRun(list[i], list[i+1])
	}
}

func (b bitmap) or(o bitmap) {
	for i, w := range o {
		b[i] |= w
	}
}

func (b bitmap) and(o bitmap) {
	for i, w := range o {
		b[i] &= w
	}
}

// bitsOf are the places of the bits that are set in a word.
func bitsOf(w uint64) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for ; w != 0; w &= w - 1 {
			if !yield(uint32(bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

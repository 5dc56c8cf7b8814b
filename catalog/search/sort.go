package search

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// sortTexts gives the numbers below n in the order of their texts; those of
// equal texts stay in order. It sorts by eight bytes at a time, which spares
// most comparisons of texts that begin alike.
func sortTexts(n int, text func(uint32) string) []uint32 {
	s := textSorter{text: text, list: make([]textKey, n)}
	order := make([]uint32, n)
	ordered := true
	last := ""
	for i := range order {
		order[i] = uint32(i)
		s.list[i].id = uint32(i)
		if ordered {
			next := text(uint32(i))
			ordered = i == 0 || last <= next
			last = next
		}
	}
	if ordered {
		return order
	}
	s.spare = make([]textKey, n)
	s.sort(0, n, 0)
	for i, k := range s.list {
		order[i] = k.id
	}
	return order
}

// textKey is a text to sort and eight bytes of it, the missing ones zero.
type textKey struct {
	key uint64
	id  uint32
}

type textSorter struct {
	text        func(uint32) string
	list, spare []textKey
}

const (
	fewTexts    = 12  // so many are compared as they are
	plentyTexts = 400 // from so many on a radix sort is quicker
)

// sort sorts the part of the list from one place to another, of which the
// texts are equal up to a depth.
func (s *textSorter) sort(from, to, depth int) {
	for {
		part := s.list[from:to]
		if len(part) <= fewTexts {
			slices.SortFunc(part, func(a, b textKey) int {
				return cmp.Or(strings.Compare(s.text(a.id)[depth:], s.text(b.id)[depth:]), cmp.Compare(a.id, b.id))
			})
			return
		}
		for i := range part {
			part[i].key = keyAt(s.text(part[i].id), depth)
		}
		s.byKey(from, to)
		depth += 8
		if part[0].key != part[len(part)-1].key {
			break
		}
		// All have the same bytes here: no need to go one deeper.
		if from += s.ended(from, to, depth); to-from < 2 {
			return
		}
	}
	for begin := from; begin < to; {
		end := begin + 1
		for end < to && s.list[end].key == s.list[begin].key {
			end++
		}
		if end-begin > 1 {
			if next := begin + s.ended(begin, end, depth); end-next > 1 {
				s.sort(next, end, depth)
			}
		}
		begin = end
	}
}

// ended puts the texts that end at a depth or before it first, and says how
// many they are. Of texts with equal keys they are the smaller ones; they
// differ in how many zero bytes they end with.
func (s *textSorter) ended(from, to, depth int) int {
	spare := s.spare[from:from]
	n := 0
	for i, k := range s.list[from:to] {
		if len(s.text(k.id)) > depth {
			spare = append(spare, k)
			continue
		}
		s.list[from+n] = s.list[from+i]
		n++
	}
	copy(s.list[from+n:to], spare)
	if n > 1 {
		slices.SortFunc(s.list[from:from+n], func(a, b textKey) int {
			return cmp.Or(cmp.Compare(len(s.text(a.id)), len(s.text(b.id))), cmp.Compare(a.id, b.id))
		})
	}
	return n
}

func keyAt(s string, depth int) uint64 {
	if len(s) >= depth+8 {
		s = s[depth : depth+8]
		return uint64(s[0])<<56 | uint64(s[1])<<48 | uint64(s[2])<<40 | uint64(s[3])<<32 |
			uint64(s[4])<<24 | uint64(s[5])<<16 | uint64(s[6])<<8 | uint64(s[7])
	}
	var b [8]byte
	copy(b[:], s[depth:])
	return binary.BigEndian.Uint64(b[:])
}

// byKey sorts a part by key; equal ones stay in order.
func (s *textSorter) byKey(from, to int) {
	part := s.list[from:to]
	if len(part) < plentyTexts {
		slices.SortFunc(part, func(a, b textKey) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.id, b.id)) })
		return
	}
	var counts [8][256]uint32
	for _, k := range part {
		for at := range counts {
			counts[at][byte(k.key>>(8*at))]++
		}
	}
	with, into := part, s.spare[from:to]
	for at := range counts {
		count := &counts[at]
		if count[byte(with[0].key>>(8*at))] == uint32(len(with)) {
			continue
		}
		next := uint32(0)
		for i, n := range count {
			count[i] = next
			next += n
		}
		for _, k := range with {
			place := &count[byte(k.key>>(8*at))]
			into[*place] = k
			*place++
		}
		with, into = into, with
	}
	if &with[0] != &part[0] {
		copy(part, with)
	}
}

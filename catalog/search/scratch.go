package search

import "sync"

// scratch is memory that queries take turns in using.
type scratch struct {
	bitmaps []bitmap
	used    int
	masks   []uint16 // by name: which words of the query it has; all zero between queries
	touched []uint32 // names with a mask
	numbers [2][]uint32
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

func (s *scratch) release() {
	s.used = 0
	s.clearNames() // also after a panic of Allowed
	scratches.Put(s)
}

// bitmap gives an empty bitmap for so many documents.
func (s *scratch) bitmap(size int) bitmap {
	n := words(size)
	if s.used == len(s.bitmaps) {
		s.bitmaps = append(s.bitmaps, nil)
	}
	b := s.bitmaps[s.used]
	if cap(b) < n {
		b = make(bitmap, n)
		s.bitmaps[s.used] = b
	} else {
		b = b[:n]
		clear(b)
	}
	s.used++
	return b
}

// names gives room for a mask for each name.
func (s *scratch) names(size int) []uint16 {
	if len(s.masks) < size {
		s.masks = make([]uint16, size)
	}
	return s.masks
}

func (s *scratch) clearNames() {
	for _, n := range s.touched {
		s.masks[n] = 0
	}
	s.touched = s.touched[:0]
}

// counters gives zeros to count with.
func (s *scratch) counters(which, size int) []uint32 {
	if cap(s.numbers[which]) < size {
		s.numbers[which] = make([]uint32, size)
	}
	c := s.numbers[which][:size]
	clear(c)
	return c
}

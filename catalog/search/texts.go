package search

import "unsafe"

// texts are strings by number, in one block.
type texts struct {
	block string
	ends  []uint32
}

// textsOf makes texts of bytes that nobody changes any more.
func textsOf(block []byte, ends []uint32) texts {
	return texts{unsafe.String(unsafe.SliceData(block), len(block)), ends}
}

func newTexts(list []string) texts {
	size := 0
	for _, s := range list {
		size += len(s)
	}
	block, ends := make([]uint8, size)[:0], make([]uint32, len(list))
	for i, s := range list {
		block = append(block, s...)
		ends[i] = uint32(len(block))
	}
	return textsOf(block, ends)
}

func (t *texts) len() int { return len(t.ends) }

func (t *texts) at(i uint32) string {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.block[from:t.ends[i]]
}

// find is where s stands in sorted texts, and whether it is there.
func (t *texts) find(s string) (uint32, bool) {
	lo, hi := 0, len(t.ends)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.at(uint32(mid)) < s {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint32(lo), lo < len(t.ends) && t.at(uint32(lo)) == s
}

// pick gives the texts in another order.
func (t *texts) pick(order []uint32) texts {
	block, ends := make([]uint8, len(t.block))[:0], make([]uint32, len(order))
	for i, id := range order {
		block = append(block, t.at(id)...)
		ends[i] = uint32(len(block))
	}
	return textsOf(block, ends)
}

package search

import (
	"hash/maphash"
	"strings"
)

// texts are strings by number, in one block.
type texts struct {
	block string
	ends  []uint32
}

func newTexts(list []string) texts {
	size := 0
	for _, s := range list {
		size += len(s)
	}
	var b strings.Builder
	b.Grow(size)
	t := texts{ends: make([]uint32, len(list))}
	for i, s := range list {
		b.WriteString(s)
		t.ends[i] = uint32(b.Len())
	}
	t.block = b.String()
	return t
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

// interner numbers different strings in the order in which they come; the
// empty one is always 0. It is a hash table without pointers: a slot holds 32
// bits of the hash and the number, 0 is a free one.
type interner struct {
	seed  maphash.Seed
	slots []uint64
	list  []string
}

func newInterner() interner {
	return interner{seed: maphash.MakeSeed(), slots: make([]uint64, 16), list: []string{""}}
}

func (in *interner) id(s string) uint32 {
	if s == "" {
		return 0
	}
	hash := uint32(maphash.String(in.seed, s))
	if id := in.find(hash, s); id > 0 {
		return id
	}
	return in.insert(hash, s)
}

// idBytes is id for a text in a buffer: it is copied only when it is new.
func (in *interner) idBytes(s []byte) uint32 {
	if len(s) == 0 {
		return 0
	}
	hash := uint32(maphash.Bytes(in.seed, s))
	mask := uint32(len(in.slots) - 1)
	for i := hash & mask; in.slots[i] != 0; i = (i + 1) & mask {
		if slot := in.slots[i]; uint32(slot>>32) == hash && in.list[uint32(slot)] == string(s) {
			return uint32(slot)
		}
	}
	return in.insert(hash, string(s))
}

func (in *interner) find(hash uint32, s string) uint32 {
	mask := uint32(len(in.slots) - 1)
	for i := hash & mask; in.slots[i] != 0; i = (i + 1) & mask {
		if slot := in.slots[i]; uint32(slot>>32) == hash && in.list[uint32(slot)] == s {
			return uint32(slot)
		}
	}
	return 0
}

func (in *interner) insert(hash uint32, s string) uint32 {
	id := uint32(len(in.list))
	in.list = append(in.list, s)
	if len(in.list)*2 > len(in.slots) {
		old := in.slots
		in.slots = make([]uint64, 4*len(old))
		for _, slot := range old {
			if slot != 0 {
				in.put(slot)
			}
		}
	}
	in.put(uint64(hash)<<32 | uint64(id))
	return id
}

func (in *interner) put(slot uint64) {
	mask := uint32(len(in.slots) - 1)
	i := uint32(slot>>32) & mask
	for in.slots[i] != 0 {
		i = (i + 1) & mask
	}
	in.slots[i] = slot
}

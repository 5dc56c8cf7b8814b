package search

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"slices"
)

// interner numbers different texts in the order in which they come; the empty
// one is always 0. It is two hash tables without pointers over one block of
// bytes. Texts of up to eight bytes, which most words and types are, stand in
// the table itself; of others a slot holds 32 bits of the hash and the number.
type interner struct {
	seed  maphash.Seed
	block []byte
	ends  []uint32

	long      []uint64 // 0 is a free slot
	longs     int
	short     []shortText // key 0 is a free slot
	shorts    int
	shortSeed [2]uint64

	buf []byte
}

// shortText is a text of up to eight bytes of which the last is not zero, so
// that zeros behind it say where it ends.
type shortText struct {
	key uint64
	id  uint32
}

func newInterner() interner {
	seed := maphash.MakeSeed()
	return interner{
		seed: seed, ends: []uint32{0}, long: make([]uint64, 16), short: make([]shortText, 16),
		shortSeed: [2]uint64{maphash.String(seed, "first"), maphash.String(seed, "second") | 1},
	}
}

// shortKey gives the key of a short text, 0 for one that is not.
func shortKey(s []byte) uint64 {
	n := len(s)
	if n > 8 || s[n-1] == 0 {
		return 0
	}
	switch {
	case n == 8:
		return binary.LittleEndian.Uint64(s)
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(s)) | uint64(binary.LittleEndian.Uint32(s[n-4:]))<<(8*(n-4))
	case n == 1:
		return uint64(s[0])
	}
	return uint64(binary.LittleEndian.Uint16(s)) | uint64(s[n-1])<<(8*(n-1))
}

// id numbers a text. Its bytes are copied when it is new.
func (in *interner) id(s []byte) uint32 {
	if len(s) == 0 {
		return 0
	}
	if key := shortKey(s); key != 0 {
		i := in.findShort(key)
		if in.short[i].key == 0 {
			return in.insertShort(i, key, s)
		}
		return in.short[i].id
	}
	hash := uint32(maphash.Bytes(in.seed, s))
	mask := uint32(len(in.long) - 1)
	i := hash & mask
	for ; in.long[i] != 0; i = (i + 1) & mask {
		if slot := in.long[i]; uint32(slot>>32) == hash && string(in.at(uint32(slot))) == string(s) {
			return uint32(slot)
		}
	}
	id := in.append(s)
	in.long[i] = uint64(hash)<<32 | uint64(id)
	if in.longs++; in.longs*2 > len(in.long) {
		in.growLong()
	}
	return id
}

func (in *interner) idOf(s string) uint32 {
	in.buf = append(in.buf[:0], s...)
	return in.id(in.buf)
}

// find is the number of a text, 0 for one that is not there.
func (in *interner) find(text string) uint32 {
	s := []byte(text)
	if len(s) == 0 {
		return 0
	}
	if key := shortKey(s); key != 0 {
		return in.short[in.findShort(key)].id
	}
	hash := uint32(maphash.Bytes(in.seed, s))
	mask := uint32(len(in.long) - 1)
	for i := hash & mask; in.long[i] != 0; i = (i + 1) & mask {
		if slot := in.long[i]; uint32(slot>>32) == hash && string(in.at(uint32(slot))) == text {
			return uint32(slot)
		}
	}
	return 0
}

// at is the text of a number above 0.
func (in *interner) at(id uint32) []byte { return in.block[in.ends[id-1]:in.ends[id]] }

func (in *interner) len() int { return len(in.ends) }

// append adds a text and gives its number. Room is doubled: append alone grows
// what is large by a quarter and copies it again and again.
func (in *interner) append(s []byte) uint32 {
	id := uint32(len(in.ends))
	if len(in.block)+len(s) > cap(in.block) {
		in.block = slices.Grow(in.block, len(in.block)+len(s))
	}
	in.block = append(in.block, s...)
	if len(in.ends) == cap(in.ends) {
		in.ends = slices.Grow(in.ends, len(in.ends))
	}
	in.ends = append(in.ends, uint32(len(in.block)))
	return id
}

// findShort is the slot where a short text is or would be.
func (in *interner) findShort(key uint64) uint32 {
	high, low := bits.Mul64(key^in.shortSeed[0], in.shortSeed[1])
	mask := uint32(len(in.short) - 1)
	i := uint32(high^low) & mask
	for in.short[i].key != key && in.short[i].key != 0 {
		i = (i + 1) & mask
	}
	return i
}

func (in *interner) insertShort(slot uint32, key uint64, s []byte) uint32 {
	id := in.append(s)
	in.short[slot] = shortText{key, id}
	if in.shorts++; in.shorts*2 > len(in.short) {
		old := in.short
		in.short = make([]shortText, 4*len(old))
		for _, t := range old {
			if t.key != 0 {
				in.short[in.findShort(t.key)] = t
			}
		}
	}
	return id
}

func (in *interner) growLong() {
	old := in.long
	in.long = make([]uint64, 4*len(old))
	mask := uint32(len(in.long) - 1)
	for _, slot := range old {
		if slot == 0 {
			continue
		}
		i := uint32(slot>>32) & mask
		for in.long[i] != 0 {
			i = (i + 1) & mask
		}
		in.long[i] = slot
	}
}

// texts are the texts by number.
func (in *interner) texts() texts {
	return texts{string(in.block), append(make([]uint32, 0, len(in.ends)), in.ends...)}
}

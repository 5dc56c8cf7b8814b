package search

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// interner numbers different texts in the order in which they come; the empty
// one is always 0. It is two hash tables without pointers over one block of
// bytes. Texts of up to eight bytes, which most words and types are, stand in
// the table itself; of others a slot holds the number, and eight bits of the
// hash stand in a table of their own, which is small enough for a cache.
type interner struct {
	seed  maphash.Seed
	block []byte
	ends  []uint32

	tags      []uint8 // of the slots; 0 is a free one
	long      []uint32
	longs     int
	short     []shortText // key 0 is a free slot
	shorts    int
	shortSeed [2]uint64

	buf    []byte
	hashes []uint64
	batch  []uint32
	seen   uint32

	progress *progress // of who fills it; nil when that is not known
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
		seed: seed, ends: []uint32{0}, tags: make([]uint8, 16), long: make([]uint32, 16), short: make([]shortText, 16),
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
	return in.hashed(s, maphash.Bytes(in.seed, s))
}

// ids numbers several texts. What they need of the tables is looked at for all
// of them before any of it is used: memory answers several questions in hardly
// more than the time of one. The result is valid until the next call.
func (in *interner) ids(list [][]byte) []uint32 {
	in.hashes, in.batch = in.hashes[:0], in.batch[:0]
	mask := uint64(len(in.tags) - 1)
	seen := uint32(0)
	for _, s := range list {
		hash := uint64(0)
		if len(s) > 8 {
			hash = maphash.Bytes(in.seed, s)
			seen ^= in.long[hash&mask]
		}
		in.hashes = append(in.hashes, hash)
	}
	for _, hash := range in.hashes {
		if at := hash & mask; in.tags[at] == tagOf(hash) {
			if begin := in.ends[in.long[at]-1]; begin < uint32(len(in.block)) {
				seen ^= uint32(in.block[begin])
			}
		}
	}
	in.seen = seen // so that nothing above is left out
	for i, s := range list {
		if len(s) > 8 {
			in.batch = append(in.batch, in.hashed(s, in.hashes[i]))
		} else {
			in.batch = append(in.batch, in.id(s))
		}
	}
	return in.batch
}

func tagOf(hash uint64) uint8 { return uint8(hash>>56) | 1 }

// hashed numbers a text that is not short.
func (in *interner) hashed(s []byte, hash uint64) uint32 {
	i, found := in.findLong(s, hash)
	if found {
		return in.long[i]
	}
	id := in.append(s)
	in.tags[i], in.long[i] = tagOf(hash), id
	if in.longs++; in.longs*4 > len(in.tags)*3 {
		in.growLong()
	}
	return id
}

// findLong is the slot where a text is or would be, and whether it is there.
func (in *interner) findLong(s []byte, hash uint64) (slot uint64, found bool) {
	mask, tag := uint64(len(in.tags)-1), tagOf(hash)
	i := hash & mask
	for ; in.tags[i] != 0; i = (i + 1) & mask {
		if in.tags[i] == tag && string(in.at(in.long[i])) == string(s) {
			return i, true
		}
	}
	return i, false
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
	if i, found := in.findLong(s, maphash.Bytes(in.seed, s)); found {
		return in.long[i]
	}
	return 0
}

// at is the text of a number above 0.
func (in *interner) at(id uint32) []byte { return in.block[in.ends[id-1]:in.ends[id]] }

func (in *interner) len() int { return len(in.ends) }

// append adds a text and gives its number.
func (in *interner) append(s []byte) uint32 {
	id := uint32(len(in.ends))
	in.block = append(room(in.block, len(s), in.progress), s...)
	in.ends = append(room(in.ends, 1, in.progress), uint32(len(in.block)))
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
		in.short = make([]shortText, 2*len(old))
		for _, t := range old {
			if t.key != 0 {
				in.short[in.findShort(t.key)] = t
			}
		}
	}
	return id
}

func (in *interner) growLong() {
	size := 2 * len(in.tags)
	for size*3 < in.progress.sizeOf(in.longs-1)*4 { // one more than fitted
		size *= 2
	}
	in.tags, in.long = make([]uint8, size), make([]uint32, size)
	mask := uint64(len(in.tags) - 1)
	for id := uint32(1); int(id) < len(in.ends); id++ {
		s := in.at(id)
		if shortKey(s) != 0 {
			continue
		}
		hash := maphash.Bytes(in.seed, s)
		i := hash & mask
		for in.tags[i] != 0 {
			i = (i + 1) & mask
		}
		in.tags[i], in.long[i] = tagOf(hash), id
	}
}

// texts are the texts by number; the interner is spent.
func (in *interner) texts() texts {
	return textsOf(in.block, in.ends)
}

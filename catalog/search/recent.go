package search

import (
	"encoding/binary"
	"math/bits"
)

// recent are names of fields that were met lately with their numbers, each in a
// cache line: the same fields stand in many schemas, and most are found here
// without a look at the tables of all names.
type recent [recentTexts]recentText

const recentTexts = 1 << 14

// recentText is a name and its number, 0 for none yet.
type recentText struct {
	id   uint32
	size uint8
	text [59]byte
}

// slot is the only place where a name is looked for; others replace it there.
// Names made up to meet in one place gain nothing but that they are looked for
// in the tables.
func (r *recent) slot(s []byte) *recentText {
	var first, last uint64
	switch n := len(s); {
	case n >= 8:
		first, last = binary.LittleEndian.Uint64(s), binary.LittleEndian.Uint64(s[n-8:])
	case n >= 4:
		first, last = uint64(binary.LittleEndian.Uint32(s)), uint64(binary.LittleEndian.Uint32(s[n-4:]))
	case n > 0:
		first, last = uint64(s[0]), uint64(s[n-1])
	}
	high, low := bits.Mul64(first^0x9e3779b97f4a7c15, last^0xd1b54a32d192ed03^uint64(len(s)))
	return &r[(high^low)%recentTexts]
}

// find gives the number of a name, 0 when the place has another.
func (t *recentText) find(s []byte) uint32 {
	if string(t.text[:t.size]) == string(s) {
		return t.id
	}
	return 0
}

// note puts a name in the place of what was there, unless it is too long.
func (t *recentText) note(s []byte, id uint32) {
	if len(s) <= len(t.text) {
		t.id, t.size = id, uint8(copy(t.text[:], s))
	}
}

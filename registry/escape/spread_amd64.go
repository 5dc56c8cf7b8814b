package escape

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// vectors says whether this processor has the instructions of spreadBlocks, as
// all have that were made since 2009.
var vectors = cpu.X86.HasSSSE3 && cpu.X86.HasPOPCNT

// shuffles says for every set of quotes and backslashes among eight bytes (bit
// 0 is the first) which of them stands where in the result; 8 is a backslash.
var shuffles = func() (table [256][16]byte) {
	for set := range table {
		at := 0
		for i := range byte(8) {
			if set>>i&1 == 1 {
				table[set][at] = 8
				at++
			}
			table[set][at] = i
			at++
		}
	}
	return table
}()

// spreadBlocks does what spreadPlain does for as many whole blocks of 16 bytes
// as hold plain bytes only, and writes up to spare bytes more than it says.
//
//go:noescape
func spreadBlocks(dst, text *byte, length int, shuffles *[256][16]byte) (read, wrote int)

// spread is spreadPlain, for which dst has spare bytes more room.
func spread(dst []byte, text string) (read, wrote int) {
	if vectors && len(text) >= 16 {
		_ = dst[2*len(text)+spare-1]
		read, wrote = spreadBlocks(&dst[0], unsafe.StringData(text), len(text), &shuffles)
	}
	r, w := spreadPlain(dst[wrote:], text[read:])
	return read + r, wrote + w
}

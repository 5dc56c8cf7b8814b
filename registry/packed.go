package registry

import (
	"slices"
	"sync"

	"github.com/klauspost/compress/s2"
)

// packed is bytes in the form that memory keeps: the block format of S2. Texts
// of schemas shrink to a quarter and outlines to a third, so that millions of
// them need that much less memory, which a node that starts has to touch for the
// first time; undoing it takes an answer about as long as fetching the longer
// text from cold memory would. Nothing is kept as nil.
type packed []byte

// packBuffers hold what is packed until it is known how long it is.
var packBuffers = sync.Pool{New: func() any { return new([]byte) }}

// pack packs bytes into a block.
func pack(keep *blocks, data []byte) packed {
	if len(data) == 0 {
		return nil
	}
	buf := packBuffers.Get().(*[]byte)
	defer packBuffers.Put(buf)
	*buf = slices.Grow((*buf)[:0], s2.MaxEncodedLen(len(data)))
	return keep.keep(s2.Encode((*buf)[:cap(*buf)], data))
}

// size is how many bytes were packed.
func (p packed) size() int {
	if len(p) == 0 {
		return 0
	}
	n, err := s2.DecodedLen(p)
	if err != nil {
		panic("registry: bytes that this process packed have no length: " + err.Error())
	}
	return n
}

// append appends the bytes that were packed.
func (p packed) append(dst []byte) []byte {
	n := p.size()
	if n == 0 {
		return dst
	}
	at := len(dst)
	dst = slices.Grow(dst, n)[:at+n]
	if _, err := s2.Decode(dst[at:at+n:at+n], p); err != nil {
		panic("registry: bytes that this process packed cannot be unpacked: " + err.Error())
	}
	return dst
}

package registry

import (
	"slices"
	"sync"

	"github.com/klauspost/compress/s2"
)

// packed is bytes in the form that memory keeps: as they are, or in the block
// format of S2, which the first byte tells. Texts of schemas shrink to a quarter
// and outlines to a third, so that millions of them need that much less memory,
// which a node that starts has to touch for the first time; undoing it takes an
// answer about as long as fetching the longer text from cold memory would. A
// registry of some thousands has no such need, and answers sooner from what it
// keeps as it is. Nothing is kept as nil.
type packed []byte

// The forms.
const (
	asItIs = 0
	inS2   = 1
)

// packFrom is how many bytes are kept as they are before others are packed.
const packFrom = 16 << 20

// packBuffers hold what is packed until it is known how long it is.
var packBuffers = sync.Pool{New: func() any { return new([]byte) }}

// pack packs bytes into a block.
func pack(keep *blocks, data []byte) packed {
	if len(data) == 0 {
		return nil
	}
	buf := packBuffers.Get().(*[]byte)
	defer packBuffers.Put(buf)
	*buf = slices.Grow((*buf)[:0], 1+s2.MaxEncodedLen(len(data)))
	if keep == nil || !keep.full(packFrom) {
		return keep.keep(append(append(*buf, asItIs), data...))
	}
	form := (*buf)[:1]
	form[0] = inS2
	return keep.keep(form[:1+len(s2.Encode(form[1:cap(form)], data))])
}

// size is how many bytes were packed.
func (p packed) size() int {
	switch {
	case len(p) == 0:
		return 0
	case p[0] == asItIs:
		return len(p) - 1
	}
	n, err := s2.DecodedLen(p[1:])
	if err != nil {
		panic("registry: bytes that this process packed have no length: " + err.Error())
	}
	return n
}

// append appends the bytes that were packed.
func (p packed) append(dst []byte) []byte {
	n := p.size()
	switch {
	case n == 0:
		return dst
	case p[0] == asItIs:
		return append(dst, p[1:]...)
	}
	at := len(dst)
	dst = slices.Grow(dst, n)[:at+n]
	if _, err := s2.Decode(dst[at:at+n:at+n], p[1:]); err != nil {
		panic("registry: bytes that this process packed cannot be unpacked: " + err.Error())
	}
	return dst
}

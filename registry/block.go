package registry

import "sync"

// The sizes of blocks: the first is small, so that a small registry stays
// small, and each next is twice the one before.
const (
	firstBlock = 64 << 10
	largeBlock = 32 << 20
)

// blocks keeps the bytes of schema texts and outlines in large pieces outside
// the garbage collector's heap: a million texts cost it nothing to mark and
// take no part in the pace of collection. What is put in stays for good, since
// answers that are being written may still point to it.
type blocks struct {
	mu   sync.Mutex
	free []byte
	next int
	kept int
}

// full says whether so many bytes have been put in.
func (b *blocks) full(bytes int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.kept >= bytes
}

// keep copies bytes into a block; without blocks it copies them plainly.
func (b *blocks) keep(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	if b == nil {
		return append([]byte(nil), data...)
	}
	space := b.take(len(data))
	copy(space, data)
	return space
}

// take gives n bytes of a block.
func (b *blocks) take(n int) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept += n
	if n > len(b.free) {
		if n > largeBlock/4 {
			return allocateBlock(n)[:n:n]
		}
		b.next = min(max(b.next*2, firstBlock), largeBlock)
		for b.next < n {
			b.next *= 2
		}
		b.free = allocateBlock(b.next)
	}
	space := b.free[:n:n]
	b.free = b.free[n:]
	return space
}

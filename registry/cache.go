package registry

import "github.com/maypok86/otter/v2"

// cache is a map that keeps what was used last, bounded by bytes. It is safe
// for concurrent use.
type cache[K comparable, V any] struct{ entries *otter.Cache[K, cached[V]] }

// cached is a value with its weight.
type cached[V any] struct {
	value  V
	weight uint32
}

func newCache[K comparable, V any](bytes int) *cache[K, V] {
	return &cache[K, V]{otter.Must(&otter.Options[K, cached[V]]{
		MaximumWeight: uint64(bytes),
		Weigher:       func(_ K, c cached[V]) uint32 { return c.weight },
	})}
}

func (c *cache[K, V]) get(key K) (value V, ok bool) {
	x, ok := c.entries.GetIfPresent(key)
	return x.value, ok
}

func (c *cache[K, V]) put(key K, value V, bytes int) {
	c.entries.Set(key, cached[V]{value, uint32(min(max(bytes, 1), 1<<31))})
}

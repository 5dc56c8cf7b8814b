package catalog

import (
	"slices"
	"sync"

	"github.com/maypok86/otter/v2"

	"github.com/weir-registry/weir/registry"
)

// fieldCache keeps what was worked out of subjects, the last used ones, bounded
// by bytes: nothing is kept of a field that nobody asks about.
type fieldCache struct {
	entries *otter.Cache[registry.Subject, weighed]
}

type weighed struct {
	*logical
	weight uint32
}

func newFieldCache(bytes int) *fieldCache {
	return &fieldCache{otter.Must(&otter.Options[registry.Subject, weighed]{
		MaximumWeight: uint64(bytes),
		Weigher:       func(_ registry.Subject, w weighed) uint32 { return w.weight },
	})}
}

func (c *fieldCache) get(s registry.Subject) *logical {
	x, _ := c.entries.GetIfPresent(s)
	return x.logical
}

func (c *fieldCache) put(s registry.Subject, l *logical) {
	c.entries.Set(s, weighed{l, uint32(min(l.bytes(), 1<<31))})
}

// memo is the cache of a view that looks at another registry than the node's.
type memo struct {
	mu   sync.Mutex
	made map[registry.Subject]*logical
}

func (m *memo) of(s registry.Subject, make func() *logical) *logical {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l, ok := m.made[s]; ok {
		return l
	}
	l := make()
	m.made[s] = l
	return l
}

// logical gives what a subject has over all its versions, nil when it has none.
func (v *View) logical(s registry.Subject) *logical {
	if v.memo != nil {
		return v.memo.of(s, func() *logical { return v.work(s) })
	}
	versions := countedVersions(v.registry, s)
	if len(versions) == 0 {
		return nil
	}
	cache := v.catalog.fields
	before := cache.get(s)
	if before != nil {
		if slices.Equal(before.versions, versions) {
			return before
		}
		if next, ok := before.extended(v.registry, s, versions); ok {
			cache.put(s, next)
			return next
		}
	}
	l := logicalOf(v.registry, s, versions, true)
	// A reader that holds on to an older view leaves the newer one's in place.
	if before == nil || v == v.catalog.view.Load() {
		cache.put(s, l)
	}
	return l
}

func (v *View) work(s registry.Subject) *logical {
	versions := countedVersions(v.registry, s)
	if len(versions) == 0 {
		return nil
	}
	return logicalOf(v.registry, s, versions, true)
}

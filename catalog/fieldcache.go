package catalog

import (
	"slices"
	"sync"

	"github.com/maypok86/otter/v2"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// fieldCache keeps what was worked out of subjects, the last used ones, bounded
// by bytes: nothing is kept of a field that nobody asks about.
type fieldCache struct {
	entries *otter.Cache[registry.Subject, weighed]
	// rewritten says from which revision on a subject has other fields although
	// its versions are the same: a schema that it refers to was overwritten.
	rewritten sync.Map // registry.Subject to feed.Revision
}

type weighed struct {
	*logical
	weight uint32
	at     feed.Revision
}

func newFieldCache(bytes int) *fieldCache {
	return &fieldCache{entries: otter.Must(&otter.Options[registry.Subject, weighed]{
		MaximumWeight: uint64(bytes),
		Weigher:       func(_ registry.Subject, w weighed) uint32 { return w.weight },
	})}
}

// get gives what was worked out of a subject, nil for nothing.
func (c *fieldCache) get(s registry.Subject) *logical {
	x, _ := c.entries.GetIfPresent(s)
	if c.since(s) > x.at {
		return nil
	}
	return x.logical
}

// put keeps what was worked out in a view of a revision.
func (c *fieldCache) put(s registry.Subject, l *logical, at feed.Revision) {
	if at >= c.since(s) {
		c.entries.Set(s, weighed{l, uint32(min(l.bytes(), 1<<31)), at})
	}
}

func (c *fieldCache) since(s registry.Subject) feed.Revision {
	at, _ := c.rewritten.Load(s)
	revision, _ := at.(feed.Revision)
	return revision
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
			cache.put(s, next, v.revision)
			return next
		}
	}
	l := logicalOf(v.registry, s, versions, true)
	// A reader that holds on to an older view leaves the newer one's in place.
	if before == nil || v == v.catalog.view.Load() {
		cache.put(s, l, v.revision)
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

package confluent

import (
	"sync"

	"github.com/weir-registry/weir/registry"
)

// Counts remembers how many records and fields schemas have, so that a page far
// into a list of two million fields is reached without taking apart the schemas
// before it. It belongs to a node, is filled by listing, and may be used by many
// at once. It has a few dozen bytes for each schema id.
type Counts struct {
	mu sync.Mutex
	of map[registry.ContextID]counted
}

// counted is of one content: an id may have another one after an import.
type counted struct {
	guid  registry.GUID
	parts map[Type]int
}

// NewCounts makes an empty one.
func NewCounts() *Counts { return &Counts{of: map[registry.ContextID]counted{}} }

// get gives how many parts of a type a schema has, if that is known.
func (c *Counts) get(id registry.ContextID, guid registry.GUID, t Type) (n int, ok bool) {
	if c == nil {
		return 0, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.of[id]; known.guid == guid {
		n, ok = known.parts[t]
	}
	return n, ok
}

func (c *Counts) put(id registry.ContextID, guid registry.GUID, t Type, n int) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.of[id]
	if known.guid != guid || known.parts == nil {
		known = counted{guid, map[Type]int{}}
		c.of[id] = known
	}
	known.parts[t] = n
}

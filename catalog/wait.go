package catalog

import (
	"context"
	"sync"

	"github.com/weir-registry/weir/feed"
)

// alarm wakes everybody who waits for a newer view. The zero value is ready.
type alarm struct {
	mu   sync.Mutex
	next chan struct{} // closed by the next wake; nil while nobody waits
}

// heard gives a channel that the next wake closes.
func (a *alarm) heard() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.next == nil {
		a.next = make(chan struct{})
	}
	return a.next
}

func (a *alarm) wake() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.next != nil {
		close(a.next)
		a.next = nil
	}
}

// Wait returns when the node has applied more than a revision, or ctx ends.
func (c *Catalog) Wait(ctx context.Context, after feed.Revision) error {
	for {
		heard := c.moved.heard() // before the look, so that nothing slips between
		if c.View().Revision() > after {
			return nil
		}
		select {
		case <-heard:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

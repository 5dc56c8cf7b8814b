package store

import (
	"context"
	"sync"

	"github.com/weir-registry/weir/registry"
	"golang.org/x/sync/errgroup"
)

const (
	// loadRows is about how many rows one read of a load gives: few enough for
	// a short transaction, many enough that starting it costs nothing.
	loadRows = 4096
	// widestRange bounds what a read may meet where ids lie close again behind
	// a part where they lie far apart.
	widestRange = 64 * loadRows
)

// idRange is a part of the ids of a context, with both ends.
type idRange struct {
	context  string // the key
	name     registry.Context
	from, to int64
}

// cutter cuts the ids of all contexts into ranges of about loadRows rows. It
// asks the database only where ids begin and end, and learns from what the
// reads before have met how wide a range should be: to count rows up to where
// the next range begins would visit each row twice where a database has not
// been vacuumed.
type cutter struct {
	store  *Store
	bounds string // gives the lowest and highest id of context $1 from $2 on

	mu       sync.Mutex
	contexts []idRange // not begun
	rest     idRange   // of the context that is being read
	width    int64
}

// Ids are 32 bits wide.
const lowestID = -1 << 31

// load reads all ranges, several at a time. A read says how many rows it met.
func (s *Store) load(ctx context.Context, names map[string]registry.Context, bounds string, read func(context.Context, idRange) (rows int, err error)) error {
	c := &cutter{store: s, bounds: bounds, rest: idRange{from: 1}}
	for key, name := range names {
		c.contexts = append(c.contexts, idRange{context: key, name: name})
	}
	group, ctx := errgroup.WithContext(ctx)
	for range s.engine.readers() {
		group.Go(func() error {
			for {
				r, ok, err := c.next(ctx)
				if err != nil || !ok {
					return err
				}
				rows, err := read(ctx, r)
				if err == nil {
					err = c.met(ctx, r, rows)
				}
				if err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}

// next gives the next range; ok is false when there is none.
func (c *cutter) next(ctx context.Context) (r idRange, ok bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.rest.from > c.rest.to {
		if len(c.contexts) == 0 {
			return r, false, nil
		}
		c.rest, c.contexts, c.width = c.contexts[0], c.contexts[1:], loadRows
		if err := c.bound(ctx, lowestID); err != nil {
			return r, false, err
		}
	}
	r = c.rest
	r.to = min(r.from+c.width-1, r.to)
	c.rest.from = r.to + 1
	return r, true, nil
}

// bound makes the rest what a context has from an id on.
func (c *cutter) bound(ctx context.Context, from int64) error {
	return c.store.engine.query(ctx, c.bounds, func(row row) error {
		c.rest.from, c.rest.to = row.Int(0), row.Int(1)
		return nil
	}, []byte(c.rest.context), from)
}

// met learns from the rows of a range. Behind an empty one it looks for the
// next id: two may lie two milliards apart.
func (c *cutter) met(ctx context.Context, r idRange, rows int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.context != c.rest.context {
		return nil
	}
	switch {
	case rows == 0 && c.rest.from <= c.rest.to:
		return c.bound(ctx, c.rest.from)
	case rows < loadRows/2:
		c.width = min(c.width*2, widestRange)
	case rows > loadRows*2:
		c.width = max(c.width/2, 1)
	}
	return nil
}

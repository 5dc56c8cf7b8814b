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

// idRange is a part of the ids of a context, with both ends, or else all of
// several contexts that lie beside each other.
type idRange struct {
	context  string           // the key
	name     registry.Context // of one context
	last     string           // the key of the last of several, empty for one
	from, to int64            // of one context
}

// query gives what reads the range: one for a context, many for several.
func (r idRange) query(one, many string) (sql string, args []any) {
	if r.last != "" {
		return many, []any{[]byte(r.context), []byte(r.last)}
	}
	return one, []any{[]byte(r.context), r.from, r.to}
}

// cutter cuts the ids of all contexts into ranges of about loadRows rows. It
// asks the database only where ids begin and end, once for all contexts, and
// learns from what the reads before have met how wide a range should be: to
// count rows up to where the next range begins would visit each row twice
// where a database has not been vacuumed. Small contexts that lie beside each
// other are read together: there may be thousands, of a few rows each.
type cutter struct {
	store  *Store
	bounds string // gives the lowest and highest id of context $1 from $2 on

	mu     sync.Mutex
	ranges []idRange // not begun
	rest   idRange   // of the context that is being read
	width  int64
}

// loader is a table that is read by ranges of ids.
type loader struct {
	// all gives each context with its lowest and highest id, in the order of
	// the keys; bounds gives them of context $1 from id $2 on. Without rows
	// the lowest is above the highest.
	all, bounds string
	// read reads a range and says how many rows it met.
	read func(context.Context, idRange) (rows int, err error)
}

// load reads all ranges, several at a time.
func (s *Store) load(ctx context.Context, names map[string]registry.Context, l loader) error {
	c := &cutter{store: s, bounds: l.bounds, rest: idRange{from: 1}}
	if err := c.cut(ctx, names, l.all); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	for range s.engine.readers() {
		group.Go(func() error {
			for {
				r, ok := c.next()
				if !ok {
					return nil
				}
				rows, err := l.read(ctx, r)
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

// cut finds out where the ids of each context lie, and puts together what is
// small and lies side by side. A context without a name has come after the names
// were read: the feed brings it.
func (c *cutter) cut(ctx context.Context, names map[string]registry.Context, all string) error {
	room := int64(0) // in the last range, for another small context
	return c.store.engine.query(ctx, all, func(row row) error {
		r := idRange{context: string(row.Bytes(0)), from: row.Int(1), to: row.Int(2)}
		ids := r.to - r.from + 1
		name, known := names[r.context]
		switch {
		case ids <= 0 || !known:
			return nil
		case ids <= room:
			c.ranges[len(c.ranges)-1].last = r.context
		default:
			r.name = name
			c.ranges = append(c.ranges, r)
			room = loadRows
		}
		room -= ids
		return nil
	})
}

// next gives the next range; ok is false when there is none.
func (c *cutter) next() (r idRange, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.rest.from > c.rest.to {
		if len(c.ranges) == 0 {
			return r, false
		}
		r, c.ranges = c.ranges[0], c.ranges[1:]
		if r.last != "" {
			return r, true
		}
		c.rest, c.width = r, loadRows
	}
	r = c.rest
	r.to = min(r.from+c.width-1, r.to)
	c.rest.from = r.to + 1
	return r, true
}

// met learns from the rows of a range. Behind an empty one it looks for the
// next id: two may lie two milliards apart. The others wait for that: there is
// nothing to be cut before it is known.
func (c *cutter) met(ctx context.Context, r idRange, rows int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.last != "" || r.context != c.rest.context {
		return nil
	}
	switch {
	case rows == 0 && c.rest.from <= c.rest.to:
		return c.store.engine.query(ctx, c.bounds, func(row row) error {
			c.rest.from, c.rest.to = row.Int(0), row.Int(1)
			return nil
		}, []byte(c.rest.context), c.rest.from)
	case rows < loadRows/2:
		c.width = min(c.width*2, widestRange)
	case rows > loadRows*2:
		c.width = max(c.width/2, 1)
	}
	return nil
}

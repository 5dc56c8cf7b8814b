package catalog

import (
	"context"
	"iter"
	"time"

	"github.com/weir-registry/weir/catalog/search"
)

// Search asks the index, after bringing it up to the view; the hits are those
// that the caller may see. search.Ref.ID is Ref.String; [HitRef] gives the
// entity that a hit is.
func (c *Catalog) Search(ctx context.Context, q search.Query) (search.Result, error) {
	ix, err := c.broughtUp(ctx)
	if err != nil {
		return search.Result{}, err
	}
	q.Allowed = c.allowed(ctx, q.Allowed)
	return ix.Search(q)
}

// Each gives all hits of a query in the order of Ref, without a limit and without
// highlights; of the query only what selects counts.
func (c *Catalog) Each(ctx context.Context, q search.Query) (iter.Seq[search.Hit], error) {
	ix, err := c.broughtUp(ctx)
	if err != nil {
		return nil, err
	}
	q.Allowed = c.allowed(ctx, q.Allowed)
	return ix.Each(q)
}

// Suggest completes what is typed.
func (c *Catalog) Suggest(ctx context.Context, q search.Completion) ([]search.Suggestion, error) {
	ix, err := c.broughtUp(ctx)
	if err != nil {
		return nil, err
	}
	q.Allowed = c.allowed(ctx, q.Allowed)
	return ix.Suggest(q), nil
}

// allowed says what the caller may see, beside what it asks itself; nil for
// everything.
func (c *Catalog) allowed(ctx context.Context, also func(search.Ref) bool) func(search.Ref) bool {
	if c.allowsAll() {
		return also
	}
	v := c.View()
	return func(r search.Ref) bool {
		ref, err := ParseRef(r.ID)
		return err == nil && v.mayRead(ctx, ref) && (also == nil || also(r))
	}
}

const (
	// quiet is how long nothing must have been committed before Run works: it
	// would take its time from those who register.
	quiet = 10 * time.Second
	// eager is up to how many subjects a node makes the index before anybody
	// has searched. A million of them with sixteen fields each take over a
	// gigabyte, which a node that only serves schemas is spared.
	eager = 200_000
)

// Run makes the index, brings it up to the view when nothing is committed, so
// that a search has little to catch up with, and merges its parts, until ctx
// ends. Without it, and beyond eager, the first search makes the index; each
// brings it up for itself.
func (c *Catalog) Run(ctx context.Context) error {
	for {
		heard := c.moved.heard()
		if c.index.wanted() || c.View().registry.SubjectCount() <= eager {
			ix, err := c.broughtUp(ctx)
			if err != nil {
				return err
			}
			if ix.Due() {
				ix.Merge()
			}
		}
		for still := false; !still; {
			select {
			case <-heard:
			case <-ctx.Done():
				return ctx.Err()
			}
			heard = c.moved.heard()
			select {
			case <-heard:
			case <-time.After(quiet):
				still = true
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

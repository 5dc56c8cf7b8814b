package confluent

import "context"

// FirstKeeping is First where no more than kept entities are kept for a page.
func (r *Reader) FirstKeeping(ctx context.Context, sel Selection, by []Order, skip, most, kept int) ([]*Entity, error) {
	return r.first(ctx, sel, by, skip, most, kept)
}

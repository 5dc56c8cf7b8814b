package catalog

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/feed"
)

// How much of the log one call reads at most, and at a time: who asks for what
// seldom happens gets a cursor to go on from.
const (
	changesRead = 5000
	changesPage = 500
)

// Changes gives the events after a cursor (zero: from the oldest that there
// is), oldest first, up to limit, that pass the filter and that the caller may
// see, and the cursor to go on from, which moves on over events that did not
// pass. There may be more although there are none: until next is the view's
// cursor. It reads the log as far as this node has applied it, and the end of it
// from memory: the store is asked only how much of the log there still is.
func (c *Catalog) Changes(ctx context.Context, f EventFilter, after feed.Cursor, limit int) (events []Event, next feed.Cursor, err error) {
	v := c.View()
	if after, err = c.begin(ctx, v, after); err != nil {
		return nil, feed.Cursor{}, err
	}
	next = after
	from := after.Revision
	if after.Ordinal > 0 {
		from-- // within a revision: read it again, and skip
	}
	for read := 0; read < changesRead && next.Revision < v.revision || next.Ordinal > 0 && read == 0; {
		changes, ok := c.tail.After(from, changesPage)
		if !ok {
			if changes, err = c.options.Store.Changes(ctx, from, changesPage); err != nil {
				return nil, feed.Cursor{}, err
			}
		}
		if len(changes) == 0 {
			break
		}
		read += len(changes)
		for i := range changes {
			change := &changes[i]
			if change.Revision > v.revision {
				return events, next, nil
			}
			e, ok := eventOf(change, c.options.Epoch)
			if change.Revision < after.Revision || change.Revision == after.Revision && change.Ordinal < after.Ordinal {
				continue
			}
			if ok && v.passes(ctx, &f, &e) {
				if len(events) >= limit {
					return events, next, nil
				}
				events = append(events, e)
			}
			next.Revision, next.Ordinal = change.Revision, change.Ordinal+1
			if i == len(changes)-1 || changes[i+1].Revision != change.Revision {
				next.Ordinal = 0 // all of the revision
			}
		}
		from = changes[len(changes)-1].Revision
	}
	return events, next, nil
}

// begin checks a cursor to go on from.
func (c *Catalog) begin(ctx context.Context, v *View, after feed.Cursor) (feed.Cursor, error) {
	if after.Epoch != "" && after.Epoch != c.options.Epoch {
		return after, c.wrongEpoch(after)
	}
	oldest, err := c.options.Store.OldestChange(ctx)
	if err != nil {
		return after, err
	}
	first := max(oldest, 1) - 1 // after this one the log is whole
	if after == (feed.Cursor{}) {
		return feed.Cursor{Epoch: c.options.Epoch, Revision: first}, nil
	}
	after.Epoch = c.options.Epoch
	if after.Revision > v.revision || after.Revision < first {
		return after, c.unavailable(after.Revision, first, v.revision)
	}
	return after, nil
}

// passes says whether a filter lets an event through, and the caller may see
// it.
func (v *View) passes(ctx context.Context, f *EventFilter, e *Event) bool {
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, e.Entity.Kind) ||
		len(f.Actions) > 0 && !slices.Contains(f.Actions, e.Action) ||
		len(f.Entities) > 0 && !slices.ContainsFunc(f.Entities, e.concerns) {
		return false
	}
	if !v.mayRead(ctx, e.Entity) {
		return false
	}
	if len(f.Owners) == 0 && len(f.Tags) == 0 && len(f.Domains) == 0 {
		return true
	}
	entity, err := v.Entity(ctx, e.Entity)
	if err != nil {
		return false
	}
	return (len(f.Owners) == 0 || slices.ContainsFunc(entity.Owners, func(o Ownership) bool { return slices.Contains(f.Owners, o.Owner) })) &&
		(len(f.Tags) == 0 || slices.ContainsFunc(entity.Tags, func(t TagAssignment) bool { return slices.Contains(f.Tags, t.Name) })) &&
		(len(f.Domains) == 0 || slices.Contains(f.Domains, entity.Domain))
}

// concerns says whether an event is about an entity: of a version, also what
// its subject's events say of it.
func (e *Event) concerns(ref Ref) bool {
	if e.Entity == ref {
		return true
	}
	return ref.Kind == KindSchemaVersion && e.Entity == subjectRef(ref.Subject()) &&
		slices.Contains(e.versions(), versionOfPart(ref.Part))
}

// EventAt gives the event of a cursor; *NotFoundError when there is none, or
// the caller may not see it.
func (c *Catalog) EventAt(ctx context.Context, at feed.Cursor) (*Event, error) {
	if at.Epoch != c.options.Epoch {
		return nil, c.wrongEpoch(at)
	}
	v := c.View()
	if at.Revision <= v.revision && at.Ordinal > 0 {
		changes, err := c.options.Store.ChangesAt(ctx, at.Revision)
		if err != nil {
			return nil, err
		}
		for i := range changes {
			if e, ok := eventOf(&changes[i], c.options.Epoch); ok && e.Cursor == at && v.mayRead(ctx, e.Entity) {
				return &e, nil
			}
		}
	}
	return nil, &NotFoundError{}
}

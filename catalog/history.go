package catalog

import (
	"context"
	"iter"
	"math"
	"slices"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// History gives the events of an entity, newest first, those before a cursor
// (zero: from the newest) and of the given actions (none: all), at most first;
// more says that there are older ones.
//
// Of a subject these are its registrations and deletions, its settings and
// associations, and what is said of it; of a version, those of its subject that
// name it; of a field or record, what is said of it, and the versions in which
// it appeared, changed and vanished. Registrations come from the versions that
// there are, and from what the log keeps of those that were deleted for good or
// overwritten by an IMPORT.
func (c *Catalog) History(ctx context.Context, ref Ref, actions []Action, before feed.Cursor, first int) (events []Event, more bool, err error) {
	v := c.View()
	if err := v.askRead(ctx, ref); err != nil {
		return nil, false, err
	}
	if before != (feed.Cursor{}) && before.Epoch != c.options.Epoch {
		return nil, false, c.wrongEpoch(before)
	}
	h := &history{catalog: c, view: v, before: before}
	for e, err := range newestFirst(h.sources(ctx, ref)) {
		switch {
		case err != nil:
			return nil, false, err
		case len(actions) > 0 && !slices.Contains(actions, e.Action):
			continue
		case len(events) >= max(first, 0):
			return events, true, nil
		}
		events = append(events, e)
	}
	// What is gone has a history still; what never was has none.
	if len(events) == 0 && !v.exists(ref) && !v.everSaid(ref) {
		return nil, false, &NotFoundError{ref}
	}
	return events, false, nil
}

func (v *View) everSaid(ref Ref) bool {
	_, ever := v.said.things.Get(ref)
	return ever
}

// history is one reading of a history.
type history struct {
	catalog *Catalog
	view    *View
	before  feed.Cursor
}

// source gives events newest first.
type source = iter.Seq2[Event, error]

// sources are what the history of an entity is put together of.
func (h *history) sources(ctx context.Context, ref Ref) []source {
	all := []source{h.key(ctx, EntityKey(ref), nil)}
	s := ref.Subject()
	switch ref.Kind {
	case KindSubject:
		all = append(all, h.registrations(ctx, s, 0), h.key(ctx, registry.SubjectKey(s), nil), h.associations(ctx, ref))
		all = append(all, h.settings(ctx, s)...)
	case KindSchemaVersion:
		number := versionOfPart(ref.Part)
		all = append(all, h.registrations(ctx, s, number), h.key(ctx, registry.SubjectKey(s), func(e *Event) bool {
			return slices.Contains(e.versions(), number)
		}))
	case KindContext:
		c := registry.Context(ref.Name)
		all = append(all, h.key(ctx, registry.ContextKey(c), nil))
		all = append(all, h.settings(ctx, registry.Subject{Context: c})...)
	case KindField, KindRecord:
		all = append(all, h.appearances(ctx, ref))
	}
	return all
}

func (h *history) settings(ctx context.Context, s registry.Subject) (all []source) {
	for _, key := range settingKeys(s) {
		all = append(all, h.key(ctx, key, nil))
	}
	return all
}

// newestFirst merges sources.
func newestFirst(sources []source) source {
	return func(yield func(Event, error) bool) {
		type head struct {
			event Event
			next  func() (Event, error, bool)
		}
		var heads []head
		for _, s := range sources {
			next, stop := iter.Pull2(s)
			defer stop()
			e, err, ok := next()
			if err != nil {
				yield(Event{}, err)
				return
			}
			if ok {
				heads = append(heads, head{e, next})
			}
		}
		for len(heads) > 0 {
			newest := 0
			for i := range heads {
				if earlier(heads[newest].event.Cursor, heads[i].event.Cursor) {
					newest = i
				}
			}
			if !yield(heads[newest].event, nil) {
				return
			}
			e, err, ok := heads[newest].next()
			switch {
			case err != nil:
				yield(Event{}, err)
				return
			case ok:
				heads[newest].event = e
			default:
				heads = slices.Delete(heads, newest, newest+1)
			}
		}
	}
}

// earlier is the order of cursors: one without an ordinal stands behind all of
// its revision.
func earlier(a, b feed.Cursor) bool {
	if a.Revision != b.Revision {
		return a.Revision < b.Revision
	}
	return place(a) < place(b)
}

func place(c feed.Cursor) int32 {
	if c.Ordinal == 0 {
		return math.MaxInt32
	}
	return c.Ordinal
}

// older says whether an event stands before the history's cursor.
func (h *history) older(at feed.Cursor) bool {
	return h.before == (feed.Cursor{}) || earlier(at, h.before)
}

// historyPage is how many changes one read of a history asks for.
const historyPage = 100

// key gives the events of one key of the log.
func (h *history) key(ctx context.Context, key string, wanted func(*Event) bool) source {
	return h.log(func(before feed.Cursor) ([]feed.Change, error) {
		return h.catalog.options.Store.ChangesOf(ctx, key, before, historyPage)
	}, wanted)
}

// associations gives those of a subject out of those of all.
func (h *history) associations(ctx context.Context, subject Ref) source {
	return h.log(func(before feed.Cursor) ([]feed.Change, error) {
		return h.catalog.options.Store.ChangesOfAssociations(ctx, before, historyPage)
	}, func(e *Event) bool { return e.Entity == subject })
}

// log gives the events of a part of the log that is read page by page, up to
// the revision of the view.
func (h *history) log(read func(before feed.Cursor) ([]feed.Change, error), wanted func(*Event) bool) source {
	return func(yield func(Event, error) bool) {
		before := feed.Cursor{Revision: h.view.revision + 1}
		if h.before != (feed.Cursor{}) && h.before.Revision <= h.view.revision {
			before = changePlace(h.before)
		}
		for change, err := range h.changes(before, read) {
			if err != nil {
				yield(Event{}, err)
				return
			}
			e, ok := eventOf(change, h.catalog.options.Epoch)
			if ok && (wanted == nil || wanted(&e)) && !yield(e, nil) {
				return
			}
		}
	}
}

// changes reads page by page from before a place on.
func (h *history) changes(before feed.Cursor, read func(before feed.Cursor) ([]feed.Change, error)) iter.Seq2[*feed.Change, error] {
	return func(yield func(*feed.Change, error) bool) {
		for {
			changes, err := read(before)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range changes {
				if !yield(&changes[i], nil) {
					return
				}
			}
			if len(changes) < historyPage {
				return
			}
			last := &changes[len(changes)-1]
			before = feed.Cursor{Revision: last.Revision, Ordinal: last.Ordinal}
		}
	}
}

// changePlace turns the cursor of an event, which counts a revision's changes
// from one, into that of a change, which counts them from zero.
func changePlace(c feed.Cursor) feed.Cursor {
	if c.Ordinal == 0 {
		return feed.Cursor{Revision: c.Revision + 1}
	}
	return feed.Cursor{Revision: c.Revision, Ordinal: c.Ordinal - 1}
}

func (c *Catalog) wrongEpoch(at feed.Cursor) error {
	return &InvalidError{
		Reason: WrongEpoch, Path: []string{"cursor"},
		Message: "the cursor " + at.Text() + " is of another database: this one has the epoch " + c.options.Epoch,
	}
}

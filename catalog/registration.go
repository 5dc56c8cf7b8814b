package catalog

import (
	"context"
	"slices"
	"strconv"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// versionOfPart reads the Part of a SCHEMA_VERSION; 0 for none.
func versionOfPart(part string) int32 {
	n, err := strconv.ParseInt(part, 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}

// registrations gives the REGISTERED events of a subject's versions, or of one
// of them. The versions know their revisions; the log tells the rest, as far as
// it reaches back.
func (h *history) registrations(ctx context.Context, s registry.Subject, only int32) source {
	return func(yield func(Event, error) bool) {
		rows, err := h.everRegistered(ctx, s)
		if err != nil {
			yield(Event{}, err)
			return
		}
		for _, row := range rows {
			if only != 0 && row.Version != only || !h.mayBeOlder(row.Revision) {
				continue
			}
			e, err := h.registration(ctx, row)
			if err != nil || h.older(e.Cursor) {
				if !yield(e, err) || err != nil {
					return
				}
			}
		}
	}
}

// everRegistered are the versions of a subject that there are and that there
// were, the last registered first.
func (h *history) everRegistered(ctx context.Context, s registry.Subject) ([]registry.VersionRow, error) {
	rows := slices.Collect(h.view.registry.VersionsOf(s))
	for change, err := range h.changes(feed.Cursor{Revision: h.view.revision + 1}, func(before feed.Cursor) ([]feed.Change, error) {
		return h.catalog.options.Store.ChangesOf(ctx, registry.SubjectKey(s), before, historyPage)
	}) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, registry.Gone(change)...)
	}
	sortNewestFirst(rows)
	return rows, nil
}

// versions are those of a subject that there are, the last registered first.
func (h *history) versions(s registry.Subject) []registry.VersionRow {
	rows := slices.Collect(h.view.registry.VersionsOf(s))
	sortNewestFirst(rows)
	return rows
}

func sortNewestFirst(rows []registry.VersionRow) {
	slices.SortStableFunc(rows, func(a, b registry.VersionRow) int {
		switch {
		case earlier(rowCursor(a), rowCursor(b)):
			return 1
		case earlier(rowCursor(b), rowCursor(a)):
			return -1
		}
		return 0
	})
}

// rowCursor orders registrations: those of one revision, and those whose
// revision nobody knows any more, by their number.
func rowCursor(row registry.VersionRow) feed.Cursor {
	return feed.Cursor{Revision: row.Revision, Ordinal: max(row.Version, 1)}
}

// mayBeOlder spares the look into the log for what is behind the cursor.
func (h *history) mayBeOlder(at feed.Revision) bool {
	return h.before == (feed.Cursor{}) || at <= h.before.Revision
}

// registration is the event of a version: its change, or what the row knows
// where the log does not reach so far.
func (h *history) registration(ctx context.Context, row registry.VersionRow) (Event, error) {
	if row.Revision > 0 {
		changes, err := h.catalog.options.Store.ChangesAt(ctx, row.Revision)
		if err != nil {
			return Event{}, err
		}
		for i := range changes {
			e, ok := eventOf(&changes[i], h.catalog.options.Epoch)
			if ok && e.Action == ActionRegistered && e.Entity == subjectRef(row.Subject) && slices.Contains(e.versions(), row.Version) {
				return e, nil
			}
		}
	}
	at := rowCursor(row)
	at.Epoch = h.catalog.options.Epoch
	after := registeredEvent{Version: row.Version, ID: row.ID, Deleted: row.Deleted, By: toUTF8(row.By), Client: toUTF8(row.Client)}
	if x, there := h.view.registry.ContentOf(row.Subject.Context, row.ID); there {
		after.GUID, after.Type = x.GUID().String(), string(x.Type())
	}
	return Event{
		Cursor: at, At: row.At, Actor: row.By, Client: row.Client,
		Action: ActionRegistered, Entity: subjectRef(row.Subject), Source: FromSchema,
		After: document(after),
	}, nil
}

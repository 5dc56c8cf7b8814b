package catalog

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// Oldest is the oldest revision that ViewAt can answer: the one before the
// oldest change that the log still has, which can be taken back.
func (c *Catalog) Oldest(ctx context.Context) (feed.Revision, error) {
	oldest, err := c.options.Store.OldestChange(ctx)
	if err != nil || oldest == 0 {
		return c.View().revision, err
	}
	return oldest - 1, nil
}

// ViewAt is a view in which an entity is as it was at a revision: the changes
// after it are taken back. A version, record or field comes with all of its
// subject: versions, settings, associations, records, fields, and what was said
// of each. Everything else is as it is now. What was deleted for good since
// comes back only where another version still holds its content. An
// *InvalidError RevisionNotAvailable says that the log does not reach so far, or
// that the revision is not yet.
func (c *Catalog) ViewAt(ctx context.Context, ref Ref, at feed.Revision) (*View, error) {
	v := c.View()
	if err := v.askRead(ctx, ref); err != nil {
		return nil, err
	}
	oldest, err := c.Oldest(ctx)
	if err != nil {
		return nil, err
	}
	if at < oldest || at > v.revision {
		return nil, c.unavailable(at, oldest, v.revision)
	}
	if at == v.revision {
		return v, nil
	}
	back := &rewind{catalog: c, view: v, at: at, said: v.said.edit()}
	snapshot := v.registry
	refs := []Ref{ref}
	switch ref.Kind {
	case KindContext:
		if snapshot, err = back.settings(ctx, registry.Subject{Context: registry.Context(ref.Name)}); err != nil {
			return nil, err
		}
	case KindSubject, KindSchemaVersion, KindRecord, KindField:
		s := ref.Subject()
		if snapshot, err = back.subject(ctx, s); err != nil {
			return nil, err
		}
		refs = []Ref{subjectRef(s)}
		for _, kind := range []Kind{KindSchemaVersion, KindRecord, KindField} {
			for t := range v.said.within(kind, ref.Scope, ref.Name) {
				refs = append(refs, t.ref)
			}
		}
	}
	for _, r := range refs {
		if err := back.entity(ctx, r); err != nil {
			return nil, err
		}
	}
	then := v.with(back.said.done(), snapshot)
	then.revision = at
	return then, nil
}

// unavailable refuses a revision that the log does not reach, or not yet.
func (c *Catalog) unavailable(at, oldest, newest feed.Revision) error {
	return &InvalidError{
		Reason: RevisionNotAvailable, Path: []string{"revision"},
		Message: fmt.Sprintf("revision %d cannot be answered: it must be from %d to %d", at, oldest, newest),
	}
}

// rewind takes changes back.
type rewind struct {
	catalog *Catalog
	view    *View
	at      feed.Revision
	said    *saidEdit
}

// entity takes back what was said of an entity after the revision.
func (b *rewind) entity(ctx context.Context, ref Ref) error {
	changes, err := b.since(ctx, func(before feed.Cursor) ([]feed.Change, error) {
		return b.catalog.options.Store.ChangesOf(ctx, EntityKey(ref), before, historyPage)
	})
	for i := range changes {
		if err == nil {
			err = b.said.undo(&changes[i])
		}
	}
	return err
}

// subject takes back what became of a subject.
func (b *rewind) subject(ctx context.Context, s registry.Subject) (*registry.Snapshot, error) {
	all, err := b.ofKeys(ctx, append(settingKeys(s), registry.SubjectKey(s)))
	if err != nil {
		return nil, err
	}
	changes, err := b.since(ctx, func(before feed.Cursor) ([]feed.Change, error) {
		return b.catalog.options.Store.ChangesOfAssociations(ctx, before, historyPage)
	})
	if err != nil {
		return nil, err
	}
	return b.view.registry.Rewound(s, b.at, append(all, changes...))
}

// settings takes back what became of the settings of a context.
func (b *rewind) settings(ctx context.Context, s registry.Subject) (*registry.Snapshot, error) {
	changes, err := b.ofKeys(ctx, settingKeys(s))
	if err != nil {
		return nil, err
	}
	return b.view.registry.Rewound(s, b.at, changes)
}

// settingKeys are the keys of the settings of a scope.
func settingKeys(s registry.Subject) (keys []string) {
	for _, kind := range []registry.SettingKind{registry.ConfigSetting, registry.ModeSetting, registry.NamingSetting} {
		keys = append(keys, registry.SettingKey(kind, s))
	}
	return keys
}

// ofKeys reads the changes of keys after the revision, newest first within each.
func (b *rewind) ofKeys(ctx context.Context, keys []string) (all []feed.Change, err error) {
	for _, key := range keys {
		changes, err := b.since(ctx, func(before feed.Cursor) ([]feed.Change, error) {
			return b.catalog.options.Store.ChangesOf(ctx, key, before, historyPage)
		})
		if err != nil {
			return nil, err
		}
		all = append(all, changes...)
	}
	return all, nil
}

// since reads the changes after the revision and up to the view, newest first.
func (b *rewind) since(ctx context.Context, read func(before feed.Cursor) ([]feed.Change, error)) (all []feed.Change, err error) {
	for before := (feed.Cursor{Revision: b.view.revision + 1}); ; {
		changes, err := read(before)
		if err != nil {
			return nil, err
		}
		for i := range changes {
			if changes[i].Revision <= b.at {
				return all, nil
			}
			all = append(all, changes[i])
		}
		if len(changes) < historyPage {
			return all, ctx.Err()
		}
		last := &changes[len(changes)-1]
		before = feed.Cursor{Revision: last.Revision, Ordinal: last.Ordinal}
	}
}

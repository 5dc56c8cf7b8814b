package registry

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/feed"
)

// Apply makes the next snapshot out of changes and publishes it. The node's
// follower calls it, from one goroutine.
func (r *Registry) Apply(ctx context.Context, changes []feed.Change) error {
	if len(changes) == 0 {
		return nil
	}
	a := application{registry: r, edit: r.Snapshot().edit(r.main)}
	if err := a.fetch(ctx, changes); err != nil {
		return err
	}
	for i := range changes {
		if err := a.apply(ctx, &changes[i]); err != nil {
			return err
		}
	}
	if err := a.home(ctx); err != nil {
		return err
	}
	revision := changes[len(changes)-1].Revision
	for i := range changes {
		r.proposals.applied(changes[i].Command, changes[i].Revision)
	}
	r.snapshot.Store(a.edit.done(revision))
	return nil
}

// application is one call of Apply.
type application struct {
	registry *Registry
	edit     *edit
	rows     map[SchemaKey]*SchemaRow
}

// fetch reads the contents that other nodes have registered; those of this
// node's commands are at hand.
func (a *application) fetch(ctx context.Context, changes []feed.Change) error {
	var keys []SchemaKey
	for i := range changes {
		c := &changes[i]
		if c.Kind != KindPutVersion {
			continue
		}
		v, err := readAudit[versionAudit](c)
		if err != nil {
			return err
		}
		key := SchemaKey{v.Context, int32(c.Number)}
		if a.edit.snapshot.space(v.Context).content(key.ID) == nil && a.registry.proposals.content(c.Command, v) == nil {
			keys = append(keys, key)
		}
	}
	return a.read(ctx, keys)
}

func (a *application) read(ctx context.Context, keys []SchemaKey) error {
	if len(keys) == 0 {
		return nil
	}
	rows, err := a.registry.opts.Store.Schemas(ctx, keys)
	if err != nil {
		return fmt.Errorf("read schemas of new versions: %w", err)
	}
	if a.rows == nil {
		a.rows = map[SchemaKey]*SchemaRow{}
	}
	for i := range rows {
		a.rows[SchemaKey{rows[i].Context, rows[i].ID}] = &rows[i]
	}
	return nil
}

func (a *application) apply(ctx context.Context, c *feed.Change) error {
	e := a.edit
	switch c.Kind {
	case KindPutVersion:
		return a.putVersion(ctx, c)
	case KindSoftDelete, KindHardDelete:
		d, err := readAudit[deletionAudit](c)
		if err != nil {
			return err
		}
		s := Subject{d.Context, d.Subject}
		if c.Kind == KindSoftDelete {
			e.softDelete(s, d.Versions)
		} else {
			e.hardDelete(s, d.Versions)
		}
	case KindPutSetting, KindDeleteSetting:
		key, ok := settingOfKey(c.Key)
		if !ok {
			return fmt.Errorf("change %d.%d: key %q is not that of a setting", c.Revision, c.Ordinal, c.Key)
		}
		if c.Kind == KindDeleteSetting {
			e.snapshot.settings.Remove(e.owner, key)
			return nil
		}
		s, err := decodeSetting(key.kind, string(c.After))
		if err != nil {
			return err
		}
		e.snapshot.settings.Put(e.owner, key, s)
	case KindPutAssociation:
		row, err := readAudit[associationAudit](c)
		if err != nil {
			return err
		}
		e.putAssociation(row.row())
	case KindDeleteAssociation:
		e.removeAssociation(c.Key[len(AssociationKey("")):])
	case KindDeleteContext:
		if sp := e.snapshot.space(Context(c.Key[len(ContextKey("")):])); sp != nil {
			e.space(sp.name).listed = false
		}
	}
	return nil
}

func (a *application) putVersion(ctx context.Context, c *feed.Change) error {
	v, err := readAudit[versionAudit](c)
	if err != nil {
		return err
	}
	e, key := a.edit, SchemaKey{v.Context, int32(c.Number)}
	if e.snapshot.space(v.Context).content(key.ID) == nil {
		row := a.registry.proposals.content(c.Command, v)
		if row == nil {
			if a.rows[key] == nil {
				if err := a.read(ctx, []SchemaKey{key}); err != nil {
					return err
				}
			}
			row = a.rows[key]
		}
		if row == nil {
			// It was purged since; the change that says so follows.
			return nil
		}
		own := *row
		own.ID = key.ID
		x, err := newContent(&own, &a.registry.blocks)
		if err != nil {
			return err
		}
		e.putContent(v.Context, x)
	}
	e.putVersion(Subject{v.Context, v.Subject}, version{
		number: v.Version, id: key.ID, at: v.At, deleted: v.Deleted, author: e.author(v.By, v.Client), revision: shorten(c.Revision),
	})
	return nil
}

// home looks up where the ids that lost their last version came from, so that
// a snapshot that grew answers as one that was loaded.
func (a *application) home(ctx context.Context) error {
	for _, at := range a.edit.retired {
		rows, err := a.registry.opts.Store.Schemas(ctx, []SchemaKey{at})
		if err != nil {
			return fmt.Errorf("read a retired schema: %w", err)
		}
		sp := a.edit.space(at.Context)
		x := sp.content(at.ID)
		if x == nil || x.retired == nil || len(rows) == 0 {
			continue
		}
		y := *x
		home := rows[0].First
		y.retired = &home
		sp.contents.put(a.edit.owner, at.ID, &y)
	}
	return nil
}

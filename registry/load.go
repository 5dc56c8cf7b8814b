package registry

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/weir-registry/weir/registry/escape"

	"golang.org/x/sync/errgroup"
)

// load reads a snapshot from the store. The revision is noted before the first
// read: what commits meanwhile is applied again by the feed, which is
// harmless.
func load(ctx context.Context, store Store, log Head, keep *blocks, main *line) (*Snapshot, error) {
	head, err := log.Head(ctx)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	l := loader{edit: newSnapshot().edit(main), keep: keep, spaces: map[Context]*loadedSpace{}}
	for _, step := range []func(context.Context, Store) error{l.contexts, l.rows, l.retire, l.settings, l.associations} {
		if err := step(ctx, store); err != nil {
			return nil, fmt.Errorf("load: %w", err)
		}
	}
	return l.edit.done(head), nil
}

// loader collects rows, which come in any order and from several reads at a
// time, and builds the trees at the end: that is several times quicker than to
// put them in one by one.
type loader struct {
	keep *blocks

	mu     sync.Mutex // of what follows, while rows are read
	edit   *edit
	spaces map[Context]*loadedSpace
}

// space gives the rows of a context.
func (l *loader) space(c Context) *loadedSpace {
	sp := l.spaces[c]
	if sp == nil {
		sp = &loadedSpace{space: l.edit.space(c)}
		l.spaces[c] = sp
	}
	return sp
}

func (l *loader) contexts(ctx context.Context, store Store) error {
	rows, err := store.ReadContexts(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		l.edit.space(row.Context).listed = true
	}
	marks, err := store.ReadMarks(ctx)
	if err != nil {
		return err
	}
	for c, mark := range marks {
		l.edit.space(c).mark = mark
	}
	return nil
}

// rows reads schemas and versions side by side, and builds of each what it
// can while the other is still coming.
func (l *loader) rows(ctx context.Context, store Store) error {
	group, reading := errgroup.WithContext(ctx)
	group.Go(func() error { return store.ReadSchemas(reading, l.schema) })
	group.Go(func() error {
		if err := store.ReadVersions(reading, l.version); err != nil {
			return err
		}
		for _, sp := range l.spacesSoFar() {
			sp.buildSubjects(l.edit.line)
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return err
	}
	var builds sync.WaitGroup
	for _, sp := range l.spaces {
		builds.Go(sp.buildGUIDs)
		builds.Go(sp.hold)
		slices.SortFunc(sp.referring, func(a, b *content) int { return cmp.Compare(a.id, b.id) })
		for _, x := range sp.referring {
			for _, r := range x.refs {
				l.edit.refer(resolveSubject(sp.name, r.Subject), referrer{r.Version, sp.name, x.id})
			}
		}
	}
	builds.Wait()
	return nil
}

// spacesSoFar gives the contexts of the rows that have come.
func (l *loader) spacesSoFar() []*loadedSpace {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Values(l.spaces))
}

func (l *loader) schema(row *SchemaRow) error {
	x, err := newContent(row, l.keep)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.space(row.Context).addContent(l.edit.owner, x)
	return nil
}

func (l *loader) version(row *VersionRow) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	v := version{
		number: row.Version, id: row.ID, at: row.At, deleted: row.Deleted,
		author: l.edit.author(row.By, row.Client), revision: shorten(row.Revision),
	}
	l.space(row.Subject.Context).addVersion(row.Subject.Name, v)
	return nil
}

// retire gives the contents that no version holds their home (registry-api.md
// 4.4). One that has none was committed after its version would have been
// read: the feed brings both.
func (l *loader) retire(ctx context.Context, store Store) error {
	for _, loaded := range l.spaces {
		unheld := loaded.unheld()
		if len(unheld) == 0 {
			continue
		}
		rows, err := store.Schemas(ctx, unheld)
		if err != nil {
			return err
		}
		for _, row := range rows {
			x := loaded.content(row.ID)
			if home := row.First; home.Version != 0 {
				x.retired = &home
			} else {
				l.edit.removeContent(loaded.name, x)
			}
		}
	}
	return nil
}

// newContent makes the content of a row, whose strings and bytes are only
// borrowed.
func newContent(row *SchemaRow, keep *blocks) (*content, error) {
	x := &content{
		id: row.ID, kind: typeOf(row.Type), guid: row.GUID, identity: row.Identity,
		text: packText(keep, row.Text), outline: pack(keep, row.Outline), print: new(fingerprint),
	}
	for _, r := range row.References {
		r.Name, r.Subject = strings.Clone(r.Name), strings.Clone(r.Subject)
		x.refs = append(x.refs, r)
	}
	if row.Metadata != "" {
		x.metadata = &Metadata{}
		if err := json.Unmarshal([]byte(row.Metadata), x.metadata); err != nil {
			return nil, fmt.Errorf("metadata of id %d of context %s: %w", row.ID, row.Context, err)
		}
	}
	if row.Rules != "" {
		x.rules = &RuleSet{}
		if err := json.Unmarshal([]byte(row.Rules), x.rules); err != nil {
			return nil, fmt.Errorf("rules of id %d of context %s: %w", row.ID, row.Context, err)
		}
	}
	return x, nil
}

var escapeBuffers = sync.Pool{New: func() any { return new([]byte) }}

// packText packs the escaped form of a text.
func packText(keep *blocks, text string) packed {
	buf := escapeBuffers.Get().(*[]byte)
	defer escapeBuffers.Put(buf)
	*buf = escape.Append((*buf)[:0], text)
	return pack(keep, *buf)
}

func (l *loader) settings(ctx context.Context, store Store) error {
	rows, err := store.ReadSettings(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		s, err := decodeSetting(row.Kind, row.Value)
		if err != nil {
			return err
		}
		l.edit.snapshot.settings.Put(l.edit.owner, settingKey{row.Kind, row.Subject}, s)
	}
	return nil
}

func (l *loader) associations(ctx context.Context, store Store) error {
	rows, err := store.ReadAssociations(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		l.edit.putAssociation(row)
	}
	return nil
}

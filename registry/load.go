package registry

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// load reads a snapshot from the store. The revision is noted before the first
// read: what commits meanwhile is applied again by the feed, which is
// harmless.
func load(ctx context.Context, store Store, log Head, keep *blocks, main *line) (*Snapshot, error) {
	head, err := log.Head(ctx)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	e := newSnapshot().edit(main)
	l := loader{edit: e, keep: keep, spaces: map[Context]*loadedSpace{}}
	for _, step := range []func(context.Context, Store) error{l.contexts, l.schemas, l.versions, l.build, l.settings, l.associations} {
		if err := step(ctx, store); err != nil {
			return nil, fmt.Errorf("load: %w", err)
		}
	}
	return e.done(head), nil
}

// loader collects rows, which come in any order, and builds the trees at the
// end: that is several times quicker than to put them in one by one.
type loader struct {
	edit *edit
	keep *blocks

	mu     sync.Mutex
	spaces map[Context]*loadedSpace
}

type loadedSpace struct {
	contents []*content
	versions []loadedVersion
}

type loadedVersion struct {
	name string
	version
}

func (l *loader) space(c Context) *loadedSpace {
	sp := l.spaces[c]
	if sp == nil {
		sp = &loadedSpace{}
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

func (l *loader) schemas(ctx context.Context, store Store) error {
	return store.ReadSchemas(ctx, func(row *SchemaRow) error {
		x, err := newContent(row, l.keep)
		if err != nil {
			return err
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		sp := l.space(row.Context)
		sp.contents = append(sp.contents, x)
		return nil
	})
}

// newContent makes the content of a row, whose strings and bytes are only
// borrowed.
func newContent(row *SchemaRow, keep *blocks) (*content, error) {
	x := &content{
		id: row.ID, kind: typeOf(row.Type), guid: row.GUID, identity: row.Identity,
		text: packText(keep, row.Text), outline: keep.keep(row.Outline), print: new(fingerprint),
	}
	for _, r := range row.References {
		r.Name, r.Subject = cloneText(r.Name), cloneText(r.Subject)
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
	*buf = appendJSONText((*buf)[:0], text)
	return pack(keep, *buf)
}

func cloneText(s string) string { return string(append([]byte(nil), s...)) }

func (l *loader) versions(ctx context.Context, store Store) error {
	authors := map[author]*author{}
	return store.ReadVersions(ctx, func(row *VersionRow) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		v := loadedVersion{version: version{
			number: row.Version, id: row.ID, at: row.At, deleted: row.Deleted, revision: shorten(row.Revision),
		}}
		if a := (author{row.By, row.Client}); a != (author{}) {
			if authors[a] == nil {
				a = author{cloneText(row.By), cloneText(row.Client)}
				authors[a] = &a
			}
			v.author = authors[a]
		}
		sp := l.space(row.Subject.Context)
		// Versions of a subject mostly follow each other: they share its name.
		if n := len(sp.versions); n > 0 && sp.versions[n-1].name == row.Subject.Name {
			v.name = sp.versions[n-1].name
		} else {
			v.name = cloneText(row.Subject.Name)
		}
		sp.versions = append(sp.versions, v)
		return nil
	})
}

// build makes the trees of each context.
func (l *loader) build(ctx context.Context, store Store) error {
	for c, loaded := range l.spaces {
		sp := l.edit.space(c)
		sp.listed = sp.listed || len(loaded.versions) > 0
		l.buildContents(sp, loaded)
		l.buildSubjects(sp, loaded)
		if err := retireUnheld(ctx, store, sp, loaded.contents); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) buildContents(sp *space, loaded *loadedSpace) {
	slices.SortFunc(loaded.contents, func(a, b *content) int { return cmp.Compare(a.id, b.id) })
	for _, x := range loaded.contents {
		sp.contents.put(l.edit.owner, x.id, x)
		sp.mark = max(sp.mark, x.id)
		for _, r := range x.refs {
			l.edit.refer(resolveSubject(sp.name, r.Subject), referrer{r.Version, sp.name, x.id})
		}
	}
	byGUID := slices.Clone(loaded.contents)
	slices.SortFunc(byGUID, func(a, b *content) int { return cmp.Or(compareGUIDs(a.guid, b.guid), cmp.Compare(a.id, b.id)) })
	var guids []GUID
	var lists []idList
	for _, x := range byGUID {
		if n := len(guids); n > 0 && guids[n-1] == x.guid {
			lists[n-1] = lists[n-1].with(x.id)
			continue
		}
		guids, lists = append(guids, x.guid), append(lists, idList{first: x.id})
	}
	sp.guids.Build(guids, lists)
}

func (l *loader) buildSubjects(sp *space, loaded *loadedSpace) {
	slices.SortFunc(loaded.versions, func(a, b loadedVersion) int {
		return cmp.Or(compareNames(a.name, b.name), cmp.Compare(a.number, b.number))
	})
	var names []string
	var subjects []*subject
	for _, v := range loaded.versions {
		var sub *subject
		if n := len(names); n > 0 && names[n-1] == v.name {
			sub = subjects[n-1]
		} else {
			sub = &subject{name: v.name, versions: growing[version]{by: l.edit.line}}
			names, subjects = append(names, v.name), append(subjects, sub)
		}
		sub.versions.items = append(sub.versions.items, v.version)
		if !v.deleted {
			sub.live++
		}
		if x := sp.content(v.id); x != nil {
			// The contents are not published yet, so they are filled in place.
			h := holder{sub.name, v.version}
			i, _ := slices.BinarySearchFunc(x.holders, h, compareHolders)
			x.holders = slices.Insert(x.holders, i, h)
		}
	}
	sp.subjects.Build(names, subjects)
}

// retireUnheld gives the contents that no version holds their home
// (registry-api.md 4.4).
func retireUnheld(ctx context.Context, store Store, sp *space, contents []*content) error {
	var keys []SchemaKey
	for _, x := range contents {
		if len(x.holders) == 0 {
			keys = append(keys, SchemaKey{sp.name, x.id})
		}
	}
	if len(keys) == 0 {
		return nil
	}
	rows, err := store.Schemas(ctx, keys)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if x := sp.content(row.ID); x != nil {
			home := row.First
			x.retired = &home
		}
	}
	return nil
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

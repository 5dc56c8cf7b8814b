package store

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"golang.org/x/sync/errgroup"
)

var (
	_ registry.Store     = (*Store)(nil)
	_ registry.Submitter = (*Store)(nil)
)

// loadRows is about how many rows one read of a load gives: few enough for a
// short transaction, many enough that starting it costs nothing.
const loadRows = 4096

const schemaColumns = `context, id, guid, identity, type, text, refs, metadata, ruleset, outline, held_subject, held_version`

const selectSchemas = `
select ` + schemaColumns + `
from schema
where context = $1 and id between $2 and $3
order by id`

// ReadSchemas implements [registry.Store].
func (s *Store) ReadSchemas(ctx context.Context, each func(*registry.SchemaRow) error) error {
	names, err := s.contextNames(ctx)
	if err != nil {
		return err
	}
	return s.load(ctx, names, nextSchema, func(ctx context.Context, r idRange) error {
		reader := schemaReader{context: r.name}
		return s.engine.query(ctx, selectSchemas, func(row row) error {
			if err := reader.read(row); err != nil {
				return err
			}
			return each(&reader.row)
		}, []byte(r.context), r.from, r.to)
	})
}

// schemaReader reads schema rows into one SchemaRow, without a copy.
type schemaReader struct {
	context registry.Context
	row     registry.SchemaRow
}

func (sr *schemaReader) read(r row) (err error) {
	references, err := readReferences(sr.row.References[:0], r.Bytes(6))
	if err != nil {
		return err
	}
	sr.row = registry.SchemaRow{
		Context:    sr.context,
		ID:         int32(r.Int(1)),
		GUID:       registry.GUID(r.Bytes(2)),
		Identity:   registry.Identity(r.Bytes(3)),
		Type:       schema.Type(borrow(r.Bytes(4))),
		Text:       borrow(r.Bytes(5)),
		References: references,
		Metadata:   borrow(r.Bytes(7)),
		Rules:      borrow(r.Bytes(8)),
		Outline:    r.Bytes(9),
	}
	if version := r.Int(11); version != 0 {
		sr.row.First = registry.SubjectVersion{
			Subject: registry.Subject{Context: sr.context, Name: borrow(r.Bytes(10))},
			Version: int32(version),
		}
	}
	return nil
}

// By schema id, which grows as rows are written, so that the rows of a range
// lie together; the primary key would jump about.
const selectVersions = `
select subject, name, version, schema_id, deleted, at, by, client, rev
from version
where context = $1 and schema_id between $2 and $3`

// ReadVersions implements [registry.Store].
func (s *Store) ReadVersions(ctx context.Context, each func(*registry.VersionRow) error) error {
	names, err := s.contextNames(ctx)
	if err != nil {
		return err
	}
	return s.load(ctx, names, nextVersion, func(ctx context.Context, r idRange) error {
		var v registry.VersionRow
		return s.engine.query(ctx, selectVersions, func(row row) error {
			v = registry.VersionRow{
				Subject: registry.Subject{Context: r.name, Name: borrow(readName(row.Bytes(0), row.Bytes(1)))},
				Version: int32(row.Int(2)),
				ID:      int32(row.Int(3)),
				Deleted: row.Bool(4),
				At:      row.Int(5),
				By:      borrow(row.Bytes(6)),
				Client:  borrow(row.Bytes(7)),

				Revision: feed.Revision(row.Int(8)),
			}
			return each(&v)
		}, []byte(r.context), r.from, r.to)
	})
}

// idRange is a part of the ids of a context, with both ends.
type idRange struct {
	context  string // the key
	name     registry.Context
	from, to int64
}

// Where the range behind the one that begins at $2 begins: $3 rows on, but
// behind all rows of the first id.
const nextSchema = `
select id
from schema
where context = $1 and id > $2
order by id
limit 1 offset $3`

const nextVersion = `
select schema_id
from version
where context = $1 and schema_id > $2
order by schema_id
limit 1 offset $3`

// Ids are 32 bits wide.
const (
	lowestID  = -1 << 31
	highestID = 1<<31 - 1
)

// load cuts the ids of all contexts into ranges by next, and reads several
// ranges at a time.
func (s *Store) load(ctx context.Context, names map[string]registry.Context, next string, read func(context.Context, idRange) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(s.engine.readers())
	var cut error
	for key, name := range names {
		for from, more := int64(lowestID), true; more && cut == nil; {
			r := idRange{context: key, name: name, from: from, to: highestID}
			more = false
			cut = s.engine.query(ctx, next, func(row row) error {
				from, more = row.Int(0), true
				r.to = from - 1
				return nil
			}, []byte(key), r.from, int64(loadRows))
			if cut == nil {
				group.Go(func() error { return read(ctx, r) })
			}
		}
	}
	// The first error ended ctx, so that the cut may have failed after it.
	if err := group.Wait(); err != nil {
		return err
	}
	return cut
}

const selectContexts = `
select context, name, listed
from context`

// contextNames gives the name of every context by its key.
func (s *Store) contextNames(ctx context.Context) (map[string]registry.Context, error) {
	names := map[string]registry.Context{}
	err := s.engine.query(ctx, selectContexts, func(r row) error {
		names[string(r.Bytes(0))] = registry.Context(readName(r.Bytes(0), r.Bytes(1)))
		return nil
	})
	return names, err
}

// ReadContexts implements [registry.Store].
func (s *Store) ReadContexts(ctx context.Context) ([]registry.ContextRow, error) {
	var rows []registry.ContextRow
	err := s.engine.query(ctx, selectContexts, func(r row) error {
		if r.Bool(2) {
			rows = append(rows, registry.ContextRow{Context: registry.Context(readName(r.Bytes(0), r.Bytes(1)))})
		}
		return nil
	})
	return rows, err
}

const selectMark = `
select coalesce(max(n), 0)
from (
	select max(id) as n from schema where context = $1
	union all select max(highest) from id_mark where context = $1) as given`

// ReadMarks implements [registry.Store].
func (s *Store) ReadMarks(ctx context.Context) (map[registry.Context]int32, error) {
	names, err := s.contextNames(ctx)
	if err != nil {
		return nil, err
	}
	marks := map[registry.Context]int32{}
	for key, name := range names {
		err := s.engine.query(ctx, selectMark, func(r row) error {
			if highest := int32(r.Int(0)); highest > 0 {
				marks[name] = highest
			}
			return nil
		}, []byte(key))
		if err != nil {
			return nil, err
		}
	}
	return marks, nil
}

const selectSettings = `
select kind, context, subject, name, value
from setting`

// ReadSettings implements [registry.Store].
func (s *Store) ReadSettings(ctx context.Context) ([]registry.SettingRow, error) {
	names, err := s.contextNames(ctx)
	if err != nil {
		return nil, err
	}
	var rows []registry.SettingRow
	err = s.engine.query(ctx, selectSettings, func(r row) error {
		rows = append(rows, registry.SettingRow{
			Kind:    registry.SettingKind(r.Bytes(0)),
			Subject: registry.Subject{Context: names[string(r.Bytes(1))], Name: string(readName(r.Bytes(2), r.Bytes(3)))},
			Value:   string(r.Bytes(4)),
		})
		return nil
	})
	return rows, err
}

const selectAssociations = `
select guid, context, subject, resource_name, resource_namespace, resource_id, resource_type,
	association_type, lifecycle, frozen, create_at, update_at
from association`

// ReadAssociations implements [registry.Store].
func (s *Store) ReadAssociations(ctx context.Context) ([]registry.AssociationRow, error) {
	var rows []registry.AssociationRow
	err := s.engine.query(ctx, selectAssociations, func(r row) error {
		rows = append(rows, registry.AssociationRow{
			GUID:              string(r.Bytes(0)),
			Subject:           registry.Subject{Context: registry.Context(r.Bytes(1)), Name: string(r.Bytes(2))},
			ResourceName:      string(r.Bytes(3)),
			ResourceNamespace: string(r.Bytes(4)),
			ResourceID:        string(r.Bytes(5)),
			ResourceType:      string(r.Bytes(6)),
			AssociationType:   string(r.Bytes(7)),
			Lifecycle:         string(r.Bytes(8)),
			Frozen:            r.Bool(9),
			CreateAt:          r.Int(10),
			UpdateAt:          r.Int(11),
		})
		return nil
	})
	return rows, err
}

const selectSchema = `
select ` + schemaColumns + `
from schema
where context = $1 and id = $2`

// Schemas implements [registry.Store].
func (s *Store) Schemas(ctx context.Context, keys []registry.SchemaKey) ([]registry.SchemaRow, error) {
	rows := make([]registry.SchemaRow, 0, len(keys))
	for _, k := range keys {
		reader := schemaReader{context: k.Context}
		err := s.engine.query(ctx, selectSchema, func(r row) error {
			if err := reader.read(r); err != nil {
				return err
			}
			rows = append(rows, keep(reader.row))
			return nil
		}, nameKey(string(k.Context)).key, int64(k.ID))
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// keep copies a row out of the memory that it was read into.
func keep(r registry.SchemaRow) registry.SchemaRow {
	kept := r
	kept.Type = schema.Type(strings.Clone(string(r.Type)))
	kept.Text = strings.Clone(r.Text)
	kept.Metadata = strings.Clone(r.Metadata)
	kept.Rules = strings.Clone(r.Rules)
	kept.Outline = clone(r.Outline)
	kept.References = nil
	for _, ref := range r.References {
		kept.References = append(kept.References, schema.Reference{
			Name: strings.Clone(ref.Name), Subject: strings.Clone(ref.Subject), Version: ref.Version,
		})
	}
	kept.First.Subject.Name = strings.Clone(r.First.Subject.Name)
	return kept
}

package store

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

var (
	_ registry.Store     = (*Store)(nil)
	_ registry.Submitter = (*Store)(nil)
)

const schemaColumns = `context, id, guid, identity, type, text, refs, metadata, ruleset, outline, held_subject, held_version`

const selectSchemas = `
select ` + schemaColumns + `
from schema
where context = $1 and id between $2 and $3
order by id`

// Contexts that lie beside each other, whole.
const selectSchemasOf = `
select ` + schemaColumns + `
from schema
where context between $1 and $2`

// Each end by itself: an engine finds one end of an index at once, but not both.
const boundSchemas = `
select coalesce((select min(id) from schema where context = $1 and id >= $2), 1),
	coalesce((select max(id) from schema where context = $1 and id >= $2), 0)`

const boundAllSchemas = `
select context,
	coalesce((select min(id) from schema where schema.context = context.context), 1),
	coalesce((select max(id) from schema where schema.context = context.context), 0)
from context
order by context`

// ReadSchemas implements [registry.Store].
func (s *Store) ReadSchemas(ctx context.Context, each func(*registry.SchemaRow) error) error {
	names, err := s.contextNames(ctx)
	if err != nil {
		return err
	}
	return s.readSchemas(ctx, names, each)
}

func (s *Store) readSchemas(ctx context.Context, names map[string]registry.Context, each func(*registry.SchemaRow) error) error {
	return s.load(ctx, names, loader{all: boundAllSchemas, bounds: boundSchemas, read: func(ctx context.Context, r idRange) (rows int, err error) {
		reader := schemaReader{context: r.name}
		query, args := r.query(selectSchemas, selectSchemasOf)
		err = s.engine.query(ctx, query, func(row row) error {
			rows++
			if r.last != "" {
				name, known := names[string(row.Bytes(0))]
				if !known {
					return nil // as in cut
				}
				reader.context = name
			}
			if err := reader.read(row); err != nil {
				return err
			}
			return each(&reader.row)
		}, args...)
		return rows, err
	}})
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

const versionColumns = `subject, name, version, schema_id, deleted, at, by, client, rev`

// By schema id, which grows as rows are written, so that the rows of a range
// lie together; the primary key would jump about.
const selectVersions = `
select ` + versionColumns + `
from version
where context = $1 and schema_id between $2 and $3`

const selectVersionsOf = `
select ` + versionColumns + `, context
from version
where context between $1 and $2`

const boundVersions = `
select coalesce((select min(schema_id) from version where context = $1 and schema_id >= $2), 1),
	coalesce((select max(schema_id) from version where context = $1 and schema_id >= $2), 0)`

const boundAllVersions = `
select context,
	coalesce((select min(schema_id) from version where version.context = context.context), 1),
	coalesce((select max(schema_id) from version where version.context = context.context), 0)
from context
order by context`

// ReadVersions implements [registry.Store].
func (s *Store) ReadVersions(ctx context.Context, each func(*registry.VersionRow) error) error {
	names, err := s.contextNames(ctx)
	if err != nil {
		return err
	}
	return s.readVersions(ctx, names, each)
}

func (s *Store) readVersions(ctx context.Context, names map[string]registry.Context, each func(*registry.VersionRow) error) error {
	return s.load(ctx, names, loader{all: boundAllVersions, bounds: boundVersions, read: func(ctx context.Context, r idRange) (rows int, err error) {
		var v registry.VersionRow
		name := r.name
		query, args := r.query(selectVersions, selectVersionsOf)
		err = s.engine.query(ctx, query, func(row row) error {
			rows++
			if r.last != "" {
				known := false
				if name, known = names[string(row.Bytes(9))]; !known {
					return nil // as in cut
				}
			}
			v = registry.VersionRow{
				Subject: registry.Subject{Context: name, Name: borrow(readName(row.Bytes(0), row.Bytes(1)))},
				Version: int32(row.Int(2)),
				ID:      int32(row.Int(3)),
				Deleted: row.Bool(4),
				At:      row.Int(5),
				By:      borrow(row.Bytes(6)),
				Client:  borrow(row.Bytes(7)),

				Revision: feed.Revision(row.Int(8)),
			}
			return each(&v)
		}, args...)
		return rows, err
	}})
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

// Each end by itself, as for the bounds.
const selectMarks = `
select context,
	coalesce((select max(id) from schema where schema.context = context.context), 0),
	coalesce((select max(highest) from id_mark where id_mark.context = context.context), 0)
from context`

// ReadMarks implements [registry.Store].
func (s *Store) ReadMarks(ctx context.Context) (map[registry.Context]int32, error) {
	names, err := s.contextNames(ctx)
	if err != nil {
		return nil, err
	}
	marks := map[registry.Context]int32{}
	err = s.engine.query(ctx, selectMarks, func(r row) error {
		name, known := names[string(r.Bytes(0))]
		if highest := max(int32(r.Int(1)), int32(r.Int(2))); known && highest > 0 {
			marks[name] = highest
		}
		return nil
	})
	return marks, err
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

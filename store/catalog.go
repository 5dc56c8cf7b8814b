package store

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

var _ catalog.Store = (*Store)(nil)

// pages cuts a table into ranges of its first key column, of about loadRows
// rows each, and reads one after the other.
func (s *Store) pages(ctx context.Context, next string, read func(from, to []byte) error) error {
	for from := []byte{}; from != nil; {
		var to []byte
		err := s.engine.query(ctx, next, func(r row) error {
			to = clone(r.Bytes(0))
			return nil
		}, from, int64(loadRows))
		if err == nil {
			err = read(from, to)
		}
		if err != nil {
			return err
		}
		from = to
	}
	return nil
}

// Where the range from $1 on ends: in front of this key.
const nextEntity = `
select entity
from entity
where entity >= $1
order by entity
limit 1 offset $2`

const entityColumns = `
select entity, name, document, version, created_at, created_by, updated_at, updated_by
from entity
where entity >= $1`

const (
	selectEntities     = entityColumns + ` and entity < $2`
	selectLastEntities = entityColumns
)

// ReadEntities implements [catalog.Store].
func (s *Store) ReadEntities(ctx context.Context, each func(*catalog.EntityRow) error) error {
	return s.pages(ctx, nextEntity, func(from, to []byte) error {
		return s.between(ctx, selectEntities, selectLastEntities, from, to, func(r row) error {
			ref, err := readRef(r.Bytes(0), r.Bytes(1))
			if err != nil {
				return err
			}
			return each(&catalog.EntityRow{
				Ref: ref, Document: clone(r.Bytes(2)), Version: r.Int(3),
				CreatedAt: r.Int(4), CreatedBy: string(r.Bytes(5)), UpdatedAt: r.Int(6), UpdatedBy: string(r.Bytes(7)),
			})
		})
	})
}

// between runs one of two queries: the last range has no end.
func (s *Store) between(ctx context.Context, sql, last string, from, to []byte, each func(row) error) error {
	if to == nil {
		return s.engine.query(ctx, last, each, from)
	}
	return s.engine.query(ctx, sql, each, from, to)
}

// An entity may have more rows than a range is meant to: all of them are in it.
const nextAnnotated = `
select entity
from annotation
where entity > (select entity from annotation where entity >= $1 order by entity limit 1 offset $2)
order by entity
limit 1`

const annotationColumns = `
select entity, entity_name, part, item, item_name, source, named_set, set_name, value, by, at
from annotation
where entity >= $1`

const (
	selectAnnotations     = annotationColumns + ` and entity < $2`
	selectLastAnnotations = annotationColumns
)

// ReadAnnotations implements [catalog.Store].
func (s *Store) ReadAnnotations(ctx context.Context, each func(*catalog.AnnotationRow) error) error {
	return s.pages(ctx, nextAnnotated, func(from, to []byte) error {
		return s.between(ctx, selectAnnotations, selectLastAnnotations, from, to, func(r row) error {
			ref, err := readRef(r.Bytes(0), r.Bytes(1))
			if err != nil {
				return err
			}
			return each(&catalog.AnnotationRow{
				AnnotationKey: catalog.AnnotationKey{
					Entity: ref, Part: catalog.Part(r.Bytes(2)), Item: string(readName(r.Bytes(3), r.Bytes(4))),
					Source: catalog.Source(r.Bytes(5)), Set: string(readName(r.Bytes(6), r.Bytes(7))),
				},
				Value: clone(r.Bytes(8)), By: string(r.Bytes(9)), At: r.Int(10),
			})
		})
	})
}

const selectTags = `
select tag, name, document
from tag_definition`

const selectMetadata = `
select definition, name, document
from business_metadata_definition`

// ReadDefinitions implements [catalog.Store].
func (s *Store) ReadDefinitions(ctx context.Context, each func(*catalog.DefinitionRow) error) error {
	for _, table := range []struct {
		kind catalog.Kind
		sql  string
	}{
		{catalog.KindTag, selectTags},
		{catalog.KindBusinessMetadata, selectMetadata},
	} {
		err := s.engine.query(ctx, table.sql, func(r row) error {
			return each(&catalog.DefinitionRow{
				Ref:      catalog.Ref{Kind: table.kind, Name: string(readName(r.Bytes(0), r.Bytes(1)))},
				Document: clone(r.Bytes(2)),
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readRef reads the columns of an entity.
func readRef(key, whole []byte) (catalog.Ref, error) {
	ref, err := catalog.ParseRef(string(readName(key, whole)))
	if err != nil {
		return catalog.Ref{}, fmt.Errorf("store: %w", err)
	}
	return ref, nil
}

// The conditions on kind are those of the indexes change_key and
// change_association, and must be constants for the planners to see it.
const selectChangesOf = changeRows + `where key_hash = $1 and kind <> '` + registry.KindPutVersion + `' and key = $2
	and rev <= $3 and (rev < $3 or ordinal < $4)
order by rev desc, ordinal desc
limit $5`

const selectChangesOfAssociations = changeRows + `where kind in ('` + registry.KindPutAssociation + `', '` + registry.KindDeleteAssociation + `')
	and rev <= $1 and (rev < $1 or ordinal < $2)
order by rev desc, ordinal desc
limit $3`

// newest is a place behind the whole log.
const newest = 1<<63 - 1

// ChangesOf implements [catalog.Store].
func (s *Store) ChangesOf(ctx context.Context, key string, before feed.Cursor, limit int) ([]feed.Change, error) {
	rev, ordinal := placeOf(before)
	return s.changes(ctx, selectChangesOf, keyHash(key), []byte(key), rev, ordinal, int64(max(limit, 0)))
}

// ChangesOfAssociations implements [catalog.Store].
func (s *Store) ChangesOfAssociations(ctx context.Context, before feed.Cursor, limit int) ([]feed.Change, error) {
	rev, ordinal := placeOf(before)
	return s.changes(ctx, selectChangesOfAssociations, rev, ordinal, int64(max(limit, 0)))
}

func placeOf(before feed.Cursor) (rev, ordinal int64) {
	if before.Revision == 0 && before.Ordinal == 0 {
		return newest, 0
	}
	return int64(before.Revision), int64(before.Ordinal)
}

const selectChangesAt = changeRows + `where rev = $1
order by ordinal`

// ChangesAt implements [catalog.Store].
func (s *Store) ChangesAt(ctx context.Context, at feed.Revision) ([]feed.Change, error) {
	return s.changes(ctx, selectChangesAt, int64(at))
}

func (s *Store) changes(ctx context.Context, sql string, args ...any) ([]feed.Change, error) {
	var changes []feed.Change
	err := s.engine.query(ctx, sql, func(r row) error {
		changes = append(changes, readChange(r))
		return nil
	}, args...)
	if err != nil {
		return nil, err
	}
	return changes, nil
}

const selectOldest = `
select coalesce(min(rev), 0)
from change`

// OldestChange implements [catalog.Store].
func (s *Store) OldestChange(ctx context.Context) (oldest feed.Revision, err error) {
	err = s.engine.query(ctx, selectOldest, func(r row) error {
		oldest = feed.Revision(r.Int(0))
		return nil
	})
	return oldest, err
}

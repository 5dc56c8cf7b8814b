package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry/dek"
)

var _ dek.Store = (*Store)(nil)

// keyStatements gives what a write of the DEK registry does.
func keyStatements(id commandID, w feed.Write) ([]statement, bool) {
	switch w := w.(type) {
	case dek.PutKek:
		return []statement{{sql: upsertKek, args: []any{
			id[:], nameKey(w.Row.Name).key, []byte(w.Row.Name), w.Row.Deleted, w.Row.At, keyDocument(w.Row),
		}}}, true
	case dek.DeleteKek:
		return []statement{{sql: removeKek, args: []any{id[:], nameKey(w.Name).key}}}, true
	case dek.PutDek:
		context, subject := subjectKey(w.Row.Subject)
		return []statement{{sql: upsertDek, args: []any{
			id[:], nameKey(w.Row.Kek).key, context, subject.key, string(w.Row.Algorithm), int64(w.Row.Version), subject.whole,
			w.Row.Deleted, w.Row.At, keyDocument(w.Row),
		}}}, true
	case dek.DeleteDek:
		context, subject := subjectKey(w.Key.Subject)
		return []statement{{sql: removeDek, args: []any{
			id[:], nameKey(w.Key.Kek).key, context, subject.key, string(w.Key.Algorithm), int64(w.Key.Version),
		}}}, true
	}
	return nil, false
}

const upsertKek = `
insert into kek (kek, name, deleted, at, document)
select $2, $3, $4, $5, $6
where ` + claimed + `
on conflict (kek) do update
set deleted = excluded.deleted, at = excluded.at, document = excluded.document`

const removeKek = `
delete from kek
where kek = $2 and ` + claimed

const upsertDek = `
insert into dek (kek, context, subject, algorithm, version, name, deleted, at, document)
select $2, $3, $4, $5, $6, $7, $8, $9, $10
where ` + claimed + `
on conflict (kek, context, subject, algorithm, version) do update
set deleted = excluded.deleted, at = excluded.at, document = excluded.document`

const removeDek = `
delete from dek
where kek = $2 and context = $3 and subject = $4 and algorithm = $5 and version = $6 and ` + claimed

// keyDocument is the row as JSON: what a read gives back. The columns beside it
// are for those who look at the table.
func keyDocument(row any) []byte {
	data, err := json.Marshal(row)
	if err != nil {
		panic(err) // texts, numbers and maps of texts always marshal
	}
	return data
}

const selectKeks = `
select document
from kek`

// ReadKeks implements [dek.Store].
func (s *Store) ReadKeks(ctx context.Context) ([]dek.Kek, error) {
	return documents[dek.Kek](ctx, s, selectKeks)
}

const selectDeks = `
select document
from dek`

// ReadDeks implements [dek.Store].
func (s *Store) ReadDeks(ctx context.Context) ([]dek.Dek, error) {
	return documents[dek.Dek](ctx, s, selectDeks)
}

// documents reads a table of documents whole.
func documents[T any](ctx context.Context, s *Store, sql string) ([]T, error) {
	var list []T
	err := s.engine.query(ctx, sql, func(r row) error {
		var x T
		if err := json.Unmarshal(r.Bytes(0), &x); err != nil {
			return fmt.Errorf("store: a document that is no %T: %w", x, err)
		}
		list = append(list, x)
		return nil
	})
	return list, err
}

package store

import (
	"context"
	"encoding/json"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry/exporter"
)

var _ exporter.Store = (*Store)(nil)

// exporterStatements gives what a write of exporters does.
func exporterStatements(id commandID, w feed.Write) ([]statement, bool) {
	switch w := w.(type) {
	case exporter.Put:
		return putExporter(id, w), true
	case exporter.Delete:
		return []statement{{sql: removeExporter, args: []any{id[:], nameKey(w.Name).key}}}, true
	}
	return nil, false
}

// A new definition begins without progress; a changed one keeps its own, which
// counts only as long as the epoch is the same.
const upsertExporter = `
insert into exporter (exporter, name, document, epoch, fence, state, position, at, trace)
select $2, $3, $4, 0, 0, '', 0, 0, $5
where ` + claimed + `
on conflict (exporter) do update set document = excluded.document`

func putExporter(id commandID, w exporter.Put) []statement {
	document, err := json.Marshal(w.Row)
	if err != nil {
		panic(err) // texts, numbers and lists of texts always marshal
	}
	return []statement{{sql: upsertExporter, args: []any{id[:], nameKey(w.Row.Name).key, []byte(w.Row.Name), document, []byte{}}}}
}

const removeExporter = `
delete from exporter
where exporter = $2 and ` + claimed

const selectExporters = `
select document
from exporter`

// ReadExporters implements [exporter.Store].
func (s *Store) ReadExporters(ctx context.Context) ([]exporter.Exporter, error) {
	return documents[exporter.Exporter](ctx, s, selectExporters)
}

const selectProgress = `
select epoch, state, position, at, trace
from exporter
where exporter = $1`

// ReadProgress implements [exporter.Store].
func (s *Store) ReadProgress(ctx context.Context, name string) (exporter.Progress, error) {
	p := exporter.Progress{Name: name}
	err := s.engine.query(ctx, selectProgress, func(r row) error {
		p.Epoch, p.State, p.Offset = r.Int(0), exporter.State(r.Bytes(1)), r.Int(2)
		p.At, p.Trace = r.Int(3), string(r.Bytes(4))
		return nil
	}, nameKey(name).key)
	return p, err
}

const updateProgress = `
update exporter
set epoch = $2, fence = $3, state = $4, position = $5, at = $6, trace = $7
where exporter = $1 and fence <= $3
returning fence`

// SaveProgress implements [exporter.Store]. It is no command: nobody follows
// an exporter's progress.
func (s *Store) SaveProgress(ctx context.Context, p exporter.Progress, fence int64) (saved bool, err error) {
	session := s.engine.session()
	defer session.close()
	err = run(ctx, session, statement{
		sql: updateProgress,
		args: []any{
			nameKey(p.Name).key, p.Epoch, fence, string(p.State), p.Offset, p.At, []byte(p.Trace),
		},
		each: func(row) error {
			saved = true
			return nil
		},
	})
	return saved && err == nil, err
}

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"
	"github.com/weir-registry/weir/migrations"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteEngine keeps everything in one file, which belongs to one process:
// one connection writes, a few read. The writer is used below database/sql,
// which would prepare and check each statement of each commit anew.
type sqliteEngine struct {
	path string
	lock *fileLock

	mu     sync.Mutex
	idle   []*sqliteConn
	closed bool
	slots  chan struct{} // bounds the readers
}

const sqliteReaders = 4

func openSQLite(path string) (*sqliteEngine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, err
	}
	return &sqliteEngine{path: path, lock: lock, slots: make(chan struct{}, sqliteReaders)}, nil
}

// dsn names the file for the driver, which reads it as a URL.
func (e *sqliteEngine) dsn() string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: e.path}).EscapedPath()}).String()
}

// The pragmas of every connection. WAL lets readers read while the writer
// writes; FULL syncs the log at each commit, before it is answered.
const sqlitePragmas = `
pragma busy_timeout = 10000;
pragma journal_mode = wal;
pragma synchronous = full;
pragma foreign_keys = off;
pragma temp_store = memory;
pragma cache_size = -32000;
`

func (e *sqliteEngine) connect(ctx context.Context) (*sqliteConn, error) {
	connector, err := sqlite.NewConnector(e.dsn())
	if err != nil {
		return nil, err
	}
	raw, err := connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	c := &sqliteConn{raw: raw, prepared: map[string]sqliteStatement{}}
	if _, err := raw.(driver.ExecerContext).ExecContext(ctx, sqlitePragmas, nil); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (e *sqliteEngine) migrate(ctx context.Context) (err error) {
	connector, err := sqlite.NewConnector(e.dsn() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)")
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, migrations.SQLite(), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

func (e *sqliteEngine) query(ctx context.Context, sql string, each func(row) error, args ...any) error {
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-e.slots }()
	c, err := e.reader(ctx)
	if err != nil {
		return err
	}
	if err := c.run(ctx, statement{sql: sql, args: args, each: each}); err != nil {
		c.close()
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		c.close()
		return nil
	}
	e.idle = append(e.idle, c)
	return nil
}

func (e *sqliteEngine) reader(ctx context.Context) (*sqliteConn, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, errors.New("store: closed")
	}
	if n := len(e.idle); n > 0 {
		c := e.idle[n-1]
		e.idle = e.idle[:n-1]
		return c, nil
	}
	return e.connect(ctx)
}

// hint is nil: nobody but this process commits, and its committer delivers.
func (e *sqliteEngine) hint() <-chan struct{} { return nil }

func (e *sqliteEngine) listening() bool { return false }

func (e *sqliteEngine) readers() int { return sqliteReaders }

func (e *sqliteEngine) close() error {
	e.mu.Lock()
	e.closed = true
	idle := e.idle
	e.idle = nil
	e.mu.Unlock()
	for _, c := range idle {
		c.close()
	}
	return e.lock.release()
}

// listen has nothing to do: no other node commits.
func (e *sqliteEngine) listen() {}

func (e *sqliteEngine) session() session { return &sqliteSession{engine: e} }

// sqliteSession is the writer.
type sqliteSession struct {
	engine *sqliteEngine
	conn   *sqliteConn
}

func (s *sqliteSession) alive() bool { return s.conn != nil }

func (s *sqliteSession) connect(ctx context.Context) error {
	if s.conn != nil {
		return nil
	}
	c, err := s.engine.connect(ctx)
	if err != nil {
		return &outcomeError{cause: err}
	}
	s.conn = c
	return nil
}

// transact takes no notice of ctx once it has begun: the file is on this
// machine, and an interrupted statement would look like a faulty one.
func (s *sqliteSession) transact(ctx context.Context, look []statement, proceed func() ([]statement, error)) error {
	ctx = context.WithoutCancel(ctx)
	if err := s.connect(ctx); err != nil {
		return err
	}
	// Immediate: the lock is taken now, so that every statement sees all that
	// was committed before it.
	if err := s.conn.run(ctx, statement{sql: "begin immediate"}); err != nil {
		s.close()
		return &outcomeError{cause: err}
	}
	err := s.conn.runAll(ctx, look)
	var statements []statement
	if err == nil {
		statements, err = proceed()
	}
	if err == nil {
		err = s.conn.runAll(ctx, statements)
	}
	if err != nil {
		if rollback := s.conn.run(ctx, statement{sql: "rollback"}); rollback != nil {
			s.close()
		}
		return err
	}
	if err := s.conn.run(ctx, statement{sql: "commit"}); err != nil {
		// Whether the log reached the disk is not known; closing rolls back
		// what did not.
		s.close()
		return &outcomeError{sent: true, cause: err}
	}
	return nil
}

func (s *sqliteSession) durability(ctx context.Context) (map[string]string, error) {
	settings := map[string]string{}
	err := run(ctx, s,
		statement{sql: "pragma synchronous", each: func(r row) error {
			settings["synchronous"] = fmt.Sprint(r.Int(0))
			return nil
		}},
		statement{sql: "pragma journal_mode", each: func(r row) error {
			settings["journal_mode"] = string(r.Bytes(0))
			return nil
		}})
	return settings, err
}

func (s *sqliteSession) close() {
	if s.conn != nil {
		s.conn.close()
		s.conn = nil
	}
}

// sqliteConn is a connection of the driver with the statements that it has
// prepared.
type sqliteConn struct {
	raw      driver.Conn
	prepared map[string]sqliteStatement
	args     []driver.NamedValue
}

type sqliteStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

func (c *sqliteConn) close() {
	for _, s := range c.prepared {
		_ = s.Close()
	}
	_ = c.raw.Close()
}

func (c *sqliteConn) runAll(ctx context.Context, statements []statement) error {
	for _, st := range statements {
		if err := c.run(ctx, st); err != nil {
			return err
		}
	}
	return nil
}

func (c *sqliteConn) run(ctx context.Context, st statement) error {
	s, ok := c.prepared[st.sql]
	if !ok {
		p, err := c.raw.Prepare(st.sql)
		if err != nil {
			return err
		}
		s = p.(sqliteStatement)
		c.prepared[st.sql] = s
	}
	c.args = c.args[:0]
	for i, a := range st.args {
		if b, ok := a.([]byte); ok && b == nil {
			a = nil // a typed nil would be bound as empty bytes
		}
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	if st.each == nil {
		_, err := s.ExecContext(ctx, c.args)
		return sqliteFault(err)
	}
	rows, err := s.QueryContext(ctx, c.args)
	if err != nil {
		return sqliteFault(err)
	}
	r := make(sqliteRow, len(rows.Columns()))
	for {
		err := rows.Next(r)
		if err == nil {
			err = st.each(r)
		}
		if err == io.EOF {
			return sqliteFault(rows.Close())
		}
		if err != nil {
			return errors.Join(sqliteFault(err), rows.Close())
		}
	}
}

// sqliteFault names the errors that mean something to a command.
func sqliteFault(err error) error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return err
	}
	switch {
	case fault.Code() == sqlite3.SQLITE_CONSTRAINT_CHECK && strings.Contains(fault.Error(), "schema_id_range"):
		return fmt.Errorf("%w: %w", errIDRange, err)
	case fault.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, fault.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
		return fmt.Errorf("%w: %w", errTaken, err)
	}
	return err
}

// sqliteRow is a row as the driver gives it.
type sqliteRow []driver.Value

func (r sqliteRow) Int(i int) int64 {
	n, _ := r[i].(int64)
	return n
}

func (r sqliteRow) Bool(i int) bool { return r.Int(i) != 0 }

func (r sqliteRow) Bytes(i int) []byte {
	switch v := r[i].(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	}
	return nil
}

// Package store keeps everything that is true in one database: a file (SQLite)
// or a PostgreSQL. It is the only Go code with SQL.
//
// In come the commands and reads of the domains, in their own types; it
// implements the Store interface of each of them, the [feed.Log] that every
// node follows, and the [feed.Committer] behind every write. Nothing but cmd,
// bench and tests imports it.
//
// # How a command is committed
//
// [Store.Submit] turns a [feed.Command] into statements and queues it. A
// committer takes whatever waits into one transaction, sent in one go: the
// commit lock, then for each command the claim and what it writes (claim in
// command.go, registry_write.go; plain registrations many at a time,
// register.go), then a look at the changes that this node has not applied. The rules, and why each is so, are in docs/design.md
// section 4; each schedule in which a simpler way fails is a test in
// store/storetest.
//
// # One text for both engines
//
// A query is a constant above the function that uses it. Placeholders are $1
// and so on; columns are bytes, text, bigint and boolean (package migrations
// says which and why). What differs between the engines stands in postgres.go
// and sqlite.go, behind the interfaces of engine.go: opening, the commit lock,
// pipelining, the wake-up, and what an error means.
//
// # Limits
//
// A SQLite file belongs to one process. A pooler in front of PostgreSQL must
// know prepared statements of the protocol (PgBouncer does since 1.21), and
// LISTEN needs a connection past it (Config.Listen).
package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/weir-registry/weir/feed"
)

// Config says which database to open, and how.
type Config struct {
	// Database is a URL postgres://… or postgresql://…, or else the path of a
	// file for SQLite, which is made when it is not there.
	Database string
	// Listen is a connection string for LISTEN on PostgreSQL, for when
	// Database goes through a pooler that shares connections between
	// transactions. Empty means Database.
	Listen string
	// NoListen leaves LISTEN and NOTIFY out, for databases that speak
	// PostgreSQL's protocol without them; the poll remains.
	NoListen bool
	// Committers is how many transactions of this node may be on their way to
	// the commit lock on PostgreSQL; 0 means 2. SQLite has one.
	Committers int
	// NoMigrate leaves the tables as they are.
	NoMigrate bool
	Logger    *slog.Logger     // nil discards
	Now       func() time.Time // nil means time.Now
}

// Store is an open database.
type Store struct {
	engine    engine
	committer *committer
	logger    *slog.Logger
	now       func() time.Time
	clusterID string

	follower atomic.Pointer[feed.Follower]
	head     atomic.Int64 // the highest revision seen, where there is no follower
}

// LockedError says that another process has the database file open.
type LockedError struct{ Path string }

func (e *LockedError) Error() string {
	return fmt.Sprintf("store: another process uses this database (it holds %s)", e.Path)
}

// Open opens a database and brings its tables up to date. ctx bounds the
// opening only. A PostgreSQL that is not there, or not yet, is
// feed.ErrUnavailable; what is wrong with a database is an *OpenError.
func Open(ctx context.Context, config Config) (_ *Store, err error) {
	s := &Store{logger: config.Logger, now: config.Now}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if err := checkDatabase(config.Database); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = openError(err)
		}
	}()
	workers := 1
	if isPostgres(config.Database) {
		if workers = config.Committers; workers <= 0 {
			workers = 2
		}
		s.engine, err = openPostgres(ctx, config, s.logger)
	} else {
		s.engine, err = openSQLite(config.Database)
	}
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.engine.close())
		}
	}()
	if !config.NoMigrate {
		if err := s.engine.migrate(ctx); err != nil {
			return nil, fmt.Errorf("migrate: %w", err)
		}
	}
	if err := s.identify(ctx); err != nil {
		return nil, fmt.Errorf("read meta: %w", err)
	}
	s.engine.listen()
	s.committer = startCommitter(s, workers)
	return s, nil
}

const insertMeta = `
insert into meta (name, value)
values ($1, $2)
on conflict (name) do nothing`

const selectClusterID = `
select value
from meta
where name = 'cluster'`

// identify gives the database its names at the first opening.
func (s *Store) identify(ctx context.Context) error {
	session := s.engine.session()
	defer session.close()
	return run(ctx, session,
		statement{sql: insertMeta, args: []any{"cluster", "lsrc-" + strings.ToLower(rand.Text())[:12]}},
		statement{sql: insertMeta, args: []any{"epoch", strings.ToLower(rand.Text())[:8]}},
		statement{sql: selectClusterID, each: func(r row) error {
			s.clusterID = string(r.Bytes(0))
			return nil
		}},
		statement{sql: selectHead, each: func(r row) error {
			s.head.Store(r.Int(0))
			return nil
		}})
}

// ClusterID names this registry for ever: "lsrc-" and twelve letters.
func (s *Store) ClusterID() string { return s.clusterID }

// Close finishes the commits that wait, for as long as ctx allows, and closes
// the database.
func (s *Store) Close(ctx context.Context) error {
	s.committer.close(ctx)
	return s.engine.close()
}

// Submit queues a command before it returns, behind those submitted before;
// wait gives what Commit would.
func (s *Store) Submit(c feed.Command) (wait func(ctx context.Context) (feed.Receipt, error)) {
	p, err := propose(c, s.now().UnixMicro())
	if err != nil {
		return func(context.Context) (feed.Receipt, error) { return feed.Receipt{}, err }
	}
	e, err := s.committer.submit(p)
	if err != nil {
		return func(context.Context) (feed.Receipt, error) { return feed.Receipt{}, err }
	}
	return func(ctx context.Context) (feed.Receipt, error) {
		select {
		case <-e.done:
			return e.receipt, e.err
		case <-ctx.Done():
			return feed.Receipt{}, ctx.Err()
		}
	}
}

// Commit implements [feed.Committer].
func (s *Store) Commit(ctx context.Context, c feed.Command) (feed.Receipt, error) {
	return s.Submit(c)(ctx)
}

// Durability gives the settings on which the durability of commits depends,
// as the connections of commits have them.
func (s *Store) Durability(ctx context.Context) (map[string]string, error) {
	session := s.engine.session()
	defer session.close()
	return session.durability(ctx)
}

package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/pgtest"
	"github.com/weir-registry/weir/store/storetest"
)

func postgresEngine() storetest.Engine {
	return storetest.Engine{Database: pgtest.URL, Shared: true, Hold: holdPostgres}
}

func TestPostgres(t *testing.T) { storetest.Run(t, postgresEngine()) }

// connect opens a connection of the test's own.
func connect(t testing.TB, database string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func execute(t testing.TB, conn *pgx.Conn, sql string) {
	t.Helper()
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// value reads one value.
func value[T any](t testing.TB, conn *pgx.Conn, sql string) T {
	t.Helper()
	var v T
	if err := conn.QueryRow(context.Background(), sql).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

// eventually waits for the server, which tells nobody when it gets there.
func eventually(t testing.TB, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never saw that %s", what)
		}
	}
}

type postgresLock struct {
	t              testing.TB
	holder, viewer *pgx.Conn
}

func holdPostgres(t testing.TB, database string) storetest.Lock {
	t.Helper()
	l := &postgresLock{t, connect(t, database), connect(t, database)}
	execute(t, l.holder, "begin")
	execute(t, l.holder, "select id from commit_lock where id = 1 for update")
	return l
}

func (l *postgresLock) Await(n int) {
	l.t.Helper()
	eventually(l.t, "transactions wait for the lock", func() bool {
		return value[int](l.t, l.viewer, `select count(*) from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock' and query like '%commit_lock%'`) >= n
	})
}

func (l *postgresLock) Release() {
	l.t.Helper()
	execute(l.t, l.holder, "rollback")
}

// A commit waits for the disk, even where the database would not.
func TestPostgresWaitsForTheDisk(t *testing.T) {
	database := pgtest.URL(t)
	conn := connect(t, database)
	name := value[string](t, conn, "select current_database()")
	execute(t, conn, "alter database "+name+" set synchronous_commit = off")
	s := storetest.Open(t, store.Config{Database: database})
	settings, err := s.Durability(t.Context())
	if err != nil || settings["synchronous_commit"] != "on" {
		t.Errorf("Durability() = %v, %v; want synchronous_commit on", settings, err)
	}
}

// The locked row is never updated: while an old snapshot is open (a dump, a
// node that starts) each update would leave a dead row in every lock's way.
func TestCommitLeavesTheLockRowAlone(t *testing.T) {
	database := pgtest.URL(t)
	s := storetest.Open(t, store.Config{Database: database})
	conn, dump := connect(t, database), connect(t, database)
	execute(t, dump, "begin isolation level repeatable read")
	const place = "select ctid::text || ' ' || xmin::text from commit_lock"
	before := value[string](t, dump, place)
	subject := registry.Subject{Context: ".listed", Name: "a"}
	for i := range int32(200) {
		r := storetest.Commit(t, s, storetest.Command(feed.Revision(i), storetest.Put(subject, i+1, string(rune('a'+i)))))
		if r.Revision != feed.Revision(i+1) {
			t.Fatalf("revision %d, want %d", r.Revision, i+1)
		}
	}
	if after := value[string](t, conn, place); after != before {
		t.Errorf("commit_lock moved from %s to %s", before, after)
	}
	// Nor is any other row rewritten by a registration.
	for _, table := range []string{"commit_lock", "context", "schema", "version", "change", "meta"} {
		execute(t, conn, "analyze "+table)
		if dead := value[int](t, conn, "select count(*) from "+table+" where xmax <> 0 and '"+table+"' <> 'commit_lock'"); dead != 0 {
			t.Errorf("%s has %d rows that were locked or rewritten", table, dead)
		}
	}
	execute(t, dump, "rollback")
}

// What the server refuses is the fault of the command alone that said it.
func TestPostgresRefusal(t *testing.T) {
	database := pgtest.URL(t)
	s := storetest.Open(t, store.Config{Database: database, Committers: 1})
	lock := holdPostgres(t, database)
	plug := s.Submit(storetest.Command(0, storetest.Put(storetest.Subject("plug"), 1, "plug")))
	lock.Await(1)
	poison := storetest.Put(storetest.Subject("p"), 1, "p")
	poison.Schema.Type = "no \x00 in text"
	command := storetest.Command(0, poison)
	refused := s.Submit(command)
	good := s.Submit(storetest.Command(0, storetest.Put(storetest.Subject("good"), 1, "good")))
	lock.Release()
	for _, wait := range []func(context.Context) (feed.Receipt, error){plug, good} {
		if _, err := wait(t.Context()); err != nil {
			t.Errorf("a good command: %v", err)
		}
	}
	_, err := refused(t.Context())
	if got := asRefused(err); got == nil || got.Command != command.ID {
		t.Errorf("the poisonous command: %v, want *RefusedError of %s", err, command.ID)
	}
}

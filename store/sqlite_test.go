package store_test

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	storetest.Main()
	goleak.VerifyTestMain(m)
}

func sqliteEngine() storetest.Engine {
	return storetest.Engine{
		Database: func(t testing.TB) string {
			t.Attr("engine", "sqlite")
			return filepath.Join(t.TempDir(), "100% weir?#.db") // a path, not a URL
		},
		Hold: holdSQLite,
	}
}

func TestSQLite(t *testing.T) { storetest.Run(t, sqliteEngine()) }

// sqliteLock is the write lock of the file. There is one committer, so that
// the order in which commands were submitted is the order of their claims, and
// nothing needs awaiting.
type sqliteLock struct {
	t  testing.TB
	db *sql.DB
	tx *sql.Conn
}

func holdSQLite(t testing.TB, database string) storetest.Lock {
	t.Helper()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: database}).EscapedPath()}).String())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), "begin immediate"); err != nil {
		t.Fatal(err)
	}
	return &sqliteLock{t, db, conn}
}

func (l *sqliteLock) Await(int) {}

func (l *sqliteLock) Release() {
	if _, err := l.tx.ExecContext(context.Background(), "rollback"); err != nil {
		l.t.Error(err)
	}
	if err := errors.Join(l.tx.Close(), l.db.Close()); err != nil {
		l.t.Error(err)
	}
}

// FULL: the log is synced at each commit, before it is answered.
func TestSQLiteSyncsEachCommit(t *testing.T) {
	s := storetest.Open(t, store.Config{Database: sqliteEngine().Database(t)})
	settings, err := s.Durability(t.Context())
	if err != nil || settings["synchronous"] != "2" || settings["journal_mode"] != "wal" {
		t.Errorf("Durability() = %v, %v; want synchronous 2 (FULL), journal_mode wal", settings, err)
	}
}

// A file belongs to one process, and to one store in it.
func TestSQLiteFileIsLocked(t *testing.T) {
	config := store.Config{Database: sqliteEngine().Database(t)}
	first, err := store.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	var locked *store.LockedError
	if _, err := store.Open(t.Context(), config); !errors.As(err, &locked) {
		t.Errorf("second Open = %v, want *LockedError", err)
	}
	storetest.Close(t, first)
	storetest.Open(t, config)
	if _, err := os.Stat(config.Database + ".lock"); err != nil {
		t.Errorf("the lock file: %v", err)
	}
}

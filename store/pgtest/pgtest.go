// Package pgtest gives tests a real PostgreSQL.
//
// In goes a test, out comes the URL of an empty database that belongs to that
// test alone and is dropped when the test ends. A database, and not a schema in
// a shared one: LISTEN and NOTIFY, advisory locks and old snapshots reach
// through schemas, and tests that run side by side must not hear each other.
//
// The server is private: started in a temporary folder on 127.0.0.1 and a free
// port, stopped and removed however the process ends. All packages of one
// `make test` share the server whose URL stands in WEIR_TEST_POSTGRES
// (cmd/testrun starts it); a bare `go test` starts one for each package that asks.
// Tests that stop or crash a server start one of their own with [Start].
//
// This package is for tests, the bench and cmd/testrun; no part of the product
// imports it, and it imports none. It knows no table of ours. It stands under
// store because it says how that package's second engine is run, beside
// store/storetest which says what it must do.
package pgtest

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Env names the variable that holds the URL of a server that tests share. Its
// user must be allowed to create databases.
const Env = "WEIR_TEST_POSTGRES"

// own is the server of this process for when [Env] is not set. It is the one
// variable of the package: tests of one binary have nothing else in common.
var own = sync.OnceValues(func() (*Server, error) {
	return Start(context.Background(), Options{NoSync: true})
})

// URL returns the URL of a new, empty database for t. It is dropped, with
// whatever is still connected to it, after the cleanups that t registers later.
// The test fails, and says what to do, when there is no PostgreSQL to be had.
//
// The test is marked with the attribute engine=postgres, by which cmd/testrun
// counts it.
func URL(t testing.TB) string {
	t.Helper()
	server := os.Getenv(Env)
	if server == "" {
		s, err := own()
		if err != nil {
			t.Fatalf("pgtest: no PostgreSQL for this test: %v", err)
		}
		server = s.URL()
	}
	t.Attr("engine", "postgres")

	database, drop, err := Database(server, t.Name())
	if err != nil {
		t.Fatalf("pgtest: create database at %s: %v", cmp.Or(os.Getenv(Env), "the server of this process"), err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Errorf("pgtest: drop database of %s: %v", t.Name(), err)
		}
	})
	return database
}

// Database makes a new, empty database on the server of the URL, named after
// what it is for, and returns its URL and what drops it, with whatever is still
// connected to it. It is for those who are no test of this process; tests have
// [URL].
func Database(server, what string) (database string, drop func() error, err error) {
	name := databaseName(what)
	if database, err = withDatabase(server, name); err != nil {
		return "", nil, err
	}
	if err := execute(server, "create database "+name+" template template0"); err != nil {
		return "", nil, err
	}
	return database, func() error {
		return execute(server, "drop database if exists "+name+" with (force)")
	}, nil
}

// databaseName makes a name that is unique and still shows in pg_stat_activity
// and in the server's log whose database it is. An identifier has 63 bytes.
func databaseName(test string) string {
	word := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		}
		return '_'
	}, test)
	return fmt.Sprintf("weir_%.24s_%s", word, strings.ToLower(rand.Text()))
}

// withDatabase returns the server's URL with its database replaced.
func withDatabase(server, name string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("%s is not a URL: %w", Env, err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

// execute runs one statement on a connection of its own. A pool would keep
// connections, and goroutines, that leak checks of the packages under test see.
func execute(server, statement string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, statement)
	return err
}

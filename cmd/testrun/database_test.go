package main

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/weir-registry/weir/store/pgtest"
)

// What is lent is there until the borrower says that he is done.
func TestLend(t *testing.T) {
	// The server that tests share, or one of this process.
	other := pgtest.URL(t)
	t.Setenv(pgtest.Env, other)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := lend(ctx, writer)
		writer.CloseWithError(err)
		ended <- err
	}()
	line, err := bufio.NewReader(reader).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url, name, _ := strings.Cut(strings.TrimSpace(line), " ")
	if url == other || !strings.HasPrefix(url, "postgres://") || name != "PostgreSQL of "+pgtest.Env {
		t.Errorf("lent %q, want the URL of another database than %s, and its server", line, other)
	}
	// On a database that is there another can be made.
	_, drop, err := pgtest.Database(url, "beside")
	if err != nil {
		t.Fatalf("the database is not there: %v", err)
	}
	if err := drop(); err != nil {
		t.Error(err)
	}
	end()
	if err := <-ended; err != nil {
		t.Errorf("lend: %v", err)
	}
	if _, _, err := pgtest.Database(url, "after"); err == nil {
		t.Errorf("%s outlives its loan", url)
	}
}

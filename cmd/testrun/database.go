package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/weir-registry/weir/store/pgtest"
)

// postgres returns the URL of the server that pgtest.Env names, or else of a
// private one, how the closing lines call it, and what ends it.
func postgres(ctx context.Context) (url, name string, stop func() error, err error) {
	if url = os.Getenv(pgtest.Env); url != "" {
		return url, "PostgreSQL of " + pgtest.Env, func() error { return nil }, nil
	}
	s, err := pgtest.Start(ctx, pgtest.Options{NoSync: true, Install: true})
	if err != nil {
		return "", "", nil, err
	}
	return s.URL(), "PostgreSQL " + s.Version(), s.Stop, nil
}

// lend prints the URL of a new database, and behind it the name of its server,
// and drops the database when ctx ends.
func lend(ctx context.Context, out io.Writer) (err error) {
	server, name, stop, err := postgres(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	url, drop, err := pgtest.Database(server, "lent")
	if err != nil {
		return fmt.Errorf("create a database on %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, drop()) }()
	if _, err := fmt.Fprintln(out, url, name); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

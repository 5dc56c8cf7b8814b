package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// environment is what the rows share: a built weir, a scratch folder, and the
// databases that are made once.
type environment struct {
	settings settings
	dir      string
	weir     string // the built binary
	postgres postgresServer
	large    string // URL of the PostgreSQL database with the large registry
}

func newEnvironment(ctx context.Context, s settings) (*environment, error) {
	dir, err := os.MkdirTemp("", "weir-bench-")
	if err != nil {
		return nil, err
	}
	env := &environment{settings: s, dir: dir, weir: filepath.Join(dir, "weir")}
	build := exec.CommandContext(ctx, "go", "build", "-o", env.weir, "./cmd/weir")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		env.close()
		return nil, fmt.Errorf("build weir (run from the root of the checkout): %w", err)
	}
	return env, nil
}

func (env *environment) close() {
	env.postgres.stop()
	os.RemoveAll(env.dir)
}

// serve starts weir on a database; the access log goes to a file, as in
// production it goes to a pipe.
func (env *environment) serve(ctx context.Context, db string, wait time.Duration, environ ...string) (*process, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	log := filepath.Join(env.dir, "weir-"+filepath.Base(addr)+".log")
	return start(ctx, log, addr, wait, environ, env.weir, "serve", "--listen", addr, "--db", db)
}

// fresh gives an empty SQLite database.
func (env *environment) fresh() (string, error) {
	dir, err := os.MkdirTemp(env.dir, "sqlite-")
	return filepath.Join(dir, "weir.db"), err
}

// weirWith starts weir on a fresh SQLite database with n schemas of 1.5 kB,
// each in a subject of its own.
func (env *environment) weirWith(ctx context.Context, n int) (*process, error) {
	db, err := env.fresh()
	if err != nil {
		return nil, err
	}
	p, err := env.serve(ctx, db, 30*time.Second)
	if err != nil {
		return nil, err
	}
	err = inParallel(ctx, 64, n, func(ctx context.Context, i int) error {
		return post(ctx, fmt.Sprintf("http://%s/subjects/loaded-%d-value/versions", p.addr, i), schemaBody(wide(i)))
	})
	if err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

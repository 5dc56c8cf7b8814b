package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// environment is what the rows share: a scratch folder, and a built weir and
// the databases that are made once, when a row first needs them.
type environment struct {
	settings settings
	dir      string
	binary   string // weir, built
	postgres postgresServer
	large    string // URL of the PostgreSQL database with the large registry
	made     *company
}

func newEnvironment(s settings) (*environment, error) {
	dir, err := os.MkdirTemp("", "weir-bench-")
	if err != nil {
		return nil, err
	}
	return &environment{settings: s, dir: dir}, nil
}

// weir is the program, built once a run.
func (env *environment) weir(ctx context.Context) (string, error) {
	if env.binary != "" {
		return env.binary, nil
	}
	path := filepath.Join(env.dir, "weir")
	build := exec.CommandContext(ctx, "go", "build", "-o", path, "./cmd/weir")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("build weir (run from the root of the checkout): %w", err)
	}
	env.binary = path
	return path, nil
}

func (env *environment) close() {
	env.forgetCompany()
	env.postgres.stop()
	os.RemoveAll(env.dir)
}

// serve starts weir on a database; the access log goes to a file, as in
// production it goes to a pipe.
func (env *environment) serve(ctx context.Context, db string, wait time.Duration, environ ...string) (*process, error) {
	weir, err := env.weir(ctx)
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	log := filepath.Join(env.dir, "weir-"+filepath.Base(addr)+".log")
	return start(ctx, log, addr, wait, environ, weir, "serve", "--listen", addr, "--db", db)
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

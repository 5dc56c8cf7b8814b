package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/weir-registry/weir/store/pgtest"
)

// postgresServer is the private PostgreSQL of a run, with every commit synced
// as in production. It starts when it is first asked for.
type postgresServer struct {
	server    *pgtest.Server
	databases int
}

// shared is the memory of the server's cache: the large registry fits.
const shared = "1GB"

func (p *postgresServer) start(ctx context.Context) error {
	if p.server != nil {
		return nil
	}
	settings := map[string]string{
		"shared_buffers": shared, "max_wal_size": "8GB", "checkpoint_timeout": "30min", "max_connections": "200",
	}
	server, err := pgtest.Start(ctx, pgtest.Options{Install: true, Settings: settings})
	p.server = server
	return err
}

func (p *postgresServer) stop() {
	if p.server != nil {
		p.server.Stop()
	}
}

// database makes an empty database and gives its URL.
func (p *postgresServer) database(ctx context.Context) (string, error) {
	if err := p.start(ctx); err != nil {
		return "", err
	}
	p.databases++
	name := fmt.Sprintf("bench_%d", p.databases)
	if err := execSQL(ctx, p.server.URL(), "create database "+name); err != nil {
		return "", err
	}
	u, err := url.Parse(p.server.URL())
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// execSQL runs statements on a connection of their own.
func execSQL(ctx context.Context, url string, statements ...string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%w, in %.200s", err, s)
		}
	}
	return nil
}

// migrate makes weir's tables in a database.
func (env *environment) migrate(ctx context.Context, db string) error {
	weir, err := env.weir(ctx)
	if err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, weir, "migrate", "--db", db).CombinedOutput()
	if err != nil {
		return fmt.Errorf("weir migrate: %w: %s", err, out)
	}
	return nil
}

// transactions is what a pgbench run prints.
var transactions = regexp.MustCompile(`(?m)^tps = ([0-9.]+) `)

// pgbench runs a script for a slice of time and gives transactions a second.
func (env *environment) pgbench(ctx context.Context, db, script string, clients int, slice time.Duration) (float64, error) {
	program, err := findPgbench()
	if err != nil {
		return 0, err
	}
	file := filepath.Join(env.dir, "pgbench.sql")
	if err := os.WriteFile(file, []byte(script), 0o644); err != nil {
		return 0, err
	}
	seconds := strconv.Itoa(max(1, int(slice.Round(time.Second)/time.Second)))
	c := strconv.Itoa(clients)
	cmd := exec.CommandContext(ctx, program, "-n", "-M", "prepared", "-c", c, "-j", strconv.Itoa(min(clients, 2)), "-T", seconds, "-f", file, db)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	found := transactions.FindSubmatch(out)
	if found == nil {
		return 0, fmt.Errorf("pgbench printed no rate: %s", out)
	}
	return strconv.ParseFloat(string(found[1]), 64)
}

func findPgbench() (string, error) {
	if path, err := exec.LookPath("pgbench"); err == nil {
		return path, nil
	}
	list, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if len(list) == 0 {
		return "", errors.New("pgbench is not installed (Debian: apt-get install postgresql)")
	}
	return slices.Max(list), nil
}

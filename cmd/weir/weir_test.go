package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/store/pgtest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// engines are the databases that every test of the wire runs on.
var engines = map[string]func(t *testing.T) string{
	"sqlite": func(t *testing.T) string {
		t.Attr("engine", "sqlite")
		return filepath.Join(t.TempDir(), "weir.db")
	},
	"postgres": func(t *testing.T) string { return pgtest.URL(t) },
}

// onEveryEngine runs a test on each engine with an empty database.
func onEveryEngine(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) { test(t, engines[engine](t)) })
	}
}

// startWeir runs `weir serve` inside the test until it ends, and gives the
// address. properties are those of Confluent's server.
func startWeir(t testing.TB, database string, properties map[string]string, flags ...string) string {
	t.Helper()
	var text strings.Builder
	for name, value := range properties {
		fmt.Fprintf(&text, "%s=%s\n", name, value)
	}
	file := filepath.Join(t.TempDir(), "server.properties")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	command := parseServe(t, append([]string{
		"--listen", "127.0.0.1:0", "--db", database, "--confluent-properties", file, "--access-log", "off", "--log-level", "error", "--drain", "0s",
	}, flags...)...)
	return startCommand(t, command).door.addresses()[0]
}

// startCommand runs `weir serve` inside the test until it ends.
func startCommand(t testing.TB, command *serveCommand) *service {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := command.start(ctx)
	if err != nil {
		cancel()
		t.Fatalf("start: %v", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.wait(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("weir ended with %v", err)
			}
		case <-time.After(30 * time.Second):
			t.Error("weir does not end")
		}
	})
	return s
}

// parseServe reads a command line of `weir serve`.
func parseServe(t testing.TB, args ...string) *serveCommand {
	t.Helper()
	var line commandLine
	parser, err := newParser(&line)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(append([]string{"serve"}, args...)); err != nil {
		t.Fatalf("weir serve %v: %v", args, err)
	}
	return &line.Serve
}

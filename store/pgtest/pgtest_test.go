package pgtest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatalf("Connect(%q): %v", url, err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func ask[T any](t *testing.T, conn *pgx.Conn, sql string) T {
	t.Helper()
	var v T
	if err := conn.QueryRow(t.Context(), sql).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

func TestURLGivesEachTestItsOwn(t *testing.T) {
	var names []string
	for _, test := range []string{"one", "two"} {
		t.Run(test, func(t *testing.T) {
			conn := connect(t, URL(t))
			if _, err := conn.Exec(t.Context(), "create table only_once (x int)"); err != nil {
				t.Error(err)
			}
			if got := ask[string](t, conn, "show synchronous_commit"); got != "on" {
				t.Errorf("synchronous_commit = %s, want on", got)
			}
			names = append(names, ask[string](t, conn, "select current_database()"))
		})
	}
	conn := connect(t, URL(t))
	for _, name := range names {
		if !strings.HasPrefix(name, "weir_testurlgiveseachtest") {
			t.Errorf("database %s does not tell its test", name)
		}
		if ask[bool](t, conn, "select exists (select from pg_database where datname = '"+name+"')") {
			t.Errorf("database %s outlives its test", name)
		}
	}
}

func TestServerSurvivesCrash(t *testing.T) {
	for name, crash := range map[string]func(*Server, context.Context) error{"immediate": (*Server).Crash, "shot": (*Server).Kill} {
		t.Run(name, func(t *testing.T) { survives(t, crash) })
	}
}

func survives(t *testing.T, crash func(*Server, context.Context) error) {
	s, err := Start(t.Context(), Options{Settings: map[string]string{"application_name": "it's set"}})
	if err != nil {
		t.Fatal(err)
	}
	dir := s.dir
	conn := connect(t, s.URL())
	for setting, want := range map[string]string{"fsync": "on", "max_connections": "200", "application_name": "it's set"} {
		if got := ask[string](t, conn, "select current_setting('"+setting+"')"); got != want {
			t.Errorf("%s = %q, want %q", setting, got, want)
		}
	}
	// Byte order would hide queries that rely on it (initialize says why).
	if got, want := ask[bool](t, conn, "select 'a' < 'B'"), s.bin.major >= 15; got != want {
		t.Errorf("'a' < 'B' is %t, want %t", got, want)
	}
	if _, err := conn.Exec(t.Context(), "create table kept as select 7 as x"); err != nil {
		t.Fatal(err)
	}
	if err := crash(s, t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := conn.Ping(t.Context()); err == nil {
		t.Error("the connection outlived the crash")
	}
	if err := s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := ask[int](t, connect(t, s.URL()), "select x from kept"); got != 7 {
		t.Errorf("after the crash x = %d, want 7", got)
	}
	if err := s.Stop(); err != nil {
		t.Errorf("Stop: %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after Stop the folder %s is still there (%v)", dir, err)
	}
}

// A test binary that is killed runs no cleanup; the watchdog does it.
func TestServerEndsWithItsProcess(t *testing.T) {
	const child = "WEIR_PGTEST_CHILD"
	if os.Getenv(child) != "" {
		s, err := Start(t.Context(), Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString(s.dir + "\n")
		select {} // until the parent kills us
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestServerEndsWithItsProcess$")
	cmd.Env = append(os.Environ(), child+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 256)
	n, err := out.Read(buf)
	if err != nil {
		t.Fatalf("the child started no server: %v", err)
	}
	dir := strings.TrimSpace(string(buf[:n]))
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("the child's folder: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("20 s after the kill the folder %s is still there", dir)
		}
	}
}

func TestNotInstalledSaysWhatToDo(t *testing.T) {
	err := error(notInstalledError{tooOld: []string{"/opt/pg/bin (9.6.24)"}})
	if !errors.Is(err, errNotInstalled) {
		t.Errorf("%v is not errNotInstalled", err)
	}
	for _, want := range []string{"make test", "apt-get install postgresql", "PATH=", Env, "9.6.24"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the message does not mention %q:\n%v", want, err)
		}
	}
}

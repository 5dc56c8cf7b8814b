// Command testrun runs the tests of the whole project and says what ran.
//
// It starts one private PostgreSQL for all packages (installing the
// distribution's package if none is found and it may), runs `go test -json` with
// the arguments it was given, prints a line for each package and everything that
// a failing test said, and closes with counts: tests by engine, recorded corpus
// cases by file, and every skipped test with its reason. So nothing is left out
// silently; a run over ./... in which no test reached one of the two engines
// fails.
//
//	go run ./cmd/testrun -race ./...
//
// A test is on an engine when it, or a test above it, has the attribute
// engine=sqlite or engine=postgres (testing.TB.Attr; pgtest.URL sets the latter),
// or is a subtest of one that is called so. A test that runs recorded cases sets
// the attribute corpus="avro/pairs.json 1000". Tests that have subtests are not
// counted beside them.
//
//	testrun database
//
// is for tests that are no Go tests (clients/run): it prints the URL of a new
// PostgreSQL database, found, started or installed in the same way, and keeps it
// until it is told to end by a signal.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/weir-registry/weir/store/pgtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ok, err := true, error(nil)
	if slices.Equal(os.Args[1:], []string{"database"}) {
		err = lend(ctx, os.Stdout)
	} else {
		ok, err = run(ctx, os.Args[1:], os.Stdout)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "testrun:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// run returns true when everything ran and passed.
func run(ctx context.Context, args []string, out io.Writer) (ok bool, err error) {
	start := time.Now()
	server, engine, stop, err := postgres(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, stop()) }()

	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-json"}, args...)...)
	cmd.Env = append(os.Environ(), pgtest.Env+"="+server)
	cmd.Stderr = os.Stderr
	// go test stops its tests itself when it is interrupted.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
	events, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	if err := cmd.Start(); err != nil {
		return false, err
	}
	t := newTally(out)
	if err := t.read(events); err != nil {
		return false, errors.Join(err, cmd.Wait())
	}
	waited := cmd.Wait()

	t.close(summary{
		took:       time.Since(start),
		postgres:   engine,
		everything: slices.Contains(args, "./..."),
	})
	// A run that was cut, or failed outside any test, has an exit code only.
	if waited != nil && !t.failed() {
		return false, fmt.Errorf("go test: %w", waited)
	}
	return waited == nil && !t.failed(), nil
}

// read takes in what go test -json writes.
func (t *tally) read(r io.Reader) error {
	dec := json.NewDecoder(r)
	for {
		var e event
		switch err := dec.Decode(&e); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read the output of go test: %w", err)
		}
		t.add(e)
	}
}

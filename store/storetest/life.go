package storetest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/store"
)

// A caller that goes away stops waiting; its command is committed all the same.
func testCallerGoesAway(t *testing.T, e Engine) {
	database := e.Database(t)
	s := Open(t, store.Config{Database: database})
	lock := e.Hold(t, database)
	ctx, cancel := context.WithCancel(t.Context())
	wait := s.Submit(Command(0, Put(Subject("a"), 1, "x")))
	lock.Await(1)
	cancel()
	if _, err := wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("wait of a caller that went away = %v", err)
	}
	lock.Release()
	if r, err := wait(t.Context()); err != nil || r.Revision != 1 {
		t.Errorf("the command became %v, %v", r, err)
	}
}

// Close finishes what waits, and takes nothing more.
func testClose(t *testing.T, e Engine) {
	database := e.Database(t)
	s, err := store.Open(t.Context(), store.Config{Database: database})
	if err != nil {
		t.Fatalf("Open() = %v", err)
	}
	var waits []func(context.Context) (feed.Receipt, error)
	for i := range 500 {
		waits = append(waits, s.Submit(Command(0, Put(Subject(fmt.Sprint(i)), 1, fmt.Sprint(i)))))
	}
	Close(t, s)
	for i, wait := range waits {
		if _, err := wait(t.Context()); err != nil {
			t.Errorf("command %d: %v", i, err)
		}
	}
	if _, err := s.Commit(t.Context(), Command(0, Put(Subject("late"), 1, "late"))); !errors.Is(err, feed.ErrUnavailable) {
		t.Errorf("Commit after Close = %v, want ErrUnavailable", err)
	}
}

// A database keeps its names and its rows.
func testReopen(t *testing.T, e Engine) {
	database := e.Database(t)
	var ids, epochs []string
	for i := range 3 {
		s, err := store.Open(t.Context(), store.Config{Database: database})
		if err != nil {
			t.Fatalf("Open() = %v", err)
		}
		epoch, err := s.Epoch(t.Context())
		if err != nil {
			t.Fatalf("Epoch() = %v", err)
		}
		ids, epochs = append(ids, s.ClusterID()), append(epochs, epoch)
		put(t, s, Put(Subject("a"), int32(i+1), fmt.Sprint(i)))
		if diff := cmp.Diff(i+1, len(Versions(t, s))); diff != "" {
			t.Errorf("versions (-want +got):\n%s", diff)
		}
		Close(t, s)
	}
	if ids[0] != ids[2] || !strings.HasPrefix(ids[0], "lsrc-") || len(ids[0]) != len("lsrc-")+12 {
		t.Errorf("cluster ids %q", ids)
	}
	if epochs[0] != epochs[2] || epochs[0] == "" {
		t.Errorf("epochs %q", epochs)
	}
}

// victim names the database for the process that testKilled kills.
const victim = "WEIR_STORETEST_VICTIM"

// Main is for TestMain of the engines' tests: in a process that testKilled
// started it commits until it is killed, and never returns.
func Main() {
	database, round, found := strings.Cut(os.Getenv(victim), "\n")
	if !found {
		return
	}
	s, err := store.Open(context.Background(), store.Config{Database: database})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	var group sync.WaitGroup
	for w := range 16 {
		group.Go(func() {
			for i := int32(1); ; i++ {
				c := Command(0, Put(Subject(fmt.Sprint(round, "-", w)), i, fmt.Sprint(w, " ", i)))
				c.Keys = nil // each subject has one writer
				r, err := s.Commit(context.Background(), c)
				if err != nil {
					fmt.Println("error", err)
					os.Exit(1)
				}
				// One write, so that lines do not mix.
				_, _ = os.Stdout.WriteString(fmt.Sprintf("%d %s-%d %d\n", r.Revision, round, w, i))
			}
		})
	}
	group.Wait()
}

// A process is killed in the middle of its commits: everything that it was
// answered is there, and the log has no gap.
func testKilled(t *testing.T, e Engine) {
	database := e.Database(t)
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	answered := map[string]feed.Revision{}
	for round := range 3 {
		process := exec.Command(binary, "-test.run=^$")
		process.Env = append(os.Environ(), fmt.Sprint(victim, "=", database, "\n", round))
		process.Stderr = os.Stderr
		out, err := process.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := process.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 1; lines.Scan(); n++ {
			var revision feed.Revision
			var subject string
			var version int32
			if _, err := fmt.Sscan(lines.Text(), &revision, &subject, &version); err != nil {
				t.Errorf("the process said %q", lines.Text())
			}
			answered[fmt.Sprintf(". %s %d", subject, version)] = revision
			if n == 100*(round+1) {
				if err := process.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = process.Wait() // it was killed
		s, err := store.Open(t.Context(), store.Config{Database: database})
		if err != nil {
			t.Fatalf("Open() after the kill = %v", err)
		}
		found := Versions(t, s)
		for version := range answered {
			if _, ok := found[version]; !ok {
				t.Errorf("round %d: %s was answered and is gone", round, version)
			}
		}
		changes, err := s.Changes(t.Context(), 0, 1<<20)
		if err != nil {
			t.Fatalf("Changes() = %v", err)
		}
		for i, c := range changes {
			if c.Revision != feed.Revision(i+1) {
				t.Fatalf("round %d: change %d has revision %d", round, i, c.Revision)
			}
		}
		for version, revision := range answered {
			if _, name, _ := strings.Cut(version, " "); int(revision) > len(changes) ||
				changes[revision-1].Key != "subject "+name[:strings.LastIndex(name, " ")] {
				t.Errorf("round %d: %s has not the revision %d that was answered", round, version, revision)
			}
		}
		Close(t, s)
	}
}

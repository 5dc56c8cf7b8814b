package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
)

func testConflict(t *testing.T, e Engine) {
	s := e.open(t)
	a, b := Subject("a"), Subject("b")
	Commit(t, s, Command(0, Put(a, 1, "x")))
	for _, step := range []struct {
		name    string
		command feed.Command
		want    error
	}{
		{"a key that was written since", Command(0, Put(a, 2, "y")), feed.ErrConflict},
		{"another key", Command(0, Put(b, 1, "y")), nil},
		{"the key, read at the head", Command(1, Put(a, 2, "y")), nil},
		{"one of several keys", func() feed.Command {
			c := Command(0, Put(Subject("c"), 1, "z"))
			for i := range 50 {
				c.Keys = append(c.Keys, fmt.Sprint(i))
			}
			c.Keys = append(c.Keys, registry.SubjectKey(b))
			return c
		}(), feed.ErrConflict},
		{"no keys", func() feed.Command {
			c := Command(0, Put(Subject("c"), 1, "z"))
			c.Keys = nil
			return c
		}(), nil},
	} {
		if _, err := s.Commit(t.Context(), step.command); !errors.Is(err, step.want) {
			t.Errorf("%s: Commit = %v, want %v", step.name, err, step.want)
		}
	}
	want := map[string]int32{". a 1": 1, ". b 1": 2, ". a 2": 2, ". c 1": 3}
	if diff := cmp.Diff(want, Versions(t, s)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
}

// A touch is heard of by those who read its key, whether it found room beside
// another change or has a row of its own.
func testTouch(t *testing.T, e Engine) {
	s := e.open(t)
	Commit(t, s, Command(0, Put(Subject("a"), 1, "x"), registry.Touch{Key: "one"}, registry.Touch{Key: "two"}))
	Commit(t, s, Command(0, registry.Touch{Key: "three"}))
	for _, key := range []string{"one", "two", "three"} {
		c := Command(0, Put(Subject("b"), 1, "y"))
		c.Keys = append(c.Keys, key)
		if _, err := s.Commit(t.Context(), c); !errors.Is(err, feed.ErrConflict) {
			t.Errorf("Commit of what read %q = %v, want ErrConflict", key, err)
		}
	}
	// It reads nothing itself.
	Commit(t, s, Command(0, Put(Subject("b"), 1, "y"), registry.Touch{Key: "one"}))
}

// The second execution of a command touches nothing, and is told so.
func testSameCommandTwice(t *testing.T, e Engine) {
	s := e.open(t)
	c := Command(0, Put(Subject("a"), 1, "x"))
	c.Keys = nil // the ID alone must refuse it
	Commit(t, s, c)
	if _, err := s.Commit(t.Context(), c); !errors.Is(err, feed.ErrConflict) {
		t.Errorf("second Commit = %v, want ErrConflict", err)
	}
	if got := head(t, s); got != 1 {
		t.Errorf("Head() = %d, want 1", got)
	}
}

// Commands on one subject build on each other before any is committed.
func testChain(t *testing.T, e Engine) {
	s := e.open(t)
	a := Subject("a")
	first := Command(0, Put(a, 1, "1"))
	second := Command(0, Put(a, 2, "2"))
	second.Chain = []string{first.ID}
	third := Command(0, Put(a, 3, "3"))
	third.Chain = []string{first.ID, second.ID}
	for i, c := range []feed.Command{first, second, third} {
		if r := Commit(t, s, c); r.Revision != feed.Revision(i+1) {
			t.Errorf("command %d has revision %d", i, r.Revision)
		}
	}

	missing := Command(0, Put(a, 4, "4"))
	missing.Chain = []string{first.ID, second.ID, third.ID, NewID()}
	short := Command(0, Put(a, 4, "4"))
	short.Chain = []string{first.ID, third.ID}
	for name, c := range map[string]feed.Command{"a link that never came": missing, "a change by none of its links": short} {
		if _, err := s.Commit(t.Context(), c); !errors.Is(err, feed.ErrConflict) {
			t.Errorf("%s: Commit = %v, want ErrConflict", name, err)
		}
	}
}

// Chains that are longer than a batch, with commands of others between them,
// and a link that fails: what is behind it fails, what is not does not.
func testChainAcrossBatches(t *testing.T, e Engine) {
	s := e.open(t)
	a, b := Subject("a"), Subject("b")
	var good, bad []string
	var waits []func(context.Context) (feed.Receipt, error)
	const length, broken = 150, 75
	for i := range length {
		c := Command(0, Put(a, int32(i+1), fmt.Sprint("a", i)))
		c.Chain = append([]string(nil), good...)
		good = append(good, c.ID)
		waits = append(waits, s.Submit(c))

		c = Command(0, Put(b, int32(i+1), fmt.Sprint("b", i)))
		c.Chain = append([]string(nil), bad...)
		if i == broken {
			c.Chain = append(c.Chain, NewID())
		}
		bad = append(bad, c.ID)
		waits = append(waits, s.Submit(c))
	}
	for i, wait := range waits {
		_, err := wait(t.Context())
		var want error
		if i%2 == 1 && i/2 >= broken {
			want = feed.ErrConflict
		}
		if !errors.Is(err, want) {
			t.Fatalf("command %d: %v, want %v", i, err, want)
		}
	}
	if got := len(Versions(t, s)); got != length+broken {
		t.Errorf("%d versions, want %d", got, length+broken)
	}
}

// A register waits for the lock behind a delete of what it refers to. In one
// statement with the lock, its claim would see the time before the wait.
func testRegisterBehindDelete(t *testing.T, e Engine) {
	database := e.Database(t)
	s := Open(t, store.Config{Database: database})
	other := s
	if e.Shared {
		other = Open(t, store.Config{Database: database})
	}
	target := Subject("common")
	put(t, s, Put(target, 1, "target"))
	remove := Command(1, registry.HardDelete{Subject: target, Versions: []int32{1}})
	register := Command(1, Put(Subject("orders"), 1, "refers"), registry.Touch{Key: registry.ReferenceKey(target)})
	register.Keys = append(register.Keys, registry.SubjectKey(target))

	lock := e.Hold(t, database)
	removed := s.Submit(remove)
	lock.Await(1)
	registered := other.Submit(register)
	if e.Shared {
		lock.Await(2)
	}
	lock.Release()
	if _, err := removed(t.Context()); err != nil {
		t.Errorf("delete: %v", err)
	}
	if _, err := registered(t.Context()); !errors.Is(err, feed.ErrConflict) {
		t.Errorf("register: %v, want ErrConflict", err)
	}
	if diff := cmp.Diff(map[string]int32{}, Versions(t, s)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
}

// One command of 64 in a transaction fails in the database: it alone fails.
func testPoison(t *testing.T, e Engine) {
	database := e.Database(t)
	s := Open(t, store.Config{Database: database, Committers: 1})
	full := registry.Subject{Context: ".full", Name: "a"}
	put(t, s, Import(full, 1, 2147483647, "last"))
	lock := e.Hold(t, database)
	plug := s.Submit(Command(1, Put(Subject("plug"), 1, "plug"))) // takes the committer
	lock.Await(1)
	var waits []func(context.Context) (feed.Receipt, error)
	const poison = 31
	for i := range 64 {
		w := Put(Subject(fmt.Sprint("s", i)), 1, fmt.Sprint(i))
		if i == poison {
			w = Put(full, 2, "poison")
		}
		waits = append(waits, s.Submit(Command(1, w)))
	}
	lock.Release()
	if _, err := plug(t.Context()); err != nil {
		t.Fatalf("plug: %v", err)
	}
	for i, wait := range waits {
		_, err := wait(t.Context())
		var space *registry.IDSpaceError
		if i == poison && !errors.As(err, &space) {
			t.Errorf("poison: %v, want *IDSpaceError", err)
		}
		if i != poison && err != nil {
			t.Errorf("command %d: %v", i, err)
		}
	}
	if got := len(Versions(t, s)); got != 65 {
		t.Errorf("%d versions, want 65", got)
	}
	changes, err := s.Changes(t.Context(), 0, 1000)
	if err != nil || len(changes) != 65 || changes[64].Revision != 65 {
		t.Errorf("%d changes, %v; want 65 without a gap", len(changes), err)
	}
}

type strangeWrite struct{}

func (strangeWrite) Change() feed.Change { return feed.Change{Kind: "strange"} }

// What cannot become statements never reaches the queue.
func testNotACommand(t *testing.T, e Engine) {
	s := e.open(t)
	odd := Command(0, Put(Subject("a"), 1, "x"))
	odd.ID = "not an ID"
	link := Command(0, Put(Subject("a"), 1, "x"))
	link.Chain = []string{"not an ID"}
	for name, c := range map[string]feed.Command{
		"no ID": odd, "no ID in the chain": link, "no writes": Command(0), "an unknown write": Command(0, strangeWrite{}),
	} {
		if _, err := s.Commit(t.Context(), c); err == nil || errors.Is(err, feed.ErrConflict) {
			t.Errorf("%s: Commit = %v, want an error of its own", name, err)
		}
	}
	if got := head(t, s); got != 0 {
		t.Errorf("Head() = %d, want 0", got)
	}
}

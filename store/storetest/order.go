package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
)

// Recorder keeps the changes that a node applied.
type Recorder struct {
	mu      sync.Mutex
	changes []feed.Change
}

// Apply implements [feed.Applier].
func (r *Recorder) Apply(_ context.Context, changes []feed.Change) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changes = append(r.changes, changes...)
	return nil
}

// Changes gives what was applied so far.
func (r *Recorder) Changes() []feed.Change {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.changes)
}

// Node is a store with a follower, as a node has them.
type Node struct {
	*store.Store
	*feed.Follower
	Recorder *Recorder
}

// StartNode opens a store and follows it from the beginning.
func StartNode(t testing.TB, config store.Config) *Node {
	t.Helper()
	n := &Node{Store: Open(t, config), Recorder: &Recorder{}}
	n.Follower = feed.NewFollower(n.Store, feed.FollowerOptions{})
	n.Attach(n.Recorder)
	n.Follow(n.Follower)
	n.Start(context.Background(), 0)
	t.Cleanup(func() {
		if err := n.Stop(); err != nil {
			t.Errorf("the follower ended: %v", err)
		}
	})
	return n
}

// Advance returns when the node has applied a revision.
func (n *Node) Advance(t testing.TB, to feed.Revision) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := n.Follower.Advance(ctx, to); err != nil {
		t.Fatalf("Advance(%d) = %v at %d", to, err, n.Applied())
	}
}

// Several committers on several nodes: revision order is commit order. Nobody
// who reads the log sees a revision before one below it, and every node
// applies every change once, in order.
func testOrder(t *testing.T, e Engine) {
	database := e.Database(t)
	nodes := []*Node{StartNode(t, store.Config{Database: database, Committers: 3})}
	if e.Shared {
		nodes = append(nodes,
			StartNode(t, store.Config{Database: database, Committers: 2}),
			StartNode(t, store.Config{Database: database, Committers: 1, NoListen: true}))
	}
	const writers, each = 12, 40
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	done := make(chan struct{})
	var seen []feed.Change
	var watch, group sync.WaitGroup
	watch.Go(func() { // reads as fast as it can, while others commit
		for ended := false; ; {
			var after feed.Revision
			if len(seen) > 0 {
				after = seen[len(seen)-1].Revision
			}
			changes, err := nodes[0].Changes(ctx, after, 50)
			if err != nil {
				t.Errorf("Changes(%d) = %v", after, err)
				return
			}
			seen = append(seen, changes...)
			if ended && len(changes) == 0 {
				return
			}
			select {
			case <-done:
				ended = true
			default:
			}
		}
	})
	for w := range writers {
		group.Go(func() {
			n := nodes[w%len(nodes)]
			for i := range each {
				// One subject in four is everybody's: these conflict, and are
				// decided again.
				name := fmt.Sprint("own", w, "-", i)
				if i%4 == 0 {
					name = fmt.Sprint("common", i%8)
				}
				for attempt := 0; ; attempt++ {
					c := Command(n.Applied(), Put(Subject(name), int32(1+w*each+i), fmt.Sprint(w, i)), registry.Touch{Key: "t"})
					r, err := n.Store.Commit(ctx, c)
					if errors.Is(err, feed.ErrConflict) && attempt < 200 {
						head, err := n.Head(ctx)
						if err == nil {
							err = n.Follower.Advance(ctx, head)
						}
						if err != nil {
							t.Errorf("catch up: %v", err)
							return
						}
						continue
					}
					if err != nil {
						t.Errorf("Commit = %v", err)
						return
					}
					if err := n.Follower.Advance(ctx, r.Revision); err != nil {
						t.Errorf("Advance = %v", err)
					}
					break
				}
			}
		})
	}
	group.Wait()
	close(done)
	watch.Wait()
	for i, c := range seen {
		if c.Revision != feed.Revision(i+1) || c.Ordinal != 0 {
			t.Fatalf("change %d is %d:%d: the log was read with a gap, twice or out of order", i, c.Revision, c.Ordinal)
		}
	}
	if len(seen) != writers*each {
		t.Fatalf("%d changes were seen, want %d", len(seen), writers*each)
	}
	for i, n := range nodes {
		n.Advance(t, writers*each)
		if diff := cmp.Diff(seen, n.Recorder.Changes()); diff != "" {
			t.Errorf("node %d applied (-log +applied):\n%s", i, diff)
		}
	}
}

func testLog(t *testing.T, e Engine) {
	s := e.open(t)
	if changes, err := s.Changes(t.Context(), 0, 10); err != nil || len(changes) != 0 {
		t.Errorf("Changes of an empty log = %v, %v", changes, err)
	}
	for i := range 3 {
		n := 3*i + 1
		Commit(t, s, Command(0,
			Put(Subject(fmt.Sprint(n)), 1, fmt.Sprint(n)),
			Put(Subject(fmt.Sprint(n+1)), 1, fmt.Sprint(n+1)),
			Put(Subject(fmt.Sprint(n+2)), 1, fmt.Sprint(n+2))))
	}
	for _, test := range []struct {
		after feed.Revision
		limit int
		want  []feed.Cursor
	}{
		// At least one command, each of them whole.
		{0, 1, cursors(1)},
		{0, 3, cursors(1)},
		{0, 4, cursors(1, 2)},
		{1, 100, cursors(2, 3)},
		{3, 100, nil},
	} {
		changes, err := s.Changes(t.Context(), test.after, test.limit)
		if err != nil {
			t.Fatalf("Changes(%d, %d) = %v", test.after, test.limit, err)
		}
		var got []feed.Cursor
		for _, c := range changes {
			got = append(got, feed.Cursor{Revision: c.Revision, Ordinal: c.Ordinal})
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Changes(%d, %d) (-want +got):\n%s", test.after, test.limit, diff)
		}
	}
}

// cursors names three changes for each revision.
func cursors(revisions ...feed.Revision) []feed.Cursor {
	var all []feed.Cursor
	for _, r := range revisions {
		for ordinal := range int32(3) {
			all = append(all, feed.Cursor{Revision: r, Ordinal: ordinal})
		}
	}
	return all
}

// A commit hands the changes to the follower itself: a node reads what it
// wrote without a read of the log.
func testReadYourWrites(t *testing.T, e Engine) {
	n := StartNode(t, store.Config{Database: e.Database(t), NoListen: true})
	for i := range 50 {
		r := Commit(t, n.Store, Command(n.Applied(), Put(Subject("a"), int32(i+1), fmt.Sprint(i))))
		n.Advance(t, r.Revision)
	}
	stats := n.Follower.Stats()
	if stats.Applied != 50 || stats.Delivered+stats.Polled != 50 || stats.Hinted != 0 {
		t.Errorf("Stats() = %+v: want everything delivered, or met by a poll", stats)
	}
}

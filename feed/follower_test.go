package feed_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memoryLog is a log whose content the test decides.
type memoryLog struct {
	mu      sync.Mutex
	epoch   string
	changes []feed.Change
	reads   int
	fail    error
	hint    chan struct{}
}

func newMemoryLog() *memoryLog { return &memoryLog{epoch: "one", hint: make(chan struct{}, 1)} }

// commit appends a command of n changes and gives them.
func (l *memoryLog) commit(n int) []feed.Change {
	l.mu.Lock()
	defer l.mu.Unlock()
	revision := feed.Revision(1)
	if len(l.changes) > 0 {
		revision = l.changes[len(l.changes)-1].Revision + 1
	}
	from := len(l.changes)
	for i := range n {
		l.changes = append(l.changes, feed.Change{Revision: revision, Ordinal: int32(i)})
	}
	return l.changes[from:len(l.changes):len(l.changes)]
}

func (l *memoryLog) Epoch(context.Context) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.epoch, nil
}

func (l *memoryLog) Head(context.Context) (feed.Revision, error) { return 0, errors.New("not asked") }

func (l *memoryLog) Changes(_ context.Context, after feed.Revision, limit int) ([]feed.Change, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads++
	if l.fail != nil {
		return nil, l.fail
	}
	var found []feed.Change
	for _, c := range l.changes {
		if c.Revision > after && (len(found) < limit || c.Revision == found[len(found)-1].Revision) {
			found = append(found, c)
		}
	}
	return found, nil
}

func (l *memoryLog) Hint() <-chan struct{} { return l.hint }

func (l *memoryLog) set(f func(*memoryLog)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f(l)
}

// recorder keeps what it was asked to apply.
type recorder struct {
	mu   sync.Mutex
	got  []feed.Change
	fail error
}

func (r *recorder) Apply(_ context.Context, changes []feed.Change) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		err := r.fail
		r.fail = nil
		return err
	}
	r.got = append(r.got, changes...)
	return nil
}

func (r *recorder) applied() []feed.Change {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.got
}

func start(t *testing.T, log feed.Log, from feed.Revision, options feed.FollowerOptions) (*feed.Follower, *recorder) {
	t.Helper()
	r := &recorder{}
	f := feed.NewFollower(log, options)
	f.Attach(r)
	f.Start(context.Background(), from)
	t.Cleanup(func() { _ = f.Stop() })
	return f, r
}

func TestFollowerAppliesEachChangeOnceInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog()
		f, r := start(t, log, 0, feed.FollowerOptions{Limit: 2})
		first := log.commit(3)
		second := log.commit(1)
		third := log.commit(2)
		f.Deliver(third)  // leaves a gap: read from the log
		f.Deliver(second) // old by then
		f.Deliver(first)
		if err := f.Advance(t.Context(), 3); err != nil {
			t.Fatalf("Advance(3) = %v", err)
		}
		if diff := cmp.Diff(log.changes, r.applied()); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
	})
}

func TestDeliveredChangesNeedNoRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog()
		f, r := start(t, log, 0, feed.FollowerOptions{})
		for range 100 {
			changes := log.commit(2)
			f.Deliver(changes)
			if err := f.Advance(t.Context(), changes[0].Revision); err != nil {
				t.Fatalf("Advance(%d) = %v", changes[0].Revision, err)
			}
		}
		if diff := cmp.Diff(log.changes, r.applied()); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
		if log.reads != 0 {
			t.Errorf("the log was read %d times", log.reads)
		}
		if got := f.Stats().Delivered; got != 200 {
			t.Errorf("Stats().Delivered = %d, want 200", got)
		}
	})
}

func TestFollowerPollsWhenNobodyHints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog()
		f, _ := start(t, log, 0, feed.FollowerOptions{})
		log.commit(1)
		time.Sleep(251 * time.Millisecond)
		synctest.Wait()
		if f.Applied() != 1 {
			t.Errorf("Applied() = %d after a poll, want 1", f.Applied())
		}
		if got := f.Stats().Polled; got != 1 {
			t.Errorf("Stats().Polled = %d, want 1", got)
		}
	})
}

func TestFollowerTakesHints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog()
		f, _ := start(t, log, 0, feed.FollowerOptions{})
		log.commit(1)
		log.hint <- struct{}{}
		synctest.Wait()
		if f.Applied() != 1 {
			t.Errorf("Applied() = %d after a hint, want 1", f.Applied())
		}
	})
}

func TestFollowerTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog()
		f, r := start(t, log, 0, feed.FollowerOptions{})
		r.fail = errors.New("not now")
		f.Deliver(log.commit(1))
		synctest.Wait()
		log.set(func(l *memoryLog) { l.fail = errors.New("database away") })
		time.Sleep(time.Second)
		if got := f.Stale(); got < 750*time.Millisecond || got > 1250*time.Millisecond {
			t.Errorf("Stale() = %v when the log could not be read for a second", got)
		}
		log.set(func(l *memoryLog) { l.fail = nil })
		if err := f.Advance(t.Context(), 1); err != nil {
			t.Fatalf("Advance(1) = %v", err)
		}
		if diff := cmp.Diff(log.changes, r.applied()); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
		if got := f.Stale(); got != 0 {
			t.Errorf("Stale() = %v when all is well, want 0", got)
		}
		if got := f.Stats().Failed; got < 2 {
			t.Errorf("Stats().Failed = %d, want 2 or more", got)
		}
	})
}

func TestAdvanceEndsWithItsContextAndWithTheFollower(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, _ := start(t, newMemoryLog(), 0, feed.FollowerOptions{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := f.Advance(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Advance(1) = %v, want the deadline", err)
		}
		ended := make(chan error)
		go func() { ended <- f.Advance(context.Background(), 1) }()
		synctest.Wait()
		if err := f.Stop(); err != nil {
			t.Errorf("Stop() = %v", err)
		}
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Advance(1) = %v, want the follower's end", err)
		}
	})
}

// Who waits for what cannot be read is told so in time, also where the trouble
// began long before; once it is over nobody is.
func TestAdvanceWhileTheLogIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog()
		f, _ := start(t, log, 0, feed.FollowerOptions{})
		log.set(func(l *memoryLog) { l.fail = errors.New("database away") })
		log.commit(1)
		for range 2 {
			begun := time.Now()
			if err := f.Advance(t.Context(), 1); !errors.Is(err, feed.ErrUnavailable) {
				t.Errorf("Advance(1) = %v, want ErrUnavailable", err)
			}
			if took := time.Since(begun); took < feed.Patience || took > 2*time.Second {
				t.Errorf("Advance(1) took %v", took)
			}
			time.Sleep(time.Minute)
		}
		log.set(func(l *memoryLog) { l.fail = nil })
		if err := f.Advance(t.Context(), 1); err != nil {
			t.Errorf("Advance(1) = %v when the log is there again", err)
		}
	})
}

func TestFollowerEndsWhenTheEpochChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog()
		f, _ := start(t, log, 0, feed.FollowerOptions{})
		time.Sleep(time.Second)
		log.set(func(l *memoryLog) { l.epoch = "two" })
		<-f.Done()
		var epoch *feed.EpochError
		if err := f.Stop(); !errors.As(err, &epoch) {
			t.Errorf("Stop() = %v, want *EpochError", err)
		}
	})
}

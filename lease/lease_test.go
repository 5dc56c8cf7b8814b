package lease_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/weir-registry/weir/lease"
)

// rows is a Store of one lease whose holder can be taken away.
type rows struct {
	mu     sync.Mutex
	holder string
	until  int64
	fence  int64
	away   bool
}

func (r *rows) AcquireLease(_ context.Context, _, holder string, now, until int64) (int64, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away {
		return 0, false, errors.New("away")
	}
	if r.holder != holder || r.until <= now {
		if r.holder != "" && r.until > now {
			return 0, false, nil
		}
		r.fence++
	}
	r.holder, r.until = holder, until
	return r.fence, true, nil
}

func (r *rows) ReleaseLease(_ context.Context, _, holder string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.holder == holder {
		r.holder = ""
	}
	return nil
}

func TestOneHolderAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &rows{}
		ctx, stop := context.WithCancel(t.Context())
		working, most, fences := 0, 0, map[int64]bool{}
		var mu sync.Mutex
		var group sync.WaitGroup
		for _, node := range []string{"a", "b", "c"} {
			group.Go(func() {
				lease.Keep(ctx, lease.Options{Store: store, Name: "job", Holder: node}, func(ctx context.Context, fence int64) error {
					mu.Lock()
					working++
					most, fences[fence] = max(most, working), true
					mu.Unlock()
					pause := time.NewTimer(time.Minute)
					select {
					case <-ctx.Done():
					case <-pause.C:
					}
					mu.Lock()
					working--
					mu.Unlock()
					return errors.New("again")
				})
			})
		}
		time.Sleep(20 * time.Minute)
		stop()
		group.Wait()
		if most != 1 {
			t.Errorf("at most %d worked at a time, want 1", most)
		}
		if len(fences) < 10 {
			t.Errorf("%d holdings with a number of their own, want one a minute", len(fences))
		}
	})
}

func TestWorkEndsBeforeTheLeaseDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &rows{}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		lost := make(chan error, 1)
		go lease.Keep(ctx, lease.Options{Store: store, Name: "job", Holder: "a"}, func(ctx context.Context, _ int64) error {
			store.mu.Lock()
			store.away = true
			store.mu.Unlock()
			<-ctx.Done()
			lost <- context.Cause(ctx)
			stop()
			return ctx.Err()
		})
		err := <-lost
		if !errors.Is(err, lease.ErrLost) {
			t.Errorf("cause = %v, want ErrLost", err)
		}
		// Not under the lock: Keep wants it to release the row.
		synctest.Wait()
		store.mu.Lock()
		defer store.mu.Unlock()
		if now := time.Now().UnixMicro(); now >= store.until {
			t.Errorf("work went on %d µs after the lease had ended", now-store.until)
		}
	})
}

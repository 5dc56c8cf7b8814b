package rest

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/weir-registry/weir/feed"
)

// log is a Progress whose head a test moves; what was committed is applied when
// somebody waits for it.
type log struct {
	applied, head atomic.Int64
	looks         atomic.Int64
	stuck         bool
	stale         time.Duration
	lost          error
	gate          chan struct{} // each look takes one; nil lets all pass
}

func (l *log) Epoch() string          { return "e" }
func (l *log) Applied() feed.Revision { return feed.Revision(l.applied.Load()) }
func (l *log) Advance(ctx context.Context, to feed.Revision) error {
	if l.stuck || int64(to) > l.head.Load() {
		<-ctx.Done()
		return ctx.Err()
	}
	l.applied.Store(int64(to))
	return nil
}

func (l *log) Stale() time.Duration { return l.stale }

func (l *log) Head(context.Context) (feed.Revision, error) {
	l.looks.Add(1)
	if l.gate != nil {
		<-l.gate
	}
	return feed.Revision(l.head.Load()), l.lost
}

// docs/design.md 4.1: a read waits for the revision that it names, at most two
// seconds.
func TestMinRevision(t *testing.T) {
	l := &log{}
	l.head.Store(7)
	s := New(Config{Settings: DefaultSettings(), Progress: l})
	for _, test := range []struct {
		asked  string
		status int
	}{
		{"e:5", http.StatusOK},
		{"e:7", http.StatusOK},
		{"e:0", http.StatusOK},
		{"e:9", http.StatusServiceUnavailable},
		{"other:1", http.StatusBadRequest},
		{"5", http.StatusBadRequest},
		{"e:x", http.StatusBadRequest},
		{"e:-1", http.StatusBadRequest},
	} {
		if got := send(s, "GET", "/schemas/types", headerMinRevision, test.asked); got.StatusCode != test.status {
			t.Errorf("%s = %q is answered %d, want %d", headerMinRevision, test.asked, got.StatusCode, test.status)
		}
	}
	if got := l.Applied(); got != 7 {
		t.Errorf("applied is %d, want 7", got)
	}
}

// Where reads are linearizable each sees what was committed before it came,
// and joins only a look at the head that was not sent before.
func TestLinearizable(t *testing.T) {
	settings := DefaultSettings()
	settings.Linearizable = true
	l := &log{gate: make(chan struct{})}
	s := New(Config{Settings: settings, Progress: l})
	var reads sync.WaitGroup
	read := func(want int64) {
		reads.Go(func() {
			if got := send(s, "GET", "/schemas/types"); got.StatusCode != http.StatusOK {
				t.Errorf("a read is answered %d", got.StatusCode)
			}
			if got := l.applied.Load(); got < want {
				t.Errorf("a read was answered at revision %d, want %d", got, want)
			}
		})
	}
	read(0)
	for l.looks.Load() < 1 { // the first look is on its way
	}
	l.head.Store(5)
	for range 4 {
		read(5)
	}
	for waiting := 0; waiting < 1; { // the others share the next
		s.freshness.mu.Lock()
		if s.freshness.next != nil {
			waiting++
		}
		s.freshness.mu.Unlock()
	}
	close(l.gate)
	reads.Wait()
	if looks := l.looks.Load(); looks < 2 || looks > 5 {
		t.Errorf("%d looks at the head", looks)
	}
}

// A linearizable read needs the database: without it the answer says so, and
// is none of the 500 that mean a fault of ours.
func TestLinearizableWithoutDatabase(t *testing.T) {
	settings := DefaultSettings()
	settings.Linearizable = true
	s := New(Config{Settings: settings, Progress: &log{lost: errors.New("connection refused")}})
	if got := send(s, "GET", "/schemas/types"); got.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a read is answered %d, want %d", got.StatusCode, http.StatusServiceUnavailable)
	}
}

// A node that hears nothing says so with what it answers.
func TestStale(t *testing.T) {
	for stale, want := range map[time.Duration]string{0: "", time.Millisecond: "1", 90 * time.Second: "90", 1001 * time.Millisecond: "2"} {
		s := New(Config{Settings: DefaultSettings(), Progress: &log{stale: stale}})
		if got := send(s, "GET", "/schemas/types").Header.Get("Weir-Stale"); got != want {
			t.Errorf("Weir-Stale = %q when nothing was heard for %v, want %q", got, stale, want)
		}
	}
}

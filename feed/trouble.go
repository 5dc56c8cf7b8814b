package feed

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// A trouble that lasts is told again after repeatAfter, and then ever more
// seldom: what is in trouble tries several times a second, and a database may
// be away for an hour. One that comes back within sameWithin is the same one;
// it is told anew after comesBack, and then ever more seldom too, so that a
// database that comes and goes does not fill the log either.
const (
	repeatAfter  = 30 * time.Second
	repeatSeldom = time.Hour
	comesBack    = time.Second
	sameWithin   = time.Minute
)

// Trouble tells the log that something cannot go on, and when it can again:
// when it begins, at growing intervals while it lasts, and when it is over.
// Several goroutines may use it. The zero value tells nobody.
type Trouble struct {
	Logger *slog.Logger
	Level  slog.Level
	// Message says what does not work, Over that it works again.
	Message, Over string

	mu    sync.Mutex
	since time.Time     // when it began; zero while all is well
	last  time.Time     // when it was last heard of
	told  time.Time     // when the log last heard of it
	next  time.Duration // how long after that it is to hear of it again
	back  time.Duration // what next was when it ended last
	open  bool          // the log knows that it began, and not that it is over
}

// Tell notes that it does not work, and why.
func (t *Trouble) Tell(err error, facts ...any) {
	now := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.last) > sameWithin {
		t.since, t.told, t.back, t.open = time.Time{}, time.Time{}, 0, false
	}
	t.last = now
	if t.since.IsZero() {
		t.since = now
	}
	if !t.told.IsZero() && now.Sub(t.told) < t.next {
		return
	}
	if t.open {
		t.next = min(2*t.next, repeatSeldom)
	} else {
		t.next = repeatAfter
	}
	t.told, t.open = now, true
	t.log(t.Level, t.Message, append(facts, "error", err))
}

// End notes that it works; nothing happens where it did before.
func (t *Trouble) End(facts ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.since.IsZero() {
		return
	}
	now := time.Now()
	if t.open {
		t.log(slog.LevelInfo, t.Over, append(facts, "away", now.Sub(t.since).Round(time.Millisecond)))
		t.back = min(max(2*t.back, comesBack), repeatSeldom)
		t.next = t.back
	}
	t.since, t.last, t.open = time.Time{}, now, false
}

func (t *Trouble) log(level slog.Level, message string, facts []any) {
	if t.Logger != nil {
		t.Logger.Log(context.Background(), level, message, facts...)
	}
}

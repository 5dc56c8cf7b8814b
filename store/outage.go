package store

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/weir-registry/weir/feed"
)

// longestRetry is how often a database that is away is tried while commands
// wait for it; each waits for feed.Patience.
const longestRetry = 250 * time.Millisecond

// outage is what the committer knows of a database that is away.
type outage struct {
	trouble feed.Trouble

	mu    sync.Mutex
	since time.Time // zero while it is there
	cause *outcomeError
}

func (o *outage) start(logger *slog.Logger) {
	o.trouble = feed.Trouble{
		Logger: logger, Level: slog.LevelWarn,
		Message: "the database is away, nothing can be committed", Over: "commits go on",
	}
}

// suspect notes that the database has been silent since a time.
func (o *outage) suspect(since time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.since.IsZero() {
		o.since, o.cause = since, &outcomeError{cause: errors.New("it does not answer")}
	}
}

// failed notes that the database was not reached.
func (o *outage) failed(cause *outcomeError) {
	o.suspect(time.Now())
	o.mu.Lock()
	o.cause = cause
	o.mu.Unlock()
	o.trouble.Tell(cause)
}

// over notes that the database has answered.
func (o *outage) over() {
	o.mu.Lock()
	away := !o.since.IsZero()
	o.since, o.cause = time.Time{}, nil
	o.mu.Unlock()
	if away {
		o.trouble.End()
	}
}

// outlasts says why a command has waited long enough for the database; nil
// when it has not.
func (o *outage) outlasts(e *entry, now time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	from := o.since
	if e.came.After(from) {
		from = e.came
	}
	if o.since.IsZero() || now.Sub(from) < feed.Patience {
		return nil
	}
	return o.cause
}

// reach makes the session ready for the batch. While that takes time, commands
// whose time is up are answered; it gives those that are left.
func (c *committer) reach(ctx context.Context, session session, batch []*entry) ([]*entry, error) {
	if session.alive() {
		return batch, nil
	}
	attempt, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	connected := make(chan error, 1)
	begun := time.Now()
	go func() { connected <- session.connect(attempt) }()
	tick := time.NewTicker(longestRetry)
	defer tick.Stop()
	for {
		select {
		case err := <-connected:
			return batch, err
		case <-tick.C:
			c.outage.suspect(begun)
			batch = c.giveUp(batch)
		}
	}
}

// pause waits before the database is tried again, and gives the commands of the
// batch that are left.
func (c *committer) pause(ctx context.Context, batch []*entry, pause time.Duration) []*entry {
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
	return c.giveUp(batch)
}

// giveUp answers the commands of the batch and of the queue that have waited
// long enough, and gives those of the batch that have not.
func (c *committer) giveUp(batch []*entry) []*entry {
	now := time.Now()
	tooLong := func(e *entry) bool {
		err := c.outage.outlasts(e, now)
		if err != nil {
			e.finish(feed.Receipt{}, commandError(e, err))
		}
		return err != nil
	}
	c.mu.Lock()
	c.queue = slices.DeleteFunc(c.queue, tooLong)
	c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(batch), tooLong)
}

// Package lease lets one node at a time do what must run once among many.
//
// In go a name and what to do while holding it; [Keep] takes the lease by a
// row of the database, renews it, and cancels the work's context before
// somebody else could hold it. Each holding has a fencing number that only
// grows, so that a write of a former holder can be told apart and refused. The
// package knows no SQL and none of the jobs.
//
// docs/design.md section 4, last paragraph.
package lease

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Store keeps the rows.
type Store interface {
	// AcquireLease gives the lease of name to holder until the time until,
	// when nobody else holds it at the time now (both in microseconds since
	// the epoch). held is false when somebody does. The fencing number grows
	// by one whenever the holder changes or had let it expire.
	AcquireLease(ctx context.Context, name, holder string, now, until int64) (fence int64, held bool, err error)
	// ReleaseLease ends a holding; nothing happens when it is not holder's.
	ReleaseLease(ctx context.Context, name, holder string) error
}

// Options shape Keep; Store, Name and Holder are required.
type Options struct {
	Store Store
	// Name is what is held, such as "exporter orders".
	Name string
	// Holder names this node, different from every other.
	Holder string
	// Duration is how long a holding lasts without renewal; 0 means 15 s. It
	// is renewed every third of it.
	Duration time.Duration
	Now      func() time.Time
}

// ErrLost is the cause of a work's context that ended because the lease could
// not be renewed in time.
var ErrLost = errors.New("lease: lost")

// Keep runs work whenever this node holds the lease, until ctx ends. work's
// context ends when the lease is lost; then, or when work returns an error,
// Keep waits for its turn again. It returns ctx's error, or nil when work
// returned nil.
func Keep(ctx context.Context, o Options, work func(ctx context.Context, fence int64) error) error {
	if o.Duration == 0 {
		o.Duration = 15 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	for {
		until := o.Now().Add(o.Duration)
		fence, held, err := o.Store.AcquireLease(ctx, o.Name, o.Holder, o.Now().UnixMicro(), until.UnixMicro())
		if err == nil && held {
			if o.hold(ctx, fence, until, work) == nil {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(o.Duration / 3):
		}
	}
}

// hold does the work while it renews the lease.
func (o Options) hold(ctx context.Context, fence int64, until time.Time, work func(ctx context.Context, fence int64) error) error {
	working, lose := context.WithCancelCause(ctx)
	done := make(chan error, 1)
	go func() { done <- work(working, fence) }()
	tick := time.NewTicker(o.Duration / 3)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			lose(nil)
			// The caller's context may have ended; the row must go all the same.
			release, cancel := context.WithTimeout(context.WithoutCancel(ctx), o.Duration)
			defer cancel()
			o.Store.ReleaseLease(release, o.Name, o.Holder) // when this fails, it expires by itself
			return err
		case <-tick.C:
			next := o.Now().Add(o.Duration)
			got, held, err := o.Store.AcquireLease(ctx, o.Name, o.Holder, o.Now().UnixMicro(), next.UnixMicro())
			switch {
			case err == nil && held && got == fence:
				until = next
			case err == nil || !o.Now().Before(until.Add(-o.Duration/3)):
				lose(fmt.Errorf("%w: %s", ErrLost, o.Name))
			}
		}
	}
}

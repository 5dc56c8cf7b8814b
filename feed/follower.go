package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// FollowerOptions shape a [Follower]; the zero value is good.
type FollowerOptions struct {
	// Poll is how long the follower goes without asking the log; 0 means 250
	// milliseconds (docs/design.md section 4).
	Poll time.Duration
	// Limit is about how many changes one read of the log asks for; 0 means
	// 2,000.
	Limit int
	// Logger hears of reads and applications that failed and will be tried
	// again; nil means nobody does.
	Logger *slog.Logger
}

// Follower applies the log to the domains of a node: every change once, in
// order, from one goroutine. It learns of changes in three ways: the node's
// own committer hands them over ([Follower.Deliver]), the log hints that there
// is something new, and, because a hint may be lost, it polls.
//
// Use: Attach the appliers, Start it at the revision that was noted before
// the first read of a load, Advance after a commit, Stop at the end.
type Follower struct {
	log      Log
	options  FollowerOptions
	appliers []Applier

	applied atomic.Int64
	// well is when the log was last read and applied, in microseconds, while
	// that fails; 0 while it does not.
	well   atomic.Int64
	counts struct{ delivered, hinted, polled, failed atomic.Int64 }

	mu        sync.Mutex
	pending   [][]Change    // delivered, not yet applied
	delivered Revision      // the highest revision that was ever delivered
	moved     chan struct{} // closed and replaced whenever applied grew, or failed to
	ended     error         // why the follower has ended

	// Both hold one signal at most: one look serves all who asked before it.
	deliveries chan struct{}
	requests   chan struct{}

	cancel context.CancelFunc
	done   chan struct{} // closed when the follower has ended
}

// NewFollower makes a follower of a log. It does nothing until it is started.
func NewFollower(log Log, options FollowerOptions) *Follower {
	if options.Poll <= 0 {
		options.Poll = 250 * time.Millisecond
	}
	if options.Limit <= 0 {
		options.Limit = 2000
	}
	return &Follower{
		log:        log,
		options:    options,
		moved:      make(chan struct{}),
		deliveries: make(chan struct{}, 1),
		requests:   make(chan struct{}, 1),
		done:       make(chan struct{}),
	}
}

// Attach adds an applier; all appliers see every change, in the order in which
// they were attached. It must be called before Start.
func (f *Follower) Attach(a Applier) { f.appliers = append(f.appliers, a) }

// Start runs the follower in a goroutine of its own, from the changes after
// from. Stop ends it.
func (f *Follower) Start(ctx context.Context, from Revision) {
	ctx, cancel := context.WithCancel(ctx)
	f.cancel = cancel
	f.applied.Store(int64(from))
	go func() { _ = f.run(ctx) }()
}

// Stop ends a started follower and waits for it. Its error says why the
// follower had ended before that (an *EpochError), if it had.
func (f *Follower) Stop() error {
	if f.cancel == nil {
		return nil
	}
	f.cancel()
	<-f.done
	if errors.Is(f.ended, context.Canceled) {
		return nil
	}
	return f.ended
}

// Run is Start and Stop in one, for an errgroup: it follows until ctx ends,
// and returns ctx's error, or an *EpochError.
func (f *Follower) Run(ctx context.Context, from Revision) error {
	f.applied.Store(int64(from))
	return f.run(ctx)
}

// Done is closed when the follower has ended.
func (f *Follower) Done() <-chan struct{} { return f.done }

// Applied is the revision up to which everything is applied. It never falls.
func (f *Follower) Applied() Revision { return Revision(f.applied.Load()) }

// Stale says for how long the follower has not been able to read the log or to
// apply it; 0 while all is well.
func (f *Follower) Stale() time.Duration {
	if well := f.well.Load(); well != 0 {
		return time.Since(time.UnixMicro(well))
	}
	return 0
}

// FollowerStats counts applied changes by the way in which they came.
type FollowerStats struct {
	Applied                   Revision
	Delivered, Hinted, Polled int64
	// Failed counts reads and applications that were tried again.
	Failed int64
}

// Stats gives the counts so far; metrics show from them which way the feed
// runs.
func (f *Follower) Stats() FollowerStats {
	return FollowerStats{
		Applied:   f.Applied(),
		Delivered: f.counts.delivered.Load(),
		Hinted:    f.counts.hinted.Load(),
		Polled:    f.counts.polled.Load(),
		Failed:    f.counts.failed.Load(),
	}
}

// Deliver hands over changes that the caller has read from the log: whole
// commands, in order. It never blocks. What does not follow on what is applied
// is dropped, and read from the log instead.
func (f *Follower) Deliver(changes []Change) {
	if len(changes) == 0 {
		return
	}
	f.mu.Lock()
	f.pending = append(f.pending, changes)
	f.delivered = max(f.delivered, changes[len(changes)-1].Revision)
	f.mu.Unlock()
	signal(f.deliveries)
}

// Patience is how long anybody waits for a database that is away: a client
// hears within two seconds that it is (guarantee 10 of the registry).
const Patience = 1500 * time.Millisecond

// Advance returns when everything up to to is applied on this node. It returns
// ctx's error when that ends first, ErrUnavailable when the log cannot be read
// or applied for longer than Patience, and the follower's error when that has
// ended.
func (f *Follower) Advance(ctx context.Context, to Revision) error {
	begun := time.Now()
	for asked := false; ; asked = true {
		f.mu.Lock()
		moved, delivered := f.moved, f.delivered
		f.mu.Unlock()
		if f.Applied() >= to {
			return nil
		}
		if f.Stale() > Patience && time.Since(begun) > Patience {
			return fmt.Errorf("%w: revision %d is not applied", ErrUnavailable, to)
		}
		if !asked && delivered < to {
			signal(f.requests)
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		case <-f.done:
			if f.Applied() >= to {
				return nil
			}
			return fmt.Errorf("feed: the follower has ended: %w", f.ended)
		}
	}
}

func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (f *Follower) run(ctx context.Context) (err error) {
	defer func() {
		f.ended = err
		close(f.done)
	}()
	epoch := ""
	poll := time.NewTicker(f.options.Poll)
	defer poll.Stop()
	trouble := &Trouble{
		Logger: f.options.Logger, Level: slog.LevelError,
		Message: "changes not applied, trying again until it works", Over: "changes are applied again",
	}
	well := time.Now()
	for polls := 0; ; {
		var look func(context.Context) error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-f.deliveries:
			look = f.takeDelivered
		case <-f.requests:
			look = f.readHinted
		case <-f.log.Hint():
			look = f.readHinted
		case <-poll.C:
			look = f.readPolled
			if polls++; polls%4 == 1 { // once a second is soon enough for a restored backup
				if err := f.sameEpoch(ctx, &epoch); err != nil {
					return err
				}
			}
		}
		if err := look(ctx); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			f.counts.failed.Add(1)
			f.well.CompareAndSwap(0, well.UnixMicro())
			f.wake()
			trouble.Tell(err, "after", f.Applied())
			continue
		}
		well = time.Now()
		f.well.Store(0)
		trouble.End("up to", f.Applied())
	}
}

// takeDelivered applies what was delivered. What does not follow on what is
// applied is left to the log.
func (f *Follower) takeDelivered(ctx context.Context) error {
	f.mu.Lock()
	pending := f.pending
	f.pending = nil
	f.mu.Unlock()
	for _, changes := range pending {
		changes = after(changes, f.Applied())
		if len(changes) == 0 {
			continue
		}
		if changes[0].Revision != f.Applied()+1 {
			if err := f.readHinted(ctx); err != nil {
				return err
			}
			continue
		}
		if err := f.apply(ctx, changes); err != nil {
			return err
		}
		f.counts.delivered.Add(int64(len(changes)))
	}
	return nil
}

// after cuts off what is applied already.
func after(changes []Change, applied Revision) []Change {
	for len(changes) > 0 && changes[0].Revision <= applied {
		changes = changes[1:]
	}
	return changes
}

func (f *Follower) readHinted(ctx context.Context) error { return f.read(ctx, &f.counts.hinted) }
func (f *Follower) readPolled(ctx context.Context) error { return f.read(ctx, &f.counts.polled) }

// read applies what the log has beyond what is applied.
func (f *Follower) read(ctx context.Context, count *atomic.Int64) error {
	for {
		changes, err := f.log.Changes(ctx, f.Applied(), f.options.Limit)
		if err != nil || len(changes) == 0 {
			return err
		}
		if err := f.apply(ctx, changes); err != nil {
			return err
		}
		count.Add(int64(len(changes)))
	}
}

func (f *Follower) apply(ctx context.Context, changes []Change) error {
	for _, a := range f.appliers {
		if err := a.Apply(ctx, changes); err != nil {
			return fmt.Errorf("apply revision %d: %w", changes[0].Revision, err)
		}
	}
	f.applied.Store(int64(changes[len(changes)-1].Revision))
	f.wake()
	return nil
}

// wake makes those who wait look again.
func (f *Follower) wake() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.moved)
	f.moved = make(chan struct{})
}

// EpochError says that the database is another one than before: a backup was
// restored. What was applied may never have happened; the node must load anew.
type EpochError struct{ Before, Now string }

func (e *EpochError) Error() string {
	return fmt.Sprintf("feed: the database changed its epoch from %s to %s", e.Before, e.Now)
}

// sameEpoch fails with *EpochError only; a log that cannot be read is for the
// read of the changes to report.
func (f *Follower) sameEpoch(ctx context.Context, known *string) error {
	now, err := f.log.Epoch(ctx)
	if err != nil {
		return nil
	}
	if *known == "" {
		*known = now
	}
	if *known != now {
		return &EpochError{Before: *known, Now: now}
	}
	return nil
}

package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/weir-registry/weir/feed"
)

// freshness keeps what docs/design.md 4.1 promises of reads: a read with
// Weir-Min-Revision waits until the node has come so far, and where reads are
// linearizable each waits for what was committed before it arrived.
type freshness struct {
	progress     Progress
	linearizable bool

	mu sync.Mutex
	// next is the look at the head of the log that has not been sent yet: only
	// such a look may be shared, since one on its way may miss a commit that
	// was answered in between.
	next    *look
	looking bool
}

// look is one read of the highest revision, for all who wait for it.
type look struct {
	done chan struct{}
	head feed.Revision
	err  error
}

// The headers of revisions, and how long a read waits for one.
const (
	headerMinRevision = "Weir-Min-Revision"
	headerRevision    = "Weir-Revision"
	headerStale       = "Weir-Stale"
	revisionWait      = 2 * time.Second
)

// errNotYet is the answer when the node has not come so far in time.
var errNotYet = &refusal{http.StatusServiceUnavailable, 503, "This node has not yet reached the revision that the read asks for", negotiatedForm}

// wait returns when the node is fresh enough for a read. While the node hears
// nothing, answers say since how many seconds (guarantee 10 of the registry).
func (f *freshness) wait(c *call) error {
	if stale := f.progress.Stale(); stale > 0 {
		c.w.Header()[headerStale] = []string{strconv.FormatInt(int64((stale+time.Second-1)/time.Second), 10)}
	}
	asked := first(c.r.Header, headerMinRevision)
	if asked == "" && !f.linearizable {
		return nil
	}
	ctx, cancel := context.WithTimeout(c.ctx, revisionWait)
	defer cancel()
	if asked != "" {
		revision, err := f.parse(asked)
		if err != nil {
			return err
		}
		if err := f.reach(ctx, revision); err != nil {
			return err
		}
	}
	if !f.linearizable {
		return nil
	}
	head, err := f.head(ctx)
	if err != nil {
		// Without the database such a read cannot be answered, as no write can.
		return fmt.Errorf("%w: %w", feed.ErrUnavailable, err)
	}
	return f.reach(ctx, head)
}

func (f *freshness) parse(asked string) (feed.Revision, error) {
	epoch, number, ok := strings.Cut(asked, ":")
	revision, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || revision < 0 {
		return 0, badBody(headerMinRevision + " needs the form epoch:revision")
	}
	if epoch != f.progress.Epoch() {
		return 0, badBody(headerMinRevision + " names another epoch of the database than " + f.progress.Epoch())
	}
	return feed.Revision(revision), nil
}

func (f *freshness) reach(ctx context.Context, revision feed.Revision) error {
	if f.progress.Applied() >= revision {
		return nil
	}
	err := f.progress.Advance(ctx, revision)
	if errors.Is(err, context.DeadlineExceeded) {
		return errNotYet
	}
	return err
}

// head reads the highest revision, together with others who ask before the
// read is sent.
func (f *freshness) head(ctx context.Context) (feed.Revision, error) {
	f.mu.Lock()
	if f.next == nil {
		f.next = &look{done: make(chan struct{})}
	}
	mine := f.next
	if !f.looking {
		f.looking = true
		go f.run()
	}
	f.mu.Unlock()
	select {
	case <-mine.done:
		return mine.head, mine.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// run looks as long as somebody waits for the next look. It ends by itself, at
// the latest when a look has timed out.
func (f *freshness) run() {
	for {
		f.mu.Lock()
		current := f.next
		f.next = nil
		if current == nil {
			f.looking = false
			f.mu.Unlock()
			return
		}
		f.mu.Unlock()
		ctx, cancel := context.WithTimeout(context.Background(), revisionWait)
		current.head, current.err = f.progress.Head(ctx)
		cancel()
		close(current.done)
	}
}

// report adds to the answer of a write where it was committed; where nothing
// had to be written, it is where the node stands.
func (f *freshness) report(c *call) {
	at := c.committed
	if at.Revision == 0 {
		at = feed.Cursor{Revision: f.progress.Applied()}
	}
	at.Epoch = f.progress.Epoch()
	c.w.Header()[headerRevision] = []string{at.String()}
}

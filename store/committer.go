package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// What one transaction takes at most. The lock is held as long as it runs.
const (
	batchCommands = 256
	batchBytes    = 8 << 20
)

// How long one try at a database may take, and how soon another follows.
const (
	attemptTimeout = 15 * time.Second
	firstPause     = 20 * time.Millisecond
)

// committer is the queue in front of the commit lock. Its workers take
// whatever waits into one transaction each: while one of them writes, the
// next batch gathers, and no timer is needed.
type committer struct {
	store  *Store
	cancel context.CancelFunc
	group  sync.WaitGroup

	mu      sync.Mutex
	changed *sync.Cond // the queue grew, a worker became idle, or closed
	queue   []*entry
	running map[commandID]struct{} // taken, and not answered yet
	closed  bool

	many   map[int]manyTexts
	recent recent
	outage outage
}

// entry is a command that waits for its commit.
type entry struct {
	*proposal
	came time.Time
	// sent: an earlier attempt may have committed it.
	sent    bool
	receipt feed.Receipt
	err     error
	done    chan struct{}
}

func (e *entry) finish(r feed.Receipt, err error) {
	e.receipt, e.err = r, err
	close(e.done)
}

func startCommitter(s *Store, workers int) *committer {
	ctx, cancel := context.WithCancel(context.Background())
	c := &committer{store: s, cancel: cancel, running: map[commandID]struct{}{}, many: makeManyTexts()}
	c.outage.start(s.logger)
	c.changed = sync.NewCond(&c.mu)
	for range workers {
		c.group.Go(func() {
			session := s.engine.session()
			defer session.close()
			for batch := c.take(); batch != nil; batch = c.take() {
				c.commit(ctx, session, c.sift(batch))
				c.release(batch)
			}
		})
	}
	return c
}

// close lets the workers finish what waits, for as long as ctx allows.
func (c *committer) close(ctx context.Context) {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.changed.Broadcast()
	stop := context.AfterFunc(ctx, c.cancel)
	c.group.Wait()
	stop()
	c.cancel()
}

func (c *committer) submit(p *proposal) (*entry, error) {
	e := &entry{proposal: p, came: time.Now(), done: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, fmt.Errorf("%w: the store is closed", feed.ErrUnavailable)
	}
	c.queue = append(c.queue, e)
	c.changed.Signal()
	return e, nil
}

// take waits for commands and gives a batch of them; nil when closed and
// empty. A command whose chain another worker holds, or which was left behind
// for that, stays: only behind its chain can it be claimed.
func (c *committer) take() []*entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		var batch, left []*entry
		bytes := 0
		taken := map[commandID]struct{}{}
		behind := map[commandID]struct{}{}
		for i, e := range c.queue {
			if len(batch) == batchCommands || len(batch) > 0 && bytes+e.bytes > batchBytes {
				left = append(left, c.queue[i:]...)
				break
			}
			if waits(e, c.running, behind) {
				behind[e.id] = struct{}{}
				left = append(left, e)
				continue
			}
			bytes += e.bytes
			taken[e.id] = struct{}{}
			batch = append(batch, e)
		}
		if len(batch) > 0 {
			c.queue = left
			for id := range taken {
				c.running[id] = struct{}{}
			}
			return batch
		}
		if c.closed && len(c.queue) == 0 {
			return nil
		}
		c.changed.Wait()
	}
}

func waits(e *entry, running, behind map[commandID]struct{}) bool {
	for _, link := range e.chain {
		if _, ok := running[link]; ok {
			return true
		}
		if _, ok := behind[link]; ok {
			return true
		}
	}
	return false
}

func (c *committer) release(batch []*entry) {
	c.mu.Lock()
	for _, e := range batch {
		delete(c.running, e.id)
	}
	c.mu.Unlock()
	c.changed.Broadcast()
}

// sift answers the commands that cannot be claimed any more, and gives the
// others.
func (c *committer) sift(batch []*entry) []*entry {
	left := batch[:0:0]
	for _, e := range batch {
		since, failed := c.recent.since(e.proposal)
		if failed {
			e.finish(feed.Receipt{}, feed.ErrConflict)
			continue
		}
		e.since(since)
		left = append(left, e)
	}
	return left
}

// commit answers every command of the batch.
func (c *committer) commit(ctx context.Context, session session, batch []*entry) {
	if len(batch) == 0 {
		return
	}
	batch, err := c.transact(ctx, session, batch)
	if err == nil {
		return
	}
	var lost *outcomeError
	if len(batch) > 1 && !errors.As(err, &lost) {
		// One of them spoiled the transaction: which one shows when each has
		// a transaction of its own.
		for _, e := range batch {
			c.commit(ctx, session, []*entry{e})
		}
		return
	}
	for _, e := range batch {
		e.finish(feed.Receipt{}, commandError(e, err))
	}
}

// commandError says to the domain what became of its command.
func commandError(e *entry, err error) error {
	var lost *outcomeError
	switch {
	case errors.As(err, &lost) && e.sent:
		return fmt.Errorf("%w: %w", feed.ErrUnknown, err)
	case errors.As(err, &lost):
		return fmt.Errorf("%w: %w", feed.ErrUnavailable, err)
	case errors.Is(err, errTaken):
		return fmt.Errorf("%w: %w", feed.ErrConflict, err)
	case errors.Is(err, errIDRange):
		return &registry.IDSpaceError{Context: e.context}
	}
	return &feed.RefusedError{Command: e.id.String(), Cause: err}
}

// transact runs the batch until the database has answered. A command that may
// have been committed by an attempt whose answer was lost is looked up, and
// proposed again as it was when it is not there, both under one lock. Bytes of
// the first attempt that come later still find the command there: their claim
// fails, and what stands behind it does nothing, or nothing new. Commands that
// have waited for too long are answered on the way; an error is for those that
// are left.
func (c *committer) transact(ctx context.Context, session session, batch []*entry) (left []*entry, err error) {
	for pause := firstPause; ; pause = min(2*pause, longestRetry) {
		batch, err = c.reach(ctx, session, batch)
		if len(batch) == 0 {
			return nil, nil
		}
		if err == nil {
			err = c.attempt(ctx, session, batch)
		}
		var lost *outcomeError
		if !errors.As(err, &lost) {
			c.outage.over()
			return batch, err
		}
		if lost.sent {
			for _, e := range batch {
				e.sent = true
			}
		}
		c.outage.failed(lost)
		if batch = c.pause(ctx, batch, pause); len(batch) == 0 || ctx.Err() != nil {
			return batch, err
		}
	}
}

// attempt runs the batch once, and answers it when that succeeds.
func (c *committer) attempt(ctx context.Context, session session, batch []*entry) error {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	found := newFindings()
	err := session.transact(ctx, c.look(batch, found), func() ([]statement, error) {
		return c.statements(batch, found)
	})
	if err == nil {
		c.answer(batch, found)
	}
	return err
}

// findings are the changes that a transaction saw.
type findings struct {
	// after holds everything after the node's applied revision, in order, and
	// committed what the next claims need of it.
	after     []feed.Change
	committed []committed
	// own holds the changes of each command that is there.
	own map[string][]feed.Change
}

func newFindings() *findings { return &findings{own: map[string][]feed.Change{}} }

const changeRows = `
select rev, ordinal, at, command, actor, client, address, request, kind, key, before, after, number, key_hash, touch_hash
from change
`

// What this node has not applied yet, its own batch among it. A node that is
// far behind reads the rest from the log: the lock is held here.
const changesAfter = changeRows + `where rev > $1 and rev > (select max(rev) from change) - 2000
order by rev, ordinal`

const changesOf = changeRows + `where rev > $1 and command = $2
order by rev, ordinal`

// look finds out which commands are there already, by an attempt whose answer
// was lost.
func (c *committer) look(batch []*entry, found *findings) []statement {
	var all []statement
	for _, e := range batch {
		if e.sent {
			all = append(all, statement{sql: changesOf, args: []any{int64(e.command.Read), e.id[:]}, each: func(r row) error {
				change := readChange(r)
				found.own[change.Command] = append(found.own[change.Command], change)
				return nil
			}})
		}
	}
	return all
}

// statements proposes what is not there.
func (c *committer) statements(batch []*entry, found *findings) ([]statement, error) {
	batch = slices.DeleteFunc(slices.Clone(batch), func(e *entry) bool { return len(found.own[e.id.String()]) > 0 })
	many, alone := c.split(batch)
	all := make([]statement, 0, 3+4*len(alone)+1)
	for rest := many; len(rest) > 0; {
		rows := smallestMany
		for rows < min(len(rest), largestMany) {
			rows *= 2
		}
		n := min(len(rest), rows)
		all = append(all, c.many[rows].statements(rows, rest[:n])...)
		rest = rest[n:]
	}
	for _, e := range alone {
		since := e.command.Read
		if r := e.registration; r != nil {
			since = feed.Revision(r.claim[readAt].(int64))
		}
		first := e.alone == nil
		if err := e.stand(); err != nil {
			return nil, err
		}
		if first {
			e.since(since)
		}
		all = append(all, e.alone...)
	}
	return append(all, statement{sql: changesAfter, args: []any{int64(c.store.applied())}, each: func(r row) error {
		change := readChange(r)
		found.after = append(found.after, change)
		found.committed = append(found.committed, committed{
			revision: change.Revision, command: commandID(r.Bytes(3)),
			key: hashNumber(r.Bytes(13)), touch: hashNumber(r.Bytes(14)),
		})
		return nil
	}}), nil
}

// split gives the registrations that have nothing to do with any command
// before them, when there are enough of them to go together, and all others
// in their order.
func (c *committer) split(batch []*entry) (many []*registration, alone []*entry) {
	touched := map[uint64]struct{}{}
	contents := map[registry.Identity]struct{}{}
	ids := map[commandID]struct{}{}
	for _, e := range batch {
		r := e.registration
		_, again := ids[e.id]
		ids[e.id] = struct{}{}
		free := r != nil && !e.sent && !again
		for _, key := range e.reads {
			if _, ok := touched[key]; ok {
				free = false
			}
		}
		if free {
			if _, ok := contents[r.identity]; ok {
				free = false
			}
		}
		if free {
			contents[r.identity] = struct{}{}
			many = append(many, r)
		} else {
			alone = append(alone, e)
		}
		for _, key := range e.writes {
			touched[key] = struct{}{}
		}
	}
	if len(many) < smallestMany {
		return nil, batch
	}
	return many, alone
}

func (c *committer) answer(batch []*entry, found *findings) {
	for from := 0; from < len(found.after); {
		to := from + 1
		for to < len(found.after) && found.after[to].Revision == found.after[from].Revision {
			to++
		}
		found.own[found.after[from].Command] = found.after[from:to:to]
		from = to
	}
	c.recent.note(found.committed)
	c.store.deliver(found.after)
	for _, e := range batch {
		own := found.own[e.id.String()]
		if len(own) == 0 {
			e.finish(feed.Receipt{}, feed.ErrConflict)
			continue
		}
		e.finish(feed.Receipt{Revision: own[0].Revision, Changes: own}, nil)
	}
}

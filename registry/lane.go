package registry

import (
	"context"
	"errors"
	"sync"

	"github.com/weir-registry/weir/feed"
)

// lanes order the commands of this node that touch one thing. Each is decided
// on the published snapshot and on what the commands before it will have done,
// so that many clients registering on one subject share a transaction
// (docs/design.md section 4).
type lanes struct {
	mu    sync.Mutex
	byKey map[string]*lane
}

// lane is the commands that touch one thing, in order.
type lane struct {
	users int // guarded by lanes.mu

	mu sync.Mutex
	// tip is base with all of pending done to it; nil when there is none.
	base    feed.Revision
	tip     *Snapshot
	line    *line
	pending []*proposal
}

func (l *lanes) enter(key string) *lane {
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.byKey[key]
	if x == nil {
		x = &lane{}
		l.byKey[key] = x
	}
	x.users++
	return x
}

func (l *lanes) leave(key string, x *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if x.users--; x.users == 0 {
		delete(l.byKey, key)
	}
}

// decide looks at a request on a snapshot: a plan says what to write; without
// one the request is answered, or refused by the error.
type decide func(ctx context.Context, s *Snapshot) (*plan, error)

// commit decides and commits on a lane, again and again until nobody else
// came between. It answers the receipt, empty when nothing had to be written;
// the published snapshot then is what the last call of decide has seen, or
// newer.
func (r *Registry) commit(ctx context.Context, key string, d decide) (feed.Receipt, error) {
	x := r.lanes.enter(key)
	defer r.lanes.leave(key, x)
	confirmed := false
	for range maxAttempts {
		seen := r.Snapshot().Revision()
		receipt, done, err := r.attempt(ctx, x, d)
		if done && !confirmed && r.overtaken(ctx, err, seen) {
			confirmed = true
			continue
		}
		if done {
			return receipt, err
		}
		if err := ctx.Err(); err != nil {
			return feed.Receipt{}, err
		}
		if err := r.catchUp(ctx); err != nil {
			return feed.Receipt{}, storeFailed(err)
		}
	}
	return feed.Receipt{}, errBusy
}

// overtaken says whether an error is a refusal that was decided on an older
// revision than the log has by now. No claim in the database stands behind a
// refusal: what another node has just committed may speak against it.
func (r *Registry) overtaken(ctx context.Context, err error, seen feed.Revision) bool {
	refusal := (*Error)(nil)
	return errors.As(err, &refusal) && refusal.Code < CodeStore && r.catchUp(ctx) == nil && r.Snapshot().Revision() != seen
}

// attempt decides once; done is false when it has to be decided again.
func (r *Registry) attempt(ctx context.Context, x *lane, d decide) (receipt feed.Receipt, done bool, err error) {
	x.mu.Lock()
	s, chain := x.look(r.Snapshot())
	p, err := d(ctx, s)
	if err != nil || p == nil {
		var last *proposal
		if len(x.pending) > 0 {
			last = x.pending[len(x.pending)-1]
		}
		x.mu.Unlock()
		return r.settle(ctx, last, d, err)
	}
	proposal, err := r.propose(ctx, p, x.baseOf(s), chain)
	if err != nil {
		x.mu.Unlock()
		return receipt, true, err
	}
	r.submit(proposal, func() { x.fail(proposal) })
	x.push(s, proposal)
	x.mu.Unlock()
	receipt, err = r.await(ctx, proposal)
	if errors.Is(err, feed.ErrConflict) {
		return receipt, false, nil
	}
	return receipt, true, err
}

// settle answers a decision that writes nothing, once all that it stood on is
// committed. A refusal holds then; an answer is worked out again on what was
// really committed, since a guess knows no new ids.
func (r *Registry) settle(ctx context.Context, last *proposal, d decide, refusal error) (feed.Receipt, bool, error) {
	if last == nil {
		return feed.Receipt{}, true, refusal
	}
	select {
	case <-last.settled:
	case <-ctx.Done():
		return feed.Receipt{}, true, ctx.Err()
	}
	if last.err != nil {
		return feed.Receipt{}, false, nil
	}
	if refusal != nil {
		return feed.Receipt{}, true, refusal
	}
	p, err := d(ctx, r.Snapshot())
	return feed.Receipt{}, p == nil, err
}

// look gives the snapshot to decide on, and the commands that it stands on
// besides the log up to its base.
func (x *lane) look(published *Snapshot) (*Snapshot, []string) {
	open := 0
	for _, p := range x.pending {
		if at := feed.Revision(p.revision.Load()); at == 0 || at > published.revision {
			open++
		}
	}
	if open == 0 {
		x.pending, x.tip, x.line = nil, nil, nil
		return published, nil
	}
	// Once half of what the guess stands on is applied, it is made again on
	// the published snapshot: so chains stay short, and each command is guessed
	// about twice.
	if x.tip == nil || open <= len(x.pending)/2 {
		x.rebase(published)
	}
	chain := make([]string, len(x.pending))
	for i, p := range x.pending {
		chain[i] = p.command.ID
	}
	return x.tip, chain
}

// rebase makes the guess again, on a newer snapshot.
func (x *lane) rebase(published *Snapshot) {
	x.base, x.tip, x.line = published.revision, published, new(line)
	pending := x.pending
	x.pending = nil
	for _, p := range pending {
		if at := feed.Revision(p.revision.Load()); at == 0 || at > published.revision {
			x.tip = x.tip.guess(x.line, p.command.Writes)
			x.pending = append(x.pending, p)
		}
	}
}

// baseOf gives the revision up to which the log counts in a snapshot that look
// gave.
func (x *lane) baseOf(s *Snapshot) feed.Revision {
	if s == x.tip {
		return x.base
	}
	return s.revision
}

// push adds a command that was decided on s. Only a guess that is in use is
// carried on: most commands have nobody behind them, and whoever comes first
// makes the guess.
func (x *lane) push(s *Snapshot, p *proposal) {
	if s == x.tip {
		x.tip = s.guess(x.line, p.command.Writes)
	} else {
		x.tip, x.line = nil, nil
	}
	x.pending = append(x.pending, p)
}

// fail takes a command that did not commit off the lane, with all that stand
// on it: they will meet the same fate.
func (x *lane) fail(p *proposal) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i, q := range x.pending {
		if p == q {
			x.pending, x.tip, x.line = x.pending[:i], nil, nil
			return
		}
	}
}

package feed

import (
	"context"
	"errors"
)

// Proposer commits what a domain decides on its view, and decides again while
// somebody else was quicker. It serves the domains whose commands wait for
// nothing but their own keys; the registry proposes its chains itself.
type Proposer struct {
	Committer Committer
	Log       Log
	// Advance waits until the node has applied a revision (Follower.Advance).
	Advance func(ctx context.Context, to Revision) error
	// Origin says who asks, for the audit trail.
	Origin func(ctx context.Context) Origin
	// Committed hears the revision of a write, for the answer's header; may be
	// nil.
	Committed func(ctx context.Context, at Revision)
	// NewID makes a command's id.
	NewID func() string
}

// Decision is what a domain decides on its current view: the revision of that
// view and what to write; nothing to write ends the proposal.
type Decision func() (read Revision, writes []Write, err error)

// Do decides and commits until it succeeds or decide refuses. It returns when
// this node has applied the write. keys are what the decision reads.
func (p Proposer) Do(ctx context.Context, keys []string, decide Decision) error {
	_, err := p.Propose(ctx, func() (Proposal, error) {
		read, writes, err := decide()
		return Proposal{Read: read, Keys: keys, Writes: writes}, err
	})
	return err
}

// Proposal is a decision that says itself which keys it read.
type Proposal struct {
	Read   Revision
	Keys   []string
	Writes []Write
}

// Propose is Do for decisions whose keys are not known before. It gives the
// receipt, which is zero when there was nothing to write.
func (p Proposer) Propose(ctx context.Context, decide func() (Proposal, error)) (Receipt, error) {
	for {
		d, err := decide()
		if err != nil || len(d.Writes) == 0 {
			return Receipt{}, err
		}
		receipt, err := p.Committer.Commit(ctx, Command{ID: p.NewID(), Read: d.Read, Keys: d.Keys, Origin: p.Origin(ctx), Writes: d.Writes})
		if errors.Is(err, ErrConflict) {
			head, err := p.Log.Head(ctx)
			if err != nil {
				return Receipt{}, err
			}
			if err := p.Advance(ctx, head); err != nil {
				return Receipt{}, err
			}
			continue
		}
		if err != nil {
			return Receipt{}, err
		}
		if p.Committed != nil {
			p.Committed(ctx, receipt.Revision)
		}
		return receipt, Unapplied(p.Advance(ctx, receipt.Revision))
	}
}

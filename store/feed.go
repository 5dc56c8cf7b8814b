package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/weir-registry/weir/feed"
)

// The store is the log that a node follows.
var _ feed.Log = (*Store)(nil)

const selectEpoch = `
select value
from meta
where name = 'epoch'`

// Epoch implements [feed.Log].
func (s *Store) Epoch(ctx context.Context) (epoch string, err error) {
	err = s.ask(ctx, attemptTimeout, selectEpoch, func(r row) error {
		epoch = string(r.Bytes(0))
		return nil
	})
	return epoch, err
}

// ask reads what a node cannot do without, within a time: a database that is
// away without saying so must keep neither a request nor the follower.
func (s *Store) ask(ctx context.Context, most time.Duration, sql string, each func(row) error, args ...any) error {
	asked, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	err := s.engine.query(asked, sql, each, args...)
	if err != nil && ctx.Err() == nil && asked.Err() != nil {
		return fmt.Errorf("%w: %w", feed.ErrUnavailable, err)
	}
	return err
}

const selectHead = `
select coalesce(max(rev), 0)
from change`

// Head implements [feed.Log]. Requests wait for it, and not for longer than for
// a commit.
func (s *Store) Head(ctx context.Context) (head feed.Revision, err error) {
	err = s.ask(ctx, feed.Patience, selectHead, func(r row) error {
		head = feed.Revision(r.Int(0))
		return nil
	})
	return head, err
}

// Whole commands: the limit counts rows, and the last command is completed.
const selectChanges = changeRows + `where rev > $1
	and rev <= (
		select max(part.rev)
		from (select rev from change where rev > $1 order by rev, ordinal limit $2) as part)
order by rev, ordinal`

// Changes implements [feed.Log].
func (s *Store) Changes(ctx context.Context, after feed.Revision, limit int) ([]feed.Change, error) {
	var changes []feed.Change
	err := s.ask(ctx, attemptTimeout, selectChanges, func(r row) error {
		changes = append(changes, readChange(r))
		return nil
	}, int64(after), int64(max(limit, 1)))
	if err != nil {
		return nil, err
	}
	return changes, nil
}

// Hint implements [feed.Log].
func (s *Store) Hint() <-chan struct{} { return s.engine.hint() }

// Listening says whether other nodes' commits are hinted at just now. Where it
// is false on PostgreSQL the feed runs by the poll alone.
func (s *Store) Listening() bool { return s.engine.listening() }

func readChange(r row) feed.Change {
	return feed.Change{
		Revision: feed.Revision(r.Int(0)),
		Ordinal:  int32(r.Int(1)),
		At:       r.Int(2),
		Command:  hex.EncodeToString(r.Bytes(3)),
		Origin: feed.Origin{
			Actor:     string(r.Bytes(4)),
			Client:    string(r.Bytes(5)),
			Address:   string(r.Bytes(6)),
			RequestID: string(r.Bytes(7)),
		},
		Kind:   string(r.Bytes(8)),
		Key:    string(r.Bytes(9)),
		Before: clone(r.Bytes(10)),
		After:  clone(r.Bytes(11)),
		Number: r.Int(12),
	}
}

// clone keeps bytes beyond their row; empty is nil.
func clone(b []byte) []byte { return append([]byte(nil), b...) }

// Follow names the follower of this node. Its commits are handed to it, and
// read on from where it is. Call it before the first commit; without it a
// commit answers all the same, and nobody hears of it but by the log.
func (s *Store) Follow(f *feed.Follower) { s.follower.Store(f) }

// applied is the revision after which a commit reads the changes back.
func (s *Store) applied() feed.Revision {
	if f := s.follower.Load(); f != nil {
		return f.Applied()
	}
	return feed.Revision(s.head.Load())
}

func (s *Store) deliver(changes []feed.Change) {
	if len(changes) == 0 {
		return
	}
	if f := s.follower.Load(); f != nil {
		f.Deliver(changes)
		return
	}
	// Several committers may come here out of order.
	for last := int64(changes[len(changes)-1].Revision); ; {
		known := s.head.Load()
		if known >= last || s.head.CompareAndSwap(known, last) {
			return
		}
	}
}

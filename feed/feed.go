// Package feed is how a node hears what was committed, and in which order.
//
// Every command that commits gets the next [Revision]; what it changed stands
// in the log as [Change] rows, numbered within the command by their ordinal.
// A domain proposes a [Command] (what it read, what it writes); the store's
// [Committer] claims it under the commit lock; the node's one [Follower]
// applies all changes in order to the domains' [Applier]s, its own commands'
// among them. The package knows no SQL and none of the domains: a [Write]
// carries its domain's row types, and the store knows how to write them.
//
// The rules are those of docs/design.md section 4.
package feed

import (
	"context"
	"errors"
	"fmt"
)

// Revision is the place of a command in the one order of all commits, from 1.
// Zero is before everything.
type Revision int64

// Cursor is a place in the log: the epoch of the database (it changes when a
// backup is restored), a revision, and the ordinal of a change within it.
type Cursor struct {
	Epoch    string
	Revision Revision
	Ordinal  int32
}

// String gives "epoch:revision".
func (c Cursor) String() string { return fmt.Sprintf("%s:%d", c.Epoch, c.Revision) }

// Origin says who asked for a command, for the audit trail.
type Origin struct {
	Actor     string // principal
	Client    string // User-Agent or client version header
	Address   string // peer address
	RequestID string
}

// Change is one row of the log.
type Change struct {
	Revision Revision
	Ordinal  int32
	At       int64 // microseconds since the epoch
	Command  string
	Origin
	// Kind names what happened, such as "version.register" (the domain's
	// constants); Key names the thing, in the key space of Command.Keys.
	Kind string
	Key  string
	// Before and After are small JSON documents for the audit trail and for
	// followers; either may be empty. They hold no schema text.
	Before, After []byte
	// Number is what only the commit could work out: the id of the schema
	// that a registration was given. Zero elsewhere.
	Number int64
}

// Write is one thing that a command does: a change, with the rows behind it in
// the terms of its domain (registry.PutVersion, ...). Package store has the
// statements for each concrete type.
type Write interface {
	// Change gives Kind, Key, Before and After; the rest is filled at commit.
	Change() Change
}

// Command is a proposal: decided on revision Read, after reading Keys.
type Command struct {
	// ID is 128 bits, unique for ever, as 32 lower-case hexadecimal digits; a
	// second execution touches nothing.
	ID string
	// Read is the revision of the snapshot on which it was decided.
	Read Revision
	// Keys are the keys that were read: the claim fails when a change after
	// Read touches one of them. Keys that it writes belong here too.
	Keys []string
	// Chain lists commands of this node, not yet applied when this one was
	// decided, whose effects it has taken into account: their changes do not
	// count against Keys, and all of them must have committed.
	Chain []string
	Origin
	Writes []Write
}

// Receipt says what a committed command became.
type Receipt struct {
	Revision Revision
	// Changes are the command's own, complete, but for what has no rows of
	// its own behind it (registry.Touch), which the store may leave out.
	Changes []Change
}

// ErrConflict: a key that the command read has changed since; decide again on
// a newer snapshot.
var ErrConflict = errors.New("feed: what the command read has changed")

// Committer commits commands, several at a time where they wait.
type Committer interface {
	// Commit returns when the command is durable (its error is nil), was not
	// claimed (ErrConflict), or failed (ErrUnavailable, ErrUnknown, a
	// *RefusedError, or an error of the domain's Store). It runs on the
	// committer's own context: a ctx that ends stops the wait, not the commit.
	Commit(ctx context.Context, c Command) (Receipt, error)
}

// Log is the committed changes, as a follower reads them.
type Log interface {
	// Epoch names this database.
	Epoch(ctx context.Context) (string, error)
	// Head is the highest committed revision.
	Head(ctx context.Context) (Revision, error)
	// Changes gives whole commands after a revision, in order, at least one
	// command when there is one, and about limit changes.
	Changes(ctx context.Context, after Revision, limit int) ([]Change, error)
	// Hint is signalled when there may be something new; it may miss or
	// repeat. A poll is the certainty.
	Hint() <-chan struct{}
}

// Applier takes changes in order, each command whole. Replaying a change is
// harmless.
type Applier interface {
	Apply(ctx context.Context, changes []Change) error
}

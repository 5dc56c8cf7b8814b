// Package registry is the schema registry itself: contexts, subjects,
// versions, ids, configs, modes and associations, and the rules of who may
// follow whom.
//
// Reads answer from an immutable [Snapshot] that is loaded at start and then
// follows the feed change by change; they touch neither lock nor database.
// Writes check a request against the snapshot and propose a [feed.Command],
// which the store commits under the commit lock. What goes in and out are
// plain values and typed errors (error.go); package rest turns them into the
// wire's bodies. The package knows package schema (to parse), compat (to
// judge), feed (to commit and follow) and auth; it knows no SQL and no HTTP.
//
// The rules are those of wire/registry-api.md, cited by section.
package registry

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/schema"
)

// Options are what a Registry is made of.
type Options struct {
	Store Store
	Log   Head
	// Follower brings the registry forward on demand.
	Follower Follower
	Formats  schema.Formats
	Auth     auth.Authorizer // nil allows everything
	Settings Settings
	Now      func() time.Time // nil is time.Now
	// Random gives the bits of command ids and association GUIDs; nil is
	// crypto/rand.
	Random io.Reader
	Logger *slog.Logger
	// CacheBytes bounds the caches of parsed schemas and of spellings, each; 0
	// means 64 MiB.
	CacheBytes int
}

// Head is what the registry asks of the log itself; a feed.Log is one.
type Head interface {
	// Head is the highest committed revision.
	Head(ctx context.Context) (feed.Revision, error)
	// Epoch names the database.
	Epoch(ctx context.Context) (string, error)
}

// Follower is the node's one applier of changes, as the registry needs it;
// *feed.Follower is one.
type Follower interface {
	// Advance returns when every applier has the changes up to a revision.
	Advance(ctx context.Context, to feed.Revision) error
}

// Registry is the registry of one node. It is safe for concurrent use.
type Registry struct {
	opts     Options
	epoch    string
	snapshot atomic.Pointer[Snapshot]
	// main is the line of the snapshots that the feed brings.
	main      *line
	blocks    blocks
	proposals proposals
	lanes     lanes
	spellings *cache[spellingKey, *spelling]
	parsed    *cache[Identity, schema.Schema]
}

// New loads a snapshot from the store. The caller then attaches the registry
// to the node's follower, starts that from Snapshot().Revision(), and lets it
// advance to the head before the first request.
func New(ctx context.Context, o Options) (*Registry, error) {
	if o.Auth == nil {
		o.Auth = auth.AllowAll{}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 64 << 20
	}
	if o.Settings.MaxTextBytes == 0 {
		o.Settings.MaxTextBytes = schema.MaxTextBytes
	}
	r := &Registry{
		opts:      o,
		main:      new(line),
		proposals: proposals{byID: map[string]*proposal{}},
		lanes:     lanes{byKey: map[string]*lane{}},
		spellings: newCache[spellingKey, *spelling](o.CacheBytes),
		parsed:    newCache[Identity, schema.Schema](o.CacheBytes),
	}
	var err error
	if r.epoch, err = o.Log.Epoch(ctx); err != nil {
		return nil, fmt.Errorf("registry: %w", err)
	}
	s, err := load(ctx, o.Store, o.Log, &r.blocks, r.main)
	if err != nil {
		return nil, fmt.Errorf("registry: %w", err)
	}
	r.snapshot.Store(s)
	return r, nil
}

// Snapshot is what the node knows now.
func (r *Registry) Snapshot() *Snapshot { return r.snapshot.Load() }

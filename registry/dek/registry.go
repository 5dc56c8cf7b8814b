package dek

import (
	"context"
	"time"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// DefaultMaxKeys is the setting dek.registry.max.keys.
const DefaultMaxKeys = 20_000

// Options are what a Registry is made of.
type Options struct {
	Store    Store
	Log      feed.Log
	Proposer feed.Proposer
	Auth     auth.Authorizer
	// Mode gives the mode in scope of a subject (registry-api.md 11.2).
	Mode func(ctx context.Context, s registry.Subject) (string, error)
	// Drivers are the KMS types that the registry itself can use.
	Drivers map[string]Driver
	// MaxKeys bounds KEKs and DEKs; one more than it fits. 0 means
	// DefaultMaxKeys.
	MaxKeys int
	Now     func() time.Time
}

// Registry is the DEK registry of one node.
type Registry struct {
	options Options
	view    holder
}

// New loads the view. The registry must be attached to the follower, which
// starts at or before the revision that the log has now.
func New(ctx context.Context, options Options) (*Registry, error) {
	if options.MaxKeys == 0 {
		options.MaxKeys = DefaultMaxKeys
	}
	r := &Registry{options: options}
	at, err := options.Log.Head(ctx)
	if err != nil {
		return nil, err
	}
	return r, r.view.load(ctx, options.Store, at)
}

// Apply implements feed.Applier.
func (r *Registry) Apply(ctx context.Context, changes []feed.Change) error {
	return r.view.Apply(ctx, changes)
}

// change decides on the current view and commits, again on a newer view while
// somebody else changes the same KEK. Without writes nothing is committed.
func (r *Registry) change(ctx context.Context, kek string, decide func(*View) ([]feed.Write, error)) error {
	return r.options.Proposer.Do(ctx, []string{keyOf(kek)}, func() (feed.Revision, []feed.Write, error) {
		v := r.view.current.Load()
		writes, err := decide(v)
		return v.revision, writes, err
	})
}

func (r *Registry) now() int64 { return r.options.Now().UnixMicro() }

func (r *Registry) authorize(ctx context.Context, action auth.Action, kek string) error {
	return r.options.Auth.Authorize(ctx, action, auth.Resource{Kind: "kek", Name: kek})
}

// kek gives the KEK of a path, soft-deleted ones only where deleted says so.
func (v *View) kek(name string, deleted bool) (*kekView, error) {
	if !validName(name) {
		return nil, invalid("name")
	}
	k := v.keks[name]
	if k == nil || k.kek.Deleted && !deleted {
		return nil, notFound(name)
	}
	return k, nil
}

// Package catalogtest starts the node that tests of the catalog, and of what
// stands on it, work with: a registry and a catalog on a real database, wired
// and followed as a server follows them.
//
// In come a test and what it wants otherwise ([Change]); out comes a [Node],
// stopped when the test ends, with what all such tests do to one: register,
// commit, load what is there anew. What only one package's tests do stays with
// them, on a type that embeds Node.
//
// The package is for tests; no part of the product imports it.
package catalogtest

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

// Setup is what a node is made of. [Start] fills it in before any [Change] sees
// it, all but Catalog.Registry: that one is made of Registry.
type Setup struct {
	Registry registry.Options
	Catalog  catalog.Options
}

// Change changes what a node is made of.
type Change func(*Setup)

// Auth has the catalog ask an authorizer.
func Auth(a auth.Authorizer) Change { return func(s *Setup) { s.Catalog.Auth = a } }

// Level sets the compatibility level where a test sets none. A node has NONE
// without it, so that a test may register whatever it likes.
func Level(level compat.Level) Change {
	return func(s *Setup) { s.Registry.Settings.CompatibilityLevel = level }
}

// Node is a registry and a catalog on a real database.
type Node struct {
	*catalog.Catalog
	T        testing.TB
	Registry *registry.Registry
	Store    *store.Store
	// Setup is what both were made of.
	Setup Setup
}

// Open starts a node on a new SQLite file.
func Open(t testing.TB, changes ...Change) *Node {
	t.Helper()
	t.Attr("engine", "sqlite")
	return Start(t, storetest.Open(t, store.Config{Database: filepath.Join(t.TempDir(), "weir.db")}), changes...)
}

// Start starts a node on an open store. Several stores on one database are the
// nodes of a cluster.
func Start(t testing.TB, s *store.Store, changes ...Change) *Node {
	t.Helper()
	follower := feed.NewFollower(s, feed.FollowerOptions{})
	n := load(t, s, Setup{
		Registry: registry.Options{Store: s, Log: s, Follower: follower, Formats: format.All(), Settings: settings()},
		Catalog: catalog.Options{Store: s, Proposer: feed.Proposer{
			Committer: s, Log: s, Advance: follower.Advance, NewID: storetest.NewID, Origin: origin,
		}},
	}, changes)
	s.Follow(follower)
	follower.Attach(n.Registry)
	follower.Attach(n.Catalog)
	follower.Start(context.WithoutCancel(t.Context()), n.Registry.Snapshot().Revision())
	t.Cleanup(func() {
		if err := follower.Stop(); err != nil {
			t.Errorf("Stop() = %v", err)
		}
	})
	return n
}

// In gives the node to a subtest, which is then the one that fails.
func (n *Node) In(t testing.TB) *Node {
	here := *n
	here.T = t
	return &here
}

// Reload gives a node as one that starts now would load it. Nothing follows the
// store for it: it stays what it is.
func (n *Node) Reload(changes ...Change) *Node {
	n.T.Helper()
	setup := n.Setup
	setup.Registry.Follower = nil
	return load(n.T, n.Store, setup, changes)
}

// load loads both from the store.
func load(t testing.TB, s *store.Store, setup Setup, changes []Change) *Node {
	t.Helper()
	for _, change := range changes {
		change(&setup)
	}
	r, err := registry.New(t.Context(), setup.Registry)
	if err != nil {
		t.Fatalf("registry.New() = %v", err)
	}
	setup.Catalog.Registry = r
	c, err := catalog.New(t.Context(), setup.Catalog)
	if err != nil {
		t.Fatalf("catalog.New() = %v", err)
	}
	return &Node{Catalog: c, T: t, Registry: r, Store: s, Setup: setup}
}

func settings() registry.Settings {
	s := registry.DefaultSettings()
	s.CompatibilityLevel = compat.None
	return s
}

// origin has the principal as who did it, as the middleware of a server sees to.
func origin(ctx context.Context) feed.Origin { return feed.Origin{Actor: auth.From(ctx).Name} }

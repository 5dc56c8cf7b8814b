package registry_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/pgtest"
	"github.com/weir-registry/weir/store/storetest"
)

// node is a registry on a real database, followed as a server follows it.
type node struct {
	*registry.Registry
	t     testing.TB
	store *store.Store
}

// onBothEngines runs a test on a new database of each engine.
func onBothEngines(t *testing.T, test func(t *testing.T, n *node)) {
	t.Run("sqlite", func(t *testing.T) { test(t, newNode(t)) })
	t.Run("postgres", func(t *testing.T) {
		test(t, startNode(t, storetest.Open(t, store.Config{Database: pgtest.URL(t)}), defaults()))
	})
}

func defaults() registry.Settings { return registry.DefaultSettings() }

// newNode starts a node on a new SQLite file.
func newNode(t testing.TB) *node { return newNodeWith(t, defaults()) }

func newNodeWith(t testing.TB, settings registry.Settings) *node {
	t.Helper()
	t.Attr("engine", "sqlite")
	return startNode(t, storetest.Open(t, store.Config{Database: filepath.Join(t.TempDir(), "weir.db")}), settings)
}

// startNode starts a node on an open store.
func startNode(t testing.TB, s *store.Store, settings registry.Settings) *node {
	t.Helper()
	follower := feed.NewFollower(s, feed.FollowerOptions{})
	r, err := registry.New(t.Context(), registry.Options{
		Store: s, Log: s, Follower: follower, Formats: format.All(), Settings: settings,
	})
	if err != nil {
		t.Fatalf("New() = %v", err)
	}
	r.PackAll() // and what reloaded loads stays as it is: both forms say the same
	s.Follow(follower)
	follower.Attach(r)
	follower.Start(context.WithoutCancel(t.Context()), r.Snapshot().Revision())
	t.Cleanup(func() {
		if err := follower.Stop(); err != nil {
			t.Errorf("Stop() = %v", err)
		}
	})
	return &node{Registry: r, t: t, store: s}
}

// reloaded gives the registry that a node which starts now would load.
func (n *node) reloaded() *registry.Registry {
	n.t.Helper()
	r, err := registry.New(n.t.Context(), registry.Options{Store: n.store, Log: n.store, Formats: format.All(), Settings: defaults()})
	if err != nil {
		n.t.Fatalf("New() = %v", err)
	}
	return r
}

// loaded gives the snapshot that a node which starts now would load.
func (n *node) loaded() *registry.Snapshot { return n.reloaded().Snapshot() }

func in(name string) registry.Subject { return registry.ParseSubject(name) }

func body(text string) registry.SchemaBody {
	return registry.SchemaBody{Schema: &text, Type: schema.Avro}
}

func ptr[T any](v T) *T { return &v }

// register registers a text and fails the test when that is refused.
func (n *node) register(subject, text string) registry.Stored {
	n.t.Helper()
	return n.put(subject, body(text))
}

func (n *node) put(subject string, b registry.SchemaBody) registry.Stored {
	n.t.Helper()
	got, err := n.Register(n.t.Context(), in(subject), b, false, false, "")
	if err != nil {
		n.t.Fatalf("Register(%s) = %v", subject, err)
	}
	return got.Stored
}

// mode sets the mode of a scope.
func (n *node) mode(scope, mode string, force bool) {
	n.t.Helper()
	if err := n.SetMode(n.t.Context(), in(scope), &mode, force); err != nil {
		n.t.Fatalf("SetMode(%s, %s) = %v", scope, mode, err)
	}
}

// level sets the compatibility level of a scope.
func (n *node) level(scope, level string) {
	n.t.Helper()
	n.config(scope, registry.ConfigUpdate{Compatibility: registry.Optional[string]{Set: true, Value: &level}})
}

func (n *node) config(scope string, u registry.ConfigUpdate) {
	n.t.Helper()
	if _, err := n.SetConfig(n.t.Context(), in(scope), u); err != nil {
		n.t.Fatalf("SetConfig(%s) = %v", scope, err)
	}
}

// refused checks the code and, unless it is empty, the message of a refusal.
func refused(t testing.TB, call string, err error, code int, message string) {
	t.Helper()
	var refusal *registry.Error
	if !errors.As(err, &refusal) {
		t.Errorf("%s = %v, want code %d", call, err, code)
		return
	}
	if refusal.Code != code || message != "" && refusal.Message != message {
		t.Errorf("%s = %d %q, want %d %q", call, refusal.Code, refusal.Message, code, message)
	}
}

// versions lists the versions of a subject, soft-deleted ones as negative
// numbers.
func (n *node) versions(subject string) []int32 {
	n.t.Helper()
	list, err := n.Versions(n.t.Context(), in(subject), registry.VersionFilter{Deleted: true, DeletedAsNegative: true, Page: registry.Page{Limit: -1}})
	if err != nil {
		refused(n.t, "Versions("+subject+")", err, registry.CodeSubjectNotFound, "")
	}
	return list
}

func record(name, field string) string {
	return `{"type":"record","name":"` + name + `","fields":[{"name":"` + field + `","type":"int","default":0}]}`
}

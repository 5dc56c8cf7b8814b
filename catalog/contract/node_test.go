package contract_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

// node is a registry and a catalog on a new database.
type node struct {
	*catalog.Catalog
	t        *testing.T
	registry *registry.Registry
}

func newNode(t *testing.T) *node {
	t.Helper()
	s := storetest.Open(t, store.Config{Database: filepath.Join(t.TempDir(), "weir.db")})
	follower := feed.NewFollower(s, feed.FollowerOptions{})
	settings := registry.DefaultSettings()
	settings.CompatibilityLevel = "NONE"
	r, err := registry.New(t.Context(), registry.Options{Store: s, Log: s, Follower: follower, Formats: format.All(), Settings: settings})
	if err != nil {
		t.Fatalf("registry.New() = %v", err)
	}
	c, err := catalog.New(t.Context(), catalog.Options{Store: s, Registry: r, Proposer: feed.Proposer{
		Committer: s, Log: s, Advance: follower.Advance,
		NewID: func() string {
			var id [16]byte
			_, _ = rand.Read(id[:])
			return hex.EncodeToString(id[:])
		},
		Origin: func(context.Context) feed.Origin { return feed.Origin{Actor: "importer"} },
	}})
	if err != nil {
		t.Fatalf("catalog.New() = %v", err)
	}
	s.Follow(follower)
	follower.Attach(r)
	follower.Attach(c)
	follower.Start(context.WithoutCancel(t.Context()), r.Snapshot().Revision())
	t.Cleanup(func() {
		if err := follower.Stop(); err != nil {
			t.Errorf("Stop() = %v", err)
		}
	})
	return &node{c, t, r}
}

// register registers a text as the next version of a subject.
func (n *node) register(subject string, b registry.SchemaBody) {
	n.t.Helper()
	if _, err := n.registry.Register(n.t.Context(), registry.ParseSubject(subject), b, false, false, ""); err != nil {
		n.t.Fatalf("Register(%s) = %v", subject, err)
	}
}

func body(kind schema.Type, text string) registry.SchemaBody {
	return registry.SchemaBody{Type: kind, Schema: &text}
}

// do carries out steps that must pass.
func (n *node) do(steps ...catalog.Step) {
	n.t.Helper()
	if _, err := n.Do(n.t.Context(), catalog.Command{Steps: steps}); err != nil {
		n.t.Fatalf("Do() = %v", err)
	}
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// golden compares with a file of testdata; WEIR_REFRESH=1 writes it anew.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if os.Getenv("WEIR_REFRESH") != "" {
		if err := os.WriteFile(filepath.Join("testdata", name), []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(read(t, name), got); d != "" {
		t.Errorf("%s: -want +got:\n%s", name, d)
	}
}

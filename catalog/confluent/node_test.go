package confluent_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// node is a registry and a catalog on a real database.
type node struct {
	t        testing.TB
	registry *registry.Registry
	catalog  *catalog.Catalog
	names    confluent.Names
}

func newNode(t testing.TB, authorizer auth.Authorizer) *node {
	t.Helper()
	s := storetest.Open(t, store.Config{Database: filepath.Join(t.TempDir(), "weir.db")})
	follower := feed.NewFollower(s, feed.FollowerOptions{})
	settings := registry.DefaultSettings()
	settings.CompatibilityLevel = "NONE"
	r, err := registry.New(t.Context(), registry.Options{Store: s, Log: s, Follower: follower, Formats: format.All(), Settings: settings})
	if err != nil {
		t.Fatalf("registry.New() = %v", err)
	}
	c, err := catalog.New(t.Context(), catalog.Options{Store: s, Registry: r, Auth: authorizer, Proposer: feed.Proposer{
		Committer: s, Log: s, Advance: follower.Advance, NewID: newID,
		Origin: func(ctx context.Context) feed.Origin { return feed.Origin{Actor: auth.From(ctx).Name} },
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
	return &node{t, r, c, confluent.Names{
		Registry: s.ClusterID(), Cluster: func(registry.Context) string { return catalog.DefaultCluster },
	}}
}

func newID() string {
	var id [16]byte
	_, _ = rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

func (n *node) reader() *confluent.Reader {
	return &confluent.Reader{Names: n.names, View: n.catalog.View()}
}

// register registers an Avro schema and gives its id.
func (n *node) register(subject, text string) int32 {
	n.t.Helper()
	body := registry.SchemaBody{Schema: &text, Type: schema.Avro}
	got, err := n.registry.Register(n.t.Context(), registry.ParseSubject(subject), body, false, false, "")
	if err != nil {
		n.t.Fatalf("Register(%s) = %v", subject, err)
	}
	return got.ID
}

func (n *node) delete(subject string) {
	n.t.Helper()
	if _, err := n.registry.DeleteSubject(n.t.Context(), registry.ParseSubject(subject), false); err != nil {
		n.t.Fatalf("DeleteSubject(%s) = %v", subject, err)
	}
}

func (n *node) do(steps ...catalog.Step) {
	n.t.Helper()
	if _, err := n.catalog.Do(n.t.Context(), catalog.Command{Steps: steps}); err != nil {
		n.t.Fatalf("Do(%+v) = %v", steps, err)
	}
}

// list gives the selected entities.
func (n *node) list(ctx context.Context, sel confluent.Selection) []*confluent.Entity {
	n.t.Helper()
	var list []*confluent.Entity
	for e, err := range n.reader().Entities(ctx, sel) {
		if err != nil {
			n.t.Fatalf("Entities(%+v) = %v", sel, err)
		}
		list = append(list, e)
	}
	return list
}

// named writes entities as "type name", without the registry's id.
func (n *node) named(list []*confluent.Entity) []string {
	var names []string
	for _, e := range list {
		text := e.QualifiedName
		if prefix := n.names.Registry + ":"; len(text) > len(prefix) && text[:len(prefix)] == prefix {
			text = "R:" + text[len(prefix):]
		}
		names = append(names, fmt.Sprintf("%s %s", e.Type(), text))
	}
	return names
}

package declare_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/declare"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// node is a catalog on a real database with a few schemas.
type node struct {
	*catalog.Catalog
	t        testing.TB
	registry *registry.Registry
}

// theSchemas are in every node: subject, type, text.
var theSchemas = [][3]string{
	{"orders-value", "AVRO", `{"type":"record","name":"Order","namespace":"com.acme","fields":[
		{"name":"id","type":"long"},
		{"name":"customer","type":{"type":"record","name":"Customer","fields":[{"name":"email","type":"string"},{"name":"name","type":"string"}]}},
		{"name":"backup","type":["null","Customer"],"default":null}]}`},
	{":.eu:orders-value", "AVRO", `{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"long","confluent:tags":["INLINE"]}]}`},
	{"carts-value", "JSON", `{"type":"object","properties":{"lines":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}}}}`},
}

func newNode(t testing.TB) *node {
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
	n := &node{c, t, r}
	for _, of := range theSchemas {
		n.register(of[0], schema.Type(of[1]), of[2])
	}
	return n
}

func newID() string {
	var id [16]byte
	_, _ = rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

func (n *node) register(subject string, kind schema.Type, text string) {
	n.t.Helper()
	_, err := n.registry.Register(n.t.Context(), registry.ParseSubject(subject), registry.SchemaBody{Schema: &text, Type: kind}, false, false, "")
	if err != nil {
		n.t.Fatalf("Register(%s) = %v", subject, err)
	}
}

// people is a command of somebody who uses the API.
func (n *node) people(steps ...catalog.Step) {
	n.t.Helper()
	if _, err := n.Do(n.t.Context(), catalog.Command{Steps: steps}); err != nil {
		n.t.Fatalf("Do(%+v) = %v", steps, err)
	}
}

func (n *node) read(text string) *declare.Documents {
	n.t.Helper()
	d, err := declare.Read(declare.File{Name: "f.yaml", Text: text})
	if err != nil {
		n.t.Fatalf("Read() = %v of\n%s", err, text)
	}
	return d
}

func (n *node) export(set string) string {
	n.t.Helper()
	d, err := declare.Export(n.t.Context(), n.View(), set)
	if err != nil {
		n.t.Fatalf("Export(%q) = %v", set, err)
	}
	return d.Text()
}

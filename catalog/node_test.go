package catalog_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"path/filepath"
	"slices"
	"testing"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

// node is a registry and a catalog on a real database, followed as a server
// follows them.
type node struct {
	*catalog.Catalog
	t        testing.TB
	registry *registry.Registry
	store    *store.Store
	options  catalog.Options
}

// newNode starts a node on a new SQLite file; options may change what its
// catalog is made of.
func newNode(t testing.TB, options ...func(*catalog.Options)) *node {
	t.Helper()
	return startNode(t, storetest.Open(t, store.Config{Database: filepath.Join(t.TempDir(), "weir.db")}), options...)
}

// startNode starts a node on an open store.
func startNode(t testing.TB, s *store.Store, options ...func(*catalog.Options)) *node {
	t.Helper()
	follower := feed.NewFollower(s, feed.FollowerOptions{})
	settings := registry.DefaultSettings()
	settings.CompatibilityLevel = "NONE"
	r, err := registry.New(t.Context(), registry.Options{Store: s, Log: s, Follower: follower, Formats: format.All(), Settings: settings})
	if err != nil {
		t.Fatalf("registry.New() = %v", err)
	}
	o := catalog.Options{Store: s, Registry: r, Proposer: feed.Proposer{
		Committer: s, Log: s, Advance: follower.Advance, NewID: newID,
		Origin: func(ctx context.Context) feed.Origin { return feed.Origin{Actor: auth.From(ctx).Name} },
	}}
	for _, set := range options {
		set(&o)
	}
	c, err := catalog.New(t.Context(), o)
	if err != nil {
		t.Fatalf("New() = %v", err)
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
	return &node{c, t, r, s, o}
}

func newID() string {
	var id [16]byte
	_, _ = rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

// reloaded gives the catalog that a node which starts now would load.
func (n *node) reloaded() *catalog.Catalog {
	n.t.Helper()
	settings := registry.DefaultSettings()
	settings.CompatibilityLevel = "NONE"
	r, err := registry.New(n.t.Context(), registry.Options{Store: n.store, Log: n.store, Formats: format.All(), Settings: settings})
	if err != nil {
		n.t.Fatalf("registry.New() = %v", err)
	}
	o := n.options
	o.Registry = r
	c, err := catalog.New(n.t.Context(), o)
	if err != nil {
		n.t.Fatalf("New() = %v", err)
	}
	return c
}

func in(name string) registry.Subject { return registry.ParseSubject(name) }

// subject, field and record name entities of the default context or a
// qualified one.
func subject(name string) catalog.Ref {
	s := in(name)
	return catalog.Ref{Kind: catalog.KindSubject, Scope: string(s.Context), Name: s.Name}
}

func field(name, runtime string) catalog.Ref {
	ref := subject(name)
	ref.Kind, ref.Part = catalog.KindField, runtime
	return ref
}

func record(name, full string) catalog.Ref {
	ref := subject(name)
	ref.Kind, ref.Part = catalog.KindRecord, full
	return ref
}

func topic(name string) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindTopic, Scope: catalog.DefaultCluster, Name: name}
}

func tag(name string) catalog.Ref { return catalog.Ref{Kind: catalog.KindTag, Name: name} }

// put registers an Avro text.
func (n *node) put(subject, text string) registry.Stored {
	n.t.Helper()
	return n.register(subject, registry.SchemaBody{Schema: &text, Type: schema.Avro})
}

func (n *node) register(subject string, b registry.SchemaBody) registry.Stored {
	n.t.Helper()
	got, err := n.registry.Register(n.t.Context(), in(subject), b, false, false, "")
	if err != nil {
		n.t.Fatalf("Register(%s) = %v", subject, err)
	}
	return got.Stored
}

// body is a schema of a type with references to other subjects' version 1, by
// name and subject.
func body(kind schema.Type, text string, references ...string) registry.SchemaBody {
	b := registry.SchemaBody{Schema: &text, Type: kind}
	one := int32(1)
	for i := 0; i < len(references); i += 2 {
		b.References = append(b.References, registry.BodyReference{Name: &references[i], Subject: &references[i+1], Version: &one})
	}
	return b
}

func (n *node) delete(subject string, version int32, permanent bool) {
	n.t.Helper()
	if _, err := n.registry.DeleteVersion(n.t.Context(), in(subject), registry.VersionArg(version), permanent); err != nil {
		n.t.Fatalf("DeleteVersion(%s, %d) = %v", subject, version, err)
	}
}

// do carries out steps and fails the test when they are refused.
func (n *node) do(steps ...catalog.Step) *catalog.Outcome {
	n.t.Helper()
	out, err := n.Do(n.t.Context(), catalog.Command{Steps: steps})
	if err != nil {
		n.t.Fatalf("Do(%+v) = %v", steps, err)
	}
	return out
}

// entity gives an entity that must be there.
func (n *node) entity(ref catalog.Ref) *catalog.Entity {
	n.t.Helper()
	e, err := n.View().Entity(n.t.Context(), ref)
	if err != nil {
		n.t.Fatalf("Entity(%s) = %v", ref, err)
	}
	return e
}

// fields gives the logical fields of a subject.
func (n *node) fields(subject string) []catalog.Field {
	n.t.Helper()
	fields, err := n.View().Fields(n.t.Context(), in(subject))
	if err != nil {
		n.t.Fatalf("Fields(%s) = %v", subject, err)
	}
	return fields
}

// runtimeNames are those of fields.
func runtimeNames(fields []catalog.Field) []string {
	var names []string
	for i := range fields {
		names = append(names, fields[i].RuntimeName)
	}
	return names
}

// tagsOf writes tags as "name SOURCE", with " via subject" where they come
// through one.
func tagsOf(tags []catalog.TagAssignment) []string {
	var list []string
	for _, t := range tags {
		text := t.Name + " " + string(t.Source)
		if !t.Via.IsZero() {
			text += " via " + t.Via.Name
		}
		list = append(list, text)
	}
	return list
}

func collect[T any](each func(func(T) bool)) []T { return slices.Collect(each) }

package catalog_test

import (
	"slices"
	"testing"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/store"
)

// node is a node with what only these tests ask of it.
type node struct{ *catalogtest.Node }

// newNode starts a node on a new SQLite file.
func newNode(t testing.TB, changes ...catalogtest.Change) *node {
	t.Helper()
	return &node{catalogtest.Open(t, changes...)}
}

// startNode starts a node on an open store.
func startNode(t testing.TB, s *store.Store, changes ...catalogtest.Change) *node {
	t.Helper()
	return &node{catalogtest.Start(t, s, changes...)}
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
	n.T.Helper()
	return n.Register(subject, schema.Avro, text)
}

func (n *node) delete(subject string, version int32, permanent bool) {
	n.T.Helper()
	if _, err := n.Registry.DeleteVersion(n.T.Context(), in(subject), registry.VersionArg(version), permanent); err != nil {
		n.T.Fatalf("DeleteVersion(%s, %d) = %v", subject, version, err)
	}
}

// entity gives an entity that must be there.
func (n *node) entity(ref catalog.Ref) *catalog.Entity {
	n.T.Helper()
	e, err := n.View().Entity(n.T.Context(), ref)
	if err != nil {
		n.T.Fatalf("Entity(%s) = %v", ref, err)
	}
	return e
}

// fields gives the logical fields of a subject.
func (n *node) fields(subject string) []catalog.Field {
	n.T.Helper()
	fields, err := n.View().Fields(n.T.Context(), in(subject))
	if err != nil {
		n.T.Fatalf("Fields(%s) = %v", subject, err)
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

package diff_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/diff"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// hiding lets nobody see one subject.
type hiding string

func (h hiding) Authorize(_ context.Context, action auth.Action, r auth.Resource) error {
	if r.Name == string(h) && action == auth.Read {
		return &auth.DeniedError{Action: action, Resource: r}
	}
	return nil
}

// node is a node whose catalog hides a subject.
type node struct{ *catalogtest.Node }

func newNode(t *testing.T) *node {
	t.Helper()
	return &node{catalogtest.Open(t, catalogtest.Auth(hiding("secret")))}
}

func (n *node) put(subject, text string) {
	n.T.Helper()
	n.Register(subject, schema.Avro, text)
}

// versions compares, and writes what comes as "from-to PATH KIND …".
func (n *node) versions(subject string, from, to registry.VersionArg) []string {
	n.T.Helper()
	d, err := diff.Versions(n.T.Context(), n.View(), n.Registry, registry.ParseSubject(subject), from, to)
	return n.told(d, err)
}

func (n *node) told(d *diff.VersionDiff, err error) []string {
	n.T.Helper()
	if err != nil {
		n.T.Fatalf("%v", err)
	}
	list := []string{string('0'+rune(d.From)) + "-" + string('0'+rune(d.To)) + " " + string(d.Level)}
	for _, c := range d.Changes {
		text := c.Path + " " + string(c.Kind)
		if c.Breaking {
			text += " breaks"
		}
		list = append(list, text)
	}
	return list
}

func TestVersions(t *testing.T) {
	n := newNode(t)
	record := func(fields string) string { return `{"type":"record","name":"R","fields":[` + fields + `]}` }
	n.put("a", record(`{"name":"x","type":"int"}`))
	n.put("a", record(`{"name":"x","type":"int"},{"name":"y","type":"int","default":1}`))
	n.put("a", record(`{"name":"x","type":"string"}`))
	if _, err := n.Registry.DeleteVersion(t.Context(), registry.ParseSubject("a"), 2, false); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name     string
		from, to registry.VersionArg
		want     []string
	}{
		{"the live version before", diff.Previous, registry.LatestVersion, []string{"1-3 FULL", "R.x TYPE_CHANGED breaks"}},
		{"a deleted version", 1, 2, []string{"1-2 FULL", "R.y FIELD_ADDED"}},
		{"backwards", 2, 1, []string{"2-1 FULL", "R.y FIELD_REMOVED"}},
		{"the same", 3, registry.LatestVersion, []string{"3-3 FULL"}},
		{"none before", diff.Previous, 1, []string{"1-1 FULL"}},
	} {
		if d := cmp.Diff(x.want, n.versions("a", x.from, x.to)); d != "" {
			t.Errorf("%s: -want +got:\n%s", x.name, d)
		}
	}
	level := registry.Optional[string]{Set: true, Value: new(string)}
	*level.Value = "FORWARD"
	if _, err := n.Registry.SetConfig(t.Context(), registry.ParseSubject("a"), registry.ConfigUpdate{Compatibility: level}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"1-2 FORWARD", "R.y FIELD_ADDED"}, n.versions("a", 1, 2)); d != "" {
		t.Errorf("at FORWARD: -want +got:\n%s", d)
	}
}

// A field of a referenced type changes although no text of the subject does but
// the version of its reference.
func TestVersionsWithReferences(t *testing.T) {
	n := newNode(t)
	n.put("money", `{"type":"record","name":"Money","fields":[{"name":"units","type":"long"}]}`)
	n.put("money", `{"type":"record","name":"Money","fields":[{"name":"units","type":"string"}]}`)
	order := `{"type":"record","name":"Order","fields":[{"name":"total","type":"Money"}]}`
	for version := range int32(2) {
		name, subject, number := "Money", "money", version+1
		n.RegisterBody("order", registry.SchemaBody{Type: schema.Avro, Schema: &order, References: []registry.BodyReference{{Name: &name, Subject: &subject, Version: &number}}})
	}
	want := []string{"1-2 FULL", "Money.units TYPE_CHANGED breaks", "references.Money REFERENCE_CHANGED"}
	if d := cmp.Diff(want, n.versions("order", 1, 2)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestVersionsRefused(t *testing.T) {
	n := newNode(t)
	n.put("a", `"int"`)
	n.put("secret", `"int"`)
	for _, x := range []struct {
		subject  string
		from, to registry.VersionArg
		want     any
	}{
		{"none", 1, 1, new(*catalog.NotFoundError)},
		{"a", 1, 2, new(*catalog.NotFoundError)},
		{"a", 7, 1, new(*catalog.NotFoundError)},
		{"secret", 1, 1, new(*auth.DeniedError)},
	} {
		_, err := diff.Versions(t.Context(), n.View(), n.Registry, registry.ParseSubject(x.subject), x.from, x.to)
		if !errors.As(err, x.want) {
			t.Errorf("Versions(%s, %d, %d) = %v", x.subject, x.from, x.to, err)
		}
	}
}

func TestProposed(t *testing.T) {
	n := newNode(t)
	propose := func(subject, text string) (*diff.VersionDiff, error) {
		return diff.Proposed(t.Context(), n.View(), n.Registry, registry.ParseSubject(subject), registry.SchemaBody{Type: schema.Avro, Schema: &text})
	}
	d, err := propose("a", `"int"`)
	if diff := cmp.Diff([]string{"0-0 FULL"}, n.told(d, err)); diff != "" {
		t.Errorf("a first version: -want +got:\n%s", diff)
	}
	n.put("a", `{"type":"record","name":"R","fields":[{"name":"x","type":"int"}]}`)
	d, err = propose("a", ` {"type": "record", "name": "R", "fields": [ {"name": "x", "type": "long"} ] }`)
	if diff := cmp.Diff([]string{"1-0 FULL", "R.x TYPE_CHANGED breaks"}, n.told(d, err)); diff != "" {
		t.Errorf("another type: -want +got:\n%s", diff)
	}
	d, err = propose("a", ` {"type":"record","name":"R","fields":[{"name":"x","type":"int"}]}`)
	if diff := cmp.Diff([]string{"1-0 FULL"}, n.told(d, err)); diff != "" {
		t.Errorf("the same: -want +got:\n%s", diff)
	}
	for _, text := range []string{"", "{", `{"type":"record"}`} {
		if _, err := propose("a", text); !errors.As(err, new(*registry.Error)) {
			t.Errorf("Proposed(%q) = %v", text, err)
		}
	}
}

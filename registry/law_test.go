package registry_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"pgregory.net/rapid"
)

// A snapshot that is loaded afresh equals one that grew change by change.
func TestLoadedEqualsGrown(t *testing.T) {
	onBothEngines(t, func(t *testing.T, n *node) {
		round := 0
		rapid.Check(t, func(t *rapid.T) {
			round++
			w := walker{node: n, draw: t, context: fmt.Sprintf(":.w%d:", round)}
			t.Repeat(map[string]func(*rapid.T){
				"register": w.register,
				"import":   w.imported,
				"refer":    w.refer,
				"delete":   w.delete,
				"set":      w.set,
				"link":     w.link,
			})
			if diff := cmp.Diff(n.loaded().Lines(), n.Snapshot().Lines()); diff != "" {
				t.Fatalf("-loaded +grown:\n%s", diff)
			}
		})
	})
}

// walker sends random commands to one context. Refusals are welcome; what must
// hold is that memory and rows agree.
type walker struct {
	node    *node
	draw    *rapid.T
	context string
}

func (w *walker) subject(t *rapid.T) string {
	return w.context + rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "subject")
}

func (w *walker) text(t *rapid.T) string {
	return record("R", rapid.SampledFrom([]string{"f", "g", "h"}).Draw(t, "field"))
}

func (w *walker) register(t *rapid.T) {
	b := body(w.text(t))
	if rapid.Bool().Draw(t, "metadata") {
		b.Metadata = &registry.Metadata{Properties: map[string]*string{"k": ptr(rapid.SampledFrom([]string{"1", "2"}).Draw(t, "value"))}}
	}
	w.send(t, b)
}

func (w *walker) imported(t *rapid.T) {
	s := w.subject(t)
	mode := "IMPORT"
	w.must(t, w.node.SetMode(w.node.t.Context(), in(s), &mode, true))
	b := body(w.text(t))
	b.ID = ptr(rapid.Int32Range(-1, 12).Draw(t, "id"))
	if n := rapid.Int32Range(0, 4).Draw(t, "version"); n > 0 {
		b.Version = &n
	}
	_, err := w.node.Register(w.node.t.Context(), in(s), b, false, false, "")
	w.must(t, err)
	w.must(t, w.node.SetMode(w.node.t.Context(), in(s), nil, true))
}

func (w *walker) refer(t *rapid.T) {
	b := body(`{"type":"record","name":"U","fields":[{"name":"r","type":"R"}]}`)
	b.References = []registry.BodyReference{{Name: ptr("R"), Subject: ptr(w.subject(t)), Version: ptr(int32(-1))}}
	w.send(t, b)
}

func (w *walker) send(t *rapid.T, b registry.SchemaBody) {
	_, err := w.node.Register(w.node.t.Context(), in(w.subject(t)), b, false, true, "")
	w.must(t, err)
}

func (w *walker) delete(t *rapid.T) {
	s, permanent := in(w.subject(t)), rapid.Bool().Draw(t, "permanent")
	var err error
	if rapid.Bool().Draw(t, "all") {
		_, err = w.node.DeleteSubject(w.node.t.Context(), s, permanent)
	} else {
		_, err = w.node.DeleteVersion(w.node.t.Context(), s, registry.VersionArg(rapid.Int32Range(1, 5).Draw(t, "version")), permanent)
	}
	w.must(t, err)
	if rapid.IntRange(0, 9).Draw(t, "context") == 0 {
		w.must(t, w.node.DeleteContext(w.node.t.Context(), s.Context))
	}
}

func (w *walker) set(t *rapid.T) {
	s := in(w.subject(t))
	if rapid.Bool().Draw(t, "put") {
		level := "none"
		_, err := w.node.SetConfig(w.node.t.Context(), s, registry.ConfigUpdate{Compatibility: registry.Optional[string]{Set: true, Value: &level}})
		w.must(t, err)
		return
	}
	_, err := w.node.DeleteConfig(w.node.t.Context(), s)
	w.must(t, err)
}

func (w *walker) link(t *rapid.T) {
	id := w.context[2 : len(w.context)-1]
	if rapid.Bool().Draw(t, "drop") {
		w.must(t, w.node.DeleteAssociations(w.node.t.Context(), registry.AssociationDeletion{ResourceID: id, CascadeLifecycle: true}))
		return
	}
	_, err := w.node.CreateAssociations(w.node.t.Context(), registry.DefaultContext, registry.AssociationRequest{
		ResourceName: &id, ResourceNamespace: &id, ResourceID: &id,
		Associations: []*registry.AssociationBody{{
			Schema:          &registry.SchemaBody{Schema: ptr(w.text(t)), Type: schema.Avro},
			AssociationType: ptr(rapid.SampledFrom([]string{"key", "value"}).Draw(t, "role")),
		}},
	}, false)
	w.must(t, err)
}

// must lets refusals of the wire pass, and nothing else.
func (w *walker) must(t *rapid.T, err error) {
	if err != nil {
		if refusal, ok := err.(*registry.Error); !ok || refusal.Code >= 50000 {
			t.Fatalf("%v", err)
		}
	}
}

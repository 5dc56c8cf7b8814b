package catalog_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/pgtest"
	"github.com/weir-registry/weir/store/storetest"
	"pgregory.net/rapid"
)

// onBothEngines runs a test on a new database of each engine.
func onBothEngines(t *testing.T, test func(t *testing.T, n *node)) {
	t.Run("sqlite", func(t *testing.T) { test(t, newNode(t)) })
	t.Run("postgres", func(t *testing.T) {
		test(t, startNode(t, storetest.Open(t, store.Config{Database: pgtest.URL(t)})))
	})
}

// What is said, loaded afresh, equals what grew change by change; and what was
// said at an earlier revision comes out again when the changes since are taken
// back.
func TestSaidLoadedEqualsGrownAndComesBack(t *testing.T) {
	onBothEngines(t, func(t *testing.T, n *node) {
		n.put("s0", order)
		n.put("s1", order)
		rapid.Check(t, func(t *rapid.T) {
			w := talker{node: n, seen: map[feed.Revision]map[catalog.Ref][]string{}}
			w.remember()
			t.Repeat(map[string]func(*rapid.T){
				"edit": w.edit, "define": w.define, "remove": w.remove, "prune": w.prune, "register": w.register, "delete": w.delete,
			})
			if diff := cmp.Diff(n.Reload().View().SaidLines(), n.View().SaidLines()); diff != "" {
				t.Fatalf("-loaded +grown:\n%s", diff)
			}
			for revision, lines := range w.seen {
				for ref, want := range lines {
					v, err := n.ViewAt(n.T.Context(), ref, revision)
					if err != nil {
						t.Fatalf("ViewAt(%s, %d) = %v", ref, revision, err)
					}
					if diff := cmp.Diff(want, w.lines(v, ref)); diff != "" {
						t.Fatalf("%s at %d (-was +is):\n%s", ref, revision, diff)
					}
				}
			}
		})
	})
}

// talker says random things. Refusals are welcome; what must hold is that
// memory, rows and log agree.
type talker struct {
	*node
	seen map[feed.Revision]map[catalog.Ref][]string
}

func (w *talker) refs() []catalog.Ref {
	return []catalog.Ref{
		subject("s0"), subject("s1"), field("s0", "acme.Order.id"), field("s1", "acme.Order.email"), record("s0", "acme.Order"),
		team("t0"), term("t1"), tag("t2"),
	}
}

// lines write an entity, and of a subject its versions and fields, as a view
// has them.
func (w *talker) lines(v *catalog.View, ref catalog.Ref) []string {
	var list []string
	show := func(ref catalog.Ref) {
		e, err := v.Entity(w.T.Context(), ref)
		if err != nil {
			list = append(list, ref.String()+": "+err.Error())
			return
		}
		text, _ := json.Marshal(struct {
			Status catalog.Status
			Texts  []catalog.Text
			Owners []catalog.Ownership
			Tags   []catalog.TagAssignment
			Terms  []catalog.TermAssignment
			Domain catalog.Ref
			Links  []catalog.Link
			Until  *catalog.Deprecation
			Count  int64
			At     int64
			By     string
		}{e.Status, e.Descriptions, e.Owners, e.Tags, e.Terms, e.Domain, e.Links, e.Deprecation, e.Version, e.UpdatedAt, e.UpdatedBy})
		list = append(list, ref.String()+": "+string(text))
	}
	show(ref)
	if ref.Kind == catalog.KindSubject {
		s := ref.Subject()
		versions, _ := v.Versions(w.T.Context(), s)
		for _, x := range versions {
			list = append(list, fmt.Sprintf("  %+v", x))
		}
		fields, _ := v.Fields(w.T.Context(), s)
		for i := range fields {
			list = append(list, fmt.Sprintf("  %+v", fields[i]))
			show(fields[i].Ref())
		}
	}
	return list
}

// remember keeps what there is now.
func (w *talker) remember() {
	v := w.View()
	if _, known := w.seen[v.Revision()]; known || len(w.seen) > 6 {
		return
	}
	lines := map[catalog.Ref][]string{}
	for _, ref := range w.refs() {
		lines[ref] = w.lines(v, ref)
	}
	w.seen[v.Revision()] = lines
}

func (w *talker) send(t *rapid.T, cmd catalog.Command) {
	if rapid.Bool().Draw(t, "declared") {
		cmd.Source, cmd.Set = catalog.Declared, rapid.SampledFrom([]string{"x", "y"}).Draw(t, "set")
	} else {
		cmd.Prune = false
	}
	if _, err := w.Do(w.T.Context(), cmd); err != nil && reason(err) == err.Error() {
		t.Fatalf("Do(%+v) = %v", cmd, err)
	}
	w.remember()
}

func (w *talker) name(t *rapid.T) string {
	return rapid.SampledFrom([]string{"t0", "t1", "t2"}).Draw(t, "name")
}

func (w *talker) edit(t *rapid.T) {
	var steps []catalog.Step
	for range rapid.IntRange(1, 3).Draw(t, "steps") {
		e := catalog.Edit{Ref: rapid.SampledFrom(w.refs()).Draw(t, "ref")}
		switch rapid.IntRange(0, 8).Draw(t, "part") {
		case 0:
			e.Description = ptr(rapid.SampledFrom([]string{"", "one", "<two> & \u2028"}).Draw(t, "text"))
		case 1:
			e.PutTags = []catalog.TagValue{{Name: w.name(t)}}
		case 2:
			e.Clear = []catalog.Part{rapid.SampledFrom([]catalog.Part{catalog.PartTag, catalog.PartOwner, catalog.PartLink}).Draw(t, "clear")}
		case 3:
			e.PutTerms = []string{w.name(t)}
		case 4:
			e.Owners = &[]catalog.OwnerValue{{Owner: team(w.name(t))}}
		case 5:
			e.Links = &[]catalog.Link{{Title: w.name(t), URL: "https://example.com/" + w.name(t)}, {URL: "mailto:a@example.com"}}
		case 6:
			e.Deprecation = &catalog.DeprecationValue{Reason: w.name(t)}
		case 7:
			e.Undeprecate = true
		case 8:
			e.Attributes = map[string]string{w.name(t): rapid.SampledFrom([]string{"", "x"}).Draw(t, "value")}
		}
		steps = append(steps, e)
	}
	w.send(t, catalog.Command{Steps: steps})
}

func (w *talker) define(t *rapid.T) {
	name, other := w.name(t), rapid.SampledFrom([]string{"", "t0", "t1"}).Draw(t, "other")
	w.send(t, catalog.Command{Steps: []catalog.Step{catalog.Put{Definition: rapid.SampledFrom([]catalog.Definition{
		&catalog.TagDefinition{Name: name, Description: other, Parent: other},
		&catalog.Term{Name: name, Definition: other, Parent: other},
		&catalog.Team{Name: name},
	}).Draw(t, "definition")}}})
}

func (w *talker) remove(t *rapid.T) {
	kind := rapid.SampledFrom([]catalog.Kind{catalog.KindTag, catalog.KindTerm, catalog.KindTeam}).Draw(t, "kind")
	w.send(t, catalog.Command{Steps: []catalog.Step{
		catalog.Remove{Ref: catalog.Ref{Kind: kind, Name: w.name(t)}, Force: rapid.Bool().Draw(t, "force")},
	}})
}

func (w *talker) prune(t *rapid.T) { w.send(t, catalog.Command{Prune: true}) }

func (w *talker) register(t *rapid.T) {
	name := rapid.SampledFrom([]string{"s0", "s1"}).Draw(t, "subject")
	text := rapid.SampledFrom([]string{
		order, `{"type":"record","name":"Order","namespace":"acme","fields":[{"name":"id","type":"long"}]}`,
	}).Draw(t, "text")
	w.put(name, text)
	w.remember()
}

func (w *talker) delete(t *rapid.T) {
	name := rapid.SampledFrom([]string{"s0", "s1"}).Draw(t, "subject")
	version := registry.VersionArg(rapid.Int32Range(1, 4).Draw(t, "version"))
	_, _ = w.Registry.DeleteVersion(w.T.Context(), in(name), version, false) // or it is not there
	w.remember()
}

package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/catalog"
)

// A forced removal takes the uses along, in one commit.
func TestForceTakesTheUsesAlong(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.company()
	ref := subject("orders-value")
	n.Commit(everything(ref), catalog.Put{Definition: &catalog.Term{Name: "line", Parent: "order", Related: []string{"order"}}},
		catalog.Edit{Ref: term("order"), Description: ptr("of a word")})
	before := n.View().Revision()
	out := n.Commit(
		catalog.Remove{Ref: tag("Sensitive"), Force: true}, catalog.Remove{Ref: term("order"), Force: true},
		catalog.Remove{Ref: team("payments"), Force: true}, catalog.Remove{Ref: domain("sales"), Force: true},
		catalog.Remove{Ref: catalog.Ref{Kind: catalog.KindBusinessMetadata, Name: "Care"}, Force: true},
	)
	if now := n.View().Revision(); now != before+1 || len(out.Events) == 0 {
		t.Errorf("%d commits, %d events", now-before, len(out.Events))
	}
	if diff := cmp.Diff([]string{
		"DESCRIPTION||\"All orders.\"|APPLIED|", "OWNER|STEWARD PERSON//ada|{}|APPLIED|",
	}, rows(n.View(), n, ref)[:2]); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	for _, r := range n.View().Annotations(t.Context(), ref) {
		if r.Part == catalog.PartTag || r.Part == catalog.PartTerm || r.Part == catalog.PartDomain || r.Part == catalog.PartMetadata {
			t.Errorf("left: %+v", r)
		}
	}
	d, err := n.View().Definition(t.Context(), term("line"))
	if err != nil || d.(*catalog.Term).Parent != "" || len(d.(*catalog.Term).Related) != 0 || d.(*catalog.Term).Version != 2 {
		t.Errorf("the word below = %+v, %v", d, err)
	}
	if _, err := n.View().Entity(t.Context(), term("order")); reason(err) != "not found TERM//order" {
		t.Errorf("the word = %v", err)
	}
	// One that comes back begins anew, but its entity counts on.
	n.Commit(catalog.Put{Definition: &catalog.Term{Name: "order"}})
	d, err = n.View().Definition(t.Context(), term("order"))
	if err != nil || d.(*catalog.Term).Version != 1 || n.entity(term("order")).Version < 4 {
		t.Errorf("the word again = %+v, %v, entity version %d", d, err, n.entity(term("order")).Version)
	}
}

// A set owns what it said, and a prune takes away nothing else.
func TestPruneTakesOnlyWhatTheSetSaid(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	ref, id := subject("orders-value"), field("orders-value", "acme.Order.id")
	n.Commit(catalog.Put{Definition: &catalog.TagDefinition{Name: "People"}}, tagged(ref, "People", ""), catalog.Edit{Ref: ref, Description: ptr("by hand")})
	set := func(name string, prune bool, steps ...catalog.Step) *catalog.Outcome {
		t.Helper()
		out, err := n.Do(t.Context(), catalog.Command{Source: catalog.Declared, Set: name, Prune: prune, Steps: steps})
		if err != nil {
			t.Fatalf("Do(%s) = %v", name, err)
		}
		return out
	}
	full := []catalog.Step{
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Mine"}},
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Below", Parent: "Mine"}},
		catalog.Put{Definition: &catalog.TagDefinition{Name: "People", Description: "now with words"}}, // was there before
		catalog.Edit{Ref: ref, Description: ptr("declared"), PutTags: []catalog.TagValue{{Name: "Mine"}, {Name: "People"}}},
		catalog.Edit{Ref: id, PutTags: []catalog.TagValue{{Name: "Below"}}},
	}
	set("a", true, full...)
	set("b", true, catalog.Edit{Ref: ref, Description: ptr("declared by b")})
	if out := set("a", true, full...); len(out.Events) != 0 {
		t.Errorf("the same again: %+v", out.Events)
	}
	e := n.entity(ref)
	if e.Descriptions[0].Value != "by hand" || len(e.Descriptions) != 3 {
		t.Errorf("Descriptions = %+v", e.Descriptions)
	}

	// Somebody uses a tag of the set: it cannot be pruned.
	n.Commit(tagged(id, "Mine", ""))
	_, err := n.Do(t.Context(), catalog.Command{Source: catalog.Declared, Set: "a", Prune: true})
	if reason(err) != "in use 1" {
		t.Errorf("prune of a tag in use = %v", err)
	}
	n.Commit(catalog.Edit{Ref: id, RemoveTags: []string{"Mine"}})
	set("a", true)
	if diff := cmp.Diff([]string{
		`DESCRIPTION||"by hand"|APPLIED|`, `DESCRIPTION||"declared by b"|DECLARED|b`, `TAG|People|{}|APPLIED|`,
	}, rows(n.View(), n, ref)); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	if left := rows(n.View(), n, id); len(left) != 0 {
		t.Errorf("left of the field: %v", left)
	}
	for name, want := range map[string]bool{"People": true, "Mine": false, "Below": false} {
		if _, err := n.View().Definition(t.Context(), tag(name)); (err == nil) != want {
			t.Errorf("Definition(%s) = %v, want it there: %v", name, err, want)
		}
	}
}

// What was said of a field that is gone moves to another; where that one says
// something else already, nothing is lost.
func TestMoveCarriesAnOrphan(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.company()
	from, to := field("orders-value", "acme.Order.id"), field("orders-value", "acme.Order.number")
	n.Commit(tagged(from, "Sensitive", ""), catalog.Edit{Ref: from, Description: ptr("old words"), PutTerms: []string{"order"}})
	n.put("orders-value", `{"type":"record","name":"Order","namespace":"acme","fields":[{"name":"number","type":"long"}]}`)
	n.Commit(catalog.Edit{Ref: to, Description: ptr("new words")}, tagged(to, "Sensitive", ""))
	before := n.View().Annotations(t.Context(), from)
	n.Commit(catalog.Move{From: from, To: to})
	if diff := cmp.Diff([]string{`DESCRIPTION||"new words"|APPLIED|`, `TAG|Sensitive|{}|APPLIED|`, `TERM|order|{}|APPLIED|`}, rows(n.View(), n, to)); diff != "" {
		t.Errorf("said of the new one (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`DESCRIPTION||"old words"|APPLIED|`}, rows(n.View(), n, from)); diff != "" {
		t.Errorf("left of the old one (-want +got):\n%s", diff)
	}
	for _, r := range n.View().Annotations(t.Context(), to) {
		if r.Part == catalog.PartTerm && (r.By != before[2].By || r.At != before[2].At) {
			t.Errorf("moved row = %+v, was %+v", r, before[2])
		}
	}
}

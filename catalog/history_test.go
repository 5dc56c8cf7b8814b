package catalog_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// happened writes events as "revision ACTION entity part".
func happened(events []catalog.Event) []string {
	var list []string
	for _, e := range events {
		list = append(list, fmt.Sprintf("%d:%d %s %s", e.Cursor.Revision, e.Cursor.Ordinal, e.Action, e.Entity))
	}
	return list
}

// history reads a history in pages of a size.
func (n *node) history(ref catalog.Ref, size int, actions ...catalog.Action) []catalog.Event {
	n.T.Helper()
	var all []catalog.Event
	for before := (feed.Cursor{}); ; {
		events, more, err := n.History(n.T.Context(), ref, actions, before, size)
		if err != nil {
			n.T.Fatalf("History(%s, %v) = %v", ref, before, err)
		}
		if len(events) > size || more && len(events) < size {
			n.T.Fatalf("History(%s) gave %d events of %d, more %v", ref, len(events), size, more)
		}
		all = append(all, events...)
		if !more {
			return all
		}
		before = events[len(events)-1].Cursor
	}
}

func (n *node) config(name, level string) {
	n.T.Helper()
	if _, err := n.Registry.SetConfig(n.T.Context(), in(name), registry.ConfigUpdate{Compatibility: registry.Optional[string]{Set: true, Value: &level}}); err != nil {
		n.T.Fatalf("SetConfig(%s) = %v", name, err)
	}
}

func TestHistoryOfASubject(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)                                                                            // 1
	n.put("other-value", order)                                                                             // 2
	n.company()                                                                                             // 3
	ref := subject("orders-value")                                                                          //
	n.Commit(tagged(ref, "Sensitive", ""), tagged(field("orders-value", "acme.Order.id"), "Sensitive", "")) // 4
	n.config("orders-value", "BACKWARD")                                                                    // 5
	n.put("orders-value", `{"type":"record","name":"Order","namespace":"acme","fields":[
		{"name":"id","type":["null","long"],"default":null}]}`) // 6
	n.delete("orders-value", 1, false)                                                  // 7
	n.Commit(catalog.Edit{Ref: ref, RemoveTags: []string{"Sensitive"}})                 // 8
	if _, err := n.Registry.DeleteConfig(t.Context(), in("orders-value")); err != nil { // 9
		t.Fatal(err)
	}
	want := []string{
		"9:1 COMPATIBILITY_CHANGED SUBJECT/./orders-value",
		"8:2 UNTAGGED SUBJECT/./orders-value",
		"7:1 DELETED SUBJECT/./orders-value",
		"6:1 REGISTERED SUBJECT/./orders-value",
		"5:1 COMPATIBILITY_CHANGED SUBJECT/./orders-value",
		"4:2 TAGGED SUBJECT/./orders-value",
		"1:1 REGISTERED SUBJECT/./orders-value",
	}
	for size := 1; size < 9; size++ {
		if diff := cmp.Diff(want, happened(n.history(ref, size))); diff != "" {
			t.Errorf("in pages of %d (-want +got):\n%s", size, diff)
		}
	}
	if diff := cmp.Diff(want[3:4], happened(n.history(ref, 1, catalog.ActionRegistered))[:1]); diff != "" {
		t.Errorf("registrations (-want +got):\n%s", diff)
	}
	version := ref
	version.Kind, version.Part = catalog.KindSchemaVersion, "1"
	if diff := cmp.Diff([]string{want[2], want[6]}, happened(n.history(version, 10))); diff != "" {
		t.Errorf("of version 1 (-want +got):\n%s", diff)
	}
	events := n.history(ref, 10)
	for i, want := range []struct{ before, after string }{
		{`{"config":{"compatibilityLevel":"BACKWARD"}}`, ""},
		{`{"part":"TAG","item":"Sensitive","value":{},"at":AT}`, ""},
		{`{"versions":[1],"permanent":false}`, ""},
		{"", `{"version":2,"id":2,`},
	} {
		if got := withoutTimes(events[i].Before); got != want.before {
			t.Errorf("%s: Before = %s, want %s", happened(events)[i], got, want.before)
		}
		if got := string(events[i].After); len(got) < len(want.after) || got[:len(want.after)] != want.after || want.after == "" && got != "" {
			t.Errorf("%s: After = %s, want %s", happened(events)[i], got, want.after)
		}
	}
	if diff := cmp.Diff([]string{
		"6:1 UPDATED FIELD/./orders-value/acme.Order.id",
		"4:4 TAGGED FIELD/./orders-value/acme.Order.id",
		"1:1 CREATED FIELD/./orders-value/acme.Order.id",
	}, happened(n.history(field("orders-value", "acme.Order.id"), 2))); diff != "" {
		t.Errorf("of a field (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"6:1 DELETED FIELD/./orders-value/acme.Order.email",
		"1:1 CREATED FIELD/./orders-value/acme.Order.email",
	}, happened(n.history(field("orders-value", "acme.Order.email"), 2))); diff != "" {
		t.Errorf("of a field that went (-want +got):\n%s", diff)
	}
	for _, e := range events {
		at, err := n.EventAt(t.Context(), e.Cursor)
		if err != nil || !cmp.Equal(*at, e) {
			t.Errorf("EventAt(%v) = %+v, %v", e.Cursor, at, err)
		}
	}
	if _, _, err := n.History(t.Context(), subject("nope"), nil, feed.Cursor{}, 10); reason(err) != "not found SUBJECT/./nope" {
		t.Errorf("history of nothing = %v", err)
	}
	if _, _, err := n.History(t.Context(), ref, nil, feed.Cursor{Epoch: "x", Revision: 3}, 10); reason(err) != "WRONG_EPOCH" {
		t.Errorf("history from another database = %v", err)
	}
}

// changes reads the log to its end in pages of a size.
func (n *node) changes(f catalog.EventFilter, size int) []catalog.Event {
	n.T.Helper()
	var all []catalog.Event
	for after := (feed.Cursor{}); ; {
		events, next, err := n.Changes(n.T.Context(), f, after, size)
		if err != nil {
			n.T.Fatalf("Changes(%v) = %v", after, err)
		}
		all = append(all, events...)
		if next == n.View().Cursor() {
			return all
		}
		if next == after {
			n.T.Fatalf("Changes(%v) does not move on", after)
		}
		after = next
	}
}

// countedLog counts how often the log is read.
type countedLog struct {
	catalog.Store
	reads atomic.Int64
}

func (l *countedLog) Changes(ctx context.Context, after feed.Revision, limit int) ([]feed.Change, error) {
	l.reads.Add(1)
	return l.Store.Changes(ctx, after, limit)
}

// Who follows the changes reads them from memory.
func TestFollowersReadNoLog(t *testing.T) {
	var log countedLog
	n := newNode(t, func(s *catalogtest.Setup) { log.Store, s.Catalog.Store = s.Catalog.Store, &log })
	n.put("orders-value", order)
	at := n.View().Cursor()
	n.put("orders-key", order)
	log.reads.Store(0)
	events, next, err := n.Changes(t.Context(), catalog.EventFilter{}, at, 10)
	if err != nil || len(events) == 0 || next != n.View().Cursor() {
		t.Errorf("Changes = %v, %v, %v", happened(events), next, err)
	}
	if got := log.reads.Load(); got != 0 {
		t.Errorf("%d reads of the log, want none", got)
	}
}

func TestChangesGoForward(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.company()
	ref := subject("orders-value")
	n.Commit(tagged(ref, "Sensitive", ""), catalog.Edit{Ref: ref, Description: ptr("x"), Domain: ptr("sales")})
	n.config("orders-value", "FULL")
	n.Commit(everything(ref))
	all := happened(n.changes(catalog.EventFilter{}, 1000))
	for size := 1; size < 8; size++ {
		if diff := cmp.Diff(all, happened(n.changes(catalog.EventFilter{}, size))); diff != "" {
			t.Errorf("in pages of %d (-want +got):\n%s", size, diff)
		}
	}
	loaded := &node{n.Reload()} // it has nothing of the log in memory
	if diff := cmp.Diff(happened(loaded.changes(catalog.EventFilter{}, 1000)), all); diff != "" {
		t.Errorf("-loaded +grown:\n%s", diff)
	}
	if len(all) < 20 || all[0] != "1:1 REGISTERED SUBJECT/./orders-value" {
		t.Errorf("all = %v", all)
	}
	version := ref
	version.Kind, version.Part = catalog.KindSchemaVersion, "1"
	for name, test := range map[string]struct {
		filter catalog.EventFilter
		want   int
	}{
		"kind":     {catalog.EventFilter{Kinds: []catalog.Kind{catalog.KindTerm, catalog.KindDomain}}, 2},
		"action":   {catalog.EventFilter{Actions: []catalog.Action{catalog.ActionTagged}}, 1},
		"entity":   {catalog.EventFilter{Entities: []catalog.Ref{version}}, 1},
		"tag":      {catalog.EventFilter{Tags: []string{"Sensitive"}, Actions: []catalog.Action{catalog.ActionRegistered}}, 1},
		"no tag":   {catalog.EventFilter{Tags: []string{"Graded"}}, 0},
		"owner":    {catalog.EventFilter{Owners: []catalog.Ref{team("payments")}, Actions: []catalog.Action{catalog.ActionTagged}}, 1},
		"domain":   {catalog.EventFilter{Domains: []catalog.Ref{domain("sales")}, Actions: []catalog.Action{catalog.ActionRegistered}}, 1},
		"no owner": {catalog.EventFilter{Owners: []catalog.Ref{team("x")}}, 0},
	} {
		if got := n.changes(test.filter, 3); len(got) != test.want {
			t.Errorf("%s: %v, want %d", name, happened(got), test.want)
		}
	}
	for name, test := range map[string]struct {
		after feed.Cursor
		want  string
	}{
		"another database": {feed.Cursor{Epoch: "x", Revision: 1}, "WRONG_EPOCH"},
		"not yet":          {feed.Cursor{Epoch: n.View().Cursor().Epoch, Revision: 99}, "REVISION_NOT_AVAILABLE"},
		"now":              {n.View().Cursor(), ""},
	} {
		if events, _, err := n.Changes(t.Context(), catalog.EventFilter{}, test.after, 10); reason(err) != test.want || len(events) > 0 {
			t.Errorf("%s: %v, %v", name, events, err)
		}
	}
}

// withoutTimes writes AT for times.
func withoutTimes(document []byte) string { return times.ReplaceAllString(string(document), `"at":AT`) }

var times = regexp.MustCompile(`"at":\d+`)

// What the registry tells of associations, modes, contracts and deletions for
// good.
func TestHistoryOfTheRegistry(t *testing.T) {
	n := newNode(t)
	ref := subject("orders-value")
	n.put("orders-value", order) // 1
	n.put("other-value", order)  // 2
	n.associate("orders", "orders-value", "value")
	linked := n.View().Revision()
	n.associate("others", "other-value", "value")
	if err := n.Registry.DeleteAssociations(t.Context(), registry.AssociationDeletion{ResourceID: "id of orders", ResourceType: "topic"}); err != nil {
		t.Fatal(err)
	}
	mode := "READONLY"
	for _, m := range []*string{&mode, nil} {
		if err := n.Registry.SetMode(t.Context(), in("orders-value"), m, false); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := n.Registry.SetConfig(t.Context(), in("orders-value"), registry.ConfigUpdate{
		DefaultMetadata: registry.Optional[registry.Metadata]{Set: true, Value: &registry.Metadata{Properties: map[string]*string{"a": ptr("b")}}},
	}); err != nil {
		t.Fatal(err)
	}
	n.delete("orders-value", 1, false)
	deleted := n.View().Revision()
	n.delete("orders-value", 1, true)
	var actions []catalog.Action
	events, _, err := n.History(t.Context(), ref, nil, feed.Cursor{}, 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		actions = append(actions, e.Action)
	}
	if diff := cmp.Diff([]catalog.Action{
		"CONTRACT_CHANGED", "DELETED", "DELETED", "CONTRACT_CHANGED", "UPDATED", "UPDATED", "UNLINKED", "LINKED", "REGISTERED",
	}, actions); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	// The link is there again in the view of then, and the versions that were
	// deleted for good while another holds their content.
	v, err := n.ViewAt(t.Context(), ref, linked)
	if err != nil {
		t.Fatal(err)
	}
	if links := slices.Collect(v.Registry().AssociationsOf(in("orders-value"))); len(links) != 1 || links[0].ResourceName != "orders" {
		t.Errorf("associations then = %+v", links)
	}
	for at, wantDeleted := range map[feed.Revision]bool{linked: false, deleted: true} {
		v, err := n.ViewAt(t.Context(), ref, at)
		if err != nil {
			t.Fatal(err)
		}
		versions, err := v.Versions(t.Context(), in("orders-value"))
		if err != nil || len(versions) != 1 || versions[0].Deleted != wantDeleted || versions[0].Revision != 1 {
			t.Errorf("versions at %d = %+v, %v", at, versions, err)
		}
	}
	if n := slices.Collect(n.View().Registry().AssociationsOf(in("orders-value"))); len(n) != 0 {
		t.Errorf("associations now = %+v", n)
	}
}

package registry_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// TestReading holds that what other domains read of a snapshot is what was
// registered.
func TestReading(t *testing.T) {
	n := newNode(t)
	a := n.register("a", record("A", "x"))
	again := n.register(":.west:a", record("A", "x"))
	b := body(`{"type":"record","name":"B","fields":[{"name":"a","type":"A"}]}`)
	b.References = []registry.BodyReference{{Name: ptr("A"), Subject: ptr("a"), Version: ptr(int32(1))}}
	n.put("b", b)
	n.register("c", record("C", "x"))
	n.register("c", record("C", "y"))
	if _, err := n.DeleteVersion(t.Context(), in("c"), 2, false); err != nil {
		t.Fatal(err)
	}
	n.level("c", "FULL")
	s := n.Snapshot()

	if diff := cmp.Diff([]registry.Context{".", ".west"}, slices.Collect(s.Contexts())); diff != "" {
		t.Errorf("Contexts (-want +got):\n%s", diff)
	}
	var names []string
	for name, live := range s.SubjectsFrom(".", "b") {
		names = append(names, name.Name)
		if live != 1 {
			t.Errorf("%s has %d live versions", name, live)
		}
	}
	if diff := cmp.Diff([]string{"b", "c"}, names); diff != "" {
		t.Errorf("SubjectsFrom (-want +got):\n%s", diff)
	}
	if all, live := s.Standing(in("c")); all != 2 || live != 1 {
		t.Errorf("Standing(c) = %d, %d", all, live)
	}
	latest, ok := s.LatestOf(in("c"))
	if rows := slices.Collect(s.VersionsOf(in("c"))); !ok || latest.Version != 1 || len(rows) != 2 || !rows[1].Deleted || rows[0] != latest {
		t.Errorf("LatestOf(c) = %v, %v, VersionsOf(c) = %v", latest, ok, rows)
	}
	if row, ok := s.VersionOf(in("c"), 2); !ok || !row.Deleted || row.Revision == 0 {
		t.Errorf("VersionOf(c, 2) = %v, %v", row, ok)
	}
	x, ok := s.ContentOf(".", a.ID)
	if !ok || x.Type() != schema.Avro || x.ID() != a.ID || x.Text() != record("A", "x") {
		t.Errorf("ContentOf = %v, %v", x, ok)
	}
	var o schema.Outline
	if err := o.UnmarshalBinary(x.AppendOutline(nil)); err != nil || o.RecordName != "A" {
		t.Errorf("the outline is %+v, %v", o, err)
	}
	if holders := slices.Collect(x.Holders(".")); len(holders) != 1 || holders[0].Subject != in("a") {
		t.Errorf("Holders = %v", holders)
	}
	same := map[registry.Context]int32{}
	for c, y := range s.ContentsByGUID(x.GUID()) {
		same[c] = y.ID()
	}
	if diff := cmp.Diff(map[registry.Context]int32{".": a.ID, ".west": again.ID}, same); diff != "" {
		t.Errorf("ContentsByGUID (-want +got):\n%s", diff)
	}
	referrers := s.ReferrersOf(in("a"), 1, false)
	if len(referrers) != 1 {
		t.Fatalf("ReferrersOf(a, 1) = %v", referrers)
	}
	y, _ := s.ContentOf(referrers[0].Context, referrers[0].ID)
	if to := registry.ResolveReference(".", y.References()[0]); to != (registry.SubjectVersion{Subject: in("a"), Version: 1}) {
		t.Errorf("ResolveReference = %v", to)
	}
	if c := n.CompatibilityOf(s, in("c")); c != (registry.Compatibility{Level: compat.Full, Own: true}) {
		t.Errorf("CompatibilityOf(c) = %v", c)
	}
	if c := n.CompatibilityOf(s, in("a")); c.Own || c.Level != defaults().CompatibilityLevel {
		t.Errorf("CompatibilityOf(a) = %v", c)
	}
}

package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/schema"
)

// TestHeirs holds that a rename offers a move, and does not perform it.
func TestHeirs(t *testing.T) {
	n := newNode(t)
	n.put("a", `{"type":"record","name":"n.Old","fields":[{"name":"x","type":"int"},{"name":"y","type":"int"},{"name":"z","type":"int"}]}`)
	n.Commit(catalog.Edit{Ref: field("a", "n.Old.x"), Description: text("said")})
	n.put("a", `{"type":"record","name":"n.New","aliases":["n.Old"],"fields":[{"name":"new","aliases":["x"],"type":"int"},{"name":"y","type":"int"}]}`)
	n.Register("p", schema.Protobuf, `syntax = "proto3"; package n; message M { string old = 1; string gone = 3; }`)
	n.Register("p", schema.Protobuf, `syntax = "proto3"; package n; message M { string new = 1; string more = 2; }`)
	for _, c := range []struct {
		orphan catalog.Ref
		want   []catalog.Heir
	}{
		{field("a", "n.Old.x"), []catalog.Heir{{Ref: field("a", "n.New.new"), Why: catalog.Aliased}}},
		{field("a", "n.Old.y"), []catalog.Heir{{Ref: field("a", "n.New.y"), Why: catalog.Aliased}}},
		{field("a", "n.Old.z"), nil},
		{record("a", "n.Old"), []catalog.Heir{{Ref: record("a", "n.New"), Why: catalog.Aliased}}},
		{field("p", "n.M.old"), []catalog.Heir{{Ref: field("p", "n.M.new"), Why: catalog.SameNumber}}},
		{field("p", "n.M.gone"), nil},
	} {
		got, err := n.View().Heirs(t.Context(), c.orphan)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("Heirs(%s) (-want +got):\n%s", c.orphan, diff)
		}
	}
	if e := n.entity(field("a", "n.Old.x")); e.Status != catalog.Orphaned || len(e.Descriptions) != 1 {
		t.Errorf("the orphan is %s with %v", e.Status, e.Descriptions)
	}
	if e := n.entity(field("a", "n.New.new")); len(e.Descriptions) != 0 {
		t.Errorf("the heir has %v", e.Descriptions)
	}
}

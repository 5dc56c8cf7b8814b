package catalog_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
)

// trimmed is a store whose log begins later.
type trimmed struct {
	*store.Store
	from feed.Revision
}

func (s trimmed) OldestChange(ctx context.Context) (feed.Revision, error) {
	if s.from == 0 {
		return s.Store.OldestChange(ctx)
	}
	return s.from, nil
}

func (s trimmed) ChangesAt(ctx context.Context, at feed.Revision) ([]feed.Change, error) {
	if at < s.from {
		return nil, nil
	}
	return s.Store.ChangesAt(ctx, at)
}

// A log that was trimmed says how far back it goes; registrations before it are
// told of by their rows.
func TestTrimmedLog(t *testing.T) {
	var kept *trimmed
	n := newNode(t, func(s *catalogtest.Setup) {
		kept = &trimmed{Store: s.Catalog.Store.(*store.Store)}
		s.Catalog.Store = kept
	})
	ctx := registry.WithOrigin(auth.With(t.Context(), auth.Principal{Name: "ada"}), feed.Origin{Actor: "ada", Client: "curl"})
	if _, err := n.Registry.Register(ctx, in("orders-value"), catalogtest.Body("AVRO", order), false, false, ""); err != nil {
		t.Fatal(err)
	}
	n.company()
	ref := subject("orders-value")
	for _, text := range []string{"one", "two", "three"} {
		n.Commit(catalog.Edit{Ref: ref, Description: &text})
	}
	if oldest, err := n.Oldest(t.Context()); err != nil || oldest != 0 {
		t.Errorf("Oldest() = %d, %v", oldest, err)
	}
	whole := n.history(ref, 10)
	kept.from = 4
	if oldest, err := n.Oldest(t.Context()); err != nil || oldest != 3 {
		t.Errorf("Oldest() = %d, %v, want 3", oldest, err)
	}
	for at, want := range map[feed.Revision]string{2: "REVISION_NOT_AVAILABLE", 3: "", 5: "", 6: "REVISION_NOT_AVAILABLE"} {
		v, err := n.ViewAt(t.Context(), ref, at)
		if reason(err) != want || err == nil && v.Revision() != at {
			t.Errorf("ViewAt(%d) = %v, want %q", at, err, want)
		}
	}
	v, err := n.ViewAt(t.Context(), ref, 3)
	if err != nil {
		t.Fatal(err)
	}
	if e, err := v.Entity(t.Context(), ref); err != nil || e.Descriptions[0].Value != "one" || e.Version != 1 {
		t.Errorf("at revision 3: %+v, %v", e, err)
	}
	if _, _, err := n.Changes(t.Context(), catalog.EventFilter{}, feed.Cursor{Epoch: v.Cursor().Epoch, Revision: 2}, 10); reason(err) != "REVISION_NOT_AVAILABLE" {
		t.Errorf("changes after revision 2 = %v", err)
	}
	if got := happened(n.changes(catalog.EventFilter{}, 10)); len(got) != 2 {
		t.Errorf("changes from the oldest on: %v", got)
	}
	first := whole[len(whole)-1]
	again := n.history(ref, 10)
	last := again[len(again)-1]
	last.At = first.At // the row's is of the decision, the change's of the commit
	if diff := cmp.Diff(first, last); diff != "" || last.Actor != "ada" || last.Client != "curl" {
		t.Errorf("the registration that the log has forgotten = %+v, was %+v", last, first)
	}
}

// forgetful is a store whose versions are older than the column that knows
// their revision.
type forgetful struct{ *store.Store }

func (s forgetful) ReadVersions(ctx context.Context, each func(*registry.VersionRow) error) error {
	return s.Store.ReadVersions(ctx, func(row *registry.VersionRow) error {
		row.Revision = 0
		return each(row)
	})
}

// Versions from before the column keep their place in the history, and are
// there at any revision.
func TestVersionsOfUnknownRevision(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.put("orders-value", `{"type":"record","name":"Order","namespace":"acme","fields":[{"name":"id","type":"long"}]}`)
	n.Commit(catalog.Edit{Ref: subject("orders-value"), Description: ptr("x")})
	old := &node{n.Reload(func(s *catalogtest.Setup) { s.Registry.Store = forgetful{n.Store} })}
	want := []string{
		"3:2 UPDATED SUBJECT/./orders-value", "0:2 REGISTERED SUBJECT/./orders-value", "0:1 REGISTERED SUBJECT/./orders-value",
	}
	for size := 1; size < 4; size++ {
		if diff := cmp.Diff(want, happened(old.history(subject("orders-value"), size))); diff != "" {
			t.Errorf("in pages of %d (-want +got):\n%s", size, diff)
		}
	}
	v, err := old.ViewAt(t.Context(), subject("orders-value"), 1)
	if err != nil {
		t.Fatal(err)
	}
	if versions, err := v.Versions(t.Context(), in("orders-value")); err != nil || len(versions) != 2 {
		t.Errorf("at revision 1: %+v, %v", versions, err)
	}
}

// A subject as it was: its versions, settings and associations, and what it
// describes.
func TestSubjectAsItWas(t *testing.T) {
	n := newNode(t)
	ref, id := subject("orders-value"), field("orders-value", "acme.Order.id")
	n.put("orders-value", order) // 1
	n.company()                  // 2
	n.Commit(tagged(id, "Sensitive", ""))
	n.config("orders-value", "BACKWARD")
	then := n.View().Revision()
	n.put("orders-value", `{"type":"record","name":"Order","namespace":"acme","fields":[{"name":"id","type":["null","long"],"default":null}]}`)
	n.delete("orders-value", 1, false)
	n.config("orders-value", "FULL")
	n.Commit(catalog.Edit{Ref: id, Clear: []catalog.Part{catalog.PartTag}}, catalog.Edit{Ref: ref, Domain: ptr("sales")})

	v, err := n.ViewAt(t.Context(), ref, then)
	if err != nil {
		t.Fatal(err)
	}
	versions, err := v.Versions(t.Context(), in("orders-value"))
	if err != nil || len(versions) != 1 || versions[0].Version != 1 || versions[0].Deleted || versions[0].Revision != 1 {
		t.Errorf("versions = %+v, %v", versions, err)
	}
	if got := n.Registry.CompatibilityOf(v.Registry(), in("orders-value")); got.Level != "BACKWARD" {
		t.Errorf("compatibility = %+v", got)
	}
	fields, err := v.Fields(t.Context(), in("orders-value"))
	if err != nil || len(fields) != 2 || fields[0].Type != "long" || fields[0].Nullable {
		t.Errorf("fields = %+v, %v", fields, err)
	}
	if e, err := v.Entity(t.Context(), id); err != nil || len(e.Tags) != 1 {
		t.Errorf("the field = %+v, %v", e, err)
	}
	if e, err := v.Entity(t.Context(), ref); err != nil || !e.Domain.IsZero() || e.Version != 0 {
		t.Errorf("the subject = %+v, %v", e, err)
	}
	// What is now stays as it is.
	if e := n.entity(ref); e.Domain != domain("sales") {
		t.Errorf("now = %+v", e)
	}
	// Before its first version there was none.
	v, err = n.ViewAt(t.Context(), ref, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Entity(t.Context(), ref); reason(err) != "not found SUBJECT/./orders-value" {
		t.Errorf("before the first version = %v", err)
	}
}

// A version that an IMPORT has overwritten: the history tells of both, and the
// subject as it was describes the first.
func TestOverwrittenVersion(t *testing.T) {
	n := newNode(t)
	s, ref := in("orders-value"), subject("orders-value")
	mode := "IMPORT"
	if err := n.Registry.SetMode(t.Context(), s, &mode, true); err != nil {
		t.Fatal(err)
	}
	put := func(id int32, text string) {
		b, version := catalogtest.Body("AVRO", text), int32(1)
		b.ID, b.Version = &id, &version
		n.RegisterBody("orders-value", b)
	}
	put(7, `{"type":"record","name":"n.R","fields":[{"name":"old","type":"int"}]}`)
	then := n.View().Revision()
	n.delete("orders-value", 1, false)
	put(8, `{"type":"record","name":"n.R","fields":[{"name":"new","type":"int"}]}`)
	put(9, `{"type":"record","name":"n.R","fields":[{"name":"newest","type":"int"}]}`)

	for _, reloaded := range []bool{false, true} {
		if reloaded {
			n = &node{n.Reload()}
		}
		for at, want := range map[feed.Revision]struct {
			id      int32
			deleted bool
			field   string
		}{
			then: {7, false, "n.R.old"}, then + 1: {7, true, ""}, then + 2: {8, false, "n.R.new"}, then + 3: {9, false, "n.R.newest"},
		} {
			v, err := n.ViewAt(t.Context(), ref, at)
			if err != nil {
				t.Fatal(err)
			}
			versions := slices.Collect(v.Registry().VersionsOf(s))
			if len(versions) != 1 || versions[0].ID != want.id || versions[0].Deleted != want.deleted {
				t.Errorf("reloaded %t: versions at %d = %+v, want id %d", reloaded, at, versions, want.id)
			}
			if want.field == "" {
				continue
			}
			fields, err := v.Fields(t.Context(), s)
			if diff := cmp.Diff([]string{want.field}, runtimeNames(fields)); diff != "" || err != nil {
				t.Errorf("reloaded %t: fields at %d (-want +got):\n%s%v", reloaded, at, diff, err)
			}
		}
		want := []string{
			"5:1 REGISTERED SUBJECT/./orders-value", "4:1 REGISTERED SUBJECT/./orders-value", "3:1 DELETED SUBJECT/./orders-value",
			"2:1 REGISTERED SUBJECT/./orders-value",
		}
		for size := 1; size < 5; size++ {
			got := happened(n.history(ref, size, catalog.ActionRegistered, catalog.ActionDeleted))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("reloaded %t: in pages of %d (-want +got):\n%s", reloaded, size, diff)
			}
		}
	}
}

// A context as it was has the settings that it had.
func TestContextAsItWas(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.config("", "NONE")
	then := n.View().Revision()
	n.config("", "FULL")
	ref := catalog.Ref{Kind: catalog.KindContext, Name: "."}
	for at, want := range map[feed.Revision]compat.Level{then: "NONE", then + 1: "FULL"} {
		v, err := n.ViewAt(t.Context(), ref, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := n.Registry.CompatibilityOf(v.Registry(), in("")); got.Level != want {
			t.Errorf("compatibility at %d = %+v, want %s", at, got, want)
		}
		if versions, err := v.Versions(t.Context(), in("orders-value")); err != nil || len(versions) != 1 {
			t.Errorf("versions at %d = %+v, %v", at, versions, err)
		}
	}
}

package registry_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
)

var all = registry.Page{Limit: -1}

// Names are found in other contexts where the wire looks there (registry-api.md
// 6.3, 7.2), and listed in its order (6.1).
func TestContexts(t *testing.T) {
	n := newNode(t)
	n.register("s", record("R", "default"))
	n.register(":.b:s", record("R", "b"))
	n.register(":.a:only", record("R", "a"))
	n.register(":.a-b:x", record("R", "ab"))

	subjects := func(prefix string, want ...string) {
		t.Helper()
		got, err := n.Subjects(t.Context(), registry.SubjectFilter{Prefix: prefix, Page: all})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("Subjects(%s) (-want +got):\n%s%v", prefix, diff, err)
		}
	}
	subjects(":*:", ":.a-b:x", ":.a:only", ":.b:s", "s")
	subjects("", "s")
	subjects(":.a", ":.a-b:x", ":.a:only")
	subjects(":.a:", ":.a:only")
	subjects(":.:", "s")
	subjects(":*:s", ":.b:s", "s")
	subjects(":*")

	byID := func(id int32, subject, want string) {
		t.Helper()
		got, err := n.SchemaByID(t.Context(), id, subject, true, registry.ReadOptions{})
		if want == "" {
			refused(t, "SchemaByID", err, registry.CodeSchemaNotFound, "")
			return
		}
		if err != nil || got.Subject.String() != want || got.MaxID != 1 {
			t.Errorf("SchemaByID(%d, %q) = %s, max id %d, %v; want %s", id, subject, got.Subject, got.MaxID, err, want)
		}
	}
	byID(1, "", "s")
	byID(1, "only", ":.a:only")
	byID(1, "nowhere", "s")
	byID(1, ":.b:", ":.b:s")
	byID(1, ":.b:only", "")
	byID(1, ":*:", "")
	byID(2, "", "")

	got, err := n.Version(t.Context(), in("only"), registry.LatestVersion, false, registry.ReadOptions{})
	if err != nil || got.Subject != in(":.a:only") {
		t.Errorf("Version(only) = %s, %v", got.Subject, err)
	}
	found, err := n.Lookup(t.Context(), in("s"), body(record("R", "b")), false, false, "")
	if err != nil || found.Subject != in(":.b:s") {
		t.Errorf("Lookup(s) = %s, %v", found.Subject, err)
	}
	_, err = n.Versions(t.Context(), in("only"), registry.VersionFilter{Page: all})
	refused(t, "Versions", err, registry.CodeSubjectNotFound, "Subject 'only' not found.")

	contexts, err := n.Contexts(t.Context(), "", all)
	if diff := cmp.Diff([]string{".", ".a", ".a-b", ".b"}, contexts); diff != "" || err != nil {
		t.Errorf("Contexts (-want +got):\n%s%v", diff, err)
	}
	refused(t, "DeleteContext", n.DeleteContext(t.Context(), ".b"), registry.CodeContextNotEmpty, "The specified context ':.b:' is not empty.")
	for _, permanent := range []bool{false, true} {
		if _, err := n.DeleteSubject(t.Context(), in(":.b:s"), permanent); err != nil {
			t.Fatal(err)
		}
	}
	if err := n.DeleteContext(t.Context(), ".b"); err != nil {
		t.Errorf("DeleteContext = %v", err)
	}
	if again := n.register(":.b:s", record("R", "b")); again.ID != 2 {
		t.Errorf("the id after DELETE of the context = %d, want 2: ids are never given again", again.ID)
	}
}

// GUIDs are found in every context; ids by GUID are one for each.
func TestGUIDs(t *testing.T) {
	n := newNode(t)
	first := n.register(":.c:s", record("R", "a"))
	n.register("other", record("R", "z"))
	second := n.register("s", record("R", "a"))
	if first.GUID != second.GUID || first.ID != 1 || second.ID != 2 {
		t.Errorf("GUIDs %s and %s, ids %d and %d", first.GUID, second.GUID, first.ID, second.ID)
	}
	ids, err := n.IDsByGUID(t.Context(), first.GUID.String())
	if diff := cmp.Diff([]registry.ContextID{{Context: ".", ID: 2}, {Context: ".c", ID: 1}}, ids); diff != "" || err != nil {
		t.Errorf("IDsByGUID (-want +got):\n%s%v", diff, err)
	}
	for _, permanent := range []bool{false, true} {
		if _, err := n.DeleteSubject(t.Context(), in("s"), permanent); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := n.SchemaByGUID(t.Context(), first.GUID.String(), registry.ReadOptions{}); err != nil || got.Text() != record("R", "a") {
		t.Errorf("SchemaByGUID after hard deletion in the default context = %v", err)
	}
	ids, err = n.IDsByGUID(t.Context(), first.GUID.String())
	if diff := cmp.Diff([]registry.ContextID{{Context: ".c", ID: 1}}, ids); diff != "" || err != nil {
		t.Errorf("IDsByGUID after hard deletion (-want +got):\n%s%v", diff, err)
	}
	_, err = n.SchemaByGUID(t.Context(), "nothing", registry.ReadOptions{})
	refused(t, "SchemaByGUID", err, registry.CodeSchemaNotFound, "Schema nothing not found")
}

// An alias leads to another subject, one hop (registry-api.md 12.4).
func TestAliasOf(t *testing.T) {
	n := newNode(t)
	alias := func(scope, to, deks string) {
		n.config(scope, registry.ConfigUpdate{Alias: put(to), AliasForDeks: put(deks)})
	}
	alias("a", "b", "")
	alias("b", "c", "keys")
	alias(":.x:a", "b", "")
	alias(":.x:d", ":.:b", "")
	alias("", "global", "")
	for from, want := range map[string]string{"a": "b", "b": "c", ":.x:a": ":.x:b", ":.x:d": ":.x::.:b", "z": "z"} {
		if got := n.AliasOf(in(from), false); got.String() != want {
			t.Errorf("AliasOf(%s) = %s, want %s", from, got, want)
		}
	}
	if got := n.AliasOf(in("b"), true); got.String() != "keys" {
		t.Errorf("AliasOf(b) for DEKs = %s, want keys", got)
	}
}

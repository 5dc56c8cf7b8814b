package storetest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

func testRegister(t *testing.T, e Engine) {
	s := e.open(t)
	w := Put(Subject("orders"), 1, `"string"`)
	w.Schema.Metadata, w.Schema.Rules = `{"tags":{}}`, `{"domainRules":[]}`
	receipt := Commit(t, s, Command(0, w))
	want := feed.Receipt{Revision: 1, Changes: []feed.Change{{
		Revision: 1, At: receipt.Changes[0].At, Command: receipt.Changes[0].Command,
		Origin: feed.Origin{Actor: "ada", Client: "test/1", Address: "127.0.0.1", RequestID: "r-1"},
		Kind:   registry.KindPutVersion, Key: registry.SubjectKey(Subject("orders")),
		After: []byte(`{"version":1}`), Number: 1,
	}}}
	if diff := cmp.Diff(want, receipt); diff != "" {
		t.Errorf("Commit (-want +got):\n%s", diff)
	}
	row := w.Schema
	row.ID = 1
	if diff := cmp.Diff(map[registry.SchemaKey]registry.SchemaRow{{Context: ".", ID: 1}: row}, schemas(t, s)); diff != "" {
		t.Errorf("schemas (-want +got):\n%s", diff)
	}
	var versions []registry.VersionRow
	if err := s.ReadVersions(t.Context(), func(v *registry.VersionRow) error {
		versions = append(versions, *v)
		return nil
	}); err != nil {
		t.Fatalf("ReadVersions() = %v", err)
	}
	version := w.Version
	version.ID, version.Revision = 1, 1
	if diff := cmp.Diff([]registry.VersionRow{version}, versions); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
}

// The same content has one id in all subjects of a context, and ids of its own
// in another context.
func testKnownContent(t *testing.T, e Engine) {
	s := e.open(t)
	other := registry.Subject{Context: ".other", Name: "a"}
	for _, step := range []struct {
		put  registry.PutVersion
		want int32
	}{
		{Put(Subject("a"), 1, "x"), 1},
		{Put(Subject("a"), 2, "y"), 2},
		{Put(Subject("b"), 1, "y"), 2},
		{Put(other, 1, "y"), 1},
		{Put(Subject("b"), 2, "x"), 1},
		{Put(Subject("c"), 1, "z"), 3},
	} {
		if got := put(t, s, step.put); got != step.want {
			t.Errorf("put %s %d %q: id %d, want %d", step.put.Version.Subject, step.put.Version.Version, step.put.Schema.Text, got, step.want)
		}
	}
	// In one transaction too.
	c := Command(head(t, s), Put(Subject("d"), 1, "new"), Put(Subject("e"), 1, "new"), Put(Subject("f"), 1, "newer"))
	receipt := Commit(t, s, c)
	var got []int64
	for _, change := range receipt.Changes {
		got = append(got, change.Number)
	}
	if diff := cmp.Diff([]int64{4, 4, 5}, got); diff != "" {
		t.Errorf("ids of one command (-want +got):\n%s", diff)
	}
}

func testImport(t *testing.T, e Engine) {
	s := e.open(t)
	for _, step := range []struct {
		put  registry.PutVersion
		want int32
	}{
		{Import(Subject("a"), 7, 100, "x"), 100},
		{Import(Subject("a"), 3, 0, "zero"), 0},
		{Import(Subject("a"), 9, -5, "negative"), -5},
		{Put(Subject("b"), 1, "y"), 101},
		{Import(Subject("c"), 1, 200, "x"), 200}, // the content has two ids
		{Put(Subject("d"), 1, "x"), 100},         // of which the lowest answers
		{Put(Subject("d"), 2, "z"), 201},
		{Put(Subject("d"), 3, "negative"), -5},
	} {
		if got := put(t, s, step.put); got != step.want {
			t.Errorf("put %s %d: id %d, want %d", step.put.Version.Subject, step.put.Version.Version, got, step.want)
		}
	}
	marks, err := s.ReadMarks(t.Context())
	if diff := cmp.Diff(map[registry.Context]int32{".": 201}, marks); err != nil || diff != "" {
		t.Errorf("ReadMarks() = %v (-want +got):\n%s", err, diff)
	}
	if got := put(t, s, Put(registry.Subject{Context: ".n", Name: "a"}, 1, "first")); got != 1 {
		t.Errorf("first id of a context = %d, want 1", got)
	}
}

// registry-api.md 4.4: an id that lost its last version to an overwrite keeps
// its content, names the version that it lost, and is not given again.
func testOverwrite(t *testing.T, e Engine) {
	s := e.open(t)
	put(t, s, Import(Subject("a"), 1, 10, "old"))
	put(t, s, Import(Subject("b"), 1, 20, "kept"))
	put(t, s, Import(Subject("c"), 1, 20, "kept"))
	put(t, s, Import(Subject("a"), 1, 11, "new"))
	put(t, s, Import(Subject("b"), 1, 11, "new"))
	put(t, s, Import(Subject("b"), 1, 11, "new")) // itself: nothing is lost
	want := map[string]int32{". a 1": 11, ". b 1": 11, ". c 1": 20}
	if diff := cmp.Diff(want, Versions(t, s)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	held := map[int32]registry.SubjectVersion{}
	for key, row := range schemas(t, s) {
		held[key.ID] = row.First
	}
	wantHeld := map[int32]registry.SubjectVersion{10: {Subject: Subject("a"), Version: 1}, 11: {}, 20: {}}
	if diff := cmp.Diff(wantHeld, held); diff != "" {
		t.Errorf("held (-want +got):\n%s", diff)
	}
	if got := put(t, s, Put(Subject("d"), 1, "old")); got != 21 {
		t.Errorf("the old content has id %d, want a new one, 21", got)
	}
	// Deleting what came instead does not take the retired content away.
	Commit(t, s, Command(head(t, s), registry.HardDelete{Subject: Subject("a"), Versions: []int32{1}}))
	if got := texts(t, s)[10]; got != "old" {
		t.Errorf("text of the retired id = %q", got)
	}
}

// An id that a client chose and another content took in between.
func testTakenID(t *testing.T, e Engine) {
	s := e.open(t)
	imported := Command(head(t, s), Import(Subject("b"), 1, 1, "imported"))
	put(t, s, Put(Subject("a"), 1, "allocated"))
	if _, err := s.Commit(t.Context(), imported); !errors.Is(err, feed.ErrConflict) {
		t.Errorf("Commit of a taken id = %v, want ErrConflict", err)
	}
	if diff := cmp.Diff(map[string]int32{". a 1": 1}, Versions(t, s)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
}

func testIDSpace(t *testing.T, e Engine) {
	s := e.open(t)
	full := registry.Subject{Context: ".full", Name: "a"}
	put(t, s, Import(full, 1, 2147483647, "last"))
	_, err := s.Commit(t.Context(), Command(head(t, s), Put(full, 2, "one too many")))
	var space *registry.IDSpaceError
	if !errors.As(err, &space) || space.Context != ".full" {
		t.Errorf("Commit past the last id = %v, want *IDSpaceError of .full", err)
	}
	if got := put(t, s, Put(full, 2, "last")); got != 2147483647 {
		t.Errorf("known content of a full context has id %d", got)
	}
	if got := put(t, s, Put(Subject("a"), 1, "x")); got != 1 {
		t.Errorf("first id of another context = %d, want 1", got)
	}
}

func testSoftDelete(t *testing.T, e Engine) {
	s := e.open(t)
	for v := int32(1); v <= 4; v++ {
		put(t, s, Put(Subject("a"), v, string('w'+v)))
	}
	Commit(t, s, Command(head(t, s), registry.SoftDelete{Subject: Subject("a"), Versions: []int32{4, 1, 2}, Audit: []byte(`{}`)}))
	want := map[string]int32{". a 1 -": 1, ". a 2 -": 2, ". a 3": 3, ". a 4 -": 4}
	if diff := cmp.Diff(want, Versions(t, s)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
}

func testHardDelete(t *testing.T, e Engine) {
	s := e.open(t)
	put(t, s, Put(Subject("a"), 1, "shared"))
	put(t, s, Put(Subject("b"), 1, "shared"))
	put(t, s, Put(Subject("a"), 2, "own"))
	put(t, s, Put(Subject("a"), 3, "own"))
	put(t, s, Put(Subject("a"), 4, "highest"))
	purge := func(subject string, versions ...int32) {
		t.Helper()
		Commit(t, s, Command(head(t, s), registry.HardDelete{Subject: Subject(subject), Versions: versions}))
	}
	purge("a", 1, 2)
	if diff := cmp.Diff(map[int32]string{1: "shared", 2: "own", 3: "highest"}, texts(t, s)); diff != "" {
		t.Errorf("after some are gone (-want +got):\n%s", diff)
	}
	purge("a", 3, 4)
	if diff := cmp.Diff(map[int32]string{1: "shared"}, texts(t, s)); diff != "" {
		t.Errorf("after all are gone (-want +got):\n%s", diff)
	}
	purge("b", 1)
	if diff := cmp.Diff(map[string]int32{}, Versions(t, s)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	// The highest id left with its content, and is not given again; lower
	// ones never are.
	if got := put(t, s, Put(Subject("a"), 1, "shared")); got != 4 {
		t.Errorf("next id = %d, want 4", got)
	}
	marks, err := s.ReadMarks(t.Context())
	if diff := cmp.Diff(map[registry.Context]int32{".": 4}, marks); err != nil || diff != "" {
		t.Errorf("ReadMarks() = %v (-want +got):\n%s", err, diff)
	}
}

func testReferences(t *testing.T, e Engine) {
	s := e.open(t)
	put(t, s, Put(Subject("common"), 1, "target"))
	w := Put(Subject("orders"), 1, "with references")
	w.Schema.References = []schema.Reference{
		{Name: "com.Common", Subject: "common", Version: 1},
		{Name: "", Subject: ":.other:x\x00", Version: -1},
	}
	w.Refers = []registry.ResolvedReference{
		{Name: "com.Common", Subject: Subject("common"), Version: 1},
		{Name: "", Subject: registry.Subject{Context: ".other", Name: "x\x00"}, Version: 3},
	}
	id := put(t, s, w)
	put(t, s, func() registry.PutVersion { w.Version.Version = 2; return w }()) // the same content again
	if diff := cmp.Diff(w.Schema.References, schemas(t, s)[registry.SchemaKey{Context: ".", ID: id}].References); diff != "" {
		t.Errorf("references (-want +got):\n%s", diff)
	}
	Commit(t, s, Command(head(t, s), registry.HardDelete{Subject: Subject("orders"), Versions: []int32{1, 2}}))
	if got := len(schemas(t, s)); got != 1 {
		t.Errorf("%d schemas are left, want 1", got)
	}
	if got := put(t, s, w); got != id+1 {
		t.Errorf("id = %d, want %d", got, id+1)
	}
}

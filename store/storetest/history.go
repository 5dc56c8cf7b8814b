package storetest

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
)

// revisions reads the revisions of versions by "subject version".
func revisions(t testing.TB, s *store.Store) map[string]feed.Revision {
	t.Helper()
	found := map[string]feed.Revision{}
	mu := make(chan struct{}, 1)
	if err := s.ReadVersions(t.Context(), func(v *registry.VersionRow) error {
		mu <- struct{}{}
		defer func() { <-mu }()
		found[fmt.Sprint(v.Subject, " ", v.Version)] = v.Revision
		return nil
	}); err != nil {
		t.Fatalf("ReadVersions() = %v", err)
	}
	return found
}

// A version knows the revision of its registration, whichever way it came in:
// alone, with others of one command, many in one statement, over another.
func testRevisions(t *testing.T, e Engine) {
	database := e.Database(t)
	s := Open(t, store.Config{Database: database, Committers: 1})
	want := map[string]feed.Revision{}
	Commit(t, s, Command(0, Put(Subject("one"), 1, "x"), Put(Subject("two"), 1, "y")))
	want["one 1"], want["two 1"] = 1, 1
	Commit(t, s, Command(1, Put(registry.Subject{Context: ".c", Name: "one"}, 1, "x")))
	want[":.c:one 1"] = 2
	Commit(t, s, Command(2, Import(Subject("one"), 1, 77, "other"))) // over the first
	want["one 1"] = 3
	Commit(t, s, Command(3, registry.SoftDelete{Subject: Subject("one"), Versions: []int32{1}}))

	lock := e.Hold(t, database)
	plug := s.Submit(Command(4, Put(Subject("plug"), 1, "plug")))
	lock.Await(1)
	waits := map[string]func() (feed.Receipt, error){"plug 1": func() (feed.Receipt, error) { return plug(t.Context()) }}
	for i := range 40 {
		name := fmt.Sprint("many", i)
		wait := s.Submit(Command(4, Put(Subject(name), 1, name)))
		waits[name+" 1"] = func() (feed.Receipt, error) { return wait(t.Context()) }
	}
	lock.Release()
	for name, wait := range waits {
		r, err := wait()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want[name] = r.Revision
	}
	if diff := cmp.Diff(want, revisions(t, s)); diff != "" {
		t.Errorf("revisions (-want +got):\n%s", diff)
	}
}

func places(changes []feed.Change) []feed.Cursor {
	var list []feed.Cursor
	for _, c := range changes {
		list = append(list, feed.Cursor{Revision: c.Revision, Ordinal: c.Ordinal})
	}
	return list
}

// The changes of one key, newest first and page by page, without registrations.
func testHistory(t *testing.T, e Engine) {
	s := e.open(t)
	if oldest, err := s.OldestChange(t.Context()); err != nil || oldest != 0 {
		t.Errorf("OldestChange() of an empty log = %d, %v", oldest, err)
	}
	ref := catalog.Ref{Kind: catalog.KindSubject, Scope: ".", Name: "orders"}
	key := catalog.EntityKey(ref)
	say := func(text string) feed.Write {
		return catalog.PutAnnotation{Row: annotation(ref, catalog.PartDescription, "", `"`+text+`"`)}
	}
	Commit(t, s, Command(0, Put(Subject("orders"), 1, "x")))
	Commit(t, s, Command(1, say("one"), say("two")))
	Commit(t, s, Command(2, registry.SoftDelete{Subject: Subject("orders"), Versions: []int32{1}}))
	Commit(t, s, Command(3, say("three"), registry.Touch{Key: "somebody else"}))

	at := func(rev feed.Revision, ordinal int32) feed.Cursor {
		return feed.Cursor{Revision: rev, Ordinal: ordinal}
	}
	for _, test := range []struct {
		key    string
		before feed.Cursor
		limit  int
		want   []feed.Cursor
	}{
		{key, feed.Cursor{}, 10, []feed.Cursor{at(4, 0), at(2, 1), at(2, 0)}},
		{key, feed.Cursor{}, 2, []feed.Cursor{at(4, 0), at(2, 1)}},
		{key, at(4, 0), 10, []feed.Cursor{at(2, 1), at(2, 0)}},
		{key, at(2, 1), 10, []feed.Cursor{at(2, 0)}},
		{key, at(2, 0), 10, nil},
		{registry.SubjectKey(Subject("orders")), feed.Cursor{}, 10, []feed.Cursor{at(3, 0)}},
		{"nothing", feed.Cursor{}, 10, nil},
	} {
		changes, err := s.ChangesOf(t.Context(), test.key, test.before, test.limit)
		if diff := cmp.Diff(test.want, places(changes)); err != nil || diff != "" {
			t.Errorf("ChangesOf(%q, %v, %d) = %v (-want +got):\n%s", test.key, test.before, test.limit, err, diff)
		}
	}

	changes, err := s.ChangesAt(t.Context(), 2)
	if diff := cmp.Diff([]feed.Cursor{at(2, 0), at(2, 1)}, places(changes)); err != nil || diff != "" {
		t.Errorf("ChangesAt(2) = %v (-want +got):\n%s", err, diff)
	}
	var row catalog.AnnotationRow
	if err := json.Unmarshal(changes[1].After, &row); err != nil || string(row.Value) != `"two"` {
		t.Errorf("After of 2.1 = %s, %v", changes[1].After, err)
	}
	if changes, err := s.ChangesAt(t.Context(), 5); err != nil || len(changes) != 0 {
		t.Errorf("ChangesAt(5) = %v, %v", changes, err)
	}
	if oldest, err := s.OldestChange(t.Context()); err != nil || oldest != 1 {
		t.Errorf("OldestChange() = %d, %v, want 1", oldest, err)
	}
}

func testAssociationHistory(t *testing.T, e Engine) {
	s := e.open(t)
	for i := range 3 {
		r := registry.AssociationRow{GUID: fmt.Sprint(i), Subject: Subject("a"), ResourceName: "t"}
		Commit(t, s, Command(head(t, s), registry.PutAssociation{Row: r, After: []byte(`{}`)}, Put(Subject("a"), int32(i+1), fmt.Sprint(i))))
	}
	Commit(t, s, Command(head(t, s), registry.DeleteAssociation{GUID: "1"}))
	changes, err := s.ChangesOfAssociations(t.Context(), feed.Cursor{Revision: 4, Ordinal: 0}, 2)
	if diff := cmp.Diff([]feed.Cursor{{Revision: 3}, {Revision: 2}}, places(changes)); err != nil || diff != "" {
		t.Errorf("ChangesOfAssociations(4, 2) = %v (-want +got):\n%s", err, diff)
	}
	changes, err = s.ChangesOfAssociations(t.Context(), feed.Cursor{}, 1)
	if err != nil || len(changes) != 1 || changes[0].Kind != registry.KindDeleteAssociation {
		t.Errorf("ChangesOfAssociations(newest, 1) = %v, %v", changes, err)
	}
}

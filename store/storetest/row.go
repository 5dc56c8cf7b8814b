package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/store"
)

func testSettings(t *testing.T, e Engine) {
	s := e.open(t)
	rows := []registry.SettingRow{
		{Kind: registry.ConfigSetting, Subject: registry.Subject{Context: registry.GlobalContext}, Value: `{"a":1}`},
		{Kind: registry.ConfigSetting, Subject: Subject("orders"), Value: `{"a":2}`},
		{Kind: registry.ModeSetting, Subject: Subject("orders"), Value: `"READONLY"`},
		{Kind: registry.ModeSetting, Subject: registry.Subject{Context: ".unused"}, Value: `"IMPORT"`},
	}
	for _, r := range rows {
		r.Value = "before"
		Commit(t, s, Command(head(t, s), registry.PutSetting{Row: r}))
	}
	for _, r := range rows {
		Commit(t, s, Command(head(t, s), registry.PutSetting{Row: r, Before: []byte("before")}))
	}
	Commit(t, s, Command(head(t, s), registry.DeleteSetting{Kind: rows[1].Kind, Subject: rows[1].Subject, Before: []byte(rows[1].Value)}))
	want := slices.Delete(slices.Clone(rows), 1, 2)
	got, err := s.ReadSettings(t.Context())
	if err != nil {
		t.Fatalf("ReadSettings() = %v", err)
	}
	order := func(a, b registry.SettingRow) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) }
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	// A setting names a context, but makes none.
	if diff := gocmp.Diff([]registry.Context{"."}, contexts(t, s)); diff != "" {
		t.Errorf("contexts (-want +got):\n%s", diff)
	}
}

func testAssociations(t *testing.T, e Engine) {
	s := e.open(t)
	a := registry.AssociationRow{
		GUID: "g1", Subject: Subject("orders-value"), ResourceName: "orders", ResourceNamespace: "lkc-1", ResourceID: "id\x00\xff",
		ResourceType: "topic", AssociationType: "value", Lifecycle: "STRONG", Frozen: true, CreateAt: 1, UpdateAt: 2,
	}
	b := a
	b.GUID, b.Frozen = "g2", false
	for _, r := range []registry.AssociationRow{a, b} {
		Commit(t, s, Command(head(t, s), registry.PutAssociation{Row: r, After: []byte(`{}`)}))
	}
	a.Lifecycle, a.UpdateAt = "WEAK", 3
	Commit(t, s, Command(head(t, s), registry.PutAssociation{Row: a}, registry.DeleteAssociation{GUID: "g2"}))
	got, err := s.ReadAssociations(t.Context())
	if diff := gocmp.Diff([]registry.AssociationRow{a}, got); err != nil || diff != "" {
		t.Errorf("ReadAssociations() = %v (-want +got):\n%s", err, diff)
	}
}

func contexts(t testing.TB, s *store.Store) []registry.Context {
	t.Helper()
	rows, err := s.ReadContexts(t.Context())
	if err != nil {
		t.Fatalf("ReadContexts() = %v", err)
	}
	var names []registry.Context
	for _, r := range rows {
		names = append(names, r.Context)
	}
	slices.Sort(names)
	return names
}

func testContexts(t *testing.T, e Engine) {
	s := e.open(t)
	b := registry.Subject{Context: ".b", Name: "x"}
	put(t, s, Put(b, 1, "one"))
	put(t, s, Put(registry.Subject{Context: ".c", Name: "x"}, 1, "one"))
	if diff := gocmp.Diff([]registry.Context{".", ".b", ".c"}, contexts(t, s)); diff != "" {
		t.Errorf("contexts (-want +got):\n%s", diff)
	}
	Commit(t, s, Command(head(t, s), registry.HardDelete{Subject: b, Versions: []int32{1}}))
	Commit(t, s, Command(head(t, s), registry.DeleteContext{Context: ".b"}))
	if diff := gocmp.Diff([]registry.Context{".", ".c"}, contexts(t, s)); diff != "" {
		t.Errorf("contexts without .b (-want +got):\n%s", diff)
	}
	if got := put(t, s, Put(b, 1, "two")); got != 2 {
		t.Errorf("id after the context came back = %d, want 2", got)
	}
	if diff := gocmp.Diff([]registry.Context{".", ".b", ".c"}, contexts(t, s)); diff != "" {
		t.Errorf("contexts with .b again (-want +got):\n%s", diff)
	}
}

// What no PostgreSQL text can hold comes back as it was: U+0000, halves of
// surrogate pairs, bytes that are not UTF-8.
func testBytes(t *testing.T, e Engine) {
	s := e.open(t)
	const odd = "a\x00b\xed\xa0\x80\xff\"default\":\"\\u0000\\ud800\""
	subject := registry.Subject{Context: ".c\x00\xff", Name: odd}
	w := Put(subject, 1, odd)
	w.Schema.Metadata, w.Schema.Rules, w.Schema.Outline = odd, odd, []byte(odd)
	w.Schema.References = []schema.Reference{{Name: odd, Subject: odd, Version: 1}}
	w.Refers = []registry.ResolvedReference{{Name: odd, Subject: subject, Version: 1}}
	w.Version.By, w.Version.Client = odd, odd
	w.Audit = []byte(odd)
	c := Command(0, w, registry.Touch{Key: odd})
	c.Origin = feed.Origin{Actor: odd, Client: odd, Address: odd, RequestID: odd}
	receipt := Commit(t, s, c)
	if got := receipt.Changes[0]; got.Origin != c.Origin || string(got.After) != odd || got.Key != registry.SubjectKey(subject) {
		t.Errorf("change = %+v", got)
	}
	row := w.Schema
	row.ID = 1
	if diff := gocmp.Diff(map[registry.SchemaKey]registry.SchemaRow{{Context: subject.Context, ID: 1}: row}, schemas(t, s)); diff != "" {
		t.Errorf("schemas (-want +got):\n%s", diff)
	}
	if err := s.ReadVersions(t.Context(), func(v *registry.VersionRow) error {
		if v.Subject != subject || v.By != odd || v.Client != odd {
			t.Errorf("version = %+v", v)
		}
		return nil
	}); err != nil {
		t.Errorf("ReadVersions() = %v", err)
	}
}

// A B-tree row of PostgreSQL holds 2,704 bytes, and a subject may be longer.
func testLongNames(t *testing.T, e Engine) {
	s := e.open(t)
	// Two names that differ at the very end only.
	long := strings.Repeat("ä", 4000)
	one := registry.Subject{Context: registry.Context("." + long), Name: long + "1"}
	two := registry.Subject{Context: one.Context, Name: long + "2"}
	w := Put(one, 1, "x")
	w.Refers = []registry.ResolvedReference{{Name: long, Subject: two, Version: 1}}
	put(t, s, w)
	put(t, s, Put(two, 1, "y"))
	put(t, s, Put(one, 2, "y"))
	Commit(t, s, Command(head(t, s), registry.PutSetting{Row: registry.SettingRow{Kind: registry.ModeSetting, Subject: one, Value: "1"}}))
	Commit(t, s, Command(head(t, s), registry.SoftDelete{Subject: one, Versions: []int32{1}}))
	Commit(t, s, Command(head(t, s), registry.HardDelete{Subject: one, Versions: []int32{1}}))
	key := func(s registry.Subject, version string) string { return string(s.Context) + " " + s.Name + version }
	if diff := gocmp.Diff(map[string]int32{key(two, " 1"): 2, key(one, " 2"): 2}, Versions(t, s)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	if got := contexts(t, s); !slices.Contains(got, one.Context) {
		t.Errorf("contexts lack the long one")
	}
	settings, err := s.ReadSettings(t.Context())
	if err != nil || len(settings) != 1 || settings[0].Subject != one {
		t.Errorf("ReadSettings() = %v, %v", settings, err)
	}
}

// A load sees every row once, whatever the shape of the ids: a dense range
// that is longer than one read, many versions of one id, ids far apart.
func testLoad(t *testing.T, e Engine) {
	s := e.open(t)
	want := map[string]int32{}
	var writes []feed.Write
	add := func(w registry.PutVersion, id int32) {
		writes = append(writes, w)
		want[fmt.Sprintf("%s %s %d", w.Version.Subject.Context, w.Version.Subject.Name, w.Version.Version)] = id
		if len(writes) == 1000 {
			Commit(t, s, Command(head(t, s), writes...))
			writes = nil
		}
	}
	for i := range int32(4300) {
		add(Put(Subject("dense"), i+1, fmt.Sprint(i)), i+1)
	}
	for i := range int32(300) {
		add(Put(Subject("same"), i+1, "7"), 8)
	}
	for i, id := range []int32{-2147483647, -1, 0, 1, 1 << 30, 2147483647} {
		add(Import(registry.Subject{Context: ".far", Name: "x"}, int32(i+1), id, fmt.Sprint(id)), id)
	}
	Commit(t, s, Command(head(t, s), writes...))
	var mu sync.Mutex
	versions, contents := map[string]int32{}, map[registry.SchemaKey]string{}
	if err := s.ReadVersions(t.Context(), func(v *registry.VersionRow) error {
		mu.Lock()
		defer mu.Unlock()
		key := fmt.Sprintf("%s %s %d", v.Subject.Context, v.Subject.Name, v.Version)
		if _, twice := versions[key]; twice {
			t.Errorf("version %s was read twice", key)
		}
		versions[key] = v.ID
		return nil
	}); err != nil {
		t.Fatalf("ReadVersions() = %v", err)
	}
	if diff := gocmp.Diff(want, versions); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	if err := s.ReadSchemas(t.Context(), func(r *registry.SchemaRow) error {
		mu.Lock()
		defer mu.Unlock()
		key := registry.SchemaKey{Context: r.Context, ID: r.ID}
		if _, twice := contents[key]; twice {
			t.Errorf("schema %v was read twice", key)
		}
		contents[key] = strings.Clone(r.Text)
		return nil
	}); err != nil {
		t.Fatalf("ReadSchemas() = %v", err)
	}
	if len(contents) != 4306 || contents[registry.SchemaKey{Context: ".", ID: 4300}] != "4299" {
		t.Errorf("%d contents, the last dense one %q", len(contents), contents[registry.SchemaKey{Context: ".", ID: 4300}])
	}
	// An error of the callback ends the load and comes back.
	stop := fmt.Errorf("enough")
	if err := s.ReadSchemas(t.Context(), func(*registry.SchemaRow) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("ReadSchemas() = %v, want %v", err, stop)
	}
}

package storetest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/store"
)

// spoken is everything that the catalog keeps, by key.
type spoken struct {
	Entities    map[catalog.Ref]catalog.EntityRow
	Annotations map[catalog.AnnotationKey]catalog.AnnotationRow
	Definitions map[catalog.Ref]string
}

func readSpoken(t testing.TB, s *store.Store) spoken {
	t.Helper()
	all := spoken{map[catalog.Ref]catalog.EntityRow{}, map[catalog.AnnotationKey]catalog.AnnotationRow{}, map[catalog.Ref]string{}}
	if err := s.ReadEntities(t.Context(), func(r *catalog.EntityRow) error {
		if _, twice := all.Entities[r.Ref]; twice {
			t.Errorf("ReadEntities gives %s twice", r.Ref)
		}
		all.Entities[r.Ref] = *r
		return nil
	}); err != nil {
		t.Fatalf("ReadEntities() = %v", err)
	}
	if err := s.ReadAnnotations(t.Context(), func(r *catalog.AnnotationRow) error {
		if _, twice := all.Annotations[r.AnnotationKey]; twice {
			t.Errorf("ReadAnnotations gives %+v twice", r.AnnotationKey)
		}
		all.Annotations[r.AnnotationKey] = *r
		return nil
	}); err != nil {
		t.Fatalf("ReadAnnotations() = %v", err)
	}
	if err := s.ReadDefinitions(t.Context(), func(r *catalog.DefinitionRow) error {
		all.Definitions[r.Ref] = string(r.Document)
		return nil
	}); err != nil {
		t.Fatalf("ReadDefinitions() = %v", err)
	}
	return all
}

// annotation is a row about an entity.
func annotation(ref catalog.Ref, part catalog.Part, item, value string) catalog.AnnotationRow {
	return catalog.AnnotationRow{
		AnnotationKey: catalog.AnnotationKey{Entity: ref, Part: part, Item: item, Source: catalog.Applied},
		Value:         json.RawMessage(value), By: "ada", At: 7,
	}
}

// What people say is put, replaced and taken back, each thing under its key.
func testSaid(t *testing.T, e Engine) {
	s := e.open(t)
	topic := catalog.Ref{Kind: catalog.KindTopic, Scope: "default", Name: "orders"}
	team := catalog.Ref{Kind: catalog.KindTeam, Name: "payments"}
	tag := catalog.Ref{Kind: catalog.KindTag, Name: "PII"}
	metadata := catalog.Ref{Kind: catalog.KindBusinessMetadata, Name: "PII"} // one name in two tables
	said := annotation(topic, catalog.PartTag, "PII", `{}`)
	declared := said
	declared.Source, declared.Set = catalog.Declared, "team \x00"
	described := annotation(topic, catalog.PartDescription, "", `"all \u0000 orders"`)
	entity := catalog.EntityRow{Ref: topic, Version: 1, CreatedAt: 1, CreatedBy: "ada", UpdatedAt: 2, UpdatedBy: "bob\xff"}
	made := catalog.EntityRow{Ref: team, Document: json.RawMessage(`{"name":"payments"}`), Version: 1}
	Commit(t, s, Command(0,
		catalog.PutEntity{Row: entity}, catalog.PutEntity{Row: made},
		catalog.PutAnnotation{Row: said}, catalog.PutAnnotation{Row: declared}, catalog.PutAnnotation{Row: described},
		catalog.PutDefinition{Row: catalog.DefinitionRow{Ref: tag, Document: json.RawMessage(`{"tag":1}`)}},
		catalog.PutDefinition{Row: catalog.DefinitionRow{Ref: metadata, Document: json.RawMessage(`{"metadata":1}`)}},
	))
	want := spoken{
		map[catalog.Ref]catalog.EntityRow{topic: entity, team: made},
		map[catalog.AnnotationKey]catalog.AnnotationRow{
			said.AnnotationKey: said, declared.AnnotationKey: declared, described.AnnotationKey: described,
		},
		map[catalog.Ref]string{tag: `{"tag":1}`, metadata: `{"metadata":1}`},
	}
	if diff := cmp.Diff(want, readSpoken(t, s)); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}

	entity.Version, entity.UpdatedAt = 2, 3
	made.Document, made.Version = nil, 2 // gone, but for its version
	said.Value, said.By, said.At = json.RawMessage(`{"level":"high"}`), "eve", 9
	Commit(t, s, Command(1,
		catalog.PutEntity{Row: entity}, catalog.PutEntity{Row: made},
		catalog.PutAnnotation{Row: said}, catalog.DeleteAnnotation{Key: declared.AnnotationKey},
		catalog.PutDefinition{Row: catalog.DefinitionRow{Ref: tag, Document: json.RawMessage(`{"tag":2}`)}},
		catalog.DeleteDefinition{Ref: metadata},
	))
	want.Entities[topic], want.Entities[team] = entity, made
	want.Annotations[said.AnnotationKey] = said
	delete(want.Annotations, declared.AnnotationKey)
	want.Definitions = map[catalog.Ref]string{tag: `{"tag":2}`}
	if diff := cmp.Diff(want, readSpoken(t, s)); diff != "" {
		t.Errorf("said anew (-want +got):\n%s", diff)
	}

	// What was not claimed writes nothing.
	stale := Command(0, catalog.PutAnnotation{Row: described}, catalog.DeleteDefinition{Ref: tag})
	if _, err := s.Commit(t.Context(), stale); err == nil {
		t.Error("a command that read what has changed since was committed")
	}
	if diff := cmp.Diff(want, readSpoken(t, s)); diff != "" {
		t.Errorf("said after a conflict (-want +got):\n%s", diff)
	}
}

// Names of thousands of characters, which differ at the very end only.
func testSaidLong(t *testing.T, e Engine) {
	s := e.open(t)
	long := strings.Repeat("ä", 4000)
	want := spoken{map[catalog.Ref]catalog.EntityRow{}, map[catalog.AnnotationKey]catalog.AnnotationRow{}, map[catalog.Ref]string{}}
	var writes []feed.Write
	for _, end := range []string{"1", "2"} {
		ref := catalog.Ref{Kind: catalog.KindField, Scope: ".", Name: long, Part: long + end}
		entity := catalog.EntityRow{Ref: ref, Version: 1}
		row := annotation(ref, catalog.PartTag, long+end, `{}`)
		row.Source, row.Set = catalog.Declared, long+end
		tag := catalog.DefinitionRow{Ref: catalog.Ref{Kind: catalog.KindTag, Name: long + end}, Document: json.RawMessage(`{}`)}
		writes = append(writes, catalog.PutEntity{Row: entity}, catalog.PutAnnotation{Row: row}, catalog.PutDefinition{Row: tag})
		want.Entities[ref], want.Annotations[row.AnnotationKey], want.Definitions[tag.Ref] = entity, row, `{}`
	}
	Commit(t, s, Command(0, writes...))
	if diff := cmp.Diff(want, readSpoken(t, s)); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
	for key := range want.Annotations {
		Commit(t, s, Command(head(t, s), catalog.DeleteAnnotation{Key: key}, catalog.DeleteDefinition{Ref: catalog.Ref{Kind: catalog.KindTag, Name: key.Item}}))
		delete(want.Annotations, key)
		delete(want.Definitions, catalog.Ref{Kind: catalog.KindTag, Name: key.Item})
		break
	}
	if diff := cmp.Diff(want, readSpoken(t, s)); diff != "" {
		t.Errorf("said after a deletion (-want +got):\n%s", diff)
	}
}

// A load sees every row once: more entities than one read gives, and one with
// more rows than that.
func testSaidMany(t *testing.T, e Engine) {
	s := e.open(t)
	entities, rows := map[catalog.Ref]bool{}, map[catalog.AnnotationKey]bool{}
	var writes []feed.Write
	commit := func(last bool) {
		if len(writes) >= 1000 || last && len(writes) > 0 {
			Commit(t, s, Command(head(t, s), writes...))
			writes = nil
		}
	}
	for i := range 5000 {
		ref := catalog.Ref{Kind: catalog.KindTopic, Scope: "default", Name: fmt.Sprint(i)}
		row := annotation(ref, catalog.PartDescription, "", `"x"`)
		writes = append(writes, catalog.PutEntity{Row: catalog.EntityRow{Ref: ref, Version: 1}}, catalog.PutAnnotation{Row: row})
		entities[ref], rows[row.AnnotationKey] = true, true
		commit(false)
	}
	wide := catalog.Ref{Kind: catalog.KindTopic, Scope: "default", Name: "2500"}
	for i := range 5000 {
		row := annotation(wide, catalog.PartAttribute, fmt.Sprint(i), `"x"`)
		writes = append(writes, catalog.PutAnnotation{Row: row})
		rows[row.AnnotationKey] = true
		commit(false)
	}
	commit(true)
	got := readSpoken(t, s)
	if len(got.Entities) != len(entities) || len(got.Annotations) != len(rows) {
		t.Errorf("read %d entities and %d annotations, want %d and %d", len(got.Entities), len(got.Annotations), len(entities), len(rows))
	}
	for key := range maps.Keys(rows) {
		if _, ok := got.Annotations[key]; !ok {
			t.Fatalf("%+v was not read", key)
		}
	}
	if !slices.ContainsFunc(slices.Collect(maps.Keys(got.Entities)), func(r catalog.Ref) bool { return r == wide }) {
		t.Errorf("%s was not read", wide)
	}
}

package registry_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
)

const number = "confluent:version"

func properties(pairs ...string) *registry.Metadata {
	m := &registry.Metadata{Properties: map[string]*string{}}
	for i := 0; i < len(pairs); i += 2 {
		m.Properties[pairs[i]] = &pairs[i+1]
	}
	return m
}

// shown is what a test compares of an answer.
func shown(s registry.Stored) string {
	text := fmt.Sprintf("version %d id %d", s.Version, s.ID)
	if s.Metadata != nil {
		for _, k := range []string{"a", number} {
			if v := s.Metadata.Properties[k]; v != nil {
				text += " " + k + "=" + *v
			}
		}
	}
	if s.Timed {
		text += " timed"
	}
	return text
}

// The rules of confluent:version, step by step (registry-api.md 4.6, 5.4).
func TestConfluentVersion(t *testing.T) {
	n := newNode(t)
	n.level("s", "NONE")
	order, other := record("Order", "id"), record("Order", "more")
	steps := []struct {
		name     string
		text     string
		version  int32
		metadata *registry.Metadata
		want     string
		code     int
	}{
		{name: "a plain first version", text: order, want: "version 1 id 1"},
		{name: "-1 finds the latest", text: order, version: -1, want: "version 1 id 1 timed"},
		{name: "-1 with another text adds the number", text: other, version: -1, want: "version 2 id 2 confluent:version=2"},
		{name: "its text alone finds it", text: other, want: "version 2 id 2 confluent:version=2 timed"},
		{name: "its number finds it by hash", text: other, metadata: properties(number, "2"), want: "version 2 id 2 confluent:version=2"},
		{name: "the number of another version does not", text: other, metadata: properties(number, "1"), want: "version 3 id 3 confluent:version=3"},
		{name: "an explicit number that is next makes a version", text: order, version: 4, want: "version 4 id 4 confluent:version=4"},
		{name: "an explicit number that is not", text: record("Order", "x"), version: 4, code: registry.CodeInvalidSchema},
		{name: "the number of the version that holds it", text: order, version: 1, code: registry.CodeInvalidSchema},
		{name: "the older text without metadata is its old version", text: order, want: "version 1 id 1"},
		{name: "below -1 makes a version every time", text: order, version: -2, want: "version 5 id 5 confluent:version=5"},
		{name: "again", text: order, version: -2, want: "version 6 id 6 confluent:version=6"},
		{name: "a property of one's own with an explicit version", text: order, version: 7, metadata: properties("a", "b"), want: "version 7 id 7 a=b confluent:version=7"},
		{name: "inherited with another property: a fresh number", text: record("Order", "y"), want: "version 8 id 8 a=b confluent:version=8"},
		{name: "and again at every registration", text: record("Order", "y"), want: "version 9 id 9 a=b confluent:version=9"},
		{name: "empty metadata ends it", text: record("Order", "y"), metadata: &registry.Metadata{}, want: "version 10 id 10"},
		{name: "a number that is none counts as not there", text: record("Order", "z"), metadata: properties(number, "ten"), want: "version 11 id 11 confluent:version=11"},
	}
	for _, step := range steps {
		b := body(step.text)
		b.Metadata = step.metadata
		if step.version != 0 {
			b.Version = &step.version
		}
		got, err := n.Register(t.Context(), in("s"), b, false, false, "")
		if step.code != 0 {
			refused(t, step.name, err, step.code, "")
			continue
		}
		if err != nil {
			t.Fatalf("%s: Register = %v", step.name, err)
		}
		if diff := cmp.Diff(step.want, shown(got.Stored)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
}

// Version numbers (registry-api.md 4.4) and re-registration (5.5).
func TestVersionNumbers(t *testing.T) {
	n := newNode(t)
	n.level("s", "NONE")
	one, two := record("R", "one"), record("R", "two")
	drop := func(v registry.VersionArg, permanent bool) {
		t.Helper()
		if _, err := n.DeleteVersion(t.Context(), in("s"), v, permanent); err != nil {
			t.Fatalf("DeleteVersion(%d, %t) = %v", v, permanent, err)
		}
	}
	check := func(call string, want ...int32) {
		t.Helper()
		if diff := cmp.Diff(want, n.versions("s")); diff != "" {
			t.Errorf("versions after %s (-want +got):\n%s", call, diff)
		}
	}
	n.register("s", one)
	n.register("s", two)
	drop(2, false)
	n.register("s", record("R", "three"))
	check("a new version over a soft-deleted one", 1, -2, 3)
	drop(3, false)
	drop(3, true)
	n.register("s", record("R", "four"))
	check("a hard-deleted highest", 1, -2, 3)
	if again := n.register("s", two); again.Version != 4 || again.ID != 2 {
		t.Errorf("the same content again is %s, want version 4 id 2", shown(again))
	}
	check("re-registration, which takes the older soft-deleted one away", 1, 3, 4)
	if _, err := n.DeleteSubject(t.Context(), in("s"), false); err != nil {
		t.Fatal(err)
	}
	if _, err := n.DeleteSubject(t.Context(), in("s"), true); err != nil {
		t.Fatal(err)
	}
	if fresh := n.register("s", two); fresh.Version != 1 || fresh.ID != 5 {
		t.Errorf("forgotten content is %s, want version 1 and a new id, 5", shown(fresh))
	}
}

// A soft-deleted version that somebody refers to stays at re-registration
// (registry-api.md 5.5).
func TestReferencedVersionSurvives(t *testing.T) {
	n := newNode(t)
	n.register("r", record("R", "f"))
	b := body(`{"type":"record","name":"U","fields":[{"name":"r","type":"R"}]}`)
	b.References = []registry.BodyReference{{Name: ptr("R"), Subject: ptr("r"), Version: ptr(int32(1))}}
	n.put("u", b)
	for _, s := range []string{"u", "r"} {
		if _, err := n.DeleteSubject(t.Context(), in(s), false); err != nil {
			t.Fatal(err)
		}
	}
	n.register("r", record("R", "f"))
	if diff := cmp.Diff([]int32{-1, 2}, n.versions("r")); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
}

// An overwritten id is retired: it keeps its content and is not given again
// (registry-api.md 4.4).
func TestRetiredID(t *testing.T) {
	n := newNode(t)
	n.mode("s", "IMPORT", false)
	imported := func(text string, id, version int32) error {
		b := body(text)
		b.ID, b.Version = &id, &version
		_, err := n.Register(t.Context(), in("s"), b, false, false, "")
		return err
	}
	old, now := record("R", "old"), record("R", "now")
	for _, call := range []error{imported(old, 7, 3), imported(now, 9, 3)} {
		if call != nil {
			t.Fatal(call)
		}
	}
	for _, loaded := range []bool{false, true} {
		reader := n
		if loaded {
			reader = &node{Registry: n.reloaded(), t: t, store: n.store}
		}
		got, err := reader.SchemaByID(t.Context(), 7, "", false, registry.ReadOptions{})
		if err != nil || got.Text() != old || got.Version != 3 || got.Subject != in("s") {
			t.Errorf("loaded %t: SchemaByID(7) = %s of %s: %s, %v", loaded, shown(got), got.Subject, got.Text(), err)
		}
		if got, err = reader.SchemaByGUID(t.Context(), got.GUID.String(), registry.ReadOptions{}); err != nil || got.Text() != old {
			t.Errorf("loaded %t: SchemaByGUID = %s, %v", loaded, got.Text(), err)
		}
	}
	refused(t, "import of other content", imported(record("R", "x"), 7, 4), registry.CodeNotPermitted, "Overwrite new schema with id 7 in context  is not permitted.")
	refused(t, "import of the old content", imported(old, 7, 4), registry.CodeNotPermitted, "Overwrite new schema with id 7 in context  is not permitted.")
	if _, err := n.Lookup(t.Context(), in("s"), body(old), false, false, ""); err == nil {
		t.Error("Lookup finds the old content")
	}
	n.mode("s", "READWRITE", false)
	if again := n.register("s", old); again.ID != 10 || again.Version != 4 {
		t.Errorf("the old content again is %s, want version 4 and a new id, 10", shown(again))
	}
}

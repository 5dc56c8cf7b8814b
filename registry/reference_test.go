package registry_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

func ref(name, subject string, version int32) registry.BodyReference {
	return registry.BodyReference{Name: &name, Subject: &subject, Version: &version}
}

// using is a record with a field of each type.
func using(name string, refs ...registry.BodyReference) registry.SchemaBody {
	var fields []string
	for i, r := range refs {
		fields = append(fields, fmt.Sprintf(`{"name":"f%d","type":%q}`, i, *r.Name))
	}
	b := body(`{"type":"record","name":"` + name + `","fields":[` + strings.Join(fields, ",") + `]}`)
	b.References = refs
	return b
}

// References (registry-api.md 8, compatibility.md 2.1).
func TestReferences(t *testing.T) {
	n := newNode(t)
	n.register("leaf", record("Leaf", "a"))
	n.register("leaf", `{"type":"record","name":"Leaf","fields":[{"name":"a","type":"int","default":0},{"name":"b","type":"int","default":0}]}`)
	mid := n.put("mid", using("Mid", ref("Leaf", "leaf", -1)))
	if diff := cmp.Diff([]schema.Reference{{Name: "Leaf", Subject: "leaf", Version: 2}}, mid.References); diff != "" {
		t.Errorf("-1 is stored as the number of the latest (-want +got):\n%s", diff)
	}
	n.put("top", using("Top", ref("Mid", "mid", 1)))
	resolved, err := n.Version(t.Context(), in("top"), 1, false, registry.ReadOptions{Format: "RESOLVED"})
	if err != nil || !strings.Contains(resolved.Text(), `"name":"b"`) {
		t.Errorf("resolved = %s, %v", resolved.Text(), err)
	}
	ids, err := n.ReferencedBy(t.Context(), in("leaf"), 2, false, registry.Page{Limit: -1})
	if diff := cmp.Diff([]int32{mid.ID}, ids); diff != "" || err != nil {
		t.Errorf("ReferencedBy (-want +got):\n%s %v", diff, err)
	}
	_, err = n.DeleteVersion(t.Context(), in("leaf"), 2, false)
	refused(t, "DeleteVersion", err, registry.CodeReferenced, "One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=leaf,version=2}.")
	_, err = n.DeleteSubject(t.Context(), in("leaf"), false)
	refused(t, "DeleteSubject", err, registry.CodeReferenced, "One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=leaf,version=2}.")

	for name, b := range map[string]registry.SchemaBody{
		"no name":         {Schema: ptr(`"int"`), Type: schema.Avro, References: []registry.BodyReference{{Subject: ptr("leaf"), Version: ptr(int32(1))}}},
		"a null":          {Schema: ptr(`"int"`), Type: schema.Avro, References: []registry.BodyReference{{}}},
		"version 0":       using("X", ref("Leaf", "leaf", 0)),
		"missing version": using("X", ref("Leaf", "leaf", 9)),
		"missing subject": using("X", ref("Leaf", "", 1)),
		"too many":        using("X", make([]registry.BodyReference, 0)...),
	} {
		if name == "too many" {
			for range 101 {
				b.References = append(b.References, ref("Leaf", "leaf", 1))
			}
		}
		_, err := n.Register(t.Context(), in("x"), b, false, false, "")
		refused(t, "Register with "+name, err, registry.CodeInvalidSchema, "")
		answer, err := n.Compatibility(t.Context(), in("x"), nil, b, registry.CompatOptions{Verbose: true})
		if err != nil || answer.Compatible || len(answer.Messages) != 1 {
			t.Errorf("verbose check with %s = %+v, %v", name, answer, err)
		}
	}
}

// A chain of references may be 32 deep, and no deeper.
func TestReferenceDepth(t *testing.T) {
	n := newNode(t)
	n.register("d0", record("D0", "a"))
	var err error
	depth := 0
	for depth = 1; depth <= 40 && err == nil; depth++ {
		_, err = n.Register(t.Context(), in(fmt.Sprint("d", depth)), using(fmt.Sprint("D", depth), ref(fmt.Sprint("D", depth-1), fmt.Sprint("d", depth-1), 1)), false, false, "")
	}
	refused(t, fmt.Sprint("Register at depth ", depth-1), err, registry.CodeInvalidSchema, "")
	if depth-1 != 33 {
		t.Errorf("refused at depth %d, want 33", depth-1)
	}
}

// An IMPORT can lead references in a circle; readers survive it.
func TestReferenceCycle(t *testing.T) {
	n := newNode(t)
	n.register("a", record("A", "x"))
	n.put("b", using("B", ref("A", "a", 1)))
	n.mode("a", "IMPORT", true)
	b := using("A", ref("B", "b", 1))
	b.ID, b.Version = ptr(int32(50)), ptr(int32(1))
	_, err := n.Register(t.Context(), in("a"), b, false, false, "")
	if err == nil {
		if _, err = n.Version(t.Context(), in("a"), 1, false, registry.ReadOptions{Format: "resolved"}); err == nil {
			t.Error("a circle of references can be resolved")
		}
	}
	refused(t, "the circle", err, registry.CodeInvalidSchema, "")
}

// Unqualified references mean the referrer's context; the default context
// cannot be reached from another one (registry-api.md 8).
func TestReferencesInContexts(t *testing.T) {
	n := newNode(t)
	n.register(":.one:leaf", record("Leaf", "a"))
	n.register("leaf", record("Leaf", "b"))
	n.put(":.one:user", using("U", ref("Leaf", "leaf", 1)))
	n.put(":.two:user", using("U", ref("Leaf", ":.one:leaf", 1)))
	if ids, err := n.ReferencedBy(t.Context(), in(":.one:leaf"), 1, false, registry.Page{Limit: -1}); err != nil || len(ids) != 2 {
		t.Errorf("ReferencedBy = %v, %v; want one id of each context", ids, err)
	}
	_, err := n.Register(t.Context(), in(":.two:other"), using("U", ref("Leaf", ":.:leaf", 1)), false, false, "")
	refused(t, "Register", err, registry.CodeInvalidSchema, `Invalid schema of type AVRO, details: No schema reference found for subject ":.two::.:leaf" and version 1`)
	got, err := n.Version(t.Context(), in(":.one:user"), 1, false, registry.ReadOptions{ReferenceFormat: "qualified"})
	if err != nil || got.References[0].Subject != ":.one:leaf" {
		t.Errorf("qualified references = %v, %v", got.References, err)
	}
	byID, err := n.SchemaByID(t.Context(), got.ID, ":.one:", false, registry.ReadOptions{ReferenceFormat: "qualified"})
	if err != nil || byID.References[0].Subject != ":.one:leaf" || byID.GUID == got.GUID {
		t.Errorf("by id: references %v, GUID %s as by version %s, %v", byID.References, byID.GUID, got.GUID, err)
	}
}

// Conflicting versions of one name are refused where the setting says so.
func TestStrictReferenceVersions(t *testing.T) {
	settings := defaults()
	settings.ReferenceVersionsStrict = true
	n := newNodeWith(t, settings)
	n.register("leaf", record("Leaf", "a"))
	n.level("leaf", "NONE")
	n.register("leaf", record("Leaf", "b"))
	n.put("mid", using("Mid", ref("Leaf", "leaf", 1)))
	_, err := n.Register(t.Context(), in("top"), using("Top", ref("Mid", "mid", 1), ref("Leaf", "leaf", 2)), false, false, "")
	refused(t, "Register", err, registry.CodeInvalidSchema, `Invalid schema of type AVRO, details: Conflicting reference versions for "Leaf": version 1 and version 2`)
}

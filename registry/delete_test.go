package registry_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
)

// The order of the checks of DELETE of a version (registry-api.md 9.1).
func TestDeleteVersion(t *testing.T) {
	n := newNode(t)
	n.level("s", "NONE")
	for _, f := range []string{"a", "b", "c"} {
		n.register("s", record("R", f))
	}
	steps := []struct {
		subject   string
		version   registry.VersionArg
		permanent bool
		want      int32
		code      int
		message   string
	}{
		{"none", 1, false, 0, registry.CodeSubjectNotFound, "Subject 'none' not found."},
		{"none", registry.LatestVersion, true, 0, registry.CodeSubjectNotFound, "Subject 'none' not found."},
		{"s", 9, false, 0, registry.CodeVersionNotFound, "Version 9 not found."},
		{"s", 2, true, 0, registry.CodeVersionNotDeleted, "Subject 's' Version 2 was not deleted first before being permanently deleted"},
		{"s", 2, false, 2, 0, ""},
		{"s", 2, false, 0, registry.CodeVersionSoftDeleted, "Subject 's' Version 2 was soft deleted.Set permanent=true to delete permanently"},
		{"s", 2, true, 2, 0, ""},
		{"s", 2, true, 0, registry.CodeVersionNotFound, "Version 2 not found."},
		{"s", registry.LatestVersion, true, 0, registry.CodeVersionNotDeleted, "Subject 's' Version 3 was not deleted first before being permanently deleted"},
		{"s", registry.LatestVersion, false, 3, 0, ""},
		{"s", registry.LatestVersion, false, 1, 0, ""},
		{"s", registry.LatestVersion, false, 0, registry.CodeVersionNotFound, "Version -1 not found."},
		{"s", registry.LatestVersion, true, 0, registry.CodeVersionNotFound, "Version -1 not found."},
		{"s", 3, true, 3, 0, ""},
		{"s", 1, true, 1, 0, ""},
		{"s", 1, true, 0, registry.CodeSubjectNotFound, "Subject 's' not found."},
	}
	for _, step := range steps {
		got, err := n.DeleteVersion(t.Context(), in(step.subject), step.version, step.permanent)
		switch {
		case step.code != 0:
			refused(t, "DeleteVersion", err, step.code, step.message)
		case err != nil || got != step.want:
			t.Errorf("DeleteVersion(%s, %d, %t) = %d, %v; want %d", step.subject, step.version, step.permanent, got, err, step.want)
		}
	}
	_, err := n.Config(t.Context(), in("s"), false)
	refused(t, "Config after the last version went", err, registry.CodeConfigNotFound, "Subject 's' does not have subject-level compatibility configured")
}

// The order of the checks of DELETE of a subject (registry-api.md 9.2).
func TestDeleteSubject(t *testing.T) {
	n := newNode(t)
	_, err := n.DeleteSubject(t.Context(), in("s"), false)
	refused(t, "an unknown subject", err, registry.CodeSubjectNotFound, "Subject 's' not found.")
	n.level("s", "NONE")
	n.register("s", record("R", "a"))
	n.put("s", using("U", ref("R", "s", 1)))
	n.mode("s", "READONLY", false)
	_, err = n.DeleteSubject(t.Context(), in("s"), false)
	refused(t, "in READONLY", err, registry.CodeNotPermitted, "Subject s in context  is in read-only mode")
	n.mode("s", "READWRITE", false)
	_, err = n.DeleteSubject(t.Context(), in("s"), true)
	refused(t, "a live subject for good", err, registry.CodeSubjectNotDeleted, "Subject 's' was not deleted first before being permanently deleted")
	for _, permanent := range []bool{false, true} {
		got, err := n.DeleteSubject(t.Context(), in("s"), permanent)
		if diff := cmp.Diff([]int32{1, 2}, got); diff != "" || err != nil {
			t.Errorf("DeleteSubject(permanent %t) (-want +got):\n%s%v", permanent, diff, err)
		}
		if !permanent {
			_, err := n.DeleteSubject(t.Context(), in("s"), false)
			refused(t, "again", err, registry.CodeSubjectSoftDeleted, "Subject 's' was soft deleted.Set permanent=true to delete permanently")
			if got, err := n.SchemaByID(t.Context(), 1, "", false, registry.ReadOptions{}); err != nil || !got.Deleted {
				t.Errorf("a soft-deleted schema by id: deleted %t, %v", got.Deleted, err)
			}
		}
	}
	_, err = n.SchemaByID(t.Context(), 1, "", false, registry.ReadOptions{})
	refused(t, "a hard-deleted schema by id", err, registry.CodeSchemaNotFound, "Schema 1 not found")
}

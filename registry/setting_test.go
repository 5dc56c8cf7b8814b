package registry_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/registry"
)

func put[T any](v T) registry.Optional[T] { return registry.Optional[T]{Set: true, Value: &v} }

// line describes a config in one line.
func line(c registry.Config) string {
	text := ""
	for _, f := range []struct {
		name  string
		value any
	}{
		{"alias", c.Alias},
		{"normalize", c.Normalize},
		{"fields", c.ValidateFields},
		{"level", c.CompatibilityLevel},
		{"policy", c.CompatibilityPolicy},
		{"group", c.CompatibilityGroup},
	} {
		switch v := f.value.(type) {
		case *string:
			if v != nil {
				text += fmt.Sprintf("%s=%s ", f.name, *v)
			}
		case *bool:
			if v != nil {
				text += fmt.Sprintf("%s=%t ", f.name, *v)
			}
		case *compat.Level:
			if v != nil {
				text += fmt.Sprintf("%s=%s ", f.name, *v)
			}
		case *compat.Policy:
			if v != nil {
				text += fmt.Sprintf("%s=%s ", f.name, *v)
			}
		}
	}
	return text
}

// Which config applies (registry-api.md 10.4), and how it is updated (10.3).
func TestConfigInScope(t *testing.T) {
	n := newNode(t)
	inScope := func(scope, want string) {
		t.Helper()
		got, err := n.Config(t.Context(), in(scope), true)
		if err != nil || line(got) != want {
			t.Errorf("Config(%s, defaultToGlobal) = %q, %v; want %q", scope, line(got), err, want)
		}
	}
	inScope("s", "level=BACKWARD ")
	n.config(":.__GLOBAL:", registry.ConfigUpdate{Compatibility: put("full")})
	inScope("s", "level=FULL ")
	inScope(":.c:s", "level=FULL ")
	n.config("", registry.ConfigUpdate{Compatibility: put("none"), Normalize: put(true), CompatibilityPolicy: put("lenient"), CompatibilityGroup: put("g")})
	inScope("s", "normalize=true level=NONE policy=LENIENT group=g ")
	inScope(":.c:s", "level=FULL ")
	n.config(":.c:", registry.ConfigUpdate{})
	inScope(":.c:s", "level=BACKWARD ")
	n.config(":.c:s", registry.ConfigUpdate{ValidateFields: put(true)})
	inScope(":.c:s", "normalize=true fields=true level=BACKWARD policy=LENIENT group=g ")
	n.config("s", registry.ConfigUpdate{CompatibilityGroup: put("mine"), CompatibilityPolicy: put("what")})
	inScope("s", "normalize=true level=BACKWARD policy=LENIENT group=mine ")
	_, err := n.Config(t.Context(), in("other"), false)
	refused(t, "Config", err, registry.CodeConfigNotFound, "Subject 'other' does not have subject-level compatibility configured")

	n.config("s", registry.ConfigUpdate{Normalize: put(false), CompatibilityGroup: registry.Optional[string]{Set: true}})
	got, err := n.Config(t.Context(), in("s"), false)
	if err != nil || line(got) != "normalize=false level=BACKWARD " {
		t.Errorf("after an update Config = %q, %v", line(got), err)
	}
	_, err = n.SetConfig(t.Context(), in("__GLOBAL"), registry.ConfigUpdate{Compatibility: put("sideways")})
	refused(t, "SetConfig", err, registry.CodeInvalidLevel, "")
	_, err = n.SetConfig(t.Context(), in("__GLOBAL"), registry.ConfigUpdate{})
	refused(t, "SetConfig", err, registry.CodeInvalidSubject, "The specified subject '__GLOBAL' is not a valid.")
	_, err = n.DeleteConfig(t.Context(), in("none"))
	refused(t, "DeleteConfig", err, registry.CodeSubjectNotFound, "Subject 'none' not found.")
	if got, err := n.DeleteConfig(t.Context(), in("")); err != nil || line(got) != "normalize=true level=NONE policy=LENIENT group=g " {
		t.Errorf("DeleteConfig() = %q, %v", line(got), err)
	}
	if got, err := n.DeleteConfig(t.Context(), in("")); err != nil || line(got) != "level=BACKWARD " {
		t.Errorf("DeleteConfig() again = %q, %v", line(got), err)
	}
}

// What each mode lets pass (registry-api.md 11.2, 5.4), on the lines of mode in
// scope.
func TestModes(t *testing.T) {
	n := newNode(t)
	known, other := record("R", "a"), record("R", "b")
	n.level("", "NONE")
	n.register("s", known)
	try := func(subject, text string, id *int32) error {
		b := body(text)
		b.ID = id
		_, err := n.Register(t.Context(), in(subject), b, false, false, "")
		return err
	}
	for _, mode := range []string{"READONLY", "readonly_override"} {
		n.mode("", mode, false)
		if err := try("s", known, nil); err != nil {
			t.Errorf("%s: known content = %v", mode, err)
		}
		refused(t, mode, try("s", other, nil), registry.CodeNotPermitted, "Subject s in context  is in read-only mode")
		refused(t, mode, try("s", other, ptr(int32(9))), registry.CodeNotPermitted, "Subject s in context  is in read-only mode")
		_, err := n.SetConfig(t.Context(), in(""), registry.ConfigUpdate{})
		refused(t, mode+" SetConfig", err, registry.CodeNotPermitted, "Subject null in context  is in read-only mode")
		if err := try(":.c:s", other, nil); err != nil {
			t.Errorf("%s: another context = %v", mode, err)
		}
	}
	n.mode("", "READWRITE", false)
	refused(t, "an id in READWRITE", try("s", other, ptr(int32(9))), registry.CodeNotPermitted, "Subject s in context  is not in import mode")

	mode := "import"
	refused(t, "SetMode over a live subject", n.SetMode(t.Context(), in("s"), &mode, false), registry.CodeNotPermitted, "Cannot import since found existing subjects")
	refused(t, "SetMode over everything", n.SetMode(t.Context(), in(""), &mode, false), registry.CodeNotPermitted, "Cannot import since found existing subjects")
	n.mode("s", mode, true)
	refused(t, "no id in IMPORT", try("s", other, nil), registry.CodeNotPermitted, "Subject s in context  is not in read-write mode")
	if err := try("s", other, ptr(int32(77))); err != nil {
		t.Errorf("an id in IMPORT = %v", err)
	}
	refused(t, "a taken id", try("s", record("R", "c"), ptr(int32(77))), registry.CodeNotPermitted, "Overwrite new schema with id 77 in context  is not permitted.")

	for _, bad := range []string{"", " READWRITE", "MERGE"} {
		refused(t, "SetMode", n.SetMode(t.Context(), in("s"), &bad, false), registry.CodeInvalidMode, "Invalid mode. Valid values are READWRITE, READONLY, IMPORT and FORWARD.")
	}
	forward := "FORWARD"
	refused(t, "SetMode", n.SetMode(t.Context(), in("s"), &forward, false), registry.CodeInvalidMode, "Forward mode only supported on global level")
	if _, err := n.DeleteMode(t.Context(), in(""), true); err != nil {
		t.Errorf("DeleteMode recursive = %v", err)
	}
	_, err := n.Mode(t.Context(), in("s"), false)
	refused(t, "Mode after a recursive deletion", err, registry.CodeModeNotFound, "Subject 's' does not have subject-level mode configured")
}

// PUT of IMPORT takes away what is soft-deleted in its scope, unless somebody
// refers to it (registry-api.md 11.3).
func TestImportMakesRoom(t *testing.T) {
	n := newNode(t)
	n.register("r", record("R", "a"))
	n.put("u", using("U", ref("R", "r", 1)))
	for _, s := range []string{"u", "r"} {
		if _, err := n.DeleteSubject(t.Context(), in(s), false); err != nil {
			t.Fatal(err)
		}
	}
	mode := "IMPORT"
	refused(t, "SetMode", n.SetMode(t.Context(), in("r"), &mode, false), registry.CodeReferenced, "One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=r,version=1}.")
	n.mode("u", "IMPORT", false)
	n.mode("r", "IMPORT", false)
	names, err := n.Subjects(t.Context(), registry.SubjectFilter{Prefix: ":*:", Deleted: true, Page: registry.Page{Limit: -1}})
	if diff := cmp.Diff([]string(nil), names); diff != "" || err != nil {
		t.Errorf("subjects (-want +got):\n%s%v", diff, err)
	}
}

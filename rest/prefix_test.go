package rest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
)

// The table of registry-api.md 12.2.
func TestTakeContext(t *testing.T) {
	for _, test := range []struct {
		path, want string
		context    registry.Context
	}{
		{"subjects/a", "subjects/a", ""},
		{"contexts", "contexts", ""},
		{"contexts/.c/subjects/a/versions", "subjects/:.c:a/versions", ".c"},
		{"contexts/c/subjects/a/versions", "subjects/:.c:a/versions", ".c"},
		{"contexts/:.c:/subjects/a/versions", "subjects/:.c:a/versions", ".c"},
		{"contexts/:.:/subjects/a", "subjects/a", "."},
		{"contexts/::/subjects/a", "subjects/a", "."},
		{"contexts/:/subjects/a", "subjects/a", "."},
		{"contexts/./subjects/a", "subjects/a", "."},
		{"contexts/.c/subjects/:.x:a", "subjects/:.x:a", ".c"},
		{"contexts/.c/subjects/:*:a", "subjects/:*:a", ".c"},
		{"contexts/.c/compatibility/subjects/a/versions", "compatibility/subjects/:.c:a/versions", ".c"},
		{"contexts/.c/config", "config/:.c:", ".c"},
		{"contexts/.c/mode", "mode/:.c:", ".c"},
		{"contexts/.c/config/a", "config/:.c:a", ".c"},
		{"contexts/.c/config/config", "config/:.c:config", ".c"},
		{"contexts/.c/subjects", "subjects", ".c"},
		{"contexts/.c/schemas/ids/1", "schemas/ids/1", ".c"},
		{"contexts/.c/dek-registry/v1/keks/k/deks/a", "dek-registry/v1/keks/k/deks/:.c:a", ".c"},
		{"contexts/.c/subjects/subjects/versions", "subjects/:.c:subjects/versions", ".c"},
		{"contexts/.c/subjects/contexts/versions", "subjects/:.c:contexts/versions", ".c"},
		{"contexts/.c/contexts", "contexts", ".c"},
		{"contexts/.c/contexts/.x/subjects", "subjects", ".x"},
		{"contexts/.c", "contexts/:.c:", ".c"},
		{"contexts/.", "contexts", ""},
	} {
		got, context, err := takeContext(strings.Split(test.path, "/"))
		if err != nil {
			t.Errorf("takeContext(%q) = %v", test.path, err)
			continue
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "/")); diff != "" || context != test.context {
			t.Errorf("takeContext(%q): context %q, path (-want +got):\n%s", test.path, context, diff)
		}
	}
}

func TestTakeContextRefusesColons(t *testing.T) {
	for segment, want := range map[string]string{
		"a:b":    "Context name 'a:b' cannot contain a colon",
		".a:b":   "Context name '.a:b' cannot contain a colon",
		":.a:b:": "Context name '.a:b' cannot contain a colon",
	} {
		_, _, err := takeContext([]string{"contexts", segment, "subjects"})
		refused, ok := err.(*refusal)
		if !ok || refused.message != want || refused.status != 400 || refused.form != untypedForm {
			t.Errorf("takeContext(%q) = %v, want an untyped 400: %s", segment, err, want)
		}
	}
}

// The rules of registry-api.md 12.4 that are about paths.
func TestFollowAlias(t *testing.T) {
	alias := map[registry.Subject]registry.Subject{
		{Context: ".", Name: "a"}:     {Context: ".", Name: "b"},
		{Context: ".", Name: "b"}:     {Context: ".", Name: "c"},
		{Context: ".", Name: "deep"}:  {Context: ".", Name: "x/versions/1"},
		{Context: ".c", Name: "a"}:    {Context: ".c", Name: "b"},
		{Context: ".", Name: "other"}: {Context: ".c", Name: "b"},
	}
	aliasOf := func(s registry.Subject, dek bool) registry.Subject {
		if dek {
			return registry.Subject{Context: s.Context, Name: "key-" + s.Name}
		}
		if target, ok := alias[s]; ok {
			return target
		}
		return s
	}
	for path, want := range map[string]string{
		"subjects/a/versions":               "subjects/b/versions",
		"compatibility/subjects/a/versions": "compatibility/subjects/b/versions",
		"subjects/:.c:a":                    "subjects/:.c:b",
		"subjects/other":                    "subjects/:.c:b",
		"subjects/deep":                     "subjects/x/versions/1",
		"config/a":                          "config/a",
		"mode/a":                            "mode/a",
		"dek-registry/v1/keks/k/deks/a":     "dek-registry/v1/keks/k/deks/key-a",
		"subjects":                          "subjects",
	} {
		got := strings.Join(followAlias(strings.Split(path, "/"), aliasOf), "/")
		if got != want {
			t.Errorf("followAlias(%q) = %q, want %q", path, got, want)
		}
	}
}

package rest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
)

// The rows of registry-api.md 1.3 about parameters.
func TestQuery(t *testing.T) {
	q := query("a=1&a=2&b=x+y%2Fz&n%61me=v&empty=&bare&bad=%zz&normalize=True")
	for name, want := range map[string]string{
		"a": "1", "b": "x y/z", "name": "v", "empty": "", "bare": "", "bad": "%zz", "A": "", "missing": "",
	} {
		if got := q.text(name); got != want {
			t.Errorf("text(%q) = %q, want %q", name, got, want)
		}
	}
	if diff := cmp.Diff([]string{"1", "2"}, q.all("a")); diff != "" {
		t.Errorf("all(a) (-want +got):\n%s", diff)
	}
	if _, ok := q.get("missing"); ok {
		t.Error("get(missing) is there")
	}
	if _, ok := q.get("bare"); !ok {
		t.Error("get(bare) is not there")
	}
}

func TestFlag(t *testing.T) {
	for text, want := range map[string]bool{
		"f=true": true, "f=TRUE": true, "f=True": true,
		"f=1": false, "f=yes": false, "f=": false, "f": false, "": false, "F=true": false, "f=%20true": false,
		"f=false&f=true": false, "f=true&f=false": true,
	} {
		if got := query(text).flag("f"); got != want {
			t.Errorf("flag of %q = %v, want %v", text, got, want)
		}
	}
}

func TestPage(t *testing.T) {
	limits := Limits{Default: 2, Max: 4}
	for text, want := range map[string]registry.Page{
		"":                   {Limit: 2},
		"limit=3":            {Limit: 3},
		"limit=4":            {Limit: 4},
		"limit=5":            {Limit: 2},
		"limit=0":            {Limit: 2},
		"limit=-1":           {Limit: 2},
		"limit=":             {Limit: 2},
		"offset=7&limit=1":   {Offset: 7, Limit: 1},
		"offset=-3":          {Limit: 2},
		"offset=01&limit=03": {Offset: 1, Limit: 3},
		"limit=%2B3":         {Limit: 3},
	} {
		got, err := query(text).page(limits)
		if err != nil || got != want {
			t.Errorf("page(%q) = %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"limit=abc", "offset=1.5", "limit=2147483648", "limit=+2", "limit=1_0", "offset=0x1", "limit=%201"} {
		if _, err := query(text).page(limits); err != errBadParameter {
			t.Errorf("page(%q) = %v, want 404", text, err)
		}
	}
}

// Section 4.1.
func TestParseVersion(t *testing.T) {
	for text, want := range map[string]registry.VersionArg{
		"latest": -1, "LaTest": -1, " latest ": -1, "-1": -1, "1": 1, "01": 1, "+1": 1, " 1 ": 1, "2147483647": 2147483647,
	} {
		if got, err := parseVersion(text); err != nil || got != want {
			t.Errorf("parseVersion(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for text, named := range map[string]string{
		"0": "0", "-0": "0", "-2": "-2", "abc": "abc", "1.0": "1.0", "2147483648": "2147483648", "earliest": "earliest", "": "", " 007x": " 007x", "٣": "٣",
	} {
		_, err := parseVersion(text)
		want := "The specified version '" + named + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
		refused, ok := err.(*registry.Error)
		if !ok || refused.Code != 42202 || refused.Message != want {
			t.Errorf("parseVersion(%q) = %v, want 42202: %s", text, err, want)
		}
	}
}

package rest

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The rows of registry-api.md 1.3 about paths.
func TestSplitPath(t *testing.T) {
	for _, test := range []struct {
		target string
		want   []string
		query  string
	}{
		{"/", nil, ""},
		{"/subjects", []string{"subjects"}, ""},
		{"/subjects/", []string{"subjects"}, ""},
		{"/subjects?", []string{"subjects"}, ""},
		{"/subjects/?a=b/c", []string{"subjects"}, "a=b/c"},
		{"/subjects/a%2Fb/versions", []string{"subjects", "a/b", "versions"}, ""},
		{"/subjects/a%2fb/versions", []string{"subjects", "a/b", "versions"}, ""},
		{"/subjects/%3A.c%3Ax", []string{"subjects", ":.c:x"}, ""},
		{"/subjects/a%253Ab", []string{"subjects", "a%3Ab"}, ""},
		{"/subjects/a+b", []string{"subjects", "a+b"}, ""},
		{"/subjects/a%20b", []string{"subjects", "a b"}, ""},
		{"/subjects/./versions", []string{"subjects", ".", "versions"}, ""},
		{"/subjects/../schemas/types", []string{"subjects", "..", "schemas", "types"}, ""},
		{"/subjects;x=1", []string{"subjects"}, ""},
		{"/subjects/h;x=1/versions", []string{"subjects", "h", "versions"}, ""},
		{"/subjects/a%3Bb", []string{"subjects", "a;b"}, ""},
		{"/subjects/%C3%A9t%C3%A9", []string{"subjects", "été"}, ""},
		{"/subjects/é", []string{"subjects", "é"}, ""},
		{"/subjects/a%C2%85b", []string{"subjects", "a\u0085b"}, ""},
		{"/subjects/%25", []string{"subjects", "%"}, ""},
		{"http://host:8081/subjects/a?b", []string{"subjects", "a"}, "b"},
		{"http://host", nil, ""},
	} {
		got, query, err := splitPath(nil, test.target)
		if err != nil {
			t.Errorf("splitPath(%q) = %v", test.target, err)
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" || query != test.query {
			t.Errorf("splitPath(%q) = %q, query %q; (-want +got):\n%s", test.target, got, query, diff)
		}
	}
}

func TestSplitPathRefuses(t *testing.T) {
	for _, target := range []string{
		"//", "//subjects", "/subjects//versions", "/subjects//", "/subjects/;x/versions",
		"/subjects/%2E/versions", "/subjects/%2e%2E", "/subjects/.%2e",
		"/a%5Cb", `/a\b`, "/a%00b", "/a%1Fb", "/a%7fb", "/a;x=%00",
		"/a%", "/a%2", "/a%zz", "/a;x=%zz", "/%C3", "/%FF", "/%ED%A0%80",
	} {
		_, _, err := splitPath(nil, target)
		var refused *refusal
		if !errors.As(err, &refused) || refused.status != 400 || refused.form != jsonForm {
			t.Errorf("splitPath(%q) = %v, want a 400 in JSON", target, err)
		}
	}
	if _, _, err := splitPath(nil, "/"+strings.Repeat("a/", maxSegments+1)); !errors.Is(err, errNotFound) {
		t.Errorf("splitPath of too many segments = %v, want an unknown path", err)
	}
	if _, _, err := splitPath(nil, "*"); !errors.Is(err, errNotFound) {
		t.Errorf("splitPath(*) = %v, want an unknown path", err)
	}
}

func FuzzSplitPath(f *testing.F) {
	f.Add("/subjects/a%2Fb;x/versions/1?deleted=true")
	f.Add("/contexts/:.a:/subjects//")
	f.Fuzz(func(t *testing.T, target string) {
		segments, _, err := splitPath(nil, target)
		if err != nil {
			return
		}
		for _, segment := range segments {
			if segment == "" || strings.ContainsFunc(segment, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
				t.Errorf("splitPath(%q) has the segment %q", target, segment)
			}
		}
	})
}

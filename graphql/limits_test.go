package graphql_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/graphql"
)

// deep is a query whose fields are nested so deep.
func deep(depth int) string {
	return `{ subject(name: "a") ` + strings.Repeat("{ context { subjects(first: 1) { nodes ", (depth-2)/3) + "{ name }" + strings.Repeat(" } } }", (depth-2)/3) + " }"
}

// bomb spreads each fragment twice.
func bomb(n int, on, leaf string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on %s { ...f%d ...f%d }", i, on, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment f%d on %s { %s }", n, on, leaf)
	return b.String()
}

func TestLimits(t *testing.T) {
	n := newNode(t)
	for _, test := range []struct{ name, document, code string }{
		{"depth at the limit", deep(11), ""},
		{"depth beyond it", deep(14), "DEPTH_LIMIT_EXCEEDED"},
		{"aliases at the limit", "{" + aliases(30) + "}", ""},
		{"aliases beyond it", "{" + aliases(31) + "}", "ALIAS_LIMIT_EXCEEDED"},
		{"tokens", "{" + strings.Repeat(" revision", 15001) + "}", "TOKEN_LIMIT_EXCEEDED"},
		{"fields with fragments", "{ viewer { ...f0 } }" + bomb(40, "Principal", "name"), "SIZE_LIMIT_EXCEEDED"},
		{"fragments that nothing spreads", "{ revision }" + bomb(40, "Principal", "name"), "SIZE_LIMIT_EXCEEDED"},
		{"fragments of the schema's own", "{ __schema { ...f0 } }" + bomb(40, "__Schema", "queryType { name }"), "SIZE_LIMIT_EXCEEDED"},
		{"fragments in a circle", "{ viewer { ...a } } fragment a on Principal { ...b } fragment b on Principal { ...a }", "GRAPHQL_VALIDATION_FAILED"},
		{"complexity", `{ subjects(first: 100) { nodes { fields(first: 100) { nodes { name } } } } }`, "COMPLEXITY_LIMIT_EXCEEDED"},
		{"complexity through a variable", `query($n: Int!) { subjects(first: $n) { nodes { fields(first: $n) { nodes { name } } } } }`, "COMPLEXITY_LIMIT_EXCEEDED"},
		{"complexity of nodes", `{ nodes(ids: [` + strings.Repeat(`"a",`, 100) + `]) { ... on Subject { fields(first: 100) { nodes { name } } } } }`, "COMPLEXITY_LIMIT_EXCEEDED"},
		{"100 objects of 10 fields", hundredByTen, ""},
		{"defer", `{ subjects(first: 1) { nodes { ... @defer { name } } } }`, "DEFER_NOT_SERVED"},
		{"a long page", `{ subjects(first: 101) { nodes { name } } }`, "BAD_PAGE_SIZE"},
		{"an empty page", `{ subjects(first: 0) { nodes { name } } }`, "BAD_PAGE_SIZE"},
		{"a page below zero", `{ subjects(first: -5) { nodes { name } } }`, "BAD_PAGE_SIZE"},
		{"a page without a length", `{ subjects { nodes { name } } }`, "GRAPHQL_VALIDATION_FAILED"},
		{"many suggestions", `{ suggest(prefix: "a", limit: 101) { name } }`, "BAD_PAGE_SIZE"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := n.in(t)
			begun := time.Now()
			a := n.ask(test.document, variables{"n": 100})
			if a.code() != test.code {
				t.Fatalf("code %q, want %q: %.300s", a.code(), test.code, a.text)
			}
			if strings.HasSuffix(test.code, "LIMIT_EXCEEDED") && a.status != http.StatusBadRequest {
				t.Errorf("status %d, want 400", a.status)
			}
			if took := time.Since(begun); took > 2*time.Second {
				t.Errorf("the refusal took %v", took)
			}
		})
	}
}

// hundredByTen is what must pass (issue: 100 objects x 10 fields).
const hundredByTen = `{ subjects(first: 100) { nodes {
	id kind name qualifiedName status mode metadataVersion firstSeen lastSeen type } } }`

func aliases(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d: revision", i)
	}
	return b.String()
}

func TestBodyLimit(t *testing.T) {
	n := newNode(t)
	for _, accept := range []string{"application/json", "text/event-stream"} {
		body := `{"query":` + quoted(hello+" #"+strings.Repeat("x", 1<<20)) + `}`
		a := n.send(http.MethodPost, "", body, "Content-Type", "application/json", "Accept", accept)
		if a.status != http.StatusBadRequest || a.code() != "BODY_LIMIT_EXCEEDED" {
			t.Errorf("%s: status %d: %.200s", accept, a.status, a.text)
		}
	}
}

// Every limit is what the configuration says.
func TestConfiguredLimits(t *testing.T) {
	n := newNode(t, func(s *setup) {
		s.config.Limits = graphql.Limits{Body: 2000, Tokens: 60, Depth: 3, Aliases: 2, Fields: 20, Complexity: 50}
	})
	for document, code := range map[string]string{
		`{ viewer { name } }`: "",
		`{ subject(name: "a") { latest { schema { guid } } } }`:   "DEPTH_LIMIT_EXCEEDED",
		`{ a: revision b: revision c: revision }`:                 "ALIAS_LIMIT_EXCEEDED",
		`{` + strings.Repeat(" revision", 30) + `}`:               "SIZE_LIMIT_EXCEEDED",
		`{` + strings.Repeat(" revision", 61) + `}`:               "TOKEN_LIMIT_EXCEEDED",
		`{ subjects(first: 60) { totalCount } }`:                  "COMPLEXITY_LIMIT_EXCEEDED",
		`{ revision } #` + strings.Repeat("x", 2000):              "BODY_LIMIT_EXCEEDED",
		`{ subjects(first: 10) { totalCount nodes { name id } }}`: "",
	} {
		if a := n.ask(document, nil); a.code() != code {
			t.Errorf("%.60s: code %q, want %q: %.200s", document, a.code(), code, a.text)
		}
	}
}

func TestTimeout(t *testing.T) {
	n := newNode(t, func(s *setup) { s.config.Limits.Timeout = time.Nanosecond })
	if a := n.ask(`{ changes(first: 1) { nodes { id } } }`, nil); a.code() != "TIMEOUT" {
		t.Errorf("%s", a.text)
	}
}

func TestIntrospectionSwitch(t *testing.T) {
	n := newNode(t, func(s *setup) {
		s.config.Introspect = func(ctx context.Context) bool { return auth.From(ctx).Name != "" }
	})
	document := `{ __schema { queryType { name } } }`
	if a := n.ask(document, nil); a.Data["__schema"] != nil || a.code() != "INTROSPECTION_DISABLED" {
		t.Errorf("an anonymous caller reads the schema: %s", a.text)
	}
	if a := n.ask(document, nil, catalogtest.Principal, "ann"); a.Data["__schema"] == nil {
		t.Errorf("who has signed in does not: %s", a.text)
	}
	for _, document := range []string{
		`{ subjectz { name } }`, `{ subject(nam: "a") { name } }`,
		`{ entity(kind: SUBJEC, qualifiedName: "a") { name } }`,
	} {
		if a := n.ask(document, nil); strings.Contains(a.text, "Did you mean") || len(a.Errors) == 0 {
			t.Errorf("%s suggests to a stranger: %s", document, a.text)
		}
		if a := n.ask(document, nil, catalogtest.Principal, "ann"); !strings.Contains(a.text, "Did you mean") {
			t.Errorf("%s suggests nothing to who has signed in: %s", document, a.text)
		}
	}
	if a := n.ask(`{ __typename }`, nil); a.Data["__typename"] != "Query" {
		t.Errorf("__typename is no introspection of the schema: %s", a.text)
	}
}

package request_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/weir-registry/weir/graphql/request"
)

// nested is a query whose fields are so deep.
func nested(depth int) string {
	return "{ node " + strings.Repeat("{ next ", depth-2) + "{ name }" + strings.Repeat(" }", depth-2) + " }"
}

// bomb is a query of n fragments, each of which spreads the next one twice.
func bomb(n int) string {
	var b strings.Builder
	b.WriteString("{ node { ...f0 } }")
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Node { ...f%d ...f%d }", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment f%d on Node { name }", n)
	return b.String()
}

// introspection is deeper than any limit in these tests.
const introspection = `{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }`

func TestLimits(t *testing.T) {
	limits := request.Limits{Depth: 5, Aliases: 3, Size: 50}
	for _, test := range []struct {
		name, document, code string
	}{
		{"depth at the limit", nested(5), ""},
		{"depth beyond it", nested(6), request.CodeDepth},
		{"depth through a fragment", "{ node { next { ...f } } } fragment f on Node { next { next { next { name } } } }", request.CodeDepth},
		{"depth of an inline fragment", "{ node { ... on Node { next { ... { next { next { name } } } } } } }", ""},
		{"introspection is exempt from depth", introspection, ""},
		{"aliases at the limit", "{ a: node { name } b: node { name } c: node { name } }", ""},
		{"aliases beyond it", "{ a: node { name } b: node { name } c: node { d: name } }", request.CodeAliases},
		{"an alias that is the name is none", "{ node: node { name: name next { name: name } } }", ""},
		{"aliases count for each spread", "{ node { ...f next { ...f } } } fragment f on Node { a: name b: name }", request.CodeAliases},
		{"fragments that double", bomb(4), ""},
		{"fragments that double too often", bomb(6), request.CodeSize},
		{"fragments that double beyond all numbers", bomb(70), request.CodeSize},
		{"only the operation that runs counts", "query a { node { name } } query b " + nested(9), request.CodeDepth},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, limits)
			document := test.document
			var a *answer
			if strings.HasPrefix(document, "query a") {
				if ok := post(t, s, fmt.Sprintf(`{"query": %q, "operationName": "a"}`, document)); ok.code() != "" {
					t.Errorf("operation a: %s", ok.text)
				}
				a = post(t, s, fmt.Sprintf(`{"query": %q, "operationName": "b"}`, document))
			} else {
				a = query(t, s, document)
			}
			if a.code() != test.code {
				t.Fatalf("code %q, want %q: %s", a.code(), test.code, a.text)
			}
			want := 200
			if test.code != "" {
				want = 400
			}
			if a.status != want {
				t.Errorf("status %d, want %d", a.status, want)
			}
		})
	}
}

func TestNoLimits(t *testing.T) {
	s := serve(t, request.Limits{})
	if a := query(t, s, nested(40)); a.code() != "" {
		t.Errorf("a zero limit refuses: %s", a.text)
	}
}

package graphql_test

import (
	"net/http"
	"strings"
	"testing"
)

// FuzzQuery sends whatever it likes: the answer is JSON, and never our fault.
func FuzzQuery(f *testing.F) {
	for _, document := range []string{
		hello, hundredByTen, usualIntrospection, deep(11), "{" + aliases(31) + "}", update,
		`subscription { changes { revision } }`, `{ search(query: "order", first: 5, facets: [KIND]) { edges { node { id } } } }`,
		`query($a: String) { subjects(first: 3, after: $a) { nodes { ... on Subject { fields(first: 2) { nodes { path } } } } } }`,
		`{ node(id: "U1VCSkVDVC8uL25vYm9keQ") { id } }`, `mutation { putTag(input: {name: "A"}) { tag { id } errors { path } } }`,
		`{ ...a } fragment a on Query { ...a }`, `{ impact(subject: "orders-value", schema: "\"int\"") { compatible } }`,
		`{ entity(kind: FIELD, qualifiedName: "a:b:c") { id } }`, `{ subject(name: "orders-value", asOf: "x:1") { id } }`,
	} {
		f.Add(document, `{"a":"AAAA"}`)
	}
	n := newNode(f)
	company(n)
	f.Fuzz(func(t *testing.T, document, vars string) {
		if !strings.HasPrefix(vars, "{") {
			vars = "{}"
		}
		n := n.in(t)
		a := n.send(http.MethodPost, "", `{"query":`+quoted(document)+`,"variables":`+vars+`}`, "Content-Type", "application/json")
		if a.status >= 500 || a.code() == "INTERNAL" {
			t.Errorf("status %d: %s", a.status, a.text)
		}
	})
}

// FuzzBody sends whatever it likes as the body.
func FuzzBody(f *testing.F) {
	for _, body := range []string{`{"query":"{ revision }"}`, `[]`, `{"query":1}`, `{"operationName":"a","query":"query a { revision } query b { revision }"}`, `{"extensions":{"persistedQuery":{"version":"x"}}}`, `{"query":"{ revision }","extensions":{"persistedQuery":[]}}`} {
		f.Add(body)
	}
	n := newNode(f)
	f.Fuzz(func(t *testing.T, body string) {
		n := n.in(t)
		if a := n.send(http.MethodPost, "", body, "Content-Type", "application/json"); a.status >= 500 || a.code() == "INTERNAL" {
			t.Errorf("status %d: %s", a.status, a.text)
		}
	})
}

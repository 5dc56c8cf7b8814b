package graphql_test

import (
	"strings"
	"testing"

	"github.com/weir-registry/weir/schema"
)

func TestSearch(t *testing.T) {
	n := newNode(t)
	people(n)
	document := `query($q: String!, $f: SearchFilter, $n: Int = 20, $a: String) { search(query: $q, filter: $f, first: $n, after: $a, facets: [KIND, TAG, OWNER], explain: true) {
		edges { cursor kind name qualifiedName node { __typename id } highlights { field fragment parts { text marked } } why groupCount }
		facets { field values { value label count } } totalCount totalIsExact didYouMean dropped revision stale pageInfo { hasNextPage endCursor } } }`
	a := n.query(document, variables{"q": "email"})
	a.has("search.totalIsExact", `true`)
	a.has("search.stale", `false`)
	a.has("search.edges.0.kind", `"FIELD"`)
	a.has("search.edges.0.node.__typename", `"Field"`)
	if a.string("search.edges.0.why") == "" || a.string("search.revision") == "" {
		t.Errorf("%s", a.text)
	}
	if parts := a.at("search.edges.0.highlights.0.parts").([]any); parts[0].(map[string]any)["marked"] != true {
		t.Errorf("nothing is marked: %v", parts)
	}
	// A misspelt name, and a filter.
	n.query(document, variables{"q": "emial"}).has("search.edges.0.name", `"email"`)
	n.query(document, variables{"q": "", "f": variables{"kinds": []string{"SUBJECT"}, "and": []any{variables{"field": "TAG", "anyOf": []string{"Sensitive"}}}}}).
		has("search.totalCount", `1`)
	n.query(document, variables{"q": "", "f": variables{"kinds": []string{"SUBJECT"}, "and": []any{variables{"field": "TAG", "anyOf": []string{"Sensitive"}, "not": true}}}}).
		has("search.totalCount", `3`)
	labels := n.query(document, variables{"q": "", "f": variables{"kinds": []string{"SUBJECT"}}})
	if !strings.Contains(labels.text, `"label":"Sales"`) {
		t.Errorf("an owner has no name: %s", labels.text)
	}
	n.query(`{ search(query: "", filter: {kinds: [SUBJECT]}, first: 1, facets: [LAST_SEEN]) { facets { field values { value } } } }`).
		has("search.facets.0.values.0.value", `"DAY"`)
	// Every page once.
	seen := map[string]bool{}
	vars := variables{"q": "", "n": 3}
	for {
		b := n.query(document, vars)
		for _, e := range b.at("search.edges").([]any) {
			id := e.(map[string]any)["node"].(map[string]any)["id"].(string)
			if seen[id] {
				t.Errorf("%s comes twice", id)
			}
			seen[id] = true
		}
		if more, _ := b.at("search.pageInfo.hasNextPage").(bool); !more {
			break
		}
		vars["a"] = b.string("search.pageInfo.endCursor")
	}
	// What was registered a moment ago is found, and what is waited for too.
	n.Register("fresh-value", schema.Avro, `{"type":"record","name":"Fresh","fields":[{"name":"zebra","type":"int"}]}`)
	revision := n.query(`{ revision }`).string("revision")
	b := n.query(document, variables{"q": "zebra", "f": variables{"minRevision": revision}})
	b.has("search.edges.0.qualifiedName", `"fresh-value:Fresh.zebra"`)
	b.has("search.stale", `false`)

	s := n.query(`{ suggest(prefix: "ord", limit: 5) { kind name qualifiedName node { id } } }`)
	if list := s.at("suggest").([]any); len(list) == 0 || len(list) > 5 {
		t.Errorf("suggestions %v", list)
	}
	if a := n.ask(document, variables{"q": "", "f": variables{"minRevision": "nonsense"}}); a.code() != "BAD_REVISION" {
		t.Errorf("%s", a.text)
	}
}

func TestImpact(t *testing.T) {
	n := newNode(t)
	company(n)
	document := `query($s: String!, $x: String!, $t: SchemaType, $c: String) { impact(subject: $s, schema: $x, type: $t, context: $c) { compatible messages fields { path kind breaking message } } }`
	a := n.query(document, variables{"s": "orders-value", "x": strings.Replace(orderV2, `"type":"long"`, `"type":"string"`, 1)})
	a.has("impact.compatible", `false`)
	if list := a.at("impact.messages").([]any); len(list) == 0 {
		t.Errorf("no message: %s", a.text)
	}
	a.has("impact.fields.0.path", `"com.acme.Order.id"`)
	a.has("impact.fields.0.breaking", `true`)
	n.query(document, variables{"s": "orders-value", "x": orderV2}).has("impact", `{"compatible":true,"messages":[],"fields":[]}`)
	n.query(document, variables{"s": "orders-value", "x": orderV1, "c": "team"}).has("impact.compatible", `true`)
	n.query(document, variables{"s": "nobody", "x": user, "t": "JSON"}).has("impact.compatible", `true`)
	if a := n.ask(document, variables{"s": "orders-value", "x": "{ not a schema"}); !strings.HasPrefix(a.code(), "REGISTRY_422") {
		t.Errorf("a text that is no schema: %s", a.text)
	}
	if revision := n.query(`{ subject(name: "orders-value") { versions(first: 9) { totalCount } } }`); revision.at("subject.versions.totalCount").(float64) != 2 {
		t.Errorf("asking has registered something: %s", revision.text)
	}
}

package graphql_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/weir-registry/weir/schema"
)

// walk reads a list page by page and gives what stands at name in each node.
func (n *node) walk(document, list, name string, first int, vars variables) []string {
	n.T.Helper()
	var got []string
	v := variables{"n": first, "a": nil}
	for k, x := range vars {
		v[k] = x
	}
	for range 1000 {
		a := n.query(document, v)
		for _, one := range a.at(list + ".nodes").([]any) {
			got = append(got, one.(map[string]any)[name].(string))
		}
		if more, _ := a.at(list + ".pageInfo.hasNextPage").(bool); !more {
			return got
		}
		v["a"] = a.string(list + ".pageInfo.endCursor")
	}
	n.T.Fatal("the list has no end")
	return nil
}

func TestSubjectPages(t *testing.T) {
	n := newNode(t)
	var want []string
	for i := range 7 {
		n.Register(fmt.Sprintf("s%d", i), schema.Avro, `"string"`)
		want = append(want, fmt.Sprintf("s%d", i))
	}
	n.Register(":.b:s1", schema.Avro, `"string"`)
	n.Register(":.a:s9", schema.Avro, `"string"`)
	want = append(want, ":.a:s9", ":.b:s1")
	document := `query($n: Int!, $a: String, $f: SubjectFilter) { subjects(first: $n, after: $a, filter: $f) { totalCount nodes { qualifiedName } pageInfo { hasNextPage hasPreviousPage endCursor } } }`
	for first := 1; first <= 10; first++ {
		if got := n.walk(document, "subjects", "qualifiedName", first, nil); !slices.Equal(got, want) {
			t.Errorf("pages of %d: %v, want %v", first, got, want)
		}
	}
	for _, test := range []struct {
		filter variables
		want   []string
	}{
		{variables{"namePrefix": "s1"}, []string{"s1", ":.b:s1"}},
		{variables{"context": "b"}, []string{":.b:s1"}},
		{variables{"context": ".a"}, []string{":.a:s9"}},
		{variables{"context": "."}, want[:7]},
		{variables{"context": "none"}, nil},
		{variables{"type": "PROTOBUF"}, nil},
		{variables{"type": "AVRO", "namePrefix": "s6"}, []string{"s6"}},
		{variables{"status": "ACTIVE", "namePrefix": "s6"}, []string{"s6"}},
		{variables{"tags": []string{"PII"}}, nil},
		{variables{"tags": []string{}}, nil},
		{variables{"seenSince": "2000-01-01T00:00:00Z", "context": "a"}, []string{":.a:s9"}},
		{variables{"seenSince": "2100-01-01T00:00:00+01:00"}, nil},
	} {
		if got := n.walk(document, "subjects", "qualifiedName", 2, variables{"f": test.filter}); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.filter, got, test.want)
		}
		if total := n.query(document, variables{"n": 1, "f": test.filter}).at("subjects.totalCount").(float64); int(total) != len(test.want) {
			t.Errorf("%v: total %v, want %d", test.filter, total, len(test.want))
		}
	}
	// A page goes on where the row before it was deleted in between.
	a := n.query(document, variables{"n": 3})
	if _, err := n.Registry.DeleteSubject(t.Context(), subjectNamed("s2"), false); err != nil {
		t.Fatal(err)
	}
	n.query(document, variables{"n": 1, "a": a.string("subjects.pageInfo.endCursor")}).has("subjects.nodes", `[{"qualifiedName":"s3"}]`)
	n.query(document, variables{"n": 5, "f": variables{"status": "SOFT_DELETED"}}).has("subjects.nodes", `[{"qualifiedName":"s2"}]`)
}

func TestFieldPages(t *testing.T) {
	n := newNode(t)
	company(n)
	document := `query($n: Int!, $a: String) { subject(name: "orders-value") { fields(filter: {includeRemoved: true}, first: $n, after: $a) { nodes { runtimeName } pageInfo { hasNextPage endCursor } } } }`
	want := n.walk(document, "subject.fields", "runtimeName", 100, nil)
	if len(want) != 6 {
		t.Fatalf("%v", want)
	}
	for first := 1; first < 6; first++ {
		if got := n.walk(document, "subject.fields", "runtimeName", first, nil); !slices.Equal(got, want) {
			t.Errorf("pages of %d: %v, want %v", first, got, want)
		}
	}
}

func TestCursors(t *testing.T) {
	n := newNode(t)
	people(n)
	cursor := func(document, path string) string { return n.query(document).string(path) }
	cursors := map[string]string{
		"subjects": cursor(`{ subjects(first: 1) { pageInfo { endCursor } } }`, "subjects.pageInfo.endCursor"),
		"topics":   cursor(`{ topics(first: 1) { pageInfo { endCursor } } }`, "topics.pageInfo.endCursor"),
		"tags":     cursor(`{ tags(first: 1) { pageInfo { endCursor } } }`, "tags.pageInfo.endCursor"),
		"changes":  cursor(`{ changes(first: 1) { pageInfo { endCursor } } }`, "changes.pageInfo.endCursor"),
		"contexts": cursor(`{ contexts(first: 1) { pageInfo { endCursor } } }`, "contexts.pageInfo.endCursor"),
		"fields":   cursor(`{ subject(name: "orders-value") { fields(first: 1) { pageInfo { endCursor } } } }`, "subject.fields.pageInfo.endCursor"),
		"search":   cursor(`{ search(query: "order", first: 1) { pageInfo { endCursor } } }`, "search.pageInfo.endCursor"),
	}
	documents := map[string]string{
		"subjects": `query($c: String) { subjects(first: 1, after: $c) { nodes { id } } }`,
		"topics":   `query($c: String) { topics(first: 1, after: $c) { nodes { id } } }`,
		"tags":     `query($c: String) { tags(first: 1, after: $c) { nodes { id } } }`,
		"changes":  `query($c: String) { changes(first: 1, after: $c) { nodes { id } } }`,
		"contexts": `query($c: String) { contexts(first: 1, after: $c) { nodes { id } } }`,
		"fields":   `query($c: String) { subject(name: "orders-value") { fields(first: 1, after: $c) { nodes { id } } } }`,
		"search":   `query($c: String) { search(query: "order", first: 1, after: $c) { edges { name } } }`,
	}
	for list, document := range documents {
		for of, c := range cursors {
			want := "BAD_CURSOR"
			if of == list {
				want = ""
			}
			if a := n.ask(document, variables{"c": c}); a.code() != want {
				t.Errorf("%s with a cursor of %s: code %q, want %q: %s", list, of, a.code(), want, a.text)
			}
		}
		for _, c := range []string{"!", "AAAA", cursors[list][:9], "????"} {
			if a := n.ask(document, variables{"c": c}); a.code() != "BAD_CURSOR" {
				t.Errorf("%s with %q: %s", list, c, a.text)
			}
		}
	}
	// Another subject's fields, and another query, are other lists.
	if a := n.ask(`query($c: String) { subject(name: "users-value") { fields(first: 1, after: $c) { nodes { id } } } }`, variables{"c": cursors["fields"]}); a.code() != "BAD_CURSOR" {
		t.Errorf("fields of another subject: %s", a.text)
	}
	if a := n.ask(`query($c: String) { search(query: "payment", first: 1, after: $c) { edges { name } } }`, variables{"c": cursors["search"]}); a.code() != "BAD_CURSOR" {
		t.Errorf("another query: %s", a.text)
	}
}

func TestIDs(t *testing.T) {
	n := newNode(t)
	company(n)
	for id, code := range map[string]string{
		"":                                "BAD_ID",
		"orders":                          "BAD_ID",
		"%%%":                             "BAD_ID",
		"U1VCSkVDVC8uL25vYm9keQ":          "", // SUBJECT/./nobody
		"U1VCSkVDVC8uL25vYm9keQ==":        "BAD_ID",
		"V0VJUkQvLi9hYmM":                 "", // WEIRD/./abc
		"Q0hBTkdFX0VWRU5ULy9iYWQ":         "BAD_REVISION",
		n.subjectID("orders-value") + "A": "BAD_ID",
		"U0NIRU1BX1ZFUlNJT04vLi9vcmRlcnMtdmFsdWUvbGF0": "", // a version that is no number
	} {
		a := n.ask(`query($i: ID!) { node(id: $i) { id } }`, variables{"i": id})
		if a.code() != code || a.Data != nil && a.Data["node"] != nil {
			t.Errorf("node(%q): code %q, want %q: %s", id, a.code(), code, a.text)
		}
	}
	a := n.query(`query($i: [ID!]!) { nodes(ids: $i) { __typename } }`, variables{"i": []string{n.subjectID("orders-value"), "U1VCSkVDVC8uL25vYm9keQ"}})
	a.has("nodes", `[{"__typename":"Subject"},null]`)
}

package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// The limits of /graphql are flags, and both GraphQLs answer where they should.
func TestGraphQLIsServedWithinItsFlags(t *testing.T) {
	address := startWeir(t, engines["sqlite"](t), nil, "--graphql-depth", "2")
	for _, test := range []struct{ path, query, want string }{
		{"/graphql", `{ oldestRevision }`, `"data"`},
		{"/graphql", `{ subjects(first: 1) { nodes { name } } }`, "DEPTH"},
		{"/catalog/graphql", `{ sr_field { name record { name schema { name } } } }`, `"data"`},
	} {
		answer, err := http.Post("http://"+address+test.path, "application/json", strings.NewReader(`{"query":"`+test.query+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || !strings.Contains(string(body), test.want) {
			t.Errorf("%s %s = %d %s, %v; want %s in it", test.path, test.query, answer.StatusCode, body, err, test.want)
		}
	}
}

func TestGraphQLFlagsThatMakeNoSense(t *testing.T) {
	parser, err := newParser(&commandLine{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"serve", "--graphql-depth", "-1"}); err == nil || !strings.Contains(err.Error(), "--graphql") {
		t.Errorf("a negative depth = %v", err)
	}
}

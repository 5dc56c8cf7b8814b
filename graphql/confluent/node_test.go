package confluent_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/weir-registry/weir/catalog/catalogtest"
	names "github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/graphql/confluent"
	"github.com/weir-registry/weir/registry"
)

// node is a node with /catalog/graphql in front.
type node struct {
	*catalogtest.Node
	url string
}

// newNode starts a node on a new SQLite file.
func newNode(t testing.TB, limits confluent.Limits, changes ...catalogtest.Change) *node {
	t.Helper()
	cluster := func(registry.Context) string { return "lkc-test" }
	changes = append(changes, func(s *catalogtest.Setup) { s.Catalog.Cluster = cluster })
	n := catalogtest.Open(t, changes...)
	handler := confluent.New(confluent.Config{
		Catalog: n.Catalog, Names: names.Names{Registry: "lsrc-test", Cluster: cluster}, Limits: limits,
	})
	return &node{n, catalogtest.Serve(t, handler).URL}
}

// answer is what came back.
type answer struct {
	status int
	text   string
	Data   map[string]json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code string }
	}
}

func (a *answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// send sends a request; principal is who asks, empty for nobody.
func (n *node) send(method, url, body, principal string) *answer {
	n.T.Helper()
	r, err := http.NewRequestWithContext(n.T.Context(), method, url, strings.NewReader(body))
	if err != nil {
		n.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(catalogtest.Principal, principal)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		n.T.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		n.T.Fatal(err)
	}
	a := &answer{status: response.StatusCode, text: string(text)}
	if err := json.Unmarshal(text, a); err != nil {
		n.T.Fatalf("%.300q is no JSON: %v", text, err)
	}
	return a
}

// in gives the node to a subtest.
func (n *node) in(t testing.TB) *node {
	return &node{n.Node.In(t), n.url}
}

// ask posts a document, with variables or nil.
func (n *node) ask(document string, variables map[string]any) *answer {
	n.T.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		n.T.Fatal(err)
	}
	return n.send(http.MethodPost, n.url, string(body), "")
}

// data asks and gives the data as compact JSON; an error fails the test.
func (n *node) data(document string) string {
	n.T.Helper()
	a := n.ask(document, nil)
	if a.status != http.StatusOK || len(a.Errors) > 0 {
		n.T.Fatalf("%s: %d %s", document, a.status, a.text)
	}
	text := strings.TrimSuffix(strings.TrimPrefix(a.text, `{"data":`), "}")
	return text
}

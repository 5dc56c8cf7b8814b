package graphql_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/graphql"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// node is a node with /graphql in front.
type node struct {
	*catalogtest.Node
	url    string
	client *http.Client
}

// setup is what a test may change of a node.
type setup struct {
	config graphql.Config
	auth   auth.Authorizer
}

// newNode starts a node on a new SQLite file.
func newNode(t testing.TB, change ...func(*setup)) *node {
	t.Helper()
	s := &setup{auth: auth.AllowAll{}}
	for _, f := range change {
		f(s)
	}
	here := catalogtest.Open(t, catalogtest.Level(compat.Backward), catalogtest.Auth(s.auth))
	s.config.Catalog, s.config.Registry = here.Catalog, here.Registry
	if s.config.Logger == nil {
		s.config.Logger = slog.New(slog.NewTextHandler(testWriter{t}, nil))
	}
	server := catalogtest.Serve(t, graphql.New(s.config))
	return &node{here, server.URL, server.Client()}
}

// in gives the node to a subtest.
func (n *node) in(t testing.TB) *node { return &node{n.Node.In(t), n.url, n.client} }

// testWriter makes what the server logs (our own faults) part of the test.
type testWriter struct{ t testing.TB }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// variables of an operation.
type variables map[string]any

// answer is what came back.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	text   string
	Data   map[string]any
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code string }
	}
}

// ask sends an operation, and gives whatever comes.
func (n *node) ask(document string, vars variables, headers ...string) *answer {
	n.T.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": vars})
	if err != nil {
		n.T.Fatal(err)
	}
	return n.send(http.MethodPost, "", string(body), append([]string{"Content-Type", "application/json"}, headers...)...)
}

// query sends an operation that must succeed.
func (n *node) query(document string, vars ...variables) *answer {
	n.T.Helper()
	var v variables
	if len(vars) > 0 {
		v = vars[0]
	}
	a := n.ask(document, v)
	if a.status != http.StatusOK || len(a.Errors) > 0 {
		n.T.Fatalf("status %d: %s\nof %s", a.status, a.text, document)
	}
	return a
}

// send sends a request; headers are names and values.
func (n *node) send(method, query, body string, headers ...string) *answer {
	n.T.Helper()
	r, err := http.NewRequestWithContext(n.T.Context(), method, n.url+"/graphql"+query, strings.NewReader(body))
	if err != nil {
		n.T.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := n.client.Do(r)
	if err != nil {
		n.T.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		n.T.Fatal(err)
	}
	a := &answer{t: n.T, status: response.StatusCode, header: response.Header, text: string(text)}
	if strings.Contains(response.Header.Get("Content-Type"), "json") {
		d := json.NewDecoder(bytes.NewReader(text))
		if err := d.Decode(a); err != nil {
			n.T.Fatalf("the answer is no JSON: %v: %s", err, text)
		}
	}
	return a
}

// code is that of the first error, "" for none.
func (a *answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// at gives what stands at a path of the data: names and places, with points.
func (a *answer) at(path string) any {
	a.t.Helper()
	var v any = a.Data
	for part := range strings.SplitSeq(path, ".") {
		switch here := v.(type) {
		case map[string]any:
			v = here[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(here) {
				a.t.Fatalf("no %s in %s", path, a.text)
			}
			v = here[i]
		default:
			a.t.Fatalf("no %s in %s", path, a.text)
		}
	}
	return v
}

// string is at, as a text.
func (a *answer) string(path string) string {
	a.t.Helper()
	s, ok := a.at(path).(string)
	if !ok {
		a.t.Fatalf("%s is no text in %s", path, a.text)
	}
	return s
}

// has compares what stands at a path with JSON.
func (a *answer) has(path, want string) {
	a.t.Helper()
	var wanted any
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		a.t.Fatalf("%s: %v", want, err)
	}
	if d := cmp.Diff(wanted, a.at(path)); d != "" {
		a.t.Errorf("%s (-want +got):\n%s", path, d)
	}
}

// userError wants one error as data at a path.
func (a *answer) userError(path, code string) {
	a.t.Helper()
	list, _ := a.at(path + ".errors").([]any)
	if len(list) != 1 {
		a.t.Fatalf("%s.errors = %v, want one with %s", path, list, code)
	}
	if got := a.string(path + ".errors.0.code"); got != code {
		a.t.Errorf("%s.errors.0.code = %s, want %s: %s", path, got, code, a.text)
	}
}

package graphql_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/graphql"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// node is a catalog on a real database with /graphql in front.
type node struct {
	t        testing.TB
	registry *registry.Registry
	catalog  *catalog.Catalog
	url      string
	client   *http.Client
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
	db := storetest.Open(t, store.Config{Database: filepath.Join(t.TempDir(), "weir.db")})
	follower := feed.NewFollower(db, feed.FollowerOptions{})
	settings := registry.DefaultSettings()
	settings.CompatibilityLevel = "BACKWARD"
	r, err := registry.New(t.Context(), registry.Options{Store: db, Log: db, Follower: follower, Formats: format.All(), Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	var commands atomic.Int64
	c, err := catalog.New(t.Context(), catalog.Options{
		Store: db, Registry: r, Auth: s.auth,
		Proposer: feed.Proposer{
			Committer: db, Log: db, Advance: follower.Advance,
			Origin: func(ctx context.Context) feed.Origin { return feed.Origin{Actor: auth.From(ctx).Name} },
			NewID:  func() string { return fmt.Sprintf("%032x", commands.Add(1)) },
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	db.Follow(follower)
	follower.Attach(r)
	follower.Attach(c)
	follower.Start(context.WithoutCancel(t.Context()), r.Snapshot().Revision())
	t.Cleanup(func() {
		if err := follower.Stop(); err != nil {
			t.Errorf("Stop() = %v", err)
		}
	})
	s.config.Catalog, s.config.Registry = c, r
	if s.config.Logger == nil {
		s.config.Logger = slog.New(slog.NewTextHandler(testWriter{t}, nil))
	}
	handler := graphql.New(s.config)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := r.Header.Get("Test-Principal"); name != "" {
			r = r.WithContext(auth.With(r.Context(), auth.Principal{Name: name}))
		}
		handler.ServeHTTP(w, r)
	}))
	n := &node{t, r, c, server.URL, server.Client()}
	t.Cleanup(func() {
		n.client.CloseIdleConnections()
		server.Close()
	})
	return n
}

// testWriter makes what the server logs (our own faults) part of the test.
type testWriter struct{ t testing.TB }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// register puts a text into a subject.
func (n *node) register(subject string, kind schema.Type, text string) registry.Registered {
	n.t.Helper()
	return n.registerBody(subject, registry.SchemaBody{Schema: &text, Type: kind})
}

func (n *node) registerBody(subject string, body registry.SchemaBody) registry.Registered {
	n.t.Helper()
	got, err := n.registry.Register(n.t.Context(), registry.ParseSubject(subject), body, false, false, "")
	if err != nil {
		n.t.Fatalf("Register(%s) = %v", subject, err)
	}
	return got
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
	n.t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": vars})
	if err != nil {
		n.t.Fatal(err)
	}
	return n.send(http.MethodPost, "", string(body), append([]string{"Content-Type", "application/json"}, headers...)...)
}

// query sends an operation that must succeed.
func (n *node) query(document string, vars ...variables) *answer {
	n.t.Helper()
	var v variables
	if len(vars) > 0 {
		v = vars[0]
	}
	a := n.ask(document, v)
	if a.status != http.StatusOK || len(a.Errors) > 0 {
		n.t.Fatalf("status %d: %s\nof %s", a.status, a.text, document)
	}
	return a
}

// send sends a request; headers are names and values.
func (n *node) send(method, query, body string, headers ...string) *answer {
	n.t.Helper()
	r, err := http.NewRequestWithContext(n.t.Context(), method, n.url+"/graphql"+query, strings.NewReader(body))
	if err != nil {
		n.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := n.client.Do(r)
	if err != nil {
		n.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		n.t.Fatal(err)
	}
	a := &answer{t: n.t, status: response.StatusCode, header: response.Header, text: string(text)}
	if strings.Contains(response.Header.Get("Content-Type"), "json") {
		d := json.NewDecoder(bytes.NewReader(text))
		if err := d.Decode(a); err != nil {
			n.t.Fatalf("the answer is no JSON: %v: %s", err, text)
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

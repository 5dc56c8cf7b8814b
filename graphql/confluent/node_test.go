package confluent_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	names "github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/graphql/confluent"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

// node is a catalog on a real database with /catalog/graphql in front.
type node struct {
	t        testing.TB
	registry *registry.Registry
	catalog  *catalog.Catalog
	url      string
}

// newNode starts a node on a new SQLite file. The authorizer may be nil.
func newNode(t testing.TB, limits confluent.Limits, authorizer auth.Authorizer) *node {
	t.Helper()
	ctx := t.Context()
	s := storetest.Open(t, store.Config{Database: filepath.Join(t.TempDir(), "weir.db")})
	epoch, err := s.Epoch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	follower := feed.NewFollower(s, feed.FollowerOptions{})
	r, err := registry.New(ctx, registry.Options{
		Store: s, Log: s, Follower: follower, Formats: format.All(), Settings: registry.DefaultSettings(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if authorizer == nil {
		authorizer = auth.AllowAll{}
	}
	cluster := func(registry.Context) string { return "lkc-test" }
	var commands atomic.Int64
	c, err := catalog.New(ctx, catalog.Options{
		Store: s, Registry: r, Auth: authorizer, Cluster: cluster, Epoch: epoch,
		Proposer: feed.Proposer{
			Committer: s, Log: s, Advance: follower.Advance, Origin: registry.OriginOf,
			NewID: func() string { return fmt.Sprintf("%032x", commands.Add(1)) },
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Follow(follower)
	follower.Attach(r)
	follower.Attach(c)
	follower.Start(context.WithoutCancel(ctx), r.Snapshot().Revision())
	t.Cleanup(func() {
		if err := follower.Stop(); err != nil {
			t.Errorf("Stop() = %v", err)
		}
	})
	handler := confluent.New(confluent.Config{
		Catalog: c, Names: names.Names{Registry: "lsrc-test", Cluster: cluster}, Limits: limits,
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := r.Header.Get("Test-Principal"); name != "" {
			r = r.WithContext(auth.With(r.Context(), auth.Principal{Name: name}))
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return &node{t: t, registry: r, catalog: c, url: server.URL}
}

// register registers a schema and gives its id.
func (n *node) register(subject string, of schema.Type, text string) int32 {
	n.t.Helper()
	body := registry.SchemaBody{Schema: &text, Type: of}
	got, err := n.registry.Register(n.t.Context(), registry.ParseSubject(subject), body, false, false, "")
	if err != nil {
		n.t.Fatalf("Register(%s) = %v", subject, err)
	}
	return got.ID
}

// do carries out steps.
func (n *node) do(steps ...catalog.Step) {
	n.t.Helper()
	if _, err := n.catalog.Do(n.t.Context(), catalog.Command{Steps: steps}); err != nil {
		n.t.Fatalf("Do() = %v", err)
	}
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
	n.t.Helper()
	r, err := http.NewRequestWithContext(n.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		n.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Test-Principal", principal)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		n.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		n.t.Fatal(err)
	}
	a := &answer{status: response.StatusCode, text: string(text)}
	if err := json.Unmarshal(text, a); err != nil {
		n.t.Fatalf("%.300q is no JSON: %v", text, err)
	}
	return a
}

// in gives the node to a subtest.
func (n *node) in(t testing.TB) *node {
	here := *n
	here.t = t
	return &here
}

// ask posts a document, with variables or nil.
func (n *node) ask(document string, variables map[string]any) *answer {
	n.t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		n.t.Fatal(err)
	}
	return n.send(http.MethodPost, n.url, string(body), "")
}

// data asks and gives the data as compact JSON; an error fails the test.
func (n *node) data(document string) string {
	n.t.Helper()
	a := n.ask(document, nil)
	if a.status != http.StatusOK || len(a.Errors) > 0 {
		n.t.Fatalf("%s: %d %s", document, a.status, a.text)
	}
	text := strings.TrimSuffix(strings.TrimPrefix(a.text, `{"data":`), "}")
	return text
}

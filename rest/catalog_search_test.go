package rest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

// catalogNode is a server with a catalog of its own.
type catalogNode struct {
	tb       testing.TB
	registry *registry.Registry
	catalog  *catalog.Catalog
	server   *Server
}

// newCatalogNode starts one, with a hook that says who may what; nil lets
// everybody do everything.
func newCatalogNode(tb testing.TB, rights auth.Authorizer) *catalogNode {
	s := storetest.Open(tb, store.Config{Database: filepath.Join(tb.TempDir(), "weir.db")})
	follower := feed.NewFollower(s, feed.FollowerOptions{})
	r, err := registry.New(tb.Context(), registry.Options{Store: s, Log: s, Follower: follower, Formats: format.All(), Settings: registry.DefaultSettings()})
	if err != nil {
		tb.Fatal(err)
	}
	ids := 0
	proposer := feed.Proposer{
		Committer: s, Log: s, Advance: follower.Advance, Origin: registry.OriginOf,
		NewID: func() string { ids++; return fmt.Sprintf("%032x", ids) },
	}
	c, err := catalog.New(tb.Context(), catalog.Options{Store: s, Registry: r, Proposer: proposer, Auth: rights})
	if err != nil {
		tb.Fatal(err)
	}
	s.Follow(follower)
	follower.Attach(r)
	follower.Attach(c)
	follower.Start(context.WithoutCancel(tb.Context()), r.Snapshot().Revision())
	tb.Cleanup(func() { _ = follower.Stop() })
	return &catalogNode{tb: tb, registry: r, catalog: c, server: New(Config{
		Registry: r, Catalog: c, Settings: DefaultSettings(),
		Names: confluent.Names{Registry: "lsrc-1", Cluster: func(registry.Context) string { return catalog.DefaultCluster }},
	})}
}

func (n *catalogNode) register(subject, text string) {
	if _, err := n.registry.Register(n.tb.Context(), registry.ParseSubject(subject), registry.SchemaBody{Schema: &text, Type: schema.Avro}, false, false, ""); err != nil {
		n.tb.Error(err)
	}
}

// get gives the answer to a GET.
func (n *catalogNode) get(target string) string {
	w := httptest.NewRecorder()
	n.server.ServeHTTP(w, httptest.NewRequestWithContext(n.tb.Context(), http.MethodGet, target, nil))
	return w.Body.String()
}

// BenchmarkSearch times pages of 100 out of a company of 200 subjects with
// sixteen fields each, of which nobody says anything.
func BenchmarkSearch(b *testing.B) {
	n := newCatalogNode(b, nil)
	var wait sync.WaitGroup
	for worker := range 20 {
		wait.Go(func() {
			for i := worker; i < 200; i += 20 {
				var fields []string
				for f := range 16 {
					fields = append(fields, fmt.Sprintf(`{"name":"field_number_%d","type":"string"}`, f))
				}
				n.register(fmt.Sprintf("loaded-%d-value", i), fmt.Sprintf(`{"type":"record","name":"com.acme.Event%d","fields":[%s]}`, i, strings.Join(fields, ",")))
			}
		})
	}
	wait.Wait()
	for _, query := range []string{
		"type=sr_schema", "type=sr_subject_version", "type=kafka_topic", "type=sr_record", "type=sr_field", "limit=100",
		"type=sr_schema&sortBy=name", "type=sr_field&query=field", "type=sr_schema&query=loaded", "type=sr_schema&limit=0",
	} {
		b.Run(query, func(b *testing.B) {
			r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/catalog/v1/search/basic?"+query, nil)
			w := &discarded{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				w.status = 0
				n.server.ServeHTTP(w, r)
			}
			if w.status != http.StatusOK {
				b.Fatal(w.status)
			}
		})
	}
}

// discarded is an answer that nobody reads.
type discarded struct {
	header http.Header
	status int
}

func (d *discarded) Header() http.Header         { return d.header }
func (d *discarded) WriteHeader(status int)      { d.status = status }
func (d *discarded) Write(b []byte) (int, error) { return len(b), nil }

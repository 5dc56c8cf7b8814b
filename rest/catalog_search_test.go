package rest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// BenchmarkSearch times pages of 100 out of a company of 200 subjects with
// sixteen fields each, of which nobody says anything.
func BenchmarkSearch(b *testing.B) {
	n := catalogtest.Open(b)
	server := New(Config{
		Registry: n.Registry, Catalog: n.Catalog, Settings: DefaultSettings(),
		Names: confluent.Names{Registry: n.Store.ClusterID(), Cluster: func(registry.Context) string { return catalog.DefaultCluster }},
	})
	var wait sync.WaitGroup
	for worker := range 20 {
		wait.Go(func() {
			for i := worker; i < 200; i += 20 {
				var fields []string
				for f := range 16 {
					fields = append(fields, fmt.Sprintf(`{"name":"field_number_%d","type":"string"}`, f))
				}
				n.Register(fmt.Sprintf("loaded-%d-value", i), schema.Avro, fmt.Sprintf(`{"type":"record","name":"com.acme.Event%d","fields":[%s]}`, i, strings.Join(fields, ",")))
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
				server.ServeHTTP(w, r)
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

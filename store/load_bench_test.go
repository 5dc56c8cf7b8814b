package store_test

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

// BenchmarkLoad reads all rows of the database that WEIR_BENCH_LOAD names, and
// drops them; a node that starts keeps them besides.
func BenchmarkLoad(b *testing.B) {
	database := os.Getenv("WEIR_BENCH_LOAD")
	if database == "" {
		b.Skip("WEIR_BENCH_LOAD names no database with rows to load")
	}
	s := storetest.Open(b, store.Config{Database: database})
	for b.Loop() {
		var rows, bytes atomic.Int64
		begun := time.Now()
		if err := s.ReadSchemas(b.Context(), func(r *registry.SchemaRow) error {
			rows.Add(1)
			bytes.Add(int64(len(r.Text) + len(r.Outline)))
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		schemas := time.Since(begun)
		var versions atomic.Int64
		if err := s.ReadVersions(b.Context(), func(*registry.VersionRow) error {
			versions.Add(1)
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(schemas.Seconds(), "s/schemas")
		b.ReportMetric((time.Since(begun) - schemas).Seconds(), "s/versions")
		b.ReportMetric(float64(bytes.Load())/1e6, "MB")
		b.Log(fmt.Sprint(rows.Load(), " schemas, ", versions.Load(), " versions"))
	}
}

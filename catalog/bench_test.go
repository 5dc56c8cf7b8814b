package catalog_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
)

// companyText is the schema of subject i with twenty fields, of which some are
// in many subjects.
func companyText(i, version int) string {
	var fields []string
	for j := range 20 {
		name := fmt.Sprintf("field_%d", (i*7+j*j*31)%5000)
		if j == 19 {
			name = fmt.Sprintf("amount_%d", version)
		}
		tags := ""
		if (i+j)%40 == 0 {
			tags = `,"confluent:tags":["PII"]`
		}
		fields = append(fields, fmt.Sprintf(`{"name":"%s_%d","type":["null","string"],"default":null,"doc":"The %s of it."%s}`, name, j, name, tags))
	}
	return fmt.Sprintf(`{"type":"record","name":"com.acme.d%d.Event%d","doc":"What happened.","fields":[%s]}`, i%50, i, strings.Join(fields, ","))
}

// BenchmarkCompany makes a company of WEIR_CATALOG_SUBJECTS subjects (2,000
// without it; 100,000 is the size that counts), each of WEIR_CATALOG_VERSIONS
// versions (1), and times what a node does at
// its start and while it runs.
func BenchmarkCompany(b *testing.B) {
	subjects := 2000
	if n, err := strconv.Atoi(os.Getenv("WEIR_CATALOG_SUBJECTS")); err == nil {
		subjects = n
	}
	versions := 1
	if n, err := strconv.Atoi(os.Getenv("WEIR_CATALOG_VERSIONS")); err == nil {
		versions = n
	}
	path := os.Getenv("WEIR_CATALOG_DATABASE") // kept for the next run
	if path == "" {
		path = filepath.Join(b.TempDir(), "weir.db")
	}
	s := storetest.Open(b, store.Config{Database: path})
	n := startNode(b, s)
	var wait sync.WaitGroup
	next := make(chan int)
	for range 64 {
		wait.Go(func() {
			for i := range next {
				name := fmt.Sprintf("d%d.events-%d-value", i%50, i)
				all, _ := n.Registry.Snapshot().Standing(in(name))
				for v := all; v < versions; v++ {
					n.put(name, companyText(i, v))
				}
			}
		})
	}
	for i := range subjects {
		next <- i
	}
	close(next)
	wait.Wait()
	o := n.Reload().Setup.Catalog
	b.Run("load and index", func(b *testing.B) {
		for b.Loop() {
			before := heap()
			begun := time.Now()
			c, err := catalog.New(b.Context(), o)
			if err != nil {
				b.Fatal(err)
			}
			loaded := time.Since(begun)
			if _, err := c.Search(b.Context(), search.Query{Text: "x"}); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(loaded.Seconds(), "s/load")
			b.ReportMetric((time.Since(begun) - loaded).Seconds(), "s/index")
			b.ReportMetric(float64(heap()-before)/1e6, "MB")
			runtime.KeepAlive(c)
		}
	})
	b.Run("apply", func(b *testing.B) {
		c, err := catalog.New(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		i := 0
		for b.Loop() {
			s := in(fmt.Sprintf("d%d.events-%d-value", i%50, i))
			if err := c.Apply(b.Context(), []feed.Change{{Revision: feed.Revision(1e6 + i), Kind: registry.KindPutVersion, Key: registry.SubjectKey(s)}}); err != nil {
				b.Fatal(err)
			}
			i = (i + 1) % subjects
		}
	})
	if _, err := n.Search(b.Context(), search.Query{Text: "x"}); err != nil {
		b.Fatal(err)
	}
	b.Run("search after a registration", func(b *testing.B) {
		i := 0
		for b.Loop() {
			b.StopTimer()
			i++
			text := companyText(7, int(time.Now().UnixNano()))
			if _, err := n.Registry.Register(b.Context(), in("d7.events-7-value"), registry.SchemaBody{Schema: &text, Type: schema.Avro}, false, false, ""); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if _, err := n.Search(b.Context(), search.Query{Text: "amount"}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// heap is what is in use after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

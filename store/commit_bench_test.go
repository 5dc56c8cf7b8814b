package store_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/pgtest"
	"github.com/weir-registry/weir/store/storetest"
)

// BenchmarkCommit registers a new content under a new subject per operation,
// from several clients. WEIR_BENCH_DATABASE names a server that syncs (pgtest's
// does not) and WEIR_BENCH_COMMITTERS how many committers there are.
func BenchmarkCommit(b *testing.B) {
	for _, engine := range []struct {
		name     string
		database func(testing.TB) string
	}{
		{"postgres", benchPostgres},
		{"sqlite", sqliteEngine().Database},
	} {
		for _, clients := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("%s/clients=%d", engine.name, clients), func(b *testing.B) {
				benchCommit(b, engine.database(b), clients)
			})
		}
	}
}

func benchPostgres(b testing.TB) string {
	if database := os.Getenv("WEIR_BENCH_DATABASE"); database != "" {
		return database
	}
	return pgtest.URL(b)
}

func benchCommit(b *testing.B, database string, clients int) {
	committers := 0
	_, _ = fmt.Sscan(os.Getenv("WEIR_BENCH_COMMITTERS"), &committers)
	n := storetest.StartNode(b, store.Config{Database: database, Committers: committers})
	padding := strings.Repeat("x", 600)
	run := fmt.Sprint(time.Now().UnixNano())
	for int64(n.Applied()) < head(b, n) {
		time.Sleep(time.Millisecond)
	}
	b.ReportAllocs()
	b.ResetTimer()
	var group sync.WaitGroup
	for client := range clients {
		group.Go(func() {
			for i := client; i < b.N; i += clients {
				w := storetest.Put(storetest.Subject(fmt.Sprint("subject-", run, "-", i, "-value")), 1, fmt.Sprint(run, " ", i, padding))
				c := storetest.Command(n.Applied(), w, registry.Touch{Key: "context ."})
				r, err := n.Store.Commit(b.Context(), c)
				if err != nil {
					b.Error(err)
					return
				}
				if err := n.Follower.Advance(b.Context(), r.Revision); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}

func head(b *testing.B, n *storetest.Node) int64 {
	h, err := n.Head(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return int64(h)
}

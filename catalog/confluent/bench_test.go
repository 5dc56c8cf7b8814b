package confluent_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
)

// BenchmarkEntities times pages of 100 out of a company of
// WEIR_CATALOG_SUBJECTS subjects (1,000 without it), each with twenty fields.
func BenchmarkEntities(b *testing.B) {
	subjects := 1000
	if n, err := strconv.Atoi(os.Getenv("WEIR_CATALOG_SUBJECTS")); err == nil {
		subjects = n
	}
	n := newNode(b)
	var wait sync.WaitGroup
	next := make(chan int)
	for range 64 {
		wait.Go(func() {
			for i := range next {
				var fields []string
				for f := range 20 {
					tag := ""
					if i%100 == 0 && f == 7 {
						tag = `,"confluent:tags":["PII"]`
					}
					fields = append(fields, fmt.Sprintf(`{"name":"field_%d_%d","type":"string"%s}`, i%97, f, tag))
				}
				n.register(fmt.Sprintf("events-%d-value", i), fmt.Sprintf(`{"type":"record","name":"com.acme.Event%d","fields":[%s]}`, i, strings.Join(fields, ",")))
			}
		})
	}
	for i := range subjects {
		next <- i
	}
	close(next)
	wait.Wait()
	n.Commit(catalog.Put{Definition: &catalog.TagDefinition{Name: "Gold"}})
	n.Commit(catalog.Edit{
		Ref: catalog.Ref{Kind: catalog.KindTopic, Scope: catalog.DefaultCluster, Name: "events-7"}, PutTags: []catalog.TagValue{{Name: "Gold"}},
	})
	found, err := confluent.Search(b.Context(), n.Catalog, "field_7_3", nil)
	if err != nil {
		b.Fatal(err)
	}
	types := func(t ...confluent.Type) []confluent.Type { return t }
	counts := confluent.NewCounts()
	for _, c := range []struct {
		name string
		sel  confluent.Selection
	}{
		{"topics", confluent.Selection{Types: types(confluent.Topic)}},
		{"topics, the last page", confluent.Selection{Types: types(confluent.Topic), Skip: subjects - 100}},
		{"versions", confluent.Selection{Types: types(confluent.SubjectVersion)}},
		{"schemas", confluent.Selection{Types: types(confluent.Schema)}},
		{"fields", confluent.Selection{Types: types(confluent.Field)}},
		{"fields, the last page", confluent.Selection{Types: types(confluent.Field), Skip: subjects*20 - 100}},
		{"all", confluent.Selection{}},
		{"tagged in texts", confluent.Selection{Tags: []string{"PII"}, Types: types(confluent.Field)}},
		{"tagged by people", confluent.Selection{Tags: []string{"Gold"}}},
		{"found", confluent.Selection{Found: found}},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := n.reader()
			r.Counts = counts
			b.ReportAllocs()
			for b.Loop() {
				rows := 0
				for _, err := range r.Entities(b.Context(), c.sel) {
					if err != nil {
						b.Fatal(err)
					}
					if rows++; rows == 100 {
						break
					}
				}
			}
		})
	}
}

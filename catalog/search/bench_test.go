package search

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/weir-registry/weir/schema"
)

// BenchmarkCompany times the index beside its limits in one run: decoding the
// outlines, a linear scan of the names, and SQLite's FTS5 with the same words,
// facets and order. WEIR_SEARCH_SUBJECTS=100000 is the size that counts (it
// takes minutes, most of them to fill FTS5); without it the company is small.
func BenchmarkCompany(b *testing.B) {
	subjects := 2000
	if n, err := strconv.Atoi(os.Getenv("WEIR_SEARCH_SUBJECTS")); err == nil {
		subjects = n
	}
	c := newCompany()
	outlines, docs := make([][]byte, subjects), make([]Document, subjects)
	for i := range outlines {
		docs[i] = c.document(i)
		data, err := c.outline(i).AppendBinary(nil)
		if err != nil {
			b.Fatal(err)
		}
		outlines[i] = data
	}
	decode := func(b *testing.B, from, to int) {
		for _, data := range outlines[from:to] {
			var o schema.Outline
			if err := o.UnmarshalBinary(data); err != nil {
				b.Error(err)
			}
		}
	}
	build := func(b *testing.B, from, to int) *Builder {
		builder := NewBuilder()
		for i := from; i < to; i++ {
			if err := builder.AddOutlineBinary(&docs[i], outlines[i]); err != nil {
				b.Error(err)
			}
		}
		return builder
	}
	half := len(docs) / 2
	b.Run("decode outlines", func(b *testing.B) {
		for b.Loop() {
			decode(b, 0, len(docs))
		}
	})
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			build(b, 0, len(docs)).Index("")
		}
	})
	b.Run("decode outlines on two cores", func(b *testing.B) {
		for b.Loop() {
			var wait sync.WaitGroup
			wait.Go(func() { decode(b, 0, half) })
			wait.Go(func() { decode(b, half, len(docs)) })
			wait.Wait()
		}
	})
	builders := func(b *testing.B) []*Builder {
		list := make([]*Builder, 2)
		var wait sync.WaitGroup
		wait.Go(func() { list[0] = build(b, 0, half) })
		wait.Go(func() { list[1] = build(b, half, len(docs)) })
		wait.Wait()
		return list
	}
	b.Run("build on two cores", func(b *testing.B) {
		for b.Loop() {
			Join("", builders(b)...)
		}
	})
	before := heap()
	ix := Join("", builders(b)...)
	size := heap() - before
	_, documents := ix.Size()
	facets := []FacetField{FacetKind, FacetFormat, FacetDomain, FacetOwner, FacetCompatibility, FacetTag}
	rare := rareWord(ix)
	search := func(name string, q Query) {
		b.Run(name, func(b *testing.B) {
			total := 0
			for b.Loop() {
				r, err := ix.Search(q)
				if err != nil {
					b.Fatal(err)
				}
				total = r.Documents
			}
			b.ReportMetric(float64(total), "hits")
			b.ReportMetric(float64(documents), "documents")
			b.ReportMetric(float64(size)/1e6, "heap-MB")
		})
	}
	search("broad", Query{Text: "amount", Facets: facets})
	search("broad grouped", Query{Text: "amount", Facets: facets, Grouped: true})
	search("broad authorised", Query{Text: "amount", Facets: facets, Grouped: true, Allowed: func(r Ref) bool { return len(r.ID)%2 == 0 }})
	search("two words", Query{Text: "customer amount", Facets: facets})
	search("every path", Query{Text: "acme amount", Facets: facets})
	search("everything", Query{Facets: facets})
	search("selective", Query{Text: rare, Facets: facets})
	search("typo", Query{Text: "custmoer amuont", Facets: facets})
	benchmarkTyping(b, ix)
	b.Run("put", func(b *testing.B) {
		i := 0
		for b.Loop() {
			d := docs[i%len(docs)]
			d.Members = AppendMembers(nil, c.outline(i))
			ix.Apply(Batch{Put: []Document{d}})
			i++
		}
	})
	if os.Getenv("WEIR_SEARCH_FTS5") != "" {
		benchmarkFTS5(b, docs, outlines, rare)
	}
}

// benchmarkTyping completes what is typed letter by letter, beside a scan of
// the names of all documents.
func benchmarkTyping(b *testing.B, ix *Index) {
	const typed = "customera"
	s := ix.published.Load().views[0]
	names := make([]string, s.size())
	for doc := range names {
		names[doc] = s.folds.at(s.name[doc])
	}
	b.Run("as you type", func(b *testing.B) {
		for b.Loop() {
			for i := range typed {
				ix.Suggest(Completion{Prefix: typed[:i+1]})
			}
		}
	})
	b.Run("as you type, scan", func(b *testing.B) {
		n := 0
		for b.Loop() {
			for i := range typed {
				for _, name := range names {
					if strings.HasPrefix(name, typed[:i+1]) {
						n++
					}
				}
			}
		}
		runtime.KeepAlive(n)
	})
}

// rareWord is a word that 50 to 99 documents have, or the rarest below.
func rareWord(ix *Index) string {
	v := ix.published.Load().views[0].visible(&Query{})
	best, most := "", 0
	for i := 1; i < v.words.len(); i++ {
		w := string(v.words.at(uint32(i)))
		if len(w) < 5 || w[0] < 'a' || i%13 != 0 {
			continue
		}
		if n := v.withWord(w, 100); n > most && n < 100 {
			best, most = w, n
		}
		if most >= 50 {
			break
		}
	}
	if best == "" {
		panic(fmt.Sprintf("no rare word in %d", v.words.len()))
	}
	return best
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

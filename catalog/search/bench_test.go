package search

import (
	"testing"

	"github.com/weir-registry/weir/catalog/search/searchtest"
)

// BenchmarkCompany times the parts of the index on a small company; package
// bench measures a large one beside its limits.
func BenchmarkCompany(b *testing.B) {
	const subjects = 2000
	c := searchtest.NewCompany()
	outlines, docs := make([][]byte, subjects), make([]Document, subjects)
	for i := range outlines {
		docs[i] = companyDocument(c, i)
		data, err := c.Outline(i).AppendBinary(nil)
		if err != nil {
			b.Fatal(err)
		}
		outlines[i] = data
	}
	build := func(b *testing.B) *Index {
		builder := NewBuilder()
		for i := range docs {
			if err := builder.AddOutlineBinary(&docs[i], outlines[i]); err != nil {
				b.Fatal(err)
			}
		}
		return Join("", builder)
	}
	b.Run("build", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			build(b)
		}
	})
	ix := build(b)
	facets := []FacetField{FacetKind, FacetFormat, FacetDomain, FacetOwner, FacetCompatibility, FacetTag}
	for _, q := range []struct {
		name string
		Query
	}{
		{"broad", Query{Text: "amount", Facets: facets}},
		{"broad grouped", Query{Text: "amount", Facets: facets, Grouped: true}},
		{"broad authorised", Query{Text: "amount", Facets: facets, Grouped: true, Allowed: func(r Ref) bool { return len(r.ID)%2 == 0 }}},
		{"broad by Ref", Query{Text: "amount", Order: ByRef, Offset: 1000}},
		{"two words", Query{Text: "customer amount", Facets: facets}},
		{"every path", Query{Text: "acme amount", Facets: facets}},
		{"everything", Query{Facets: facets}},
		{"typo", Query{Text: "custmoer amuont", Facets: facets}},
	} {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ix.Search(q.Query); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("as you type", func(b *testing.B) {
		const typed = "customera"
		for b.Loop() {
			for i := range typed {
				ix.Suggest(Completion{Prefix: typed[:i+1]})
			}
		}
	})
	b.Run("put", func(b *testing.B) {
		i := 0
		for b.Loop() {
			d := docs[i%len(docs)]
			d.Members = AppendMembers(nil, c.Outline(i))
			ix.Apply(Batch{Put: []Document{d}})
			i++
		}
	})
}

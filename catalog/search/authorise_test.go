package search

import (
	"sync/atomic"
	"testing"
)

// Half of the entities are hidden: they are in no hit, total, facet,
// suggestion or correction, and each is asked for once.
func TestHiddenDocumentsLeaveNoTrace(t *testing.T) {
	ix, docs := small(t, 300)
	hidden := map[Ref]bool{}
	bare := NewBuilder()
	for i := range docs {
		if i%2 == 0 {
			hidden[docs[i].Ref] = true
			continue
		}
		bare.Add(&docs[i])
	}
	without := Join("1:1", bare)
	for _, text := range []string{"", "amount", "customer amount", "customerAmount", "custmoer", "PII", "acme sales", "legacy4"} {
		asked := map[Ref]int{}
		q := Query{Text: text, Facets: facetFields[:], Grouped: true, First: 500, Now: someNow, Allowed: func(r Ref) bool {
			asked[r]++
			return !hidden[r]
		}}
		got, err := ix.Search(q)
		if err != nil {
			t.Fatal(err)
		}
		q.Allowed = nil
		want, err := without.Search(q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := diffResults(want, got); diff != "" {
			t.Errorf("Search(%q) (-without the hidden +with them):\n%s", text, diff)
		}
		for ref, n := range asked {
			if n > 1 {
				t.Errorf("Search(%q) asked %d times for %v", text, n, ref)
			}
		}
		c := Completion{Prefix: text, Allowed: func(r Ref) bool { return !hidden[r] }}
		if diff := diffSuggestions(without.Suggest(Completion{Prefix: text}), ix.Suggest(c)); diff != "" {
			t.Errorf("Suggest(%q) (-without the hidden +with them):\n%s", text, diff)
		}
	}
	everything, err := ix.Search(Query{Facets: []FacetField{FacetKind}})
	if err != nil {
		t.Fatal(err)
	}
	if n := facetMap(everything.Facets)[FacetKind]["SUBJECT"]; n != 300 {
		t.Errorf("%d subjects without rights, want 300", n)
	}
}

// Readers see whole batches while a writer writes and merges.
func TestReadersSeeWholeBatches(t *testing.T) {
	ix := Join("")
	put := func(name string) {
		var b Batch
		for _, id := range []string{"1", "2", "3"} {
			b.Put = append(b.Put, Document{Ref: Ref{"TOPIC", id}, Name: name})
		}
		ix.Apply(b)
	}
	put("even")
	var done atomic.Bool
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for !done.Load() {
			ix.Merge()
		}
	}()
	read := make(chan struct{})
	go func() {
		defer close(read)
		for !done.Load() {
			even, err := ix.Search(Query{Text: "even"})
			if err != nil || even.Total != 0 && even.Total != 3 {
				t.Errorf("found %d of three (%v)", even.Total, err)
				return
			}
		}
	}()
	for i := range 200 {
		put([]string{"odd", "even"}[i%2])
	}
	done.Store(true)
	<-finished
	<-read
	if entities, documents := ix.Size(); entities != 3 || documents != 3 {
		t.Errorf("Size() = %d, %d, want 3, 3", entities, documents)
	}
}

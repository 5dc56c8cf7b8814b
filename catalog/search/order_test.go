package search

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOrder(t *testing.T) {
	ix := shop()
	for _, c := range []struct {
		order Order
		want  []string
	}{
		{ByRank, []string{"customerId", "customer_id", "customer_id_old", "id", "buyer"}},
		{ByName, []string{"buyer", "customerId", "customer_id", "customer_id_old", "id"}},
		// customers-value stands before orders-value, in which Customer.id is before Order.
		{ByRef, []string{"customer_id", "id", "buyer", "customerId", "customer_id_old"}},
	} {
		q := Query{Text: "customer id", Order: c.order, First: 2}
		var paged, offset []string
		for {
			r := find(t, ix, q)
			paged = append(paged, names(r)...)
			if !r.HasNext {
				break
			}
			q.After = r.Hits[len(r.Hits)-1].Cursor
		}
		for q.After = ""; ; q.Offset += 2 {
			r := find(t, ix, q)
			if len(r.Hits) == 0 {
				break
			}
			offset = append(offset, names(r)...)
			if r.Total != len(c.want) {
				t.Errorf("order %d: total %d at %d, want %d", c.order, r.Total, q.Offset, len(c.want))
			}
		}
		if diff := cmp.Diff(c.want, paged); diff != "" {
			t.Errorf("order %d by cursors (-want +got):\n%s", c.order, diff)
		}
		if diff := cmp.Diff(c.want, offset); diff != "" {
			t.Errorf("order %d by offsets (-want +got):\n%s", c.order, diff)
		}
	}
	// A cursor of one order is none of another; an offset beyond the end and one
	// before the beginning harm nobody.
	q := Query{Text: "customer id", First: 1}
	q.After, q.Order = find(t, ix, q).Hits[0].Cursor, ByRef
	if _, err := ix.Search(q); err == nil {
		t.Error("a cursor of another order is taken")
	}
	for _, o := range []int{-3, 1 << 62} {
		if _, err := ix.Search(Query{Text: "customer", Offset: o}); err != nil {
			t.Errorf("offset %d: %v", o, err)
		}
	}
}

func TestEachGivesWhatNoPageHolds(t *testing.T) {
	ix, docs := small(t, 300)
	each, err := ix.Each(Query{Text: "amount", Filter: Filter{Kinds: []Kind{Field}}})
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Collect(each)
	if want := find(t, ix, Query{Text: "amount", Filter: Filter{Kinds: []Kind{Field}}}).Total; len(got) != want || want < mostFirst {
		t.Errorf("Each gives %d hits of %d subjects, Search counts %d", len(got), len(docs), want)
	}
	if !slices.IsSortedFunc(got, func(a, b Hit) int { return compareRefs(a.Ref, b.Ref) }) {
		t.Error("Each is not in the order of Ref")
	}
}

func TestLastSeen(t *testing.T) {
	const hour = 3600 * second
	ix := Join("")
	var put []Document
	for id, ago := range map[string]int64{"now": 0, "yesterday": 24 * hour, "monday": 5 * 24 * hour, "spring": 200 * 24 * hour, "soon": -hour} {
		put = append(put, Document{Ref: Ref{"SUBJECT", id}, Name: id, LastSeen: someNow - ago, Members: []Member{{Kind: Field, Name: "id"}}})
	}
	put = append(put, Document{Ref: Ref{"TAG", "PII"}, Name: "PII"})
	ix.Apply(Batch{Put: put})
	facets := []FacetField{FacetLastSeen}
	want := []Facet{{FacetLastSeen, []FacetCount{{"DAY", 6}, {"OLDER", 2}, {"WEEK", 2}}}}
	if diff := cmp.Diff(want, find(t, ix, Query{Now: someNow, Facets: facets}).Facets); diff != "" {
		t.Errorf("facets (-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		condition Condition
		want      []string
	}{
		{Condition{Field: FacetLastSeen, AnyOf: []string{"DAY"}}, []string{"now", "soon", "yesterday"}},
		{Condition{Field: FacetLastSeen, AnyOf: []string{"WEEK", "OLDER", "x"}}, []string{"monday", "spring"}},
		{Condition{Field: FacetLastSeen, AnyOf: []string{"DAY", "OLDER"}, Not: true}, []string{"PII", "monday"}},
	} {
		q := Query{Now: someNow, Order: ByName, Filter: Filter{Kinds: []Kind{"SUBJECT", "TAG"}, And: []Condition{c.condition}}}
		got := names(find(t, ix, q))
		slices.Sort(got)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.condition, diff)
		}
	}
	// The clock moves, the index does not.
	later := find(t, ix, Query{Now: someNow + 24*hour, Facets: facets}).Facets
	if diff := cmp.Diff([]FacetCount{{"DAY", 4}, {"WEEK", 4}, {"OLDER", 2}}, later[0].Values); diff != "" {
		t.Errorf("a day later (-want +got):\n%s", diff)
	}
}

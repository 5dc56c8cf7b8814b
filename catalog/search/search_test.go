package search

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func diffResults(want, got Result) string           { return cmp.Diff(want, got) }
func diffSuggestions(want, got []Suggestion) string { return cmp.Diff(want, got) }

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"orderId", "order id orderid*"},
		{"order_id", "order id"},
		{"HTTPServer2", "http server 2 httpserver2*"},
		{"com.acme.OrderLine", "com acme order line orderline*"},
		{"ID", "id"},
		{"größeÄnderung", "größe änderung größeänderung*"},
		{"sha256sum", "sha 256 sum sha256sum*"},
		{"__a--b ", "a b"},
		{"\xffx", "x"},
		{"", ""},
	} {
		var got []string
		var w wordReader
		w.each(c.text, func(word []byte, whole bool) {
			s := string(word)
			if whole {
				s += "*"
			}
			got = append(got, s)
		})
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("words of %q (-want +got):\n%s", c.text, diff)
		}
	}
}

// shop is a small index in which every tier has somebody.
func shop() *Index {
	ix := Join("")
	ix.Apply(Batch{Revision: "1:9", Put: []Document{
		{
			Ref: Ref{"SUBJECT", "orders-value"}, Name: "orders-value", Context: ".", Format: "AVRO", Uses: 5,
			Attributes: Attributes{Owners: []string{"team-a"}},
			Members: []Member{
				{Kind: Field, Name: "customerId", Path: "com.acme.Order", Type: "long", Attributes: Attributes{Tags: []string{"PII"}}},
				{Kind: Field, Name: "customer_id_old", Path: "com.acme.Order", Type: "long"},
				{Kind: Field, Name: "id", Path: "com.acme.Customer", Type: "long"},
				{Kind: Field, Name: "buyer", Path: "com.acme.Order", Type: "long", Description: "The id of the customer who pays."},
			},
		},
		{
			Ref: Ref{"SUBJECT", "customers-value"}, Name: "customers-value", Context: ".", Format: "JSON",
			Members: []Member{{Kind: Field, Name: "customer_id", Path: "Customer", Type: "string"}},
		},
		{Ref: Ref{"TAG", "PII"}, Name: "PII", Description: "What tells who a customer is."},
	}})
	return ix
}

func names(r Result) []string {
	var list []string
	for _, h := range r.Hits {
		list = append(list, h.Name)
	}
	return list
}

func find(t *testing.T, ix *Index, q Query) Result {
	t.Helper()
	r, err := ix.Search(q)
	if err != nil {
		t.Fatalf("Search(%q): %v", q.Text, err)
	}
	return r
}

func TestTiers(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"customer id", []string{"customerId", "customer_id", "customer_id_old", "id", "buyer"}},
		{"CUSTOMERID", []string{"customerId", "customer_id", "customer_id_old"}},
		{"pii", []string{"PII", "customerId"}},
		{"acme buyer", []string{"buyer"}},
		{"orders-v", []string{"orders-value"}},
		{"--", nil},
	} {
		if diff := cmp.Diff(c.want, names(find(t, shop(), Query{Text: c.text}))); diff != "" {
			t.Errorf("Search(%q) (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestTypo(t *testing.T) {
	r := find(t, shop(), Query{Text: "Custmoer, id zzzzzz"})
	if r.DidYouMean != "customer, id zzzzzz" {
		t.Errorf("did you mean %q", r.DidYouMean)
	}
	if !slices.Equal(r.Dropped, []string{"zzzzzz"}) {
		t.Errorf("dropped %q", r.Dropped)
	}
	if diff := cmp.Diff([]string{"customerId", "id", "customer_id", "customer_id_old", "buyer"}, names(r)); diff != "" {
		t.Errorf("hits (-want +got):\n%s", diff)
	}
}

func TestGroupedHighlightedExplained(t *testing.T) {
	r := find(t, shop(), Query{Text: "customer id", Grouped: true, Explain: true, Facets: []FacetField{FacetFormat, FacetTag}})
	if r.Total != 2 || r.Documents != 5 || r.Revision != "1:9" {
		t.Errorf("total %d, documents %d, revision %q", r.Total, r.Documents, r.Revision)
	}
	first := r.Hits[0]
	if first.Count != 4 || first.EntityName != "orders-value" || !first.Member {
		t.Errorf("first row %+v", first)
	}
	if diff := cmp.Diff([]Highlight{{Field: "name", Fragment: "customerId", Marks: [][2]int{{0, 10}}}}, first.Highlights); diff != "" {
		t.Errorf("highlights (-want +got):\n%s", diff)
	}
	if want := `the name is the query; "customer" in name; "id" in name; further words in the name: 0; uses: 5`; first.Why != want {
		t.Errorf("why %q, want %q", first.Why, want)
	}
	want := []Facet{
		{FacetFormat, []FacetCount{{"AVRO", 4}, {"JSON", 1}}},
		{FacetTag, []FacetCount{{"PII", 1}}},
	}
	if diff := cmp.Diff(want, r.Facets); diff != "" {
		t.Errorf("facets (-want +got):\n%s", diff)
	}
}

func TestCursorIsOfItsQuery(t *testing.T) {
	ix := shop()
	q := Query{Text: "customer", First: 1}
	q.After = find(t, ix, q).Hits[0].Cursor
	second := find(t, ix, q).Hits[0]
	// The row that the cursor names may be gone meanwhile.
	ix.Apply(Batch{Remove: []Ref{{"SUBJECT", "orders-value"}}, Revision: "1:10"})
	if got := find(t, ix, q).Hits[0]; got.Name != second.Name {
		t.Errorf("after the change the second row is %q, was %q", got.Name, second.Name)
	}
	for _, other := range []Query{
		{Text: "customers", After: q.After},
		{Text: "customer", After: q.After, Grouped: true},
		{Text: "customer", After: q.After, Filter: Filter{Kinds: []Kind{Field}}},
		{Text: "customer", After: q.After + "A"},
		{Text: "customer", After: "!"},
	} {
		if _, err := ix.Search(other); !errors.Is(err, ErrCursor) {
			t.Errorf("Search(%+v) = %v, want ErrCursor", other, err)
		}
	}
	var unknown *UnknownFacetError
	if _, err := ix.Search(Query{Facets: []FacetField{"SEEN"}}); !errors.As(err, &unknown) {
		t.Errorf("an unknown facet answers %v", err)
	}
}

func TestSuggest(t *testing.T) {
	ix := shop()
	var got []string
	for _, s := range ix.Suggest(Completion{Prefix: "Cust"}) {
		got = append(got, s.Name+" of "+s.ID)
	}
	want := []string{"customerId of orders-value", "customer_id of customers-value", "customer_id_old of orders-value", "customers-value of customers-value"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("suggestions (-want +got):\n%s", diff)
	}
	if got := ix.Suggest(Completion{Prefix: "i", Kinds: []Kind{"SUBJECT"}}); got != nil {
		t.Errorf("subjects that begin with i: %v", got)
	}
}

// Small segments are joined as they come, large ones when they are due.
func TestMerge(t *testing.T) {
	_, docs := small(t, 700)
	ix := Join("")
	for i := range docs {
		ix.Apply(Batch{Put: docs[i : i+1]})
	}
	if n := len(ix.published.Load().views); n > dueSegments {
		t.Errorf("%d segments after %d changes", n, len(docs))
	}
	before := find(t, ix, Query{Text: "customer amount", Facets: facetFields[:]})
	ix.Merge()
	if n := len(ix.published.Load().views); n != 1 {
		t.Errorf("%d segments after a merge", n)
	}
	if diff := diffResults(before, find(t, ix, Query{Text: "customer amount", Facets: facetFields[:]})); diff != "" {
		t.Errorf("a merge changed an answer:\n%s", diff)
	}
	var all Batch
	for i := range docs {
		all.Remove = append(all.Remove, docs[i].Ref)
	}
	ix.Apply(all)
	if entities, _ := ix.Size(); entities != 0 {
		t.Errorf("%d entities are left", entities)
	}
}

func TestMergeFrom(t *testing.T) {
	sized := func(alive, gone int) *view {
		return &view{segment: &segment{uses: make([]uint32, alive+gone)}, gone: gone}
	}
	for _, c := range []struct {
		name  string
		views []*view
		want  int
	}{
		{"nothing", nil, 0},
		{"one", []*view{sized(9, 0)}, 1},
		{"one with dead", []*view{sized(9, 9)}, 0},
		{"large, small", []*view{sized(100_000, 0), sized(512, 0), sized(1, 0)}, 1},
		{"two large, small", []*view{sized(50_000, 0), sized(50_000, 0), sized(512, 0), sized(1, 0)}, 2},
		{"an eighth", []*view{sized(50_000, 0), sized(4000, 0), sized(4000, 0)}, 0},
		{"dead in a large one", []*view{sized(50_000, 20_000), sized(50_000, 0), sized(1, 0)}, 0},
	} {
		if got := mergeFrom(c.views); got != c.want {
			t.Errorf("%s: mergeFrom = %d, want %d", c.name, got, c.want)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"", "customer id", "Custmoer", "\xff\xfe", "--", "größe", "ǅungla", strings.Repeat("a b ", 40)} {
		f.Add(seed, "")
	}
	ix := shop()
	f.Fuzz(func(t *testing.T, text, after string) {
		r, err := ix.Search(Query{Text: text, After: after, Explain: true, Facets: facetFields[:]})
		if err != nil {
			if !errors.Is(err, ErrCursor) {
				t.Fatalf("Search(%q, after %q): %v", text, after, err)
			}
			return
		}
		for _, h := range r.Hits {
			if _, err := ix.Search(Query{Text: text, After: h.Cursor}); err != nil {
				t.Fatalf("the cursor %q of Search(%q): %v", h.Cursor, text, err)
			}
			for _, l := range h.Highlights {
				for _, m := range l.Marks {
					_ = l.Fragment[m[0]:m[1]]
				}
			}
		}
		ix.Suggest(Completion{Prefix: text})
	})
}

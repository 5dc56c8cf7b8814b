package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// pages asks for all pages of a query.
func pages(t *rapid.T, ix *Index, q Query) (hits []Hit, last Result) {
	for {
		r, err := ix.Search(q)
		if err != nil {
			t.Fatalf("Search(%q): %v", q.Text, err)
		}
		if len(r.Hits) > q.First || r.HasNext && len(r.Hits) != q.First {
			t.Fatalf("Search(%q) gave a page of %d, first is %d", q.Text, len(r.Hits), q.First)
		}
		hits = append(hits, r.Hits...)
		if !r.HasNext {
			return hits, r
		}
		q.After = r.Hits[len(r.Hits)-1].Cursor
	}
}

type rowKey struct {
	Ref        Ref
	Kind       Kind
	Path, Name string
	Count      int
}

func keysOf(hits []Hit) []rowKey {
	var list []rowKey
	for _, h := range hits {
		list = append(list, rowKey{h.Ref, h.Kind, h.Path, h.Name, h.Count})
	}
	return list
}

// naiveKeys are the rows of the plain search as pages show them.
func naiveKeys(rows []*naiveDoc, q *Query) []rowKey {
	var list []rowKey
	var order []position
	row := map[Ref]int{}
	for _, d := range rows {
		if at, ok := row[d.ref]; ok && q.Grouped && d.member != nil {
			list[at].Count++
			continue
		}
		if d.member != nil {
			row[d.ref] = len(list)
		}
		list, order = append(list, rowKey{d.ref, d.kind, d.path, d.name, 1}), append(order, d.position)
	}
	if q.Order != ByRef {
		return list
	}
	byRef := make([]int, len(list))
	for i := range byRef {
		byRef[i] = i
	}
	slices.SortFunc(byRef, func(a, b int) int { return order[a].compareByRef(order[b]) })
	var sorted []rowKey
	for _, i := range byRef {
		sorted = append(sorted, list[i])
	}
	return sorted
}

// checkOffset asks for a page from the middle.
func checkOffset(t *rapid.T, ix *Index, q Query, want []rowKey) {
	q.Offset = rapid.IntRange(0, len(want)+2).Draw(t, "offset")
	r, err := ix.Search(q)
	if err != nil {
		t.Fatal(err)
	}
	from := min(q.Offset, len(want))
	to := min(from+q.First, len(want))
	if diff := cmp.Diff(slices.Clone(want[from:to]), keysOf(r.Hits), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("Search(%q) from %d on (-plain +index):\n%s", q.Text, q.Offset, diff)
	}
	if r.Total != len(want) || r.HasNext != (to < len(want)) {
		t.Fatalf("Search(%q) from %d on: %d rows, next %t, want %d", q.Text, q.Offset, r.Total, r.HasNext, len(want))
	}
}

// checkEach compares what Each gives with the pages of the same query.
func checkEach(t *rapid.T, ix *Index, q Query, want []rowKey) {
	if q.Order != ByRef {
		return
	}
	each, err := ix.Each(q)
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Collect(each)
	if diff := cmp.Diff(want, keysOf(got)); diff != "" {
		t.Fatalf("Each(%q) (-plain +index):\n%s", q.Text, diff)
	}
	for range each {
		break // who stops early harms nobody
	}
}

func facetMap(facets []Facet) map[FacetField]map[string]int {
	m := map[FacetField]map[string]int{}
	for _, f := range facets {
		m[f.Field] = map[string]int{}
		for _, v := range f.Values {
			m[f.Field][v.Value] = v.Count
		}
	}
	return m
}

// What a query finds is what reading every document finds, in an index that
// was loaded and in one that grew by changes and merges.
func TestSearchEqualsReadingEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		world := naive{}
		grown := Join("")
		for range rapid.IntRange(0, 14).Draw(t, "changes") {
			switch rapid.IntRange(0, 5).Draw(t, "change") {
			case 0:
				ref := drawRef(t)
				delete(world, ref)
				grown.Apply(Batch{Remove: []Ref{ref}})
			case 1:
				grown.Merge()
			default:
				var b Batch
				for range rapid.IntRange(1, 3).Draw(t, "batch") {
					d := drawDocument(t)
					world[d.Ref] = d
					b.Put = append(b.Put, d)
				}
				grown.Apply(b)
			}
		}
		builders := []*Builder{NewBuilder(), NewBuilder()}
		for _, d := range world {
			builders[len(d.Name)%2].Add(&d)
		}
		rebuilt := Join("", builders...)
		for range 3 {
			q := drawQuery(t)
			rows, facets, dropped := world.search(&q)
			want := naiveKeys(rows, &q)
			var whole [2]Result
			for i, ix := range []*Index{rebuilt, grown} {
				hits, last := pages(t, ix, q)
				if diff := cmp.Diff(want, keysOf(hits)); diff != "" {
					t.Fatalf("Search(%q) of index %d (-plain +index):\n%s", q.Text, i, diff)
				}
				if last.Total != len(want) || last.Documents != len(rows) {
					t.Fatalf("Search(%q) of index %d counts %d rows, %d documents, want %d, %d", q.Text, i, last.Total, last.Documents, len(want), len(rows))
				}
				if diff := cmp.Diff(facets, facetMap(last.Facets)); diff != "" {
					t.Fatalf("facets of %q in index %d (-plain +index):\n%s", q.Text, i, diff)
				}
				if !slices.Equal(dropped, last.Dropped) {
					t.Fatalf("Search(%q) of index %d dropped %q, want %q", q.Text, i, last.Dropped, dropped)
				}
				last.Hits = hits
				whole[i] = last
				checkOffset(t, ix, q, want)
				checkEach(t, ix, q, want)
			}
			if diff := cmp.Diff(whole[0], whole[1]); diff != "" {
				t.Fatalf("Search(%q): (-rebuilt +grown):\n%s", q.Text, diff)
			}
			c := Completion{Prefix: q.Text, Allowed: q.Allowed, Kinds: q.Filter.Kinds, Limit: 3}
			if diff := cmp.Diff(rebuilt.Suggest(c), grown.Suggest(c)); diff != "" {
				t.Fatalf("Suggest(%q): (-rebuilt +grown):\n%s", q.Text, diff)
			}
		}
	})
}

// A document comes back out of a segment as it went in, but for the order of
// its attributes: merging loses nothing.
func TestDocumentSurvivesMerging(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDocument(t)
		b := NewBuilder()
		b.Add(&d)
		once := b.freeze(true).document(0)
		b = NewBuilder()
		b.Add(&once)
		twice := b.freeze(true).document(0)
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Fatalf("merged twice:\n%s", diff)
		}
		if once.Name != d.Name || once.Uses != d.Uses || len(once.Members) != len(d.Members) {
			t.Fatalf("merged %+v, got %+v", d, once)
		}
	})
}

// A column comes back out of its lists.
func TestInvert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		column := rapid.SliceOf(rapid.Uint32Range(0, 4)).Draw(t, "column")
		first := rapid.Uint32Range(0, 5).Draw(t, "first")
		plain := invert(column, 5, first)
		var joined runs
		for i, k := range column {
			joined.append(k, 1)
			if got := joined.at(uint32(i)); got != k {
				t.Fatalf("place %d of %v holds %d", i, column, got)
			}
		}
		inRuns := joined.invert(5)
		for k := range uint32(5) {
			var want, got []uint32
			for i, c := range column {
				if c == k {
					want = append(want, uint32(i))
				}
			}
			list := inRuns.at(k)
			for i := 0; i < len(list); i += 2 {
				for place := list[i]; place < list[i+1]; place++ {
					got = append(got, place)
				}
			}
			if k > 0 && !slices.Equal(want, got) {
				t.Fatalf("runs of %d in %v = %v, want %v", k, column, list, want)
			}
			if k < first {
				want = nil
			}
			if !slices.Equal(want, plain.at(k)) {
				t.Fatalf("places of %d in %v = %v, want %v", k, column, plain.at(k), want)
			}
		}
		from, to := rapid.Uint32Range(0, 6).Draw(t, "from"), rapid.Uint32Range(0, 6).Draw(t, "to")
		var want []uint32
		for k := from; k < to; k++ {
			want = append(want, plain.at(k)...)
		}
		if got := plain.between(from, to); !slices.Equal(want, got) {
			t.Fatalf("lists from %d to %d = %v, want %v", from, to, got, want)
		}
	})
}

// What is put into pieces comes out of them, also across their borders.
func TestPieces(t *testing.T) {
	var p pieces
	for i := range uint32(2*inPiece + 10) {
		p.append(i * 3)
	}
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.SampledFrom([]uint32{0, 7, inPiece - 2, inPiece, 2*inPiece - 1, 2 * inPiece}).Draw(t, "from")
		to := from + rapid.Uint32Range(0, 9).Draw(t, "n")
		var want []uint32
		for i := from; i < to; i++ {
			want = append(want, i*3)
		}
		if got := p.between(from, to, nil); !slices.Equal(want, got) {
			t.Fatalf("from %d to %d: %v, want %v", from, to, got, want)
		}
	})
}

// Texts are sorted as strings.Compare sorts them, equal ones in their order.
func TestSortTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin := rapid.SampledFrom([]string{"", "customer_", "\x00\x00\x00\x00\x00\x00\x00\x00\x00", "größe"}).Draw(t, "begin")
		piece := rapid.Custom(func(t *rapid.T) string {
			return begin + strings.Repeat(rapid.SampledFrom([]string{"", "\x00", "a", "id", "amountss", "\xff"}).Draw(t, "text"), rapid.IntRange(0, 9).Draw(t, "times"))
		})
		list := rapid.SliceOfN(piece, 0, 40).Draw(t, "list")
		many := slices.Concat(slices.Repeat(list, rapid.SampledFrom([]int{1, 30}).Draw(t, "copies")), []string{""})
		want := make([]uint32, len(many))
		for i := range want {
			want[i] = uint32(i)
		}
		slices.SortStableFunc(want, func(a, b uint32) int { return strings.Compare(many[a], many[b]) })
		got := sortTexts(len(many), func(i uint32) string { return many[i] })
		if !slices.Equal(want, got) {
			t.Fatalf("%q in order = %v, want %v", many, got, want)
		}
	})
}

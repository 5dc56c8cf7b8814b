package search

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// naive is the meaning of search in the plainest words: a list of documents
// that is read from end to end.
type naive map[Ref]Document

// naiveDoc is an entity (no member) or a member of one.
type naiveDoc struct {
	entity *Document
	member *Member
	values map[FacetField][]string
	names  []string // words of the name, of the paths
	paths  []string
	others []string
	parts  int
	position
}

func (n naive) docs(q *Query) []*naiveDoc {
	var list []*naiveDoc
	for _, d := range n {
		if q.Allowed != nil && !q.Allowed(d.Ref) {
			continue
		}
		a := d.Attributes
		add := func(m *Member, kind Kind, name, path, description, typ string, own Attributes) {
			doc := &naiveDoc{entity: &d, member: m}
			inherit := func(mine, entitys []string) []string {
				if len(mine) > 0 {
					return mine
				}
				return entitys
			}
			owners := inherit(own.Owners, a.Owners)
			doc.values = map[FacetField][]string{
				FacetKind: {string(kind)}, FacetContext: {d.Context}, FacetCluster: {d.Cluster}, FacetFormat: {d.Format},
				FacetCompatibility: {d.Compatibility}, FacetStatus: {cmp.Or(own.Status, a.Status)},
				FacetOwner: owners, FacetDomain: inherit(own.Domains, a.Domains), FacetTag: own.Tags, FacetTerm: own.Terms,
				FacetHasDescription: {yesNo(description != "")}, FacetHasOwner: {yesNo(len(owners) > 0)},
				FacetLastSeen: naiveSeen(d.LastSeen, q.Now),
			}
			var parts []string
			doc.names, parts = naiveWords(name)
			doc.names = append(doc.names, fold(name))
			doc.parts = len(parts)
			doc.paths, _ = naiveWords(path)
			doc.others, _ = naiveWords(strings.Join(append(append([]string{description, typ}, own.Tags...), own.Terms...), "\n"))
			doc.position = position{uses: d.Uses, fold: fold(name), name: name, ref: d.Ref, member: m != nil, path: path, kind: kind}
			if naivePasses(q, doc) {
				list = append(list, doc)
			}
		}
		add(nil, d.Kind, d.Name, d.Path, d.Description, "", a)
		for i := range d.Members {
			m := &d.Members[i]
			add(m, m.Kind, m.Name, m.Path, m.Description, m.Type, m.Attributes)
		}
	}
	return list
}

func naiveWords(s string) (all, parts []string) {
	for _, sp := range appendSpans(nil, s) {
		w := strings.ToLower(s[sp.from:sp.to])
		all = append(all, w)
		if !sp.whole && !slices.Contains(parts, w) {
			parts = append(parts, w)
		}
	}
	return all, parts
}

func naivePasses(q *Query, d *naiveDoc) bool {
	if len(q.Filter.Kinds) > 0 && !slices.Contains(q.Filter.Kinds, d.kind) {
		return false
	}
	for _, c := range q.Filter.And {
		has := slices.ContainsFunc(d.values[c.Field], func(v string) bool { return v != "" && slices.Contains(c.AnyOf, v) })
		if has == c.Not {
			return false
		}
	}
	return true
}

// naiveDistance is the distance by its definition, or a number over most.
func naiveDistance(a, b []rune, most int) int {
	switch {
	case most < 0:
		return 1
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	case a[0] == b[0]:
		return naiveDistance(a[1:], b[1:], most)
	}
	n := 1 + min(naiveDistance(a[1:], b, most-1), naiveDistance(a, b[1:], most-1), naiveDistance(a[1:], b[1:], most-1))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		n = min(n, 1+naiveDistance(a[2:], b[2:], most-1))
	}
	return n
}

// search gives all rows in order, the facets and what was dropped.
func (n naive) search(q *Query) (rows []*naiveDoc, facets map[FacetField]map[string]int, dropped []string) {
	docs := n.docs(q)
	all := strings.TrimSpace(q.Text) == ""
	f := fold(q.Text)
	named := 0
	for _, d := range docs {
		if f != "" && strings.HasPrefix(d.fold, f) {
			named++
		}
	}
	near := map[string]map[string]int{}
	var asked []string
	for _, text := range queryWords(q.Text) {
		have := 0
		vocabulary := map[string]bool{}
		for _, d := range docs {
			words := slices.Concat(d.names, d.paths, d.others)
			if slices.Contains(words, text) {
				have++
			}
			for _, w := range words {
				vocabulary[w] = w != ""
			}
		}
		near[text] = map[string]int{text: 0}
		if most := allowance(text); named < 3 && have < 3 && most > 0 {
			for w := range vocabulary {
				if w == "" {
					continue
				}
				if d := naiveDistance([]rune(text), []rune(w), most); d <= most {
					near[text][w] = d
				}
			}
		}
		_, itself := vocabulary[text]
		if named == 0 && !itself && len(near[text]) == 1 {
			dropped = append(dropped, text)
			continue
		}
		asked = append(asked, text)
	}
	facets = map[FacetField]map[string]int{}
	for _, field := range q.Facets {
		facets[field] = map[string]int{}
	}
	for _, d := range docs {
		within := func(text string, distance int, lists ...[]string) bool {
			for _, list := range lists {
				for _, w := range list {
					if n, ok := near[text][w]; ok && n <= distance {
						return true
					}
				}
			}
			return false
		}
		every := func(distance int, lists ...[]string) bool {
			return len(asked) > 0 && !slices.ContainsFunc(asked, func(text string) bool { return !within(text, distance, lists...) })
		}
		d.tier = -1
		switch {
		case all:
			d.tier = tierAll
		case f != "" && d.fold == f:
			d.tier = tierExact
		case f != "" && strings.HasPrefix(d.fold, f):
			d.tier = tierPrefix
		default:
			for distance := 2; distance >= 0; distance-- {
				if every(distance, d.names, d.paths, d.others) {
					d.tier = int(tierOf(distance, false))
				}
				if every(distance, d.names, d.paths) {
					d.tier = int(tierOf(distance, true))
				}
			}
		}
		if d.tier < 0 {
			continue
		}
		if !all {
			matched := 0
			for _, text := range asked {
				if within(text, 2, d.names) {
					matched++
				}
			}
			d.extra = max(0, d.parts-matched)
		}
		rows = append(rows, d)
		for field, counts := range facets {
			values := slices.Clone(d.values[field])
			slices.Sort(values)
			for _, v := range slices.Compact(values) {
				if v != "" {
					counts[v]++
				}
			}
		}
	}
	slices.SortFunc(rows, func(a, b *naiveDoc) int {
		x, y := a.position, b.position
		if q.Order == ByName {
			x.tier, x.extra, x.uses, y.tier, y.extra, y.uses = 0, 0, 0, 0, 0, 0
		}
		return x.compare(y)
	})
	return rows, facets, dropped
}

// naiveSeen is the range that a time is in.
func naiveSeen(at, now int64) []string {
	const day = int64(24 * time.Hour / time.Microsecond)
	switch ago := now - at; {
	case at == 0:
		return nil
	case ago <= day:
		return []string{"DAY"}
	case ago <= 7*day:
		return []string{"WEEK"}
	case ago <= 30*day:
		return []string{"MONTH"}
	}
	return []string{"OLDER"}
}

// Small worlds: few words, so that they meet.
var (
	someWords   = []string{"order", "Order", "orders", "customer", "custmer", "id", "ID", "amount", "total", "42", "größe", "a"}
	someTags    = []string{"PII", "customer", "secret"}
	someKinds   = []Kind{"SUBJECT", "TOPIC", "TAG"}
	someOwners  = []string{"ann", "bob"}
	someFormats = []string{"", "AVRO", "JSON"}
	// Seconds ago, on both sides of the borders of ranges; someNow is never.
	someAgo = []int64{someNow / second, 0, 86_400, 86_401, 7 * 86_400, 7*86_400 + 1, 30 * 86_400, 30*86_400 + 1, -5}
)

// someNow is a time at a whole second.
const someNow int64 = 1_790_000_000 * second

func drawText(t *rapid.T, label string, most int) string {
	var b strings.Builder
	for range rapid.IntRange(0, most).Draw(t, label) {
		b.WriteString(rapid.SampledFrom(someWords).Draw(t, label))
		b.WriteString(rapid.SampledFrom([]string{"", "_", ".", " "}).Draw(t, label))
	}
	return b.String()
}

func drawAttributes(t *rapid.T) Attributes {
	return Attributes{
		Tags:   rapid.SliceOfNDistinct(rapid.SampledFrom(someTags), 0, 2, rapid.ID).Draw(t, "tags"),
		Terms:  rapid.SliceOfN(rapid.SampledFrom(someTags), 0, 1).Draw(t, "terms"),
		Owners: rapid.SliceOfNDistinct(rapid.SampledFrom(someOwners), 0, 2, rapid.ID).Draw(t, "owners"),
		Status: rapid.SampledFrom([]string{"", "ACTIVE", "DEPRECATED"}).Draw(t, "status"),
	}
}

func drawRef(t *rapid.T) Ref {
	return Ref{rapid.SampledFrom(someKinds).Draw(t, "kind"), rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "id")}
}

func drawDocument(t *rapid.T) Document {
	d := Document{
		Ref: drawRef(t), Name: drawText(t, "name", 3), Path: drawText(t, "path", 2), Description: drawText(t, "doc", 4),
		Attributes: drawAttributes(t), Context: ".", Format: rapid.SampledFrom(someFormats).Draw(t, "format"),
		Uses: rapid.Uint32Range(0, 2).Draw(t, "uses"), LastSeen: someNow - second*rapid.SampledFrom(someAgo).Draw(t, "ago"),
	}
	type key struct {
		kind       Kind
		path, name string
	}
	seen := map[key]bool{}
	for range rapid.IntRange(0, 4).Draw(t, "members") {
		m := Member{
			Kind: rapid.SampledFrom([]Kind{Field, Field, Record}).Draw(t, "kind"), Name: drawText(t, "name", 3), Path: drawText(t, "path", 2),
			Type: rapid.SampledFrom([]string{"", "string", "array<order>"}).Draw(t, "type"), Description: drawText(t, "doc", 2), Attributes: drawAttributes(t),
		}
		if k := (key{m.Kind, m.Path, m.Name}); !seen[k] {
			seen[k] = true
			d.Members = append(d.Members, m)
		}
	}
	return d
}

func drawQuery(t *rapid.T) Query {
	q := Query{
		Text: drawText(t, "query", 3), First: rapid.IntRange(1, 5).Draw(t, "first"), Grouped: rapid.Bool().Draw(t, "grouped"),
		Facets: facetFields[:], Explain: rapid.Bool().Draw(t, "explain"),
		Order: rapid.SampledFrom([]Order{ByRank, ByName, ByRef}).Draw(t, "order"), Now: someNow,
	}
	if rapid.IntRange(0, 3).Draw(t, "typo") == 0 && len(q.Text) > 2 {
		at := rapid.IntRange(0, len(q.Text)-1).Draw(t, "at")
		q.Text = strings.ToValidUTF8(q.Text[:at]+"x"+q.Text[at+1:], "")
	}
	if rapid.IntRange(0, 3).Draw(t, "filtered") == 0 {
		q.Filter.Kinds = rapid.SliceOfN(rapid.SampledFrom(append(slices.Clone(someKinds), Field)), 0, 2).Draw(t, "kinds")
		q.Filter.And = append(q.Filter.And, Condition{
			Field: rapid.SampledFrom(facetFields[:]).Draw(t, "field"),
			AnyOf: rapid.SliceOfN(rapid.SampledFrom(slices.Concat(someTags, someOwners, someFormats, []string{"true", "ACTIVE", "DAY", "OLDER"})), 0, 2).Draw(t, "any"),
			Not:   rapid.Bool().Draw(t, "not"),
		})
	}
	if rapid.Bool().Draw(t, "hides") {
		odd := rapid.SampledFrom([]string{"13", "24", "4"}).Draw(t, "hidden")
		q.Allowed = func(r Ref) bool { return !strings.Contains(odd, r.ID) }
	}
	return q
}

func TestNaiveDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"custmer", "customer", 1}, {"csutomer", "customer", 1}, {"ordr", "odrer", 2}, {"größe", "grösse", 2}} {
		if got := newDistance(c.a).to(c.b, 3); got != c.want {
			t.Errorf("distance of %q to %q = %d, want %d", c.a, c.b, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringOfN(rapid.RuneFrom([]rune("abcö")), 0, 6, -1).Draw(t, "a"), rapid.StringOfN(rapid.RuneFrom([]rune("abcö")), 0, 6, -1).Draw(t, "b")
		want := naiveDistance([]rune(a), []rune(b), 2)
		if got := newDistance(a).to(b, 2); got != want && (got <= 2 || want <= 2) {
			t.Fatalf("distance of %q to %q = %d, want %d", a, b, got, want)
		}
	})
}

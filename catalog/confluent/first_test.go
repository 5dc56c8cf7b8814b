package confluent_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/confluent"
)

// A page of an order is what sorting all of them puts there, however far it is
// and however few are kept for it; equals keep the order of their names.
func TestFirstIsAPageOfAll(t *testing.T) {
	n := newNode(t)
	company(n)
	for i := range 30 {
		var fields []string
		for j := range 20 {
			fields = append(fields, fmt.Sprintf(`{"name":"f%d","type":%q}`, (i*7+j*j)%53, []string{"int", "string"}[j%2]))
		}
		n.register(fmt.Sprintf("wide-%d", i), fmt.Sprintf(`{"type":"record","name":"Wide%d","fields":[%s]}`, i, strings.Join(unique(fields), ",")))
	}
	for _, by := range [][]confluent.Order{
		{{Attribute: "name"}},
		{{Attribute: "version", Descending: true}},
		{{Attribute: "type"}, {Attribute: "name", Descending: true}},
		{{Attribute: "nothing"}},
		{{Attribute: "qualifiedName", Descending: true}},
		{{Attribute: "length", Value: func(e *confluent.Entity) any { return int64(len(e.QualifiedName)) }}},
		nil,
	} {
		for _, sel := range []confluent.Selection{
			{},
			{Types: []confluent.Type{confluent.Field}, Deleted: true},
			{Types: []confluent.Type{confluent.Field, confluent.Record}, Where: func(e *confluent.Entity) bool { return len(e.Called)%2 == 0 }},
		} {
			all := n.list(t.Context(), sel)
			confluent.Sort(all, by)
			for _, page := range []struct{ skip, most, kept int }{
				{0, 1, 1000},
				{0, 7, 1000},
				{len(all) / 2, 10, 10_000},
				{len(all) - 1, 5, 10_000},
				{len(all), 5, 10_000},
				{0, 1 << 40, 1000},
				{1 << 62, 1 << 62, 1000},
				{0, 0, 1000},
				{0, -1, 1000},
				// What is kept does not hold the page's beginning.
				{0, 25, 100},
				{50, 20, 100},
				{100, 25, 100},
				{len(all) / 2, 20, 100},
				{len(all) - 10, 20, 100},
				{len(all) + 10, 20, 100},
				{len(all) / 3, 1, 64},
			} {
				got, err := n.reader().FirstKeeping(t.Context(), sel, by, page.skip, page.most, page.kept)
				if err != nil {
					t.Fatal(err)
				}
				want := all[min(page.skip, len(all)):]
				want = want[:max(0, min(page.most, len(want)))]
				if len(want) != len(got) || len(want) > 0 && !cmp.Equal(want, got) {
					t.Errorf("First(%s, %+v) (-sorted +got):\n%s", attributes(by), page, cmp.Diff(want, got))
				}
			}
		}
	}
}

// An error of the listing is the page's.
func TestFirstStopsAtAnError(t *testing.T) {
	n := newNode(t)
	company(n)
	for _, kept := range []int{1000, 64} {
		ctx, cancel := context.WithCancel(t.Context())
		sel := confluent.Selection{Where: func(*confluent.Entity) bool { cancel(); return true }}
		if list, err := n.reader().FirstKeeping(ctx, sel, nil, 100, 2, kept); err == nil {
			t.Errorf("First gives %d entities after its time", len(list))
		}
	}
}

func unique(fields []string) []string {
	var list []string
	met := map[string]bool{}
	for _, f := range fields {
		name, _, _ := strings.Cut(f, ",")
		if !met[name] {
			met[name] = true
			list = append(list, f)
		}
	}
	return list
}

func attributes(by []confluent.Order) string {
	var names []string
	for _, o := range by {
		names = append(names, fmt.Sprint(o.Attribute, " ", o.Descending))
	}
	return strings.Join(names, ", ")
}

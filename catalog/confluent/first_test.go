package confluent_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/confluent"
)

// The first of an order are those that sorting all of them puts first, however
// many are asked for; equals keep the order of their names.
func TestFirstIsTheBeginningOfAll(t *testing.T) {
	n := newNode(t)
	company(n)
	for _, by := range [][]confluent.Order{
		{{Attribute: "name"}},
		{{Attribute: "version", Descending: true}},
		{{Attribute: "type"}, {Attribute: "name", Descending: true}},
		{{Attribute: "nothing"}},
		{{Attribute: "qualifiedName", Descending: true}},
	} {
		all := n.list(t.Context(), confluent.Selection{})
		confluent.Sort(all, by)
		for _, most := range []int{1, 2, 7, len(all) / 2, len(all) - 1, len(all), 1 << 40} {
			got, err := n.reader().First(t.Context(), confluent.Selection{}, by, most)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(all[:min(most, len(all))], got); diff != "" {
				t.Errorf("First(%v, %d) (-sorted +got):\n%s", fmt.Sprint(by), most, diff)
			}
		}
	}
}

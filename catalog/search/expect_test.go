package search

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/search/searchtest"
	"github.com/weir-registry/weir/schema"
)

// However many documents a builder is told to expect, it makes the index that
// documents with members make, and what is no outline leaves nothing behind.
func TestExpectingChangesNothing(t *testing.T) {
	const subjects = 700
	want, _ := small(t, subjects)
	for _, expected := range []int{0, 1, subjects / 2, subjects, 20 * subjects} {
		c := searchtest.NewCompany()
		b := NewBuilder()
		b.Expect(expected)
		for i := range subjects {
			d := companyDocument(c, i)
			data, err := c.Outline(i).AppendBinary(nil)
			if err != nil {
				t.Fatal(err)
			}
			if i%7 == 0 {
				bad := Document{Ref: Ref{"BAD", "x"}, Name: "bad"}
				if err := b.AddOutlineBinary(&bad, data[:len(data)-1-i%len(data)/2]); !errors.Is(err, schema.ErrOutline) {
					t.Fatalf("AddOutlineBinary of a part of an outline = %v", err)
				}
			}
			if err := b.AddOutlineBinary(&d, data); err != nil {
				t.Fatal(err)
			}
		}
		got := Join("1:1", b)
		for _, q := range []Query{
			{Facets: []FacetField{FacetKind, FacetFormat, FacetTag, FacetHasDescription, FacetOwner}, First: 100},
			{Text: "amount", Facets: []FacetField{FacetKind}, First: 100, Now: someNow},
			{Text: "custmoer statsu", First: 100},
			{Text: "legacy12", First: 100, Order: ByName},
			{Text: "the subject 3", First: 100, Grouped: true},
			{Text: "customer created line", First: 100, Order: ByRef},
		} {
			a, err := want.Search(q)
			if err != nil {
				t.Fatal(err)
			}
			z, err := got.Search(q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(a, z); diff != "" {
				t.Errorf("Expect(%d), Search(%q) (-members +outlines):\n%s", expected, q.Text, diff)
			}
			if a.Total == 0 {
				t.Errorf("Search(%q) finds nothing", q.Text)
			}
		}
	}
}

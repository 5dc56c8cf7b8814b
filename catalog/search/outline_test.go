package search

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/schema"
)

func drawOutline(t *rapid.T) *schema.Outline {
	o := &schema.Outline{}
	names := rapid.SampledFrom([]string{"com.acme.Order", "com.acme.OrderLine", "Order", "com.acme", "a.order_line", "größe.Ähre", "x.Order2", ""})
	for range rapid.IntRange(0, 4).Draw(t, "records") {
		r := schema.Record{
			Name: names.Draw(t, "record"), Doc: drawText(t, "doc", 2),
			Kind: rapid.SampledFrom([]string{"record", "enum", "message"}).Draw(t, "kind"),
			Tags: rapid.SliceOfNDistinct(rapid.SampledFrom(someTags), 0, 1, rapid.ID).Draw(t, "tags"),
		}
		seen := map[string]bool{}
		for range rapid.IntRange(0, 3).Draw(t, "fields") {
			f := schema.Field{
				Name: drawText(t, "field", 2), Doc: drawText(t, "doc", 2), Type: rapid.SampledFrom([]string{"", "long", "array<com.acme.OrderLine>"}).Draw(t, "type"),
				Tags: rapid.SliceOfNDistinct(rapid.SampledFrom(someTags), 0, 2, rapid.ID).Draw(t, "tags"),
			}
			if !seen[f.Name] {
				r.Fields = append(r.Fields, f)
			}
			seen[f.Name] = true
		}
		o.Records = append(o.Records, r)
	}
	return o
}

// An index of outlines is the same whether it was built from their bytes or from
// members.
func TestOutlineBinaryIsOutline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		outlines, members := NewBuilder(), NewBuilder()
		for range rapid.IntRange(0, 4).Draw(t, "subjects") {
			d := drawDocument(t)
			d.Members = nil
			o := drawOutline(t)
			// Two records of one name are no law of the outline but of members.
			o.Records = uniqueRecords(o.Records)
			data, err := o.AppendBinary(nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := outlines.AddOutlineBinary(&d, data); err != nil {
				t.Fatal(err)
			}
			d.Members = AppendMembers(nil, o)
			members.Add(&d)
			bad := rapid.IntRange(0, len(data)-1).Draw(t, "cut")
			if err := outlines.AddOutlineBinary(&Document{Ref: Ref{"BAD", "x"}, Name: "bad"}, data[:bad]); !errors.Is(err, schema.ErrOutline) {
				t.Fatalf("AddOutlineBinary of half an outline = %v", err)
			}
		}
		want, got := Join("", members), Join("", outlines)
		for range 3 {
			q := drawQuery(t)
			wantPages, _ := pages(t, want, q)
			gotPages, _ := pages(t, got, q)
			if diff := cmp.Diff(wantPages, gotPages); diff != "" {
				t.Fatalf("pages of %q (-members +outlines):\n%s", q.Text, diff)
			}
			c := Completion{Prefix: q.Text, Limit: 3}
			if diff := cmp.Diff(want.Suggest(c), got.Suggest(c)); diff != "" {
				t.Fatalf("Suggest(%q) (-members +outlines):\n%s", c.Prefix, diff)
			}
			wantResult, err := want.Search(q)
			if err != nil {
				t.Fatal(err)
			}
			gotResult, err := got.Search(q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(wantResult, gotResult); diff != "" {
				t.Fatalf("Search(%q) (-members +outlines):\n%s", q.Text, diff)
			}
		}
	})
}

func uniqueRecords(list []schema.Record) []schema.Record {
	seen := map[string]bool{}
	var out []schema.Record
	for _, r := range list {
		if !seen[r.Name] {
			out = append(out, r)
		}
		seen[r.Name] = true
	}
	return out
}

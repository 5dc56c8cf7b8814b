package confluent_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/confluent"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// The pages of a list put together are the list, whatever their size, whatever
// is asked for, and whether or not it has been listed before.
func TestPagesAreTheList(t *testing.T) {
	n := newNode(t, confluent.Limits{})
	for i := range 12 {
		n.Register(fmt.Sprintf("s%d-value", i%7), schema.Avro, wide(fmt.Sprintf("R%d", i%7), 12-i))
	}
	n.Register(":.other:s-value", schema.Avro, wide("S", 5))
	for _, v := range []string{"s0-value", "s3-value"} {
		if _, err := n.Registry.DeleteVersion(t.Context(), registry.ParseSubject(v), 1, false); err != nil {
			t.Fatal(err)
		}
	}
	n.Commit(catalog.Put{Definition: &catalog.TagDefinition{Name: "T"}})
	for i := range 5 {
		n.Commit(catalog.Edit{
			Ref:     catalog.Ref{Kind: catalog.KindField, Scope: ".", Name: fmt.Sprintf("s%d-value", i), Part: fmt.Sprintf("R%d.f00000", i)},
			PutTags: []catalog.TagValue{{Name: "T"}},
		})
	}
	names := func(t *rapid.T, document string) []string {
		a := n.ask(document, nil)
		var data map[string][]struct{ TypeName, QualifiedName string }
		text, err := json.Marshal(a.Data)
		if err == nil {
			err = json.Unmarshal(text, &data)
		}
		if err != nil || len(a.Errors) > 0 {
			t.Fatalf("%s: %v %s", document, err, a.text)
		}
		list := []string{}
		for _, rows := range data {
			for _, row := range rows {
				list = append(list, row.TypeName+" "+row.QualifiedName)
			}
		}
		return list
	}
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.SampledFrom([]string{"sr_field", "sr_record", "sr_schema", "sr_subject_version", "kafka_topic", "cf_entity"}).Draw(t, "type")
		asked := rapid.SampledFrom([]string{
			"", "deleted: true", `tags: ["T"]`, `tags: ["T"], deleted: true`, `where: {name: {_starts_with: "f0000"}}`,
			`where: {qualifiedName: {_starts_with: "lsrc-test:.:1"}}`, `order_by: [{name: desc}]`, `where: {name: {_gt: "f00003"}}, order_by: [{createTime: asc}]`,
		}).Draw(t, "asked")
		size := rapid.IntRange(7, 60).Draw(t, "size")
		query := func(limit, offset int) string {
			return fmt.Sprintf("{ %s(limit: %d, offset: %d, %s) { typeName: __typename qualifiedName } }", of, limit, offset, asked)
		}
		want := names(t, query(1000, 0))
		got := []string{}
		for {
			page := names(t, query(size, len(got)))
			got = append(got, page...)
			if len(page) < size {
				break
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s in pages of %d (-want +got):\n%s", query(1000, 0), size, diff)
		}
	})
}

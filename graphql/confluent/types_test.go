package confluent_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/graphql/confluent"
	"github.com/weir-registry/weir/schema"
)

// Types that stand within each other, in all three formats: what is an entity,
// and what each field's record is. Enums and fixed types are none
// (catalog-api.md section 9).
func TestTypes(t *testing.T) {
	for _, test := range []struct {
		name string
		of   schema.Type
		text string
		want string
	}{
		{
			"avro", schema.Avro,
			`{"type":"record","name":"A","namespace":"x","fields":[
				{"name":"e","type":{"type":"enum","name":"E","symbols":["P","Q"]}},
				{"name":"f","type":{"type":"fixed","name":"F","size":4}},
				{"name":"m","type":["null",{"type":"map","values":{"type":"record","name":"M","namespace":"y","fields":[{"name":"z","type":"int"}]}}]}]}`,
			`{"sr_record":[{"name":"A","namespace":"x","fields":[{"name":"e"},{"name":"f"},{"name":"m"}]},{"name":"M","namespace":"y","fields":[{"name":"z"}]}],` +
				`"sr_field":[{"name":"e","record":{"name":"A"}},{"name":"f","record":{"name":"A"}},{"name":"m","record":{"name":"A"}},{"name":"z","record":{"name":"M"}}]}`,
		},
		{
			"protobuf", schema.Protobuf,
			`syntax = "proto3"; package q.r;
			message Out { message In { int32 i = 1; } In in = 1; K k = 2; oneof o { string s = 3; } }
			enum K { Z = 0; }`,
			`{"sr_record":[{"name":"Out","namespace":"q.r","fields":[{"name":"in"},{"name":"k"},{"name":"s"}]},{"name":"In","namespace":"q.r.Out","fields":[{"name":"i"}]}],` +
				`"sr_field":[{"name":"i","record":{"name":"In"}},{"name":"in","record":{"name":"Out"}},{"name":"k","record":{"name":"Out"}},{"name":"s","record":{"name":"Out"}}]}`,
		},
		{
			"json", schema.JSON,
			`{"type":"object","properties":{
				"a":{"type":"object","properties":{"b":{"type":"string"}}},
				"l":{"type":"array","items":{"type":"object","properties":{"c":{"enum":["x"]}}}}}}`,
			`{"sr_record":[{"name":"object","namespace":null,"fields":[{"name":"a"},{"name":"l"}]},{"name":"object","namespace":"object.a","fields":[{"name":"b"}]},{"name":"object","namespace":"object.l.array","fields":[{"name":"c"}]}],` +
				`"sr_field":[{"name":"a","record":{"name":"object"}},{"name":"b","record":{"name":"object"}},{"name":"l","record":{"name":"object"}},{"name":"c","record":{"name":"object"}}]}`,
		},
		{
			"no record at all", schema.Avro, `"string"`, `{"sr_record":[],"sr_field":[]}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := newNode(t, confluent.Limits{})
			n.Register("s-value", test.of, test.text)
			if diff := cmp.Diff(test.want, n.data(`{ sr_record { name namespace fields { name } } sr_field { name record { name } } }`)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

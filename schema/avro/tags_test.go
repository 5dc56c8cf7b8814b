package avro_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

func tag(path string, kind schema.EntityKind, tags ...string) schema.EntityTags {
	return schema.EntityTags{Path: path, Kind: kind, Tags: tags}
}

const order = `{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"long"},{"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[{"name":"sku","type":"string"}]}}}],"aliases":["Old"]}`

func TestRetag(t *testing.T) {
	tagged := `{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"long","confluent:tags":["PII","X"]},{"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[{"name":"sku","type":"string"}],"confluent:tags":["L"]}}}],"confluent:tags":["REC"],"aliases":["Old"]}`
	add := []schema.EntityTags{
		tag("com.acme.Order.id", schema.FieldEntity, "PII", "X", "PII"),
		tag("com.acme.Order", schema.RecordEntity, "REC"),
		tag("com.acme.Line", schema.RecordEntity, "L"),
	}
	for _, c := range []struct {
		name, text string
		change     schema.TagChange
		want       string
	}{
		{"nothing", order, schema.TagChange{}, order},
		{"add", order, schema.TagChange{Add: add}, tagged},
		{"add again", tagged, schema.TagChange{Add: add}, tagged},
		{"remove", tagged, schema.TagChange{Remove: add}, order},
		{"add, then remove", order, schema.TagChange{Add: add, Remove: add}, order},
		{"remove what is not there", order, schema.TagChange{Remove: add}, order},
		{"propagate", order, schema.TagChange{Propagate: parse(t, tagged)}, tagged},
		{
			"propagate what still exists", `{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"long"}]}`,
			schema.TagChange{Propagate: parse(t, tagged)},
			`{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"long","confluent:tags":["PII","X"]}],"confluent:tags":["REC"]}`,
		},
	} {
		got, err := parse(t, c.text).Retag(c.change)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	want := []schema.EntityTags{
		tag("com.acme.Order", schema.RecordEntity, "REC"),
		tag("com.acme.Order.id", schema.FieldEntity, "PII", "X"),
		tag("com.acme.Line", schema.RecordEntity, "L"),
	}
	if diff := cmp.Diff(want, parse(t, tagged).Tags()); diff != "" {
		t.Error(diff)
	}
}

func TestRetagFaults(t *testing.T) {
	for _, entity := range []schema.EntityTags{
		tag(".com.acme.Order.id", schema.FieldEntity, "X"),
		tag("com.acme.Order.id", schema.RecordEntity, "X"),
		tag("com.acme.Order", schema.FieldEntity, "X"),
		tag("Order", schema.RecordEntity, "X"),
	} {
		for _, change := range []schema.TagChange{{Add: []schema.EntityTags{entity}}, {Remove: []schema.EntityTags{entity}}} {
			_, err := parse(t, order).Retag(change)
			var path *schema.TagPathError
			if want := "No matching path '" + entity.Path + "' found in the schema"; !errors.As(err, &path) || path.Message != want {
				t.Errorf("Retag(%s as %s) = %v, want %s", entity.Path, entity.Kind, err, want)
			}
		}
	}
}

// TestTagsOfReferences: only what the text defines can be tagged.
func TestTagsOfReferences(t *testing.T) {
	tagged, err := parse(t, address).Retag(schema.TagChange{Add: []schema.EntityTags{tag("com.acme.Address", schema.RecordEntity, "X")}})
	if err != nil {
		t.Fatal(err)
	}
	s := mustParse(t, referring(customer, tagged), schema.Options{})
	if tags := s.Tags(); len(tags) != 0 {
		t.Errorf("Tags = %v, want none", tags)
	}
	if _, err := s.Retag(schema.TagChange{Add: []schema.EntityTags{tag("com.acme.Address", schema.RecordEntity, "Y")}}); err == nil {
		t.Error("a referenced record was tagged")
	}
}

func TestOutline(t *testing.T) {
	s := parse(t, `{"type":"record","name":"n.R","doc":"A record.","confluent:tags":["T"],"fields":[
		{"name":"id","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"The id.","confluent:tags":["PII"]},
		{"name":"kind","type":["null",{"type":"enum","name":"K","symbols":["A","B"]}],"default":null},
		{"name":"parts","type":{"type":"map","values":{"type":"array","items":{"type":"error","name":"m.P","fields":[]}}}},
		{"name":"any","type":["null","int","string"]},
		{"name":"again","type":["n.K","int"],"default":"A"}]}`)
	want := &schema.Outline{Doc: "A record.", RecordName: "n.R", Records: []schema.Record{
		{Name: "n.R", TagPath: "n.R", Doc: "A record.", Tags: []string{"T"}, Kind: "record", Fields: []schema.Field{
			{Name: "id", RuntimeName: "id", TagPath: "n.R.id", Type: "long (timestamp-millis)", Doc: "The id.", Tags: []string{"PII"}, Required: true},
			{Name: "kind", RuntimeName: "kind", TagPath: "n.R.kind", Type: "n.K?", Ref: "n.K", Default: "null"},
			{Name: "parts", RuntimeName: "parts", TagPath: "n.R.parts", Type: "map<array<m.P>>", Ref: "m.P", Required: true},
			{Name: "any", RuntimeName: "any", TagPath: "n.R.any", Type: "(int | string)?", Required: true},
			{Name: "again", RuntimeName: "again", TagPath: "n.R.again", Type: "n.K | int", Ref: "n.K", Default: `"A"`},
		}},
		{Name: "n.K", TagPath: "n.K", Kind: "enum", Symbols: []string{"A", "B"}},
		{Name: "m.P", TagPath: "m.P", Kind: "error"},
	}}
	if diff := cmp.Diff(want, s.Outline()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"id", "kind", "parts", "any", "again"}, s.TopFields()); diff != "" {
		t.Error(diff)
	}
	if got := s.RecordName(); got != "n.R" {
		t.Errorf("RecordName = %s", got)
	}
	if e := parse(t, `{"type":"enum","name":"E","symbols":[]}`); e.RecordName() != "" || e.TopFields() != nil {
		t.Error("an enum has a record name or fields")
	}
	if got := s.MemoryBytes(); got < len(s.Text()) || got > 28*len(s.Text()) {
		t.Errorf("MemoryBytes = %d of a text of %d", got, len(s.Text()))
	}
}

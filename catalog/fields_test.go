package catalog_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

func TestFieldsOverVersions(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", `{"type":"record","name":"Order","namespace":"com.acme","doc":"An order","fields":[
		{"name":"id","type":"long","doc":"the key"},{"name":"old","type":"string"},{"name":"note","type":["null","string"],"default":null}]}`)
	n.put("orders-value", `{"type":"record","name":"Order","namespace":"com.acme","fields":[
		{"name":"customer","type":{"type":"record","name":"Customer","fields":[{"name":"zip","type":"string"},{"name":"parent","type":["null","Customer"],"default":null}]}},
		{"name":"billing","type":"Customer"},
		{"name":"id","type":"string","doc":"the new key","aliases":["key"]}]}`)
	type row struct {
		Name, Type             string
		Paths                  string
		Nullable, Required     bool
		Since, Last, RemovedIn int32
	}
	rows := func(fields []catalog.Field) (list []row) {
		for _, f := range fields {
			list = append(list, row{f.RuntimeName, f.Type, strings.Join(f.Paths, " "), f.Nullable, f.Required, f.Since, f.Last, f.RemovedIn})
		}
		return list
	}
	want := []row{
		{"com.acme.Order.customer", "com.acme.Customer", "customer", false, true, 2, 2, 0},
		{"com.acme.Order.billing", "com.acme.Customer", "billing", false, true, 2, 2, 0},
		{"com.acme.Order.id", "string", "id", false, true, 1, 2, 0},
		{"com.acme.Customer.zip", "string", "customer.zip billing.zip", false, true, 2, 2, 0},
		{"com.acme.Customer.parent", "com.acme.Customer?", "customer.parent billing.parent", true, false, 2, 2, 0},
		{"com.acme.Order.old", "string", "old", false, true, 1, 1, 2},
		{"com.acme.Order.note", "string?", "note", true, false, 1, 1, 2},
	}
	if diff := cmp.Diff(want, rows(n.fields("orders-value"))); diff != "" {
		t.Errorf("Fields (-want +got):\n%s", diff)
	}
	f, err := n.View().Field(t.Context(), in("orders-value"), "com.acme.Order.id")
	if err != nil || f.Doc != "the new key" || !cmp.Equal(f.Aliases, []string{"key"}) {
		t.Errorf("Field = %+v, %v", f, err)
	}
	first, err := n.View().FieldsOfVersion(t.Context(), in("orders-value"), 1)
	if err != nil {
		t.Fatal(err)
	}
	want = []row{
		{"com.acme.Order.id", "long", "id", false, true, 1, 2, 0},
		{"com.acme.Order.old", "string", "old", false, true, 1, 1, 2},
		{"com.acme.Order.note", "string?", "note", true, false, 1, 1, 2},
	}
	if diff := cmp.Diff(want, rows(first)); diff != "" {
		t.Errorf("FieldsOfVersion (-want +got):\n%s", diff)
	}

	// Version 3 is soft-deleted at once: it takes no part.
	n.put("orders-value", `{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"new","type":"int"}]}`)
	n.delete("orders-value", 3, false)
	if got := runtimeNames(n.fields("orders-value")); len(got) != 7 || got[0] != "com.acme.Order.customer" {
		t.Errorf("fields without the deleted version: %v", got)
	}
	if e := n.entity(field("orders-value", "com.acme.Order.new")); e.Status != catalog.SoftDeleted {
		t.Errorf("the status of a field of a deleted version is %s", e.Status)
	}
	// With nothing live left, all versions count.
	n.delete("orders-value", 1, false)
	n.delete("orders-value", 2, false)
	if got := runtimeNames(n.fields("orders-value")); len(got) != 8 || got[0] != "com.acme.Order.new" {
		t.Errorf("fields of a deleted subject: %v", got)
	}
	if e := n.entity(subject("orders-value")); e.Status != catalog.SoftDeleted {
		t.Errorf("the status of a deleted subject is %s", e.Status)
	}
}

func TestRecords(t *testing.T) {
	n := newNode(t)
	n.put("a", `{"type":"record","name":"n.R","doc":"doc","confluent:tags":["T"],"fields":[{"name":"k","type":{"type":"enum","name":"K","symbols":["A","B"]}}]}`)
	n.put("a", `{"type":"record","name":"n.R","doc":"doc","aliases":["n.Old"],"confluent:tags":["T"],"fields":[]}`)
	records, err := n.View().Records(t.Context(), in("a"))
	if err != nil {
		t.Fatal(err)
	}
	want := []catalog.Record{
		{
			Subject: in("a"), Name: "n.R", TagPath: "n.R", Kind: "record", Doc: "doc", Aliases: []string{"n.Old"}, Span: catalog.Span{Since: 1, Last: 2},
			Tags: []catalog.TagAssignment{{Name: "T", Said: catalog.Said{Source: catalog.FromInline}}},
		},
		{Subject: in("a"), Name: "n.K", TagPath: "n.K", Kind: "enum", Symbols: []string{"A", "B"}, Span: catalog.Span{Since: 1, Last: 1, RemovedIn: 2}},
	}
	if diff := cmp.Diff(want, records); diff != "" {
		t.Errorf("Records (-want +got):\n%s", diff)
	}
}

func TestProtobufFields(t *testing.T) {
	n := newNode(t)
	n.Register("p", schema.Protobuf, `syntax = "proto3"; package shop;
		message Order { string order_id = 1; repeated Line lines = 2; optional int32 n = 3; Line first = 4; message Line { bytes b = 1; } }
		message Other { Order order = 1; }`)
	fields := n.fields("p")
	want := []string{
		"shop.Order.order_id", "shop.Order.lines", "shop.Order.n", "shop.Order.first", "shop.Order.Line.b", "shop.Other.order",
	}
	if diff := cmp.Diff(want, runtimeNames(fields)); diff != "" {
		t.Errorf("runtime names (-want +got):\n%s", diff)
	}
	if f := fields[4]; f.TagPath != "Order.Line.b" || !cmp.Equal(f.Paths, []string{"lines.b", "first.b", "order.lines.b", "order.first.b"}) {
		t.Errorf("field b: %+v", f)
	}
	for i, nullable := range []bool{false, false, true, true, false, true} {
		if fields[i].Nullable != nullable {
			t.Errorf("%s: Nullable = %v", fields[i].RuntimeName, !nullable)
		}
	}
	if fields[2].Number != 3 || fields[0].Name != "order_id" {
		t.Errorf("fields %+v", fields)
	}
}

// TestReferencedTypes holds that the tags of a referenced type count for the
// fields of that type, and that its own fields are fields of the referrer.
func TestReferencedTypes(t *testing.T) {
	n := newNode(t)
	n.put("geo", `{"type":"record","name":"com.acme.Geo","confluent:tags":["PLACE"],"fields":[{"name":"lat","type":"double","confluent:tags":["SECRET"]}]}`)
	n.Register("address", schema.Avro, `{"type":"record","name":"com.acme.Address","confluent:tags":["PII"],"fields":[
		{"name":"zip","type":"string","confluent:tags":["ZIP"]},{"name":"geo","type":"com.acme.Geo"}]}`, "com.acme.Geo", "geo")
	n.Register("orders-value", schema.Avro, `{"type":"record","name":"com.acme.Order","fields":[
		{"name":"to","type":["null","com.acme.Address"],"default":null,"confluent:tags":["OWN"]},{"name":"n","type":"int"}]}`, "com.acme.Address", "address")
	want := map[string]string{
		"com.acme.Order.to":    "to: OWN INLINE, PII INLINE via address",
		"com.acme.Order.n":     "n: ",
		"com.acme.Address.zip": "to.zip: ZIP INLINE via address",
		"com.acme.Address.geo": "to.geo: PLACE INLINE via geo",
		"com.acme.Geo.lat":     "to.geo.lat: SECRET INLINE via geo",
	}
	got := map[string]string{}
	for _, f := range n.fields("orders-value") {
		got[f.RuntimeName] = strings.Join(f.Paths, " ") + ": " + strings.Join(tagsOf(f.Tags), ", ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields of the referrer (-want +got):\n%s", diff)
	}
	if got := tagsOf(n.entity(field("address", "com.acme.Address.zip")).Tags); !cmp.Equal(got, []string{"ZIP INLINE"}) {
		t.Errorf("tags where the type is: %v", got)
	}
}

func TestContractTags(t *testing.T) {
	n := newNode(t)
	b := catalogtest.Body(schema.Avro, `{"type":"record","name":"com.acme.Order","fields":[
		{"name":"email","type":"string","confluent:tags":["PII"]},{"name":"n","type":"int"}]}`)
	b.Metadata = &registry.Metadata{Tags: map[string][]string{"**.email": {"CONTACT", "PII"}, "com.acme.*.n": {"COUNT"}, "com.acme.*.?": {"SHORT"}, "*": {"NEVER"}}}
	n.RegisterBody("orders-value", b)
	want := [][]string{{"PII INLINE", "CONTACT CONTRACT", "PII CONTRACT"}, {"COUNT CONTRACT", "SHORT CONTRACT"}}
	for i, f := range n.fields("orders-value") {
		got := tagsOf(f.Tags)
		if i == 1 && len(got) == 2 && got[0] != want[1][0] {
			got[0], got[1] = got[1], got[0]
		}
		if diff := cmp.Diff(want[i], got); diff != "" {
			t.Errorf("tags of %s (-want +got):\n%s", f.RuntimeName, diff)
		}
	}
}

// TestOverwrittenReference holds that fields follow when a referenced version
// is overwritten, which IMPORT may do.
func TestOverwrittenReference(t *testing.T) {
	n := newNode(t)
	mode := "IMPORT"
	if err := n.Registry.SetMode(t.Context(), registry.Subject{Context: registry.DefaultContext}, &mode, true); err != nil {
		t.Fatal(err)
	}
	put := func(subject string, id, version int32, b registry.SchemaBody) {
		b.ID, b.Version = &id, &version
		n.RegisterBody(subject, b)
	}
	put("types", 1, 1, catalogtest.Body(schema.Avro, `{"type":"record","name":"n.T","fields":[{"name":"x","type":"int"}]}`))
	put("orders", 2, 1, catalogtest.Body(schema.Avro, `{"type":"record","name":"n.R","fields":[{"name":"t","type":"n.T"}]}`, "n.T", "types"))
	want := []string{"n.R.t", "n.T.x"}
	if diff := cmp.Diff(want, runtimeNames(n.fields("orders"))); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	old := n.View()
	put("types", 3, 1, catalogtest.Body(schema.Avro, `{"type":"record","name":"n.T","fields":[{"name":"y","type":"int"}]}`))
	if _, err := old.Fields(t.Context(), in("orders")); err != nil {
		t.Fatal(err)
	}
	want = []string{"n.R.t", "n.T.y"}
	if diff := cmp.Diff(want, runtimeNames(n.fields("orders"))); diff != "" {
		t.Errorf("fields after (-want +got):\n%s", diff)
	}
	if got := n.find(search.Query{Text: "y"}); len(got) != 2 {
		t.Errorf("a search finds %v", got)
	}
}

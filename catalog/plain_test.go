package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// A listing gives what is given one by one, of schemas that are read off their
// outlines and of others, of any version.
func TestListing(t *testing.T) {
	n := newNode(t)
	n.put("geo", `{"type":"record","name":"com.acme.Geo","confluent:tags":["PLACE"],"fields":[{"name":"lat","type":"double","confluent:tags":["SECRET"]}]}`)
	n.Register("address", schema.Avro, `{"type":"record","name":"com.acme.Address","fields":[{"name":"geo","type":"com.acme.Geo"}]}`, "com.acme.Geo", "geo")
	n.put("orders", `{"type":"record","name":"Order","namespace":"com.acme","doc":"An order","fields":[
		{"name":"id","type":"long","doc":"the key","aliases":["key"],"confluent:tags":["A","B","A"]},
		{"name":"kind","type":{"type":"enum","name":"Kind","symbols":["X"],"aliases":["Sort"]},"default":"X"},
		{"name":"hash","type":{"type":"fixed","name":"Hash","size":4}},
		{"name":"note","type":["null","string"],"default":null}]}`)
	n.put("orders", `{"type":"record","name":"Order","namespace":"com.acme","fields":[
		{"name":"customer","type":{"type":"record","name":"Customer","doc":"Who","confluent:tags":["PII"],"fields":[{"name":"parent","type":["null","Customer"],"default":null}]}},
		{"name":"list","type":{"type":"array","items":{"type":"map","values":"Customer"}}}]}`)
	n.put("union", `[{"type":"record","name":"A","fields":[]},{"type":"record","name":"n.B","fields":[{"name":"a","type":"A"}]}]`)
	n.put("primitive", `"string"`)
	n.Register("proto", schema.Protobuf, `syntax = "proto3"; package shop;
		message Order { string order_id = 1; repeated Line lines = 2; optional int32 n = 3; Line first = 4; message Line { bytes b = 1; } }
		enum Colour { RED = 0; } message Other { oneof one { Order order = 1; Colour colour = 2; } map<string, Order> by = 3; }`)
	n.Register("json", schema.JSON, `{"type":"object","title":"J","properties":{"a":{"type":"object","properties":{"b":{"type":"string"}}},"a.b":{"type":"integer"},"l":{"type":"array","items":{"$ref":"#/$defs/X"}}},
		"$defs":{"X":{"type":"object","properties":{"y":{"type":"null"}}}}}`)
	var many strings.Builder
	for i := range 40 {
		fmt.Fprintf(&many, `,{"name":"f%d","type":{"type":"record","name":"R%d","fields":[{"name":"x","type":"int"}]}}`, i, i)
	}
	n.put("many", `{"type":"record","name":"Many","fields":[`+many.String()[1:]+`]}`)
	contract := catalogtest.Body(schema.Avro, `{"type":"record","name":"com.acme.Order","fields":[{"name":"email","type":"string","confluent:tags":["PII"]},{"name":"n","type":"int"}]}`)
	contract.Metadata = &registry.Metadata{Tags: map[string][]string{"**.email": {"CONTACT", "PII"}, "com.acme.*.n": {"COUNT"}}}
	n.RegisterBody("contract", contract)

	v := n.View()
	var list catalog.Listing
	listed := 0
	for s := range v.Subjects(t.Context(), "", "", true) {
		versions, err := v.Versions(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		for i := range versions {
			of := &versions[i]
			x, _ := v.Registry().ContentOf(s.Context, of.ID)
			fields, err := list.Fields(t.Context(), v, of, x)
			if err != nil {
				t.Fatalf("Fields(%s %d) = %v", s, of.Version, err)
			}
			want, err := v.FieldsOfVersion(t.Context(), s, of.Version)
			if err != nil {
				t.Fatal(err)
			}
			same(t, s, want, fields, func(f *catalog.Field) { f.Paths, f.Aliases, f.Span = nil, nil, catalog.Span{} })
			records, err := list.Records(t.Context(), v, of, x)
			if err != nil {
				t.Fatalf("Records(%s %d) = %v", s, of.Version, err)
			}
			all, err := v.RecordsOfVersion(t.Context(), s, of.Version)
			if err != nil {
				t.Fatal(err)
			}
			same(t, s, all, records, func(r *catalog.Record) { r.Symbols, r.Aliases, r.Span = nil, nil, catalog.Span{} })
			listed += len(want) + len(all)
		}
	}
	if listed < 120 {
		t.Errorf("only %d fields and records were compared", listed)
	}
}

// same compares lists without what cut takes out of both.
func same[T any](t *testing.T, s registry.Subject, want, got []T, cut func(*T)) {
	t.Helper()
	plain := func(list []T) []T {
		list = append([]T{}, list...)
		for i := range list {
			cut(&list[i])
		}
		return list
	}
	if diff := cmp.Diff(plain(want), plain(got)); diff != "" {
		t.Errorf("%s (-one by one +listed):\n%s", s, diff)
	}
}

// What is said of a part of a subject is told, until then nothing is.
func TestNothingSaid(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	other := catalog.Ref{Kind: catalog.KindField, Scope: ".", Name: "orders", Part: "x"}
	of := func(kind catalog.Kind) bool { return n.View().NothingSaid(kind, in("orders-value")) }
	if !of(catalog.KindField) || !of(catalog.KindRecord) {
		t.Error("something is said of a subject that nobody spoke of")
	}
	n.put("orders", order)
	f := n.fields("orders-value")[0].Ref()
	n.Commit(catalog.Edit{Ref: f, Description: ptr("people say")})
	other.Part = f.Part
	n.Commit(catalog.Edit{Ref: other, Description: ptr("people say")})
	if of(catalog.KindField) || !of(catalog.KindRecord) {
		t.Error("what is said of a field is not told, or is told of records")
	}
}

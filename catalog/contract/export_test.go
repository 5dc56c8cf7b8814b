package contract_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/contract"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

const orderAvro = `{"type":"record","name":"Order","namespace":"com.acme","doc":"What a customer ordered.","fields":[
 {"name":"id","type":"long","doc":"The number of the order."},
 {"name":"card","type":["null","string"],"default":null,"confluent:tags":["PII"]},
 {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
 {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
 {"name":"labels","type":{"type":"map","values":"string"}},
 {"name":"choice","type":["int","string"]},
 {"name":"state","type":{"type":"enum","name":"State","symbols":["OPEN","PAID"]}},
 {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[
   {"name":"sku","type":"string"},{"name":"count","type":"int"},{"name":"parts","type":{"type":"array","items":"Line"}}]}}}]}`

const orderJSON = `{"$schema":"http://json-schema.org/draft-07/schema#","title":"Order","description":"What a customer ordered.","type":"object",
 "properties":{"id":{"type":"integer","description":"The number of the order."},
  "card":{"type":["string","null"],"confluent:tags":["PII"]},
  "lines":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}},"required":["sku"]}},
  "customer":{"$ref":"#/definitions/Customer"}},
 "required":["id"],
 "definitions":{"Customer":{"type":"object","properties":{"name":{"type":"string"}}}}}`

const orderProtobuf = `syntax = "proto3";
package com.acme;
import "google/protobuf/timestamp.proto";
message Order {
  int64 id = 1;
  optional string card = 2;
  repeated Line lines = 3;
  google.protobuf.Timestamp at = 4;
  map<string, Line> by_sku = 5;
  repeated string labels = 6;
  State state = 7;
  message Line {
    string sku = 1;
  }
}
enum State {
  OPEN = 0;
}
`

func text(s string) *string { return &s }

// rules are a rule set with conditions and a transformation.
func rules() *registry.RuleSet {
	return &registry.RuleSet{DomainRules: []registry.Rule{
		{Name: text("positive"), Doc: text("Orders are worth something."), Kind: "CONDITION", Mode: "WRITE", Type: text("CEL"), Expr: text("message.amount > 0"), OnFailure: text("DLQ")},
		{Name: text("encrypt"), Kind: "TRANSFORM", Mode: "WRITEREAD", Type: text("ENCRYPT"), Tags: []string{"PII"}},
	}}
}

// people says who owns a subject, and more.
func (n *node) people(subject string) {
	n.T.Helper()
	ref := catalog.Ref{Kind: catalog.KindSubject, Scope: ".", Name: subject}
	product := &catalog.DataProduct{Name: "Orders", Outputs: []string{ref.String()}}
	domain, purpose := "Sales", "All orders, as they come in."
	n.Commit(
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Gold"}},
		catalog.Put{Definition: &catalog.Person{Name: "ann@acme.com", Email: "ann@acme.com"}},
		catalog.Put{Definition: &catalog.Team{Name: "Order desk", Members: []string{"ann@acme.com"}, Contact: []catalog.Link{{Title: "#orders", URL: "https://chat.acme.com/orders"}}}},
		catalog.Put{Definition: &catalog.DomainDefinition{Name: "Sales"}},
		catalog.Put{Definition: product},
		catalog.Put{Definition: &catalog.Term{Name: "Order number"}},
		catalog.Edit{
			Ref: ref, Description: &purpose, Domain: &domain, PutTags: []catalog.TagValue{{Name: "Gold"}},
			Owners: &[]catalog.OwnerValue{
				{Owner: catalog.Ref{Kind: catalog.KindTeam, Name: "Order desk"}, Role: catalog.Owner},
				{Owner: catalog.Ref{Kind: catalog.KindPerson, Name: "ann@acme.com"}, Role: catalog.Steward},
			},
			Links: &[]catalog.Link{{Title: "Handbook", URL: "https://acme.com/orders"}},
		},
	)
}

// steady replaces what differs from run to run.
func steady(s string) string {
	return regexp.MustCompile(`contractCreatedTs: .*`).ReplaceAllString(s, `contractCreatedTs: "2026-11-21T10:00:00Z"`)
}

func (n *node) export(subject string) string {
	n.T.Helper()
	out, err := contract.Export(n.T.Context(), n.View(), registry.ParseSubject(subject), contract.Options{})
	if err != nil {
		n.T.Fatalf("Export(%s) = %v", subject, err)
	}
	return string(out)
}

func TestExport(t *testing.T) {
	n := newNode(t)
	avro := catalogtest.Body(schema.Avro, orderAvro)
	avro.Rules = rules()
	avro.Metadata = &registry.Metadata{Tags: map[string][]string{"**.amount": {"Money"}}, Properties: map[string]*string{"tier": text("1"), "key": text("s")}, Sensitive: []string{"key"}}
	n.RegisterBody("orders-value", avro)
	n.people("orders-value")
	n.Commit(catalog.Edit{Ref: catalog.Ref{Kind: catalog.KindField, Scope: ".", Name: "orders-value", Part: "com.acme.Order.id"}, PutTerms: []string{"Order number"}})
	n.Register("orders-json-value", schema.JSON, orderJSON)
	n.Register("orders-proto-key", schema.Protobuf, orderProtobuf)
	n.Register("plain", schema.Avro, `"string"`)
	n.Register("recursive", schema.Avro, `{"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}`)
	for _, subject := range []string{"orders-value", "orders-json-value", "orders-proto-key", "plain", "recursive"} {
		got := n.export(subject)
		golden(t, subject+".odcs.yaml", steady(got))
		if _, err := contract.Read(got); err != nil {
			t.Errorf("Read(Export(%s)) = %v", subject, err)
		}
	}
	if strings.Contains(n.export("orders-value"), "key: s") {
		t.Error("a sensitive property is told")
	}
}

// A value of a topic may be of several records: the branches of a union, the
// messages of a file.
func TestExportSeveralRecords(t *testing.T) {
	n := newNode(t)
	n.Register("union", schema.Avro, `["null",{"type":"record","name":"A","fields":[{"name":"x","type":"int"}]},{"type":"record","name":"B","fields":[{"name":"y","type":"A"}]}]`)
	n.Register("file", schema.Protobuf, `syntax = "proto3"; message First { Part p = 1; } message Part { int32 i = 1; } message Second { int32 j = 1; }`)
	for subject, want := range map[string]string{"union": "A x, B y", "file": "First p, Second j"} {
		d, err := contract.Read(n.export(subject))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range d.Objects {
			got = append(got, o.Name+" "+o.Properties[0].Name)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("Export(%s) has %q, want %q", subject, got, want)
		}
	}
	n.put(strings.Replace(n.export("file"), "- name: j", "- description: The second.\n        name: j", 1))
	if got := n.said(field("file", "Second.j")); len(got) != 1 {
		t.Errorf("Second.j has %q", got)
	}
}

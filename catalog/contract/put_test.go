package contract_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/contract"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

func (n *node) put(text string, subjects ...string) *contract.Put {
	n.T.Helper()
	r := contract.Request{Text: text}
	for _, s := range subjects {
		r.Subjects = append(r.Subjects, registry.ParseSubject(s))
	}
	p, err := contract.PutText(n.T.Context(), n.Catalog, r)
	if err != nil {
		n.T.Fatalf("PutText() = %v", err)
	}
	return p
}

func subject(name string) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindSubject, Scope: ".", Name: name}
}

func field(subject, runtime string) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindField, Scope: ".", Name: subject, Part: runtime}
}

// said writes what IMPORTED values an entity has.
func (n *node) said(ref catalog.Ref) []string {
	n.T.Helper()
	var list []string
	for _, r := range n.View().Annotations(n.T.Context(), ref) {
		if r.Source == catalog.Imported {
			list = append(list, strings.TrimSpace(fmt.Sprint(r.Part, " ", r.Item, " ", string(r.Value))))
		}
	}
	return list
}

func TestPut(t *testing.T) {
	n := newNode(t)
	n.Register("orders-value", schema.Avro, orderAvro)
	p := n.put(read(t, "orders.put.yaml"), "orders-value")
	if p.Contract.ContractID != "orders-contract" || p.Contract.Release != "2.1.0" || p.Contract.Status != "active" || p.Contract.Version != 1 {
		t.Errorf("PutText() = %+v", p.Contract)
	}
	var notes []string
	for _, f := range p.Notes {
		notes = append(notes, fmt.Sprint(f.Path, " ", f.Position.Line))
	}
	if d := cmp.Diff([]string{"tags 14", "schema[0].properties[3] 34"}, notes); d != "" {
		t.Errorf("notes -want +got:\n%s", d)
	}
	for ref, want := range map[catalog.Ref][]string{
		subject("orders-value"): {
			`DESCRIPTION  "Every order.\n\nUsage: Join by id."`, "OWNER OWNER TEAM//Order%20desk {}", "OWNER STEWARD PERSON//ann@acme.com {}",
			"TAG Gold {}", `DOMAIN  "Sales"`,
		},
		field("orders-value", "com.acme.Order.id"): {
			`DESCRIPTION  "What the customer quotes."`, `LINK https://acme.com/id {"title":"businessDefinition","position":0}`,
		},
		field("orders-value", "com.acme.Order.card"): {"TAG PCI {}", `ATTRIBUTE classification "restricted"`},
		field("orders-value", "com.acme.Line.sku"):   {`DESCRIPTION  "The article."`},
	} {
		if d := cmp.Diff(want, n.said(ref)); d != "" {
			t.Errorf("%s: -want +got:\n%s", ref, d)
		}
	}
	if product, err := n.View().Definition(t.Context(), catalog.Ref{Kind: catalog.KindDataProduct, Name: "Order data"}); err != nil || len(product.(*catalog.DataProduct).Outputs) != 1 {
		t.Errorf("data product = %+v, %v", product, err)
	}
	d, err := contract.Read(p.Contract.Text)
	if err != nil || len(d.SLA) != 2 || d.SLA[0] != (contract.SLA{Property: "latency", Value: "4", Unit: "s", Element: "orders.id"}) {
		t.Errorf("SLA = %+v, %v", d.SLA, err)
	}
}

// The text comes back as it was put while the schema is the one that it was put
// for; then it lies over what the catalog knows of the new one.
func TestExportWhatWasPut(t *testing.T) {
	n := newNode(t)
	n.Register("orders-value", schema.Avro, orderAvro)
	text := read(t, "orders.put.yaml")
	n.put(text, "orders-value")
	if got := n.export("orders-value"); got != text {
		t.Errorf("Export() is not what was put:\n%s", cmp.Diff(text, got))
	}
	n.Register("orders-value", schema.Avro, strings.Replace(orderAvro, `{"name":"choice","type":["int","string"]}`, `{"name":"channel","type":"string","doc":"Where it came from."}`, 1))
	moved := n.export("orders-value")
	golden(t, "orders.moved.odcs.yaml", steady(moved))
	n.put(moved)
	if got := n.export("orders-value"); got != moved {
		t.Errorf("Export() is not what was put:\n%s", cmp.Diff(moved, got))
	}
}

// What weir exports can be put again, and changes nothing but what it says
// itself: the export stays.
func TestPutOfAnExport(t *testing.T) {
	n := newNode(t)
	n.shop()
	for _, s := range []string{"orders-value", "events-value", "moves-value", "bills-value", "odd/name~x-value", ":.team:things-value"} {
		out := n.export(s)
		p := n.put(out)
		if len(p.Contract.Targets) != 1 || len(p.Notes) > 0 {
			t.Errorf("PutText(Export(%s)): %d targets, notes %v", s, len(p.Contract.Targets), p.Notes)
		}
		if got := n.export(s); got != out {
			t.Errorf("Export(%s) changed:\n%s", s, cmp.Diff(out, got))
		}
		events := len(p.Outcome.Events)
		if again := n.put(out); len(again.Outcome.Events) != 0 {
			t.Errorf("PutText() of the same a second time: %d events, %d before", len(again.Outcome.Events), events)
		}
	}
}

func TestPutTakesBack(t *testing.T) {
	n := newNode(t)
	n.Register("orders-value", schema.Avro, orderAvro)
	people := "Said by people."
	n.Commit(catalog.Edit{Ref: field("orders-value", "com.acme.Order.id"), Description: &people})
	n.put(read(t, "orders.put.yaml"), "orders-value")
	n.put("apiVersion: v3.1.0\nkind: DataContract\nid: orders-contract\nversion: 3.0.0\nstatus: active\n")
	for _, ref := range []catalog.Ref{
		subject("orders-value"), field("orders-value", "com.acme.Order.id"), field("orders-value", "com.acme.Order.card"), field("orders-value", "com.acme.Line.sku"),
	} {
		if got := n.said(ref); len(got) > 0 {
			t.Errorf("%s still has %q", ref, got)
		}
	}
	e, err := n.View().Entity(t.Context(), field("orders-value", "com.acme.Order.id"))
	if err != nil || e.Descriptions[0].Value != people {
		t.Errorf("what people said: %+v, %v", e, err)
	}
}

func TestPutDryRun(t *testing.T) {
	n := newNode(t)
	n.Register("orders-value", schema.Avro, orderAvro)
	p, err := contract.PutText(t.Context(), n.Catalog, contract.Request{Text: read(t, "orders.put.yaml"), DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Outcome.Events) == 0 || len(n.said(subject("orders-value"))) > 0 {
		t.Errorf("%d events, said %q", len(p.Outcome.Events), n.said(subject("orders-value")))
	}
	if c, err := contract.Of(t.Context(), n.View(), registry.ParseSubject("orders-value")); c != nil || err != nil {
		t.Errorf("Of() = %+v, %v", c, err)
	}
}

func TestPutOfNoSubject(t *testing.T) {
	n := newNode(t)
	_, err := contract.PutText(t.Context(), n.Catalog, contract.Request{Text: read(t, "orders.put.yaml")})
	if !errors.As(err, new(*contract.InvalidError)) {
		t.Errorf("PutText() = %v", err)
	}
	_, err = contract.PutText(t.Context(), n.Catalog, contract.Request{Text: read(t, "orders.put.yaml"), Subjects: []registry.Subject{{Context: ".", Name: "none"}}})
	if !errors.As(err, new(*catalog.NotFoundError)) {
		t.Errorf("PutText() = %v", err)
	}
}

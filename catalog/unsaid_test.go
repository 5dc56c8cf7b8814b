package catalog_test

import (
	"testing"

	"github.com/weir-registry/weir/catalog"
)

// What Unsaid tells is what Entity tells, for all kinds of things of which
// nobody said anything; of the others it tells nothing.
func TestUnsaid(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.put("orders-value", `{"type":"record","name":"Order","namespace":"acme","doc":"Newer.","fields":[{"name":"id","type":"long"}]}`)
	n.put("payments-value", order)
	n.company()
	said := subject("payments-value")
	n.Commit(catalog.Edit{Ref: said, Description: ptr("people say")})
	topic := catalog.Ref{Kind: catalog.KindTopic, Scope: catalog.DefaultCluster, Name: "orders"}
	version := catalog.Ref{Kind: catalog.KindSchemaVersion, Scope: ".", Name: "orders-value", Part: "1"}
	for _, ref := range []catalog.Ref{subject("orders-value"), version, topic} {
		u, ok, err := n.View().Unsaid(t.Context(), ref)
		if !ok || err != nil {
			t.Errorf("Unsaid(%s) = %v, %v", ref, ok, err)
			continue
		}
		e, err := n.View().Entity(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		description := ""
		if len(e.Descriptions) > 0 {
			description = e.Descriptions[0].Value
		}
		if u.Description != description {
			t.Errorf("Unsaid(%s).Description = %q, Entity has %q", ref, u.Description, description)
		}
		if ref == topic && (u.FirstSeen != e.FirstSeen || u.LastSeen != e.LastSeen || u.LastSeen == 0) {
			t.Errorf("Unsaid(%s) = %+v, Entity has %d, %d", ref, u, e.FirstSeen, e.LastSeen)
		}
	}
	for _, ref := range []catalog.Ref{said, subject("none"), {Kind: catalog.KindTag, Name: "Sensitive"}} {
		if u, ok, err := n.View().Unsaid(t.Context(), ref); ok || err != nil {
			t.Errorf("Unsaid(%s) = %+v, %v, %v", ref, u, ok, err)
		}
	}
}

package graphql_test

import (
	"context"
	"strings"
	"testing"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog/catalogtest"
)

// half lets everyone read and change what is not of payments; only who has
// signed in does more.
type half struct{}

func (half) Authorize(ctx context.Context, action auth.Action, r auth.Resource) error {
	if auth.From(ctx).Name == "root" || action == auth.Read && !strings.Contains(r.Name, "payments") {
		return nil
	}
	return &auth.DeniedError{Principal: auth.From(ctx), Action: action, Resource: r}
}

func TestRights(t *testing.T) {
	n := newNode(t, func(s *setup) { s.auth = half{} })
	root := *n
	company(n)
	id := root.ask(`{ subject(name: "payments-value") { id fields(first: 1) { nodes { id } } } orders: subject(name: "orders-value") { id } }`, nil, catalogtest.Principal, "root")
	subject, field, orders := id.string("subject.id"), id.string("subject.fields.nodes.0.id"), id.string("orders.id")

	a := n.query(`query($i: ID!, $f: ID!) {
		subject(name: "payments-value") { id } node(id: $i) { id } nodes(ids: [$f, $i]) { id }
		entity(kind: FIELD, qualifiedName: "payments-value:acme.Payment.id") { id }
		subjects(first: 10) { totalCount nodes { name } } topics(first: 10) { nodes { name } }
		search(query: "", first: 50, facets: [KIND]) { totalCount edges { qualifiedName } }
		iban: search(query: "iban", first: 5) { totalCount didYouMean edges { name } }
		suggest(prefix: "pay") { name }
		changes(first: 50) { nodes { qualifiedName } }
		orphans(first: 5) { totalCount }
	}`, variables{"i": subject, "f": field})
	for _, path := range []string{"subject", "node", "nodes.0", "nodes.1", "entity"} {
		a.has(path, `null`)
	}
	a.has("subjects.totalCount", `3`)
	if strings.Contains(strings.ToLower(a.text), "payment") {
		t.Errorf("a stranger hears of payments: %s", a.text)
	}

	before := n.query(`{ revision }`).string("revision")
	n.edit(variables{"id": orders, "description": "Mine."}).userError("updateMetadata.0", "FORBIDDEN")
	n.query(`mutation { putTag(input: {name: "Mine"}) { tag { id } errors { code } } }`).userError("putTag", "FORBIDDEN")
	if after := n.query(`{ revision }`).string("revision"); after != before {
		t.Errorf("forbidden, and something was written: %s, %s", before, after)
	}
	b := root.ask(update, variables{"i": []any{variables{"id": subject, "description": "Root's."}}}, catalogtest.Principal, "root")
	b.has("updateMetadata.0.entity.description.value", `"Root's."`)
	c := root.ask(`{ subject(name: "payments-value") { description { by { name kind } } history(first: 1) { nodes { actor { name } } } } viewer { name kind } }`, nil, catalogtest.Principal, "root")
	c.has("subject.description.by", `{"name":"root","kind":"USER"}`)
	c.has("subject.history.nodes.0.actor.name", `"root"`)
	c.has("viewer", `{"name":"root","kind":"USER"}`)
}

package confluent_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/registry"
)

func parse(subject string) registry.Subject { return registry.ParseSubject(subject) }

func ref(kind catalog.Kind, s registry.Subject, part string) catalog.Ref {
	return catalog.Ref{Kind: kind, Scope: string(s.Context), Name: s.Name, Part: part}
}

// hides denies what has "secret" in its name to whom it is not for.
type hides struct{}

func (hides) Authorize(ctx context.Context, action auth.Action, on auth.Resource) error {
	if p := auth.From(ctx); p.Name == "stranger" && strings.Contains(on.Name, "secret") {
		return &auth.DeniedError{Principal: p, Action: action, Resource: on}
	}
	return nil
}

// What a caller may not read is in no list and found by no search; asked for by
// name it is denied, and what others share with it is shown without it.
func TestRights(t *testing.T) {
	n := newNode(t, catalogtest.Auth(hides{}))
	const order = `{"type":"record","name":"Order","fields":[{"name":"id","type":"string"}]}`
	n.register("orders-value", order)
	n.register("a-secret-value", order)
	n.register("secret-value", `{"type":"record","name":"Plan","fields":[{"name":"orderPlan","type":"string"}]}`)
	n.Commit(
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Gold"}},
		catalog.Edit{Ref: ref(catalog.KindField, parse("a-secret-value"), "Order.id"), PutTags: []catalog.TagValue{{Name: "Gold"}}},
	)
	stranger := auth.With(t.Context(), auth.Principal{Name: "stranger"})

	all := []confluent.Type{confluent.Schema, confluent.Record, confluent.Field, confluent.SubjectVersion, confluent.Topic}
	want := []string{
		"sr_schema R:.:1", "sr_record R:.:1:Order", "sr_field R:.:1:Order.id", "sr_subject_version R:.:orders-value:1", "kafka_topic R:default:orders",
	}
	if diff := cmp.Diff(want, n.named(n.list(stranger, confluent.Selection{Types: all}))); diff != "" {
		t.Errorf("what a stranger sees (-want +got):\n%s", diff)
	}
	if got := n.list(t.Context(), confluent.Selection{Types: all}); len(got) != 12 {
		t.Errorf("what the owner sees: %v", n.named(got))
	}
	if got := n.list(stranger, confluent.Selection{Tags: []string{"Gold"}}); len(got) != 0 {
		t.Errorf("what a stranger sees of Gold: %v", n.named(got))
	}
	if got := n.named(n.list(t.Context(), confluent.Selection{Tags: []string{"Gold"}})); !cmp.Equal(got, []string{"sr_field R:.:1:Order.id"}) {
		t.Errorf("what the owner sees of Gold: %v", got)
	}
	for _, caller := range []struct {
		ctx  context.Context
		want []string
	}{
		{stranger, []string{"sr_field R:.:1:Order.id"}},
		{t.Context(), []string{"sr_field R:.:1:Order.id", "sr_field R:.:2:Plan.orderPlan"}},
	} {
		found, err := confluent.Search(caller.ctx, n.Catalog, "order", []confluent.Type{confluent.Field})
		if err != nil {
			t.Fatal(err)
		}
		got := n.named(n.list(caller.ctx, confluent.Selection{Types: []confluent.Type{confluent.Field}, Found: found}))
		if diff := cmp.Diff(caller.want, got); diff != "" {
			t.Errorf("what is found (-want +got):\n%s", diff)
		}
	}

	var denied *auth.DeniedError
	for of, name := range map[confluent.Type]string{
		confluent.Schema:         n.names.Registry + ":.:2",
		confluent.Record:         n.names.Registry + ":.:2:Plan",
		confluent.Field:          n.names.Registry + ":.:2:Plan.orderPlan",
		confluent.SubjectVersion: n.names.Registry + ":.:secret-value:1",
		confluent.Topic:          "default:secret",
	} {
		if e, err := n.reader().Entity(stranger, of, name); !errors.As(err, &denied) {
			t.Errorf("Entity(%s, %s) = %+v, %v; want a DeniedError", of, name, e, err)
		}
		if _, err := n.reader().Entity(t.Context(), of, name); err != nil {
			t.Errorf("Entity(%s, %s) of the owner = %v", of, name, err)
		}
	}
	shared, err := n.reader().Entity(stranger, confluent.Schema, "1")
	if err != nil || shared.Title() != "orders-value" || len(shared.Refs) != 1 {
		t.Errorf("Entity(1) = %+v, %v; want it as orders-value alone", shared, err)
	}
}

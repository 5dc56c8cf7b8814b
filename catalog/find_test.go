package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/registry"
)

// find gives the entities that a search gives, in order.
func find(t testing.TB, ctx context.Context, c *catalog.Catalog, q search.Query) []string {
	t.Helper()
	r, err := c.Search(ctx, q)
	if err != nil {
		t.Fatalf("Search(%+v) = %v", q, err)
	}
	var refs []string
	for i := range r.Hits {
		ref, err := catalog.HitRef(&r.Hits[i])
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, ref.String())
	}
	return refs
}

func (n *node) find(q search.Query) []string {
	n.T.Helper()
	return find(n.T, n.T.Context(), n.Catalog, q)
}

// facet counts the values of a facet over all that a caller may see.
func facet(t testing.TB, ctx context.Context, c *catalog.Catalog, f search.FacetField, filter ...search.Condition) map[string]int {
	t.Helper()
	r, err := c.Search(ctx, search.Query{Facets: []search.FacetField{f}, Filter: search.Filter{And: filter}})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, v := range r.Facets[0].Values {
		counts[v.Value] = v.Count
	}
	return counts
}

const orderText = `{"type":"record","name":"com.acme.Order","doc":"An order","fields":[
	{"name":"customerId","type":"long","confluent:tags":["PII"]},{"name":"amount","type":"double"}]}`

// TestReadYourWrites holds that what was registered or said on this node is
// found at once.
func TestReadYourWrites(t *testing.T) {
	n := newNode(t)
	if got := n.find(search.Query{Text: "customerId"}); got != nil {
		t.Errorf("found %v before anything is there", got)
	}
	n.put("orders-value", orderText)
	if diff := cmp.Diff([]string{"FIELD/./orders-value/com.acme.Order.customerId"}, n.find(search.Query{Text: "customerid"})); diff != "" {
		t.Errorf("a field (-want +got):\n%s", diff)
	}
	n.Commit(catalog.Edit{Ref: field("orders-value", "com.acme.Order.amount"), Description: text("what it costs")})
	if diff := cmp.Diff([]string{"FIELD/./orders-value/com.acme.Order.amount"}, n.find(search.Query{Text: "costs"})); diff != "" {
		t.Errorf("a description (-want +got):\n%s", diff)
	}
	n.put("orders-value", strings.Replace(orderText, "amount", "total", 1))
	if got := n.find(search.Query{Text: "total"}); len(got) != 1 {
		t.Errorf("a field of a second version: %v", got)
	}
	if got := n.find(search.Query{Text: "orders", Filter: search.Filter{Kinds: []search.Kind{"TOPIC"}}}); !cmp.Equal(got, []string{"TOPIC/default/orders"}) {
		t.Errorf("the topic: %v", got)
	}
	s, err := n.Suggest(t.Context(), search.Completion{Prefix: "custo"})
	if err != nil || len(s) != 1 {
		t.Fatalf("Suggest = %v, %v", s, err)
	}
	if ref, err := catalog.SuggestionRef(&s[0]); err != nil || ref != field("orders-value", "com.acme.Order.customerId") {
		t.Errorf("the suggestion is %v, %v", ref, err)
	}
	n.delete("orders-value", 1, false)
	n.delete("orders-value", 2, false)
	n.delete("orders-value", 1, true)
	n.delete("orders-value", 2, true)
	if got := n.find(search.Query{Text: "customerId"}); got != nil {
		t.Errorf("found %v after its subject is gone", got)
	}
}

// TestTagUse holds that tags of all sources are facets and conditions, that a
// tag of schemas only has a stub, and that the stub goes with the last use.
func TestTagUse(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", orderText)
	n.put("refunds-value", orderText)
	n.Commit(
		catalog.Put{Definition: &catalog.TagDefinition{Name: "GOLD", Description: "our best", EntityTypes: []string{"cf_entity"}}},
		catalog.Edit{Ref: subject("orders-value"), PutTags: []catalog.TagValue{{Name: "GOLD"}}},
		catalog.Edit{Ref: field("orders-value", "com.acme.Order.amount"), PutTags: []catalog.TagValue{{Name: "GOLD"}}},
	)
	if diff := cmp.Diff(map[string]int{"PII": 2, "GOLD": 2}, facet(t, t.Context(), n.Catalog, search.FacetTag)); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	gold := search.Condition{Field: search.FacetTag, AnyOf: []string{"GOLD"}}
	want := []string{"SUBJECT/./orders-value", "FIELD/./orders-value/com.acme.Order.amount"}
	got := n.find(search.Query{Filter: search.Filter{And: []search.Condition{gold}}})
	if len(got) == 2 && got[0] != want[0] {
		got[0], got[1] = got[1], got[0]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what is GOLD (-want +got):\n%s", diff)
	}
	names := func() (names []string) {
		for d := range n.View().Definitions(t.Context(), catalog.KindTag, "") {
			names = append(names, d.Ref().Name)
		}
		return names
	}
	if diff := cmp.Diff([]string{"GOLD", "PII"}, names()); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	stub, err := n.View().Definition(t.Context(), tag("PII"))
	if err != nil {
		t.Fatal(err)
	}
	if d := stub.(*catalog.TagDefinition); d.Version != 0 || d.CreatedBy != "system" || d.Description != "" {
		t.Errorf("the stub is %+v", d)
	}
	if got := n.find(search.Query{Text: "PII", Filter: search.Filter{Kinds: []search.Kind{"TAG"}}}); !cmp.Equal(got, []string{"TAG//PII"}) {
		t.Errorf("searching the stub: %v", got)
	}
	n.delete("orders-value", 1, false)
	n.delete("orders-value", 1, true)
	if got := names(); len(got) != 2 {
		t.Errorf("tags %v while one subject uses the stub", got)
	}
	n.delete("refunds-value", 1, false)
	n.delete("refunds-value", 1, true)
	if diff := cmp.Diff([]string{"GOLD"}, names()); diff != "" {
		t.Errorf("tags after the last use (-want +got):\n%s", diff)
	}
	if got := n.find(search.Query{Text: "PII", Filter: search.Filter{Kinds: []search.Kind{"TAG"}}}); got != nil {
		t.Errorf("searching a stub that is gone: %v", got)
	}
}

// half denies what is named in it, and hears what is asked.
type half []string

func (h half) Authorize(ctx context.Context, a auth.Action, r auth.Resource) error {
	if auth.From(ctx).Name == "" {
		return nil
	}
	for _, hidden := range h {
		if r.Name == hidden {
			return &auth.DeniedError{Principal: auth.From(ctx), Action: a, Resource: r}
		}
	}
	return nil
}

// TestHidden holds that what a caller may not read takes part in nothing that
// he sees.
func TestHidden(t *testing.T) {
	n := newNode(t, catalogtest.Auth(half{"secret-value", "types", "GOLD"}))
	ctx := auth.With(t.Context(), auth.Principal{Name: "guest"})
	n.put("types", `{"type":"record","name":"com.acme.T","confluent:tags":["T"],"fields":[{"name":"x","type":"int"}]}`)
	for _, s := range []string{"orders-value", "secret-value"} {
		n.Register(s, "AVRO", `{"type":"record","name":"com.acme.Order","fields":[{"name":"customerId","type":"long","confluent:tags":["PII"]},{"name":"t","type":"com.acme.T"}]}`,
			"com.acme.T", "types")
	}
	n.Commit(
		catalog.Put{Definition: &catalog.TagDefinition{Name: "GOLD"}},
		catalog.Edit{Ref: subject("secret-value"), Description: text("hush")},
		catalog.Edit{Ref: topic("secret"), Description: text("a topic that people know")},
	)
	v := n.View()
	for _, ref := range []catalog.Ref{subject("secret-value"), field("secret-value", "com.acme.Order.customerId"), tag("GOLD")} {
		if _, err := v.Entity(ctx, ref); err == nil {
			t.Errorf("Entity(%s) is shown", ref)
		}
	}
	for call, err := range map[string]error{
		"Fields":   func() error { _, err := v.Fields(ctx, in("secret-value")); return err }(),
		"Records":  func() error { _, err := v.Records(ctx, in("secret-value")); return err }(),
		"Versions": func() error { _, err := v.Versions(ctx, in("secret-value")); return err }(),
		"TopicsOf": func() error { _, err := v.TopicsOf(ctx, in("secret-value")); return err }(),
	} {
		if _, denied := err.(*auth.DeniedError); !denied {
			t.Errorf("%s = %v, want a DeniedError", call, err)
		}
	}
	if got := collect(v.Subjects(ctx, "", "", true)); !cmp.Equal(got, collect(slices.Values([]registry.Subject{in("orders-value")}))) {
		t.Errorf("Subjects = %v", got)
	}
	versions, err := v.VersionsOfSchema(ctx, ".", 2)
	if err != nil || len(versions) != 1 || versions[0].Subject != in("orders-value") {
		t.Errorf("VersionsOfSchema = %v, %v", versions, err)
	}
	fields, err := v.Fields(ctx, in("orders-value"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fields {
		for _, tag := range f.Tags {
			if !tag.Via.IsZero() {
				t.Errorf("the tag %s of %s tells of %s", tag.Name, f.Name, tag.Via)
			}
		}
	}
	if got := collect(v.Definitions(ctx, catalog.KindTag, "")); len(got) != 2 {
		t.Errorf("Definitions = %v", got)
	}
	if got := find(t, ctx, n.Catalog, search.Query{Text: "customerId"}); !cmp.Equal(got, []string{"FIELD/./orders-value/com.acme.Order.customerId"}) {
		t.Errorf("a search finds %v", got)
	}
	for _, f := range []search.FacetField{search.FacetTag, search.FacetKind} {
		all, some := facet(t, t.Context(), n.Catalog, f), facet(t, ctx, n.Catalog, f)
		if f == search.FacetTag {
			if diff := cmp.Diff(map[string]int{"PII": 1, "T": 2}, some); diff != "" {
				t.Errorf("tags that he sees (-want +got):\n%s", diff)
			}
			continue
		}
		if all["SUBJECT"] != 3 || some["SUBJECT"] != 1 || some["TAG"] != 2 || some["TOPIC"] != 2 || all["TAG"] != 3 {
			t.Errorf("kinds: %v of %v", some, all)
		}
	}
	// The topic is known by what people say of it, its subject is not.
	if x, err := v.Topic(ctx, catalog.DefaultCluster, "secret"); err != nil || len(x.Links) != 0 {
		t.Errorf("Topic(secret) = %v, %v", x, err)
	}
	n.Commit(catalog.Edit{Ref: topic("secret"), Description: text("")})
	if _, err := n.View().Topic(ctx, catalog.DefaultCluster, "secret"); err == nil {
		t.Error("a topic tells of a subject that is hidden")
	}
}

// TestRun holds that Run keeps the index close to the view by itself, and ends.
func TestRun(t *testing.T) {
	n := newNode(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- n.Run(ctx) }()
	for i := range 3 {
		n.put("orders-value", fmt.Sprintf(`{"type":"record","name":"n.R","fields":[{"name":"f%d","type":"int"}]}`, i))
		if got := n.find(search.Query{Text: fmt.Sprintf("f%d", i)}); len(got) == 0 {
			t.Errorf("f%d is not found", i)
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %v", err)
	}
	if _, err := n.Search(ctx, search.Query{}); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("Search = %v", err)
	}
}

// TestTogether holds that everybody finds what he has just registered, however
// many write and search at once.
func TestTogether(t *testing.T) {
	n := newNode(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- n.Run(ctx) }()
	var wait sync.WaitGroup
	for w := range 8 {
		wait.Go(func() {
			for i := range 6 {
				name := fmt.Sprintf("w%dq%d", w, i)
				schema := fmt.Sprintf(`{"type":"record","name":"n.R","fields":[{"name":%q,"type":"int","confluent:tags":[%q]}]}`, name, name)
				if _, err := n.Registry.Register(t.Context(), in(fmt.Sprintf("s%d-value", i)), catalogtest.Body("AVRO", schema), false, false, ""); err != nil {
					t.Errorf("Register = %v", err)
				}
				r, err := n.Search(t.Context(), search.Query{Text: name, Filter: search.Filter{Kinds: []search.Kind{search.Field}}})
				if err != nil || len(r.Hits) == 0 || r.Hits[0].Name != name {
					t.Errorf("Search(%s) gives %d hits, %v", name, len(r.Hits), err)
				}
				if _, err := n.View().Definition(t.Context(), tag(name)); err != nil {
					t.Errorf("Definition(%s) = %v", name, err)
				}
			}
		})
	}
	wait.Wait()
	cancel()
	<-ended
}

package catalog_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// all writes down everything that a catalog shows.
func all(t testing.TB, c *catalog.Catalog) (lines []string) {
	t.Helper()
	ctx, v := t.Context(), c.View()
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	entity := func(ref catalog.Ref) {
		e, err := v.Entity(ctx, ref)
		if err != nil {
			add("%s: %v", ref, err)
			return
		}
		text, _ := json.Marshal(e)
		add("%s: %s", ref, text)
	}
	for s := range v.Subjects(ctx, "", "", true) {
		entity(catalog.Ref{Kind: catalog.KindSubject, Scope: string(s.Context), Name: s.Name})
		versions, err := v.Versions(ctx, s)
		add("versions %v %v", versions, err)
		fields, err := v.Fields(ctx, s)
		for _, f := range fields {
			add("%+v", f)
			entity(f.Ref())
		}
		records, _ := v.Records(ctx, s)
		for _, r := range records {
			add("%+v %v", r, err)
			entity(r.Ref())
		}
		topics, err := v.TopicsOf(ctx, s)
		add("topics %v %v", topics, err)
	}
	for x := range v.Topics(ctx, "", "") {
		add("%+v", x)
		entity(x.Ref())
	}
	for _, kind := range []catalog.Kind{catalog.KindTag, catalog.KindTeam, catalog.KindDomain} {
		for d := range v.Definitions(ctx, kind, "") {
			text, _ := json.Marshal(d)
			add("%s %s", d.Ref(), text)
			entity(d.Ref())
		}
	}
	for ref := range v.Annotated(ctx) {
		entity(ref)
	}
	add("orphans %v", slices.Collect(v.Orphans(ctx)))
	q := search.Query{First: 500, Now: 1 << 60, Facets: []search.FacetField{
		search.FacetKind, search.FacetTag, search.FacetStatus, search.FacetOwner, search.FacetDomain, search.FacetCompatibility,
		search.FacetContext, search.FacetFormat, search.FacetLastSeen, search.FacetHasDescription, search.FacetTerm, search.FacetCluster,
	}}
	for {
		r, err := c.Search(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Hits {
			h := r.Hits[i]
			h.Cursor = ""
			add("hit %+v", h)
		}
		add("total %d revision %s", r.Total, r.Revision)
		for _, f := range r.Facets {
			slices.SortFunc(f.Values, func(a, b search.FacetCount) int { return cmp2(a.Value, b.Value) })
			add("facet %v", f)
		}
		if !r.HasNext {
			break
		}
		q.After = r.Hits[len(r.Hits)-1].Cursor
	}
	hits, err := c.Each(ctx, search.Query{Text: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for h := range hits {
		h.Cursor = ""
		add("each %+v", h)
	}
	for _, word := range []string{"x", "doc", "order", "T1", "street"} {
		add("search %s: %v", word, find(t, ctx, c, search.Query{Text: word, First: 500}))
	}
	return lines
}

func cmp2(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// TestGrownIsLoaded holds that a catalog which grew change by change shows what
// one that was loaded afresh shows, whatever happened.
func TestGrownIsLoaded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := newNode(t)
		p := &player{node: n, T: rt}
		for range rapid.IntRange(5, 25).Draw(rt, "steps") {
			rapid.SampledFrom([]func(){
				p.register, p.register, p.register, p.remove, p.setting, p.associate, p.speak, p.speak, p.define,
				func() { _ = n.find(search.Query{Text: "x"}) },
			}).Draw(rt, "step")()
		}
		if diff := cmp.Diff(all(t, n.Reload().Catalog), all(t, n.Catalog)); diff != "" {
			rt.Fatalf("loaded and grown differ (-loaded +grown):\n%s", diff)
		}
	})
}

// player does something at random; what is refused is refused.
type player struct {
	*node
	*rapid.T
}

func (p *player) subject() string {
	return rapid.SampledFrom([]string{"orders-value", "orders-key", "refs", "n.Order", "t-n.Order", ":.west:orders-value", ":.west:j"}).Draw(p.T, "subject")
}

func (p *player) register() {
	field := func() string { return rapid.SampledFrom([]string{"x", "y", "street", "z"}).Draw(p.T, "field") }
	tags := rapid.SampledFrom([]string{``, `,"confluent:tags":["T1"]`, `,"confluent:tags":["T2","T1"]`}).Draw(p.T, "tags")
	name := rapid.SampledFrom([]string{"n.Order", "n.Other"}).Draw(p.T, "record")
	s := p.subject()
	var b registry.SchemaBody
	switch rapid.IntRange(0, 5).Draw(p.T, "kind") {
	case 0:
		b = catalogtest.Body(schema.JSON, fmt.Sprintf(`{"type":"object","title":%q%s,"properties":{%q:{"type":"object","properties":{%q:{"type":"string"%s}}}}}`, name, tags, field(), field(), tags))
	case 1:
		b = catalogtest.Body(schema.Protobuf, fmt.Sprintf(`syntax = "proto3"; package n; message Order { string %s = 1; }`, field()))
	case 2:
		b = catalogtest.Body(schema.Avro, fmt.Sprintf(`{"type":"record","name":"n.R","fields":[{"name":%q,"type":"n.Order"}]}`, field()), "n.Order", "orders-value")
	default:
		b = catalogtest.Body(schema.Avro, fmt.Sprintf(`{"type":"record","name":%q,"doc":"doc"%s,"fields":[{"name":%q,"type":"int"%s}]}`, name, tags, field(), tags))
	}
	if rapid.IntRange(0, 3).Draw(p.T, "contract") == 0 {
		b.Metadata = &registry.Metadata{Tags: map[string][]string{"**.x": {"T3"}, "nowhere": {"T4"}}}
	}
	_, _ = p.Registry.Register(p.node.T.Context(), in(s), b, false, false, "")
}

func (p *player) remove() {
	s, version := in(p.subject()), registry.VersionArg(rapid.IntRange(1, 3).Draw(p.T, "version"))
	ctx, permanent := p.node.T.Context(), rapid.Bool().Draw(p.T, "permanent")
	if rapid.Bool().Draw(p.T, "whole") {
		_, _ = p.Registry.DeleteSubject(ctx, s, false)
		if permanent {
			_, _ = p.Registry.DeleteSubject(ctx, s, true)
		}
		return
	}
	_, _ = p.Registry.DeleteVersion(ctx, s, version, false)
	if permanent {
		_, _ = p.Registry.DeleteVersion(ctx, s, version, true)
	}
}

func (p *player) setting() {
	scope := rapid.SampledFrom([]string{"orders-value", ":.west:", "", ":.__GLOBAL:"}).Draw(p.T, "scope")
	level := rapid.SampledFrom([]string{"NONE", "FULL"}).Draw(p.T, "level")
	_, _ = p.Registry.SetConfig(p.node.T.Context(), in(scope), registry.ConfigUpdate{Compatibility: registry.Optional[string]{Set: true, Value: &level}})
}

func (p *player) associate() {
	name := rapid.SampledFrom([]string{"orders", "bills"}).Draw(p.T, "topic")
	s, role := p.subject(), rapid.SampledFrom([]string{"key", "value"}).Draw(p.T, "role")
	_, _ = p.Registry.CreateAssociations(p.node.T.Context(), registry.DefaultContext, registry.AssociationRequest{
		ResourceName: &name, ResourceNamespace: text("lkc"), ResourceID: &name, ResourceType: text("topic"),
		Associations: []*registry.AssociationBody{{Subject: &s, AssociationType: &role, Lifecycle: text(registry.Weak)}},
	}, false)
	if rapid.IntRange(0, 3).Draw(p.T, "dissociate") == 0 {
		_ = p.Registry.DeleteAssociations(p.node.T.Context(), registry.AssociationDeletion{ResourceID: name, ResourceType: "topic"})
	}
}

func (p *player) do(steps ...catalog.Step) {
	_, _ = p.Do(p.node.T.Context(), catalog.Command{Steps: steps})
}

func (p *player) speak() {
	s := p.subject()
	ref := rapid.SampledFrom([]catalog.Ref{
		subject(s), field(s, "n.Order.x"), field(s, "$.x"), record(s, "n.Order"), topic("orders"), topic("bills"),
		{Kind: catalog.KindSchemaVersion, Scope: string(in(s).Context), Name: in(s).Name, Part: "1"},
		{Kind: catalog.KindSchema, Scope: ".", Name: "1"},
		{Kind: catalog.KindContext, Name: ".west"},
		tag("T1"),
	}).Draw(p.T, "ref")
	e := catalog.Edit{Ref: ref}
	switch rapid.IntRange(0, 4).Draw(p.T, "edit") {
	case 0:
		e.Description = text(rapid.SampledFrom([]string{"", "doc of people"}).Draw(p.T, "description"))
	case 1:
		e.PutTags = []catalog.TagValue{{Name: rapid.SampledFrom([]string{"T1", "GOLD"}).Draw(p.T, "tag")}}
	case 2:
		e.RemoveTags = []string{"T1"}
	case 3:
		e.Owners = &[]catalog.OwnerValue{{Owner: catalog.Ref{Kind: catalog.KindTeam, Name: "blue"}, Role: catalog.Owner}}
	case 4:
		e.Domain = text("sales")
	}
	p.do(e)
}

func (p *player) define() {
	d := rapid.SampledFrom([]catalog.Definition{
		&catalog.TagDefinition{Name: "T1", Description: "one"}, &catalog.TagDefinition{Name: "GOLD"},
		&catalog.Team{Name: "blue"}, &catalog.DomainDefinition{Name: "sales"},
	}).Draw(p.T, "definition")
	if rapid.IntRange(0, 3).Draw(p.T, "remove") == 0 {
		p.do(catalog.Remove{Ref: d.Ref(), Force: true})
		return
	}
	p.do(catalog.Put{Definition: d})
}

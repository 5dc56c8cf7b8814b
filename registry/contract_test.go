package registry_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// Metadata comes from the config and from the version before (registry-api.md
// 13.1).
func TestMetadataIsMerged(t *testing.T) {
	n := newNode(t)
	n.level("s", "NONE")
	given := func(field string, m *registry.Metadata) *registry.Metadata {
		t.Helper()
		b := body(record("R", field))
		b.Metadata = m
		return n.put("s", b).Metadata
	}
	want := func(call string, got, want *registry.Metadata) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", call, diff)
		}
	}
	want("own", given("a", properties("a", "1")), properties("a", "1"))
	want("inherited", given("b", nil), properties("a", "1"))
	n.config("s", registry.ConfigUpdate{
		DefaultMetadata:  put(registry.Metadata{Properties: properties("a", "default", "d", "default").Properties, Tags: map[string][]string{"R.a": {"OLD"}}, Sensitive: []string{"d"}}),
		OverrideMetadata: put(registry.Metadata{Properties: properties("o", "override").Properties, Tags: map[string][]string{"R.a": {"NEW"}}, Sensitive: []string{"o"}}),
	})
	merged := &registry.Metadata{
		Properties: properties("a", "1", "d", "default", "o", "override").Properties,
		Tags:       map[string][]string{"R.a": {"NEW"}}, Sensitive: []string{"d", "o"},
	}
	want("config around what is inherited", given("c", nil), merged)
	n.config("s", registry.ConfigUpdate{DefaultMetadata: registry.Optional[registry.Metadata]{Set: true}, OverrideMetadata: registry.Optional[registry.Metadata]{Set: true}})
	want("what was merged stays", given("d", nil), merged)
	want("given but empty", given("e", &registry.Metadata{}), &registry.Metadata{})

	got, err := n.LatestWithMetadata(t.Context(), in("s"), map[string]string{"o": "override", "a": "1"}, false, registry.ReadOptions{})
	if err != nil || got.Version != 4 {
		t.Errorf("LatestWithMetadata = version %d, %v; want 4", got.Version, err)
	}
	_, err = n.LatestWithMetadata(t.Context(), in("s"), map[string]string{"o": "x"}, false, registry.ReadOptions{})
	refused(t, "LatestWithMetadata", err, registry.CodeSchemaNotFound, "Schema not found")
	found, err := n.Lookup(t.Context(), in("s"), body(record("R", "e")), false, false, "")
	if err != nil || found.Version != 5 {
		t.Errorf("Lookup without the inherited metadata = version %d, %v; want 5", found.Version, err)
	}
}

// A null that a config holds says nothing of a schema (registry-api.md 10.2,
// 13.1): registering such metadata is refused, so nobody could copy it.
func TestNullsOfConfigStayThere(t *testing.T) {
	n := newNode(t)
	withNull := properties("given", "default", "other", "default")
	withNull.Properties["null"], withNull.Properties["given"] = nil, nil
	n.config("s", registry.ConfigUpdate{DefaultMetadata: put(*withNull), OverrideMetadata: put(registry.Metadata{Properties: map[string]*string{"given": nil}})})
	b := body(record("R", "a"))
	if got, want := n.put("s", b).Metadata, properties("other", "default"); !cmp.Equal(got, want) {
		t.Errorf("metadata without its own = %v", cmp.Diff(want, got))
	}
	b.Metadata = properties("given", "1")
	if got, want := n.put("s", b).Metadata, properties("given", "1", "other", "default"); !cmp.Equal(got, want) {
		t.Errorf("metadata with its own = %v", cmp.Diff(want, got))
	}
	found, err := n.Lookup(t.Context(), in("s"), b, false, false, "")
	if err != nil || found.Version != 2 {
		t.Errorf("Lookup = version %d, %v; want 2", found.Version, err)
	}
}

func cel(name, mode string) registry.Rule {
	return registry.Rule{Name: &name, Kind: "TRANSFORM", Mode: mode, Type: ptr("CEL")}
}

// Rule sets are merged, checked and found (registry-api.md 13.2, 13.4).
func TestRuleSets(t *testing.T) {
	n := newNode(t)
	n.config("s", registry.ConfigUpdate{DefaultRuleSet: put(registry.RuleSet{DomainRules: []registry.Rule{cel("foo", "READ"), cel("bar", "READ")}, EnableAt: "ALL"})})
	b := body(record("R", "a"))
	b.Rules = &registry.RuleSet{DomainRules: []registry.Rule{cel("bar", "WRITE")}}
	got := n.put("s", b)
	if diff := cmp.Diff(&registry.RuleSet{DomainRules: []registry.Rule{cel("foo", "READ"), cel("bar", "WRITE")}, EnableAt: "ALL"}, got.Rules); diff != "" {
		t.Errorf("merged rules (-want +got):\n%s", diff)
	}
	for ruleType, want := range map[string]int{"CEL": 1, "JSONATA": 0} {
		list, err := n.Schemas(t.Context(), registry.SchemaFilter{RuleType: ruleType, Page: all})
		if err != nil || len(list) != want {
			t.Errorf("Schemas(ruleType %s) has %d, %v; want %d", ruleType, len(list), err, want)
		}
	}
	long := strings.Repeat("x", 257)
	two := cel("x", "WRITE")
	two.OnSuccess = ptr("A,B")
	untyped := cel("x", "WRITE")
	untyped.Type = nil
	for message, set := range map[string]registry.RuleSet{
		"Missing rule name": {DomainRules: []registry.Rule{{}}},
		"Empty rule name":   {DomainRules: []registry.Rule{cel("", "READ")}},
		"Rule name too long": {
			DomainRules: []registry.Rule{cel(long, "READ")},
		},
		"Illegal initial character in rule name: 1a":             {DomainRules: []registry.Rule{cel("1a", "READ")}},
		"Illegal character in rule name: a b":                    {DomainRules: []registry.Rule{cel("a b", "READ")}},
		"Missing rule type":                                      {DomainRules: []registry.Rule{untyped}},
		"Multiple actions only valid with WRITEREAD and UPDOWN":  {DomainRules: []registry.Rule{two}},
		"Found rule with duplicate name 'x'":                     {MigrationRules: []registry.Rule{cel("x", "UPDOWN")}, EncodingRules: []registry.Rule{cel("x", "READ")}},
		"Migration rules can only be UPGRADE, DOWNGRADE, UPDOWN": {MigrationRules: []registry.Rule{cel("x", "READ")}},
		"Domain rules can only be WRITE, READ, WRITEREAD":        {DomainRules: []registry.Rule{cel("x", "UPGRADE")}},
		"Encoding rules can only be WRITE, READ, WRITEREAD":      {EncodingRules: []registry.Rule{cel("x", "UPGRADE")}},
	} {
		b := body(record("R", "a"))
		b.Rules = &set
		_, err := n.Register(t.Context(), in("s"), b, false, false, "")
		refused(t, "Register", err, registry.CodeInvalidRules, message)
		_, err = n.SetConfig(t.Context(), in("s"), registry.ConfigUpdate{OverrideRuleSet: put(set)})
		refused(t, "SetConfig", err, registry.CodeInvalidRules, message)
	}
}

// A registry may drop rule sets, as the community server does (13.3).
func TestRuleSetsDropped(t *testing.T) {
	settings := defaults()
	settings.DropRuleSets = true
	n := newNodeWith(t, settings)
	b := body(record("R", "a"))
	b.Rules = &registry.RuleSet{DomainRules: []registry.Rule{{}}}
	if got := n.put("s", b); got.Rules != nil {
		t.Errorf("rules = %+v, want none", got.Rules)
	}
	_, err := n.Lookup(t.Context(), in("s"), b, false, false, "")
	refused(t, "Lookup with rules", err, registry.CodeSchemaNotFound, "Schema not found")
}

// Reserved fields (registry-api.md 10.5), in the order of the wire.
func TestReservedFields(t *testing.T) {
	n := newNode(t)
	n.config("s", registry.ConfigUpdate{ValidateFields: put(true), Compatibility: put("NONE")})
	b := body(record("R", "a"))
	b.Metadata = properties("confluent:reserved", " gone, lost ,,y,z")
	n.put("s", b)
	next := body(record("R", "y"))
	next.Metadata = properties("confluent:reserved", "y,z")
	_, err := n.Register(t.Context(), in("s"), next, false, false, "")
	refused(t, "Register", err, registry.CodeIncompatible, `Schema being registered is incompatible with an earlier schema for subject "s", details: [`+
		"The new schema has reserved field lost removed from its metadata which is present in the old schema's metadata., "+
		"The new schema has reserved field gone removed from its metadata which is present in the old schema's metadata., "+
		"The new schema has field that conflicts with the reserved field y., {validateFields: 'true', compatibility: 'NONE'}]")
	first := body(record("R", "z"))
	first.Metadata = properties("confluent:reserved", "z")
	n.config("t", registry.ConfigUpdate{ValidateFields: put(true)})
	_, err = n.Register(t.Context(), in("t"), first, false, false, "")
	refused(t, "Register of a first version", err, registry.CodeIncompatible, "")
	if _, err := n.Register(t.Context(), in("s"), next, false, true, ""); err != nil {
		t.Errorf("Register with force = %v", err)
	}
}

// Inline tags: with a registration, by the tags call, found again
// (registry-api.md 14).
func TestTags(t *testing.T) {
	n := newNode(t)
	field := schema.EntityTags{Path: "R.a", Kind: schema.FieldEntity, Tags: []string{"PII"}}
	b := body(record("R", "a"))
	b.TagsToAdd = []schema.EntityTags{field}
	got := n.put("s", b)
	if shown(got) != "version 1 id 1 confluent:version=1" || !strings.Contains(got.Text(), `"confluent:tags":["PII"]`) {
		t.Errorf("Register with tags = %s %s", shown(got), got.Text())
	}
	if again := n.put("s", b); again.Version != 2 {
		t.Errorf("the same call again is %s, want version 2", shown(again))
	}
	read, err := n.Version(t.Context(), in("s"), 1, false, registry.ReadOptions{FindTags: []string{"PII"}})
	if diff := cmp.Diff([]schema.EntityTags{field}, read.Tags); diff != "" || err != nil {
		t.Errorf("findTags (-want +got):\n%s%v", diff, err)
	}
	plain := body(`{"type":"record","name":"R","fields":[{"name":"a","type":"int","default":0},{"name":"b","type":"int","default":0}]}`)
	plain.PropagateSchemaTags = true
	if got := n.put("s", plain); !strings.Contains(got.Text(), `"name":"a","type":"int","default":0,"confluent:tags":["PII"]`) {
		t.Errorf("propagated = %s", got.Text())
	}
	tagged, err := n.Tag(t.Context(), in("s"), 1, registry.TagRequest{Remove: []schema.EntityTags{field}, Add: []schema.EntityTags{{Path: "R", Kind: schema.RecordEntity, Tags: []string{"TOP"}}}})
	if err != nil || tagged.Version != 4 || strings.Contains(tagged.Text(), "PII") || !strings.Contains(tagged.Text(), `"TOP"`) {
		t.Errorf("Tag = %s %s, %v", shown(tagged.Stored), tagged.Text(), err)
	}
	if nothing, err := n.Tag(t.Context(), in("s"), registry.LatestVersion, registry.TagRequest{}); err != nil || nothing.Version != 5 {
		t.Errorf("a tags call that changes nothing = %s, %v; want version 5", shown(nothing.Stored), err)
	}
	_, err = n.Tag(t.Context(), in("s"), 1, registry.TagRequest{NewVersion: ptr(int32(9))})
	refused(t, "Tag with a wrong version", err, registry.CodeInvalidSchema, "Version is not one more than previous version")
	_, err = n.Tag(t.Context(), in("s"), 1, registry.TagRequest{Add: []schema.EntityTags{{Path: "R.z", Kind: schema.FieldEntity, Tags: []string{"T"}}}})
	refused(t, "Tag with a wrong path", err, registry.CodeInvalidSchema, "No matching path 'R.z' found in the schema")
	_, err = n.Tag(t.Context(), in("s"), 1, registry.TagRequest{Rules: &registry.RuleSet{}, HasRulesToRemove: true})
	refused(t, "Tag with rules twice", err, registry.CodeInvalidRules, "ruleSet should be omitted if specifying rulesToMerge or rulesToRemove")
	_, err = n.Tag(t.Context(), in("none"), 1, registry.TagRequest{})
	refused(t, "Tag", err, registry.CodeSubjectNotFound, "Subject 'none' not found.")
}

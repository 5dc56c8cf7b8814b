package rest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/registry"
)

func pointer[T any](v T) *T { return &v }

// The rows of registry-api.md 10.2 and 10.3 about bodies: absent keeps, null
// clears.
func TestConfigUpdate(t *testing.T) {
	for text, want := range map[string]registry.ConfigUpdate{
		`{}`:                                 {},
		`{"compatibilityLevel":"FULL"}`:      {},
		`{"compatibility":1}`:                {Compatibility: given(pointer("1"))},
		`{"compatibility":null}`:             {Compatibility: given[string](nil)},
		`{"alias":"","normalize":"tRue"}`:    {Alias: given(pointer("")), Normalize: given(pointer(true))},
		`{"normalize":"","validateRules":0}`: {Normalize: given[bool](nil), ValidateRules: given(pointer(false))},
		`{"defaultMetadata":{"properties":{"k":null,"n":1}}}`: {
			DefaultMetadata: given(&registry.Metadata{Properties: map[string]*string{"k": nil, "n": pointer("1")}}),
		},
		`{"overrideRuleSet":{}}`:  {OverrideRuleSet: given(&registry.RuleSet{})},
		`{"defaultRuleSet":null}`: {DefaultRuleSet: given[registry.RuleSet](nil)},
	} {
		v, f, err := parseBody(text)
		if err != nil {
			t.Fatal(err)
		}
		got := f.configUpdate(v)
		if diff := cmp.Diff(want, got); diff != "" || f.fault != nil {
			t.Errorf("configUpdate(%s) = %v (-want +got):\n%s", text, f.fault, diff)
		}
	}
	for _, text := range []string{
		`[]`, `"FULL"`, `{"compatibility":["FULL"]}`, `{"normalize":"yes"}`, `{"normalize":[]}`, `{"defaultMetadata":"none"}`,
		`{"overrideMetadata":{"tags":{"a":"PII"}}}`, `{"overrideMetadata":{"sensitive":"k"}}`, `{"defaultRuleSet":"x"}`,
	} {
		v, f, err := parseBody(text)
		if err != nil {
			t.Fatal(err)
		}
		if f.configUpdate(v); f.fault == nil {
			t.Errorf("configUpdate(%s) took it, want a 400", text)
		}
	}
}

func TestAppendConfig(t *testing.T) {
	level, policy := compat.FullTransitive, compat.Lenient
	config := registry.Config{
		Alias: pointer("a"), AliasForDeks: pointer("d"), Normalize: pointer(false), ValidateFields: pointer(true),
		ValidateNewSchemas: pointer(true), ValidateRules: pointer(false), CompatibilityLevel: &level, CompatibilityPolicy: &policy,
		CompatibilityGroup: pointer(""),
		DefaultMetadata: &registry.Metadata{
			Tags: map[string][]string{"b": {"x"}, "a": {}}, Properties: map[string]*string{"k": nil, "a": pointer("")},
		},
		OverrideMetadata: &registry.Metadata{},
		DefaultRuleSet:   &registry.RuleSet{DomainRules: []registry.Rule{{Name: pointer("r"), Kind: "CONDITION", Mode: "WRITE", Type: pointer("")}}},
	}
	const front = `{"alias":"a","aliasForDeks":"d","normalize":false,"validateFields":true,"validateNewSchemas":true,"validateRules":false,`
	const back = `"defaultMetadata":{"tags":{"a":[],"b":["x"]},"properties":{"a":"","k":null}},"overrideMetadata":{},` +
		`"defaultRuleSet":{"domainRules":[{"name":"r","kind":"CONDITION","mode":"WRITE","disabled":false}]}}`
	want := front + `"compatibilityLevel":"FULL_TRANSITIVE","compatibilityPolicy":"LENIENT",` + back
	if diff := cmp.Diff(want, string(appendConfig(nil, &config, levelRead))); diff != "" {
		t.Errorf("of GET (-want +got):\n%s", diff)
	}
	want = front + `"compatibility":"FULL_TRANSITIVE","compatibilityPolicy":"LENIENT","compatibilityGroup":"",` + back
	if diff := cmp.Diff(want, string(appendConfig(nil, &config, levelWritten))); diff != "" {
		t.Errorf("of PUT (-want +got):\n%s", diff)
	}
	if got := string(appendConfig(nil, &registry.Config{}, levelWritten)); got != "{}" {
		t.Errorf("of an empty config = %s", got)
	}
}

package model

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// Rule is the GraphQL type of that name.
type Rule struct {
	ID      string
	Version *SchemaVersion
	registry.Rule
}

// IsNode marks a Node.
func (*Rule) IsNode() {}

// The phases of a rule set, as they stand in ids of rules.
const (
	migrationRules = "migration"
	domainRules    = "domain"
	encodingRules  = "encoding"
)

// Rules are those of its data contract, phase by phase.
func (v *SchemaVersion) Rules() ([]*Rule, error) {
	rules := []*Rule{}
	x, err := v.content()
	if err != nil || x.Rules() == nil {
		return rules, err
	}
	add := func(phase string, list []registry.Rule) {
		for i := range list {
			ref := v.ref
			ref.Kind = kindRule
			ref.Part += "/" + phase + "/" + strconv.Itoa(i)
			rules = append(rules, &Rule{IDOf(ref), v, list[i]})
		}
	}
	add(migrationRules, x.Rules().MigrationRules)
	add(domainRules, x.Rules().DomainRules)
	add(encodingRules, x.Rules().EncodingRules)
	return rules, nil
}

// rule finds a rule by its place in a version.
func (r *Reader) rule(ref catalog.Ref) (*Rule, error) {
	number, _, _ := strings.Cut(ref.Part, "/")
	version := ref
	version.Kind, version.Part = catalog.KindSchemaVersion, number
	v, err := r.versionNode(version)
	if err != nil {
		return nil, err
	}
	rules, err := v.Rules()
	if err != nil {
		return nil, err
	}
	id := IDOf(ref)
	for _, rule := range rules {
		if rule.ID == id {
			return rule, nil
		}
	}
	return nil, &catalog.NotFoundError{Ref: ref}
}

// Name is its name; empty for none.
func (r *Rule) Name() string { return valueOf(r.Rule.Name) }

// Type is the executor that it is for.
func (r *Rule) Type() string { return valueOf(r.Rule.Type) }

// Tags are those of the fields that it is for.
func (r *Rule) Tags() []string { return append([]string{}, r.Rule.Tags...) }

package rest

import (
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema/jsontext"
)

// ruleSet reads a RuleSet (registry-api.md 13.4). A null in a list is read as
// a rule without anything, which the registry refuses (42210) wherever it
// looks at rules.
func (f *fields) ruleSet(v jsontext.Value) *registry.RuleSet {
	if !f.object(v) {
		return nil
	}
	set := &registry.RuleSet{}
	for member := range items(v) {
		switch member.Name() {
		case "migrationRules":
			set.MigrationRules = listOf(f, member, f.rule)
		case "domainRules":
			set.DomainRules = listOf(f, member, f.rule)
		case "encodingRules":
			set.EncodingRules = listOf(f, member, f.rule)
		case "enableAt":
			set.EnableAt = f.enum(member, "ALL", "CLIENT", "GATEWAY", "SERVER", "NONE")
		}
	}
	return set
}

func (f *fields) rule(v jsontext.Value) registry.Rule {
	r := registry.Rule{}
	if !f.object(v) {
		return r
	}
	for member := range items(v) {
		switch member.Name() {
		case "name":
			r.Name = f.str(member)
		case "doc":
			r.Doc = f.str(member)
		case "kind":
			r.Kind = f.enum(member, "TRANSFORM", "CONDITION")
		case "mode":
			r.Mode = f.enum(member, "UPGRADE", "DOWNGRADE", "UPDOWN", "WRITE", "READ", "WRITEREAD")
		case "type":
			r.Type = f.str(member)
		case "tags":
			r.Tags = f.set(member)
		case "params":
			r.Params = f.strings(member, false)
		case "expr":
			r.Expr = f.str(member)
		case "onSuccess":
			r.OnSuccess = f.str(member)
		case "onFailure":
			r.OnFailure = f.str(member)
		case "disabled":
			r.Disabled = f.isTrue(member)
		}
	}
	if r.Kind == "" {
		r.Kind = "TRANSFORM"
	}
	if r.Mode == "" {
		r.Mode = "WRITEREAD"
	}
	return r
}

func appendRuleSet(b []byte, set *registry.RuleSet) []byte {
	b = append(b, '{')
	first := true
	b = appendRules(b, "migrationRules", set.MigrationRules, &first)
	b = appendRules(b, "domainRules", set.DomainRules, &first)
	b = appendRules(b, "encodingRules", set.EncodingRules, &first)
	b = appendNonEmpty(b, "enableAt", set.EnableAt, &first)
	return append(b, '}')
}

func appendRules(b []byte, name string, rules []registry.Rule, first *bool) []byte {
	if len(rules) == 0 {
		return b
	}
	b = appendName(b, name, first)
	return appendList(b, rules, func(b []byte, r registry.Rule) []byte { return appendRule(b, &r) })
}

func appendRule(b []byte, r *registry.Rule) []byte {
	b = append(b, '{')
	first := true
	b = appendNonEmptyPointer(b, "name", r.Name, &first)
	b = appendNonEmptyPointer(b, "doc", r.Doc, &first)
	b = appendNonEmpty(b, "kind", r.Kind, &first)
	b = appendNonEmpty(b, "mode", r.Mode, &first)
	b = appendNonEmptyPointer(b, "type", r.Type, &first)
	if len(r.Tags) > 0 {
		b = appendName(b, "tags", &first)
		b = appendTexts(b, r.Tags)
	}
	if len(r.Params) > 0 {
		b = appendStrings(appendName(b, "params", &first), r.Params)
	}
	b = appendNonEmptyPointer(b, "expr", r.Expr, &first)
	b = appendNonEmptyPointer(b, "onSuccess", r.OnSuccess, &first)
	b = appendNonEmptyPointer(b, "onFailure", r.OnFailure, &first)
	b = appendName(b, "disabled", &first)
	b = appendBool(b, r.Disabled)
	return append(b, '}')
}

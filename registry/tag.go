package registry

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/schema"
)

// Tag is POST /subjects/{subject}/versions/{version}/tags (registry-api.md
// 14.3): the text of that version, with other tags, becomes the next version.
func (r *Registry) Tag(ctx context.Context, s Subject, v VersionArg, req TagRequest) (Registered, error) {
	if err := r.authorizeSubject(ctx, auth.Write, s); err != nil {
		return Registered{}, err
	}
	if s.Context == GlobalContext || !nameable(s) {
		return Registered{}, invalidSubject(s)
	}
	snap, in, found, err := r.versionAnywhere(ctx, s, v, false)
	if err != nil {
		return Registered{}, err
	}
	base := snap.space(in.Context).content(found.id)
	body := SchemaBody{Type: base.kind, References: bodyReferences(base.refs), Metadata: req.Metadata, Version: req.NewVersion}
	if body.Metadata == nil {
		body.Metadata = base.metadata
	}
	if value(body.Version, 0) <= 0 {
		next := int32(-1)
		body.Version = &next
	}
	if body.Rules, err = r.tagRules(snap, s, req); err != nil {
		return Registered{}, err
	}
	parsed, err := r.stored(ctx, snap, in.Context, base)
	if err != nil {
		return Registered{}, r.invalid(s, body, err)
	}
	text := parsed.Text()
	if len(req.Add) > 0 || len(req.Remove) > 0 {
		if text, err = parsed.Retag(schema.TagChange{Add: req.Add, Remove: req.Remove}); err != nil {
			return Registered{}, tagRefused(err)
		}
	}
	body.Schema = &text
	g := newRegistration(r, s, body)
	g.tagging = true
	a, err := g.run(ctx)
	return Registered{a}, err
}

// tagRules gives the rule set of a tags call: the one that replaces all, or
// what the call makes of that of the version before the new one.
func (r *Registry) tagRules(snap *Snapshot, s Subject, req TagRequest) (*RuleSet, error) {
	if r.opts.Settings.DropRuleSets {
		return nil, req.RulesToMerge.validate()
	}
	if req.Rules != nil && (req.RulesToMerge != nil || req.HasRulesToRemove) {
		return nil, invalidRules("ruleSet should be omitted if specifying rulesToMerge or rulesToRemove")
	}
	if req.RulesToMerge == nil && len(req.RulesToRemove) == 0 {
		return req.Rules, req.Rules.validate()
	}
	before := LatestVersion
	if n := value(req.NewVersion, 0); n > 0 {
		before = VersionArg(n - 1)
	}
	found := snap.find(s, before, false)
	if found == nil {
		return nil, invalidSchema("Version is not one more than previous version")
	}
	if err := req.RulesToMerge.validate(); err != nil {
		return nil, err
	}
	merged := mergeRules(snap.space(s.Context).content(found.id).rules, req.RulesToMerge)
	return merged.without(req.RulesToRemove), nil
}

// without gives a rule set without the rules of some names.
func (r *RuleSet) without(names []string) *RuleSet {
	if r == nil || len(names) == 0 {
		return r
	}
	drop := func(list []Rule) []Rule {
		return slices.DeleteFunc(slices.Clone(list), func(rule Rule) bool { return slices.Contains(names, value(rule.Name, "")) })
	}
	return &RuleSet{drop(r.MigrationRules), drop(r.DomainRules), drop(r.EncodingRules), r.EnableAt}
}

package registry

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/auth"
)

// NoAssociation is the lifecycle filter for subjects without associations
// (registry-api.md 7.1).
const NoAssociation = "NONE"

// Schemas is GET /schemas (registry-api.md 7.1), by subject, then version.
func (r *Registry) Schemas(ctx context.Context, f SchemaFilter) ([]Stored, error) {
	if err := r.authorizeKind(ctx, auth.Read, "subject", ""); err != nil {
		return nil, err
	}
	s := r.Snapshot()
	subjects := s.matching(f.Prefix)
	var aliases map[Subject][]Subject
	if f.Aliases {
		aliases = s.aliasesUnder(f.Prefix)
		subjects = slices.Values(s.withTargets(slices.Collect(subjects), aliases))
	}
	var found []Stored
	skip := max(f.Page.Offset, 0)
	for sub := range subjects {
		associations, ok := r.associationsFor(s, sub.full, f)
		if !ok {
			continue
		}
		for _, v := range sub.chosen(f) {
			x := s.space(sub.full.Context).content(v.id)
			if x == nil || f.RuleType != "" && !x.rules.has(f.RuleType) {
				continue
			}
			if skip > 0 {
				skip--
				continue
			}
			if f.Page.Limit >= 0 && len(found) >= f.Page.Limit {
				return found, nil
			}
			a := answer(sub.full, v, x)
			a.Aliases, a.Associations = aliases[sub.full], associations
			found = append(found, a)
		}
	}
	return found, nil
}

// chosen gives the versions of a subject that a filter lets pass, ascending.
func (s *subject) chosen(f SchemaFilter) []*version {
	var list []*version
	for v := range s.newestFirst(f.Deleted) {
		list = append(list, v)
		if f.LatestOnly {
			break
		}
	}
	slices.Reverse(list)
	return list
}

// has says whether any rule is of a type.
func (r *RuleSet) has(ruleType string) bool {
	if r == nil {
		return false
	}
	for _, list := range r.lists() {
		if slices.ContainsFunc(list, func(rule Rule) bool { return value(rule.Type, "") == ruleType }) {
			return true
		}
	}
	return false
}

// aliasesUnder gives the aliases whose own names a prefix covers, by target.
func (s *Snapshot) aliasesUnder(text string) map[Subject][]Subject {
	p := parsePrefix(text)
	targets := map[Subject][]Subject{}
	s.settings.From(settingKey{kind: ConfigSetting}, func(key settingKey, x *setting) bool {
		if key.kind != ConfigSetting {
			return false
		}
		if alias := value(x.config.Alias, ""); alias != "" && key.scope.Name != "" && p.covers(key.scope) {
			target := resolveSubject(key.scope.Context, alias)
			targets[target] = append(targets[target], key.scope)
		}
		return true
	})
	for _, names := range targets {
		slices.SortFunc(names, compareFull)
	}
	return targets
}

// withTargets adds the targets of aliases that a list lacks.
func (s *Snapshot) withTargets(list []listed, aliases map[Subject][]Subject) []listed {
	if len(aliases) == 0 {
		return list
	}
	there := make(map[Subject]bool, len(list))
	for _, l := range list {
		there[l.full] = true
	}
	for target := range aliases {
		if sub := s.subject(target); sub != nil && !there[target] {
			list = append(list, listed{sub, target})
		}
	}
	slices.SortFunc(list, func(a, b listed) int { return compareFull(a.full, b.full) })
	return list
}

// associationsFor gives the associations of a subject that the filter asks
// for; ok is false when the subject does not pass.
func (r *Registry) associationsFor(s *Snapshot, name Subject, f SchemaFilter) (list []Association, ok bool) {
	if !f.ByAssociation {
		return nil, true
	}
	var all []*Association
	if r.opts.Settings.AssociationsEnabled {
		all = s.associations.of(name)
	}
	for _, a := range all {
		if (f.ResourceType == "" || a.ResourceType == f.ResourceType) &&
			(len(f.AssociationTypes) == 0 || slices.Contains(f.AssociationTypes, a.AssociationType)) &&
			(len(f.Lifecycles) == 0 || slices.Contains(f.Lifecycles, a.Lifecycle)) {
			list = append(list, *a)
		}
	}
	return list, len(list) > 0 || len(all) == 0 && slices.Contains(f.Lifecycles, NoAssociation)
}

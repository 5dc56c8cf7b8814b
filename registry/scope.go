package registry

import "github.com/weir-registry/weir/compat"

// rules are the settings that hold for a subject, none left open.
type rules struct {
	Config
	normalize      bool
	validateFields bool
	validateNew    bool
	level          compat.Level
	policy         compat.Policy
	group          string
	hasDefaults    bool // of metadata or rules, or overrides
}

// inScope gives the config that holds for a subject or a context
// (registry-api.md 10.4): its own, with the gaps that the plain global config
// fills; else the context's; else that of all contexts. ok is false when only
// the server's defaults hold.
func (s *Snapshot) inScope(scope Subject) (c Config, ok bool) {
	if own := s.config(scope); own != nil {
		c = *own
		if global := s.config(Subject{DefaultContext, ""}); global != nil && scope.Name != "" {
			fill(&c.Normalize, global.Normalize)
			fill(&c.ValidateFields, global.ValidateFields)
			fill(&c.ValidateNewSchemas, global.ValidateNewSchemas)
			fill(&c.ValidateRules, global.ValidateRules)
			fill(&c.CompatibilityPolicy, global.CompatibilityPolicy)
			fill(&c.CompatibilityGroup, global.CompatibilityGroup)
		}
		return c, true
	}
	for _, at := range []Subject{{scope.Context, ""}, {GlobalContext, ""}} {
		if own := s.config(at); own != nil {
			return *own, true
		}
	}
	return Config{}, false
}

func fill[T any](field **T, from *T) {
	if *field == nil {
		*field = from
	}
}

// rulesFor gives the settings that hold for a subject, with the server's
// defaults in the gaps.
func (r *Registry) rulesFor(s *Snapshot, scope Subject) rules {
	c, _ := s.inScope(scope)
	return rules{
		Config:         c,
		normalize:      value(c.Normalize, false),
		validateFields: value(c.ValidateFields, r.opts.Settings.ValidateFields),
		validateNew:    value(c.ValidateNewSchemas, r.opts.Settings.ValidateNewSchemas),
		level:          value(c.CompatibilityLevel, r.opts.Settings.CompatibilityLevel),
		policy:         value(c.CompatibilityPolicy, compat.Strict),
		group:          value(c.CompatibilityGroup, ""),
		hasDefaults:    c.DefaultMetadata != nil || c.OverrideMetadata != nil || c.DefaultRuleSet != nil || c.OverrideRuleSet != nil,
	}
}

// value gives what a pointer points to, or what stands for nil.
func value[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}

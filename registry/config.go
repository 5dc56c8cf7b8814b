package registry

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/compat"
)

// Config is GET /config and /config/{subject} (registry-api.md 10.1): scope
// with an empty Name is a context, {DefaultContext, ""} is /config.
func (r *Registry) Config(ctx context.Context, scope Subject, defaultToGlobal bool) (Config, error) {
	if err := r.authorizeKind(ctx, auth.Read, "config", scope.String()); err != nil {
		return Config{}, err
	}
	if scope.Context == GlobalContext {
		scope.Name = ""
	}
	s := r.Snapshot()
	own := s.config(scope)
	switch {
	case defaultToGlobal:
		c, _ := s.inScope(scope)
		own = &c
	case own == nil && scope.global():
		own = &Config{}
	case own == nil:
		return Config{}, refuse(CodeConfigNotFound, "Subject '%s' does not have subject-level compatibility configured", scope)
	}
	return r.shown(*own), nil
}

// global says whether a scope is /config and /mode, or that of all contexts:
// these answer even when nothing is stored.
func (s Subject) global() bool {
	return s.Name == "" && (s.Context == DefaultContext || s.Context == GlobalContext)
}

// shown gives a config as GET and DELETE show it: without a level of its own,
// the server's default stands there (registry-api.md 10.3).
func (r *Registry) shown(c Config) Config {
	if c.CompatibilityLevel == nil {
		level := r.opts.Settings.CompatibilityLevel
		c.CompatibilityLevel = &level
	}
	return c
}

// SetConfig is PUT /config (registry-api.md 10.3).
func (r *Registry) SetConfig(ctx context.Context, scope Subject, u ConfigUpdate) (Config, error) {
	if err := r.authorizeKind(ctx, auth.Admin, "config", scope.String()); err != nil {
		return Config{}, err
	}
	if err := r.judgeUpdate(&u); err != nil {
		return Config{}, err
	}
	if !nameable(scope) {
		return Config{}, invalidSubject(scope)
	}
	var next Config
	_, err := r.commit(ctx, SettingKey(ConfigSetting, scope), func(_ context.Context, s *Snapshot) (*plan, error) {
		if !s.modeOf(scope).writable() {
			return nil, readOnlySetting(scope)
		}
		var before []byte
		if own := s.config(scope); own != nil {
			next, before = *own, []byte(own.encode())
		} else {
			next = Config{}
		}
		next.update(u)
		p := &plan{}
		p.readScope(scope)
		p.write(PutSetting{Row: SettingRow{ConfigSetting, scope, next.encode()}, Before: before})
		return p, nil
	})
	return next, err
}

// readOnlySetting refuses to change a config in READONLY; /config has no
// subject (registry-api.md 2.4).
func readOnlySetting(scope Subject) error {
	if scope == (Subject{DefaultContext, ""}) {
		return notPermitted("Subject null in context  is in read-only mode")
	}
	return readOnly(scope)
}

// judgeUpdate checks an update, and drops rule sets where they are not kept.
func (r *Registry) judgeUpdate(u *ConfigUpdate) error {
	if u.Compatibility.Value != nil {
		level, err := compat.ParseLevel(*u.Compatibility.Value)
		if err != nil {
			return refuse(CodeInvalidLevel, "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive")
		}
		text := string(level)
		u.Compatibility.Value = &text
	}
	if r.opts.Settings.DropRuleSets && (u.DefaultRuleSet.Set || u.OverrideRuleSet.Set) {
		u.DefaultRuleSet, u.OverrideRuleSet = Optional[RuleSet]{Set: true}, Optional[RuleSet]{Set: true}
	}
	if err := u.DefaultRuleSet.Value.validate(); err != nil {
		return err
	}
	return u.OverrideRuleSet.Value.validate()
}

// update applies an update: what is absent stays, null clears.
func (c *Config) update(u ConfigUpdate) {
	set(&c.Alias, u.Alias)
	set(&c.AliasForDeks, u.AliasForDeks)
	set(&c.Normalize, u.Normalize)
	set(&c.ValidateFields, u.ValidateFields)
	set(&c.ValidateNewSchemas, u.ValidateNewSchemas)
	set(&c.ValidateRules, u.ValidateRules)
	set(&c.CompatibilityGroup, u.CompatibilityGroup)
	set(&c.DefaultMetadata, u.DefaultMetadata)
	set(&c.OverrideMetadata, u.OverrideMetadata)
	set(&c.DefaultRuleSet, u.DefaultRuleSet)
	set(&c.OverrideRuleSet, u.OverrideRuleSet)
	if u.Compatibility.Set {
		c.CompatibilityLevel = (*compat.Level)(u.Compatibility.Value)
	}
	if u.CompatibilityPolicy.Set {
		c.CompatibilityPolicy = parsePolicy(u.CompatibilityPolicy.Value)
	}
}

func set[T any](field **T, o Optional[T]) {
	if o.Set {
		*field = o.Value
	}
}

// parsePolicy reads a policy in any letter case; an unknown one is none
// (registry-api.md 10.2).
func parsePolicy(text *string) *compat.Policy {
	switch p := compat.Policy(strings.ToUpper(value(text, ""))); p {
	case compat.Strict, compat.Lenient, compat.Logical:
		return &p
	}
	return nil
}

// DeleteConfig is DELETE /config; it answers the config before.
func (r *Registry) DeleteConfig(ctx context.Context, scope Subject) (Config, error) {
	if err := r.authorizeKind(ctx, auth.Admin, "config", scope.String()); err != nil {
		return Config{}, err
	}
	var before Config
	_, err := r.commit(ctx, SettingKey(ConfigSetting, scope), func(_ context.Context, s *Snapshot) (*plan, error) {
		own := s.config(scope)
		if own == nil && !scope.global() {
			return nil, subjectNotFound(scope)
		}
		if !s.modeOf(scope).writable() {
			return nil, readOnlySetting(scope)
		}
		if own == nil {
			before = Config{}
			return nil, nil
		}
		before = *own
		p := &plan{}
		p.readScope(scope)
		p.write(DeleteSetting{ConfigSetting, scope, []byte(own.encode())})
		return p, nil
	})
	return r.shown(before), err
}

// AliasOf gives the subject that requests for s go to: s itself, or the target
// of its alias (registry-api.md 12.4). dek asks for aliasForDeks first.
func (r *Registry) AliasOf(s Subject, dek bool) Subject {
	own := r.Snapshot().config(s)
	if own == nil || s.Name == "" {
		return s
	}
	alias := value(own.Alias, "")
	if dek {
		if forDeks := value(own.AliasForDeks, ""); forDeks != "" {
			alias = forDeks
		}
	}
	if alias == "" {
		return s
	}
	return resolveSubject(s.Context, alias)
}

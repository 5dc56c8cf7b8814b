package registry

import (
	"github.com/weir-registry/weir/compat"
)

// Config is a config as stored or in scope (registry-api.md 10.2). Nil is
// unset.
type Config struct {
	Alias               *string
	AliasForDeks        *string
	Normalize           *bool
	ValidateFields      *bool
	ValidateNewSchemas  *bool
	ValidateRules       *bool
	CompatibilityLevel  *compat.Level
	CompatibilityPolicy *compat.Policy
	CompatibilityGroup  *string
	DefaultMetadata     *Metadata
	OverrideMetadata    *Metadata
	DefaultRuleSet      *RuleSet
	OverrideRuleSet     *RuleSet
}

// Optional is a field of an update: absent, null (Set, Value nil), or a value.
type Optional[T any] struct {
	Set   bool
	Value *T
}

// ConfigUpdate is the body of PUT /config (registry-api.md 10.3). Level is as
// sent; the registry judges it (42203).
type ConfigUpdate struct {
	Alias               Optional[string]
	AliasForDeks        Optional[string]
	Normalize           Optional[bool]
	ValidateFields      Optional[bool]
	ValidateNewSchemas  Optional[bool]
	ValidateRules       Optional[bool]
	Compatibility       Optional[string]
	CompatibilityPolicy Optional[string]
	CompatibilityGroup  Optional[string]
	DefaultMetadata     Optional[Metadata]
	OverrideMetadata    Optional[Metadata]
	DefaultRuleSet      Optional[RuleSet]
	OverrideRuleSet     Optional[RuleSet]
}

package registry

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/weir-registry/weir/compat"
)

// settingKey names a setting of a scope.
type settingKey struct {
	kind  SettingKind
	scope Subject
}

func compareSettingKeys(a, b settingKey) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), compareSubjects(a.scope, b.scope))
}

// setting is a config, a mode or a naming policy in memory; which, says its
// key.
type setting struct {
	config *Config
	mode   Mode
	naming []Strategy
}

// config gives what is stored for a scope, nil for nothing.
func (s *Snapshot) config(scope Subject) *Config {
	if x, ok := s.settings.Get(settingKey{ConfigSetting, scope}); ok {
		return x.config
	}
	return nil
}

// mode gives what is stored for a scope.
func (s *Snapshot) mode(scope Subject) (Mode, bool) {
	x, ok := s.settings.Get(settingKey{ModeSetting, scope})
	if !ok {
		return "", false
	}
	return x.mode, true
}

// decodeSetting reads SettingRow.Value.
func decodeSetting(kind SettingKind, value string) (*setting, error) {
	if kind == ModeSetting {
		var m Mode
		if err := json.Unmarshal([]byte(value), &m); err != nil {
			return nil, fmt.Errorf("stored mode: %w", err)
		}
		return &setting{mode: m}, nil
	}
	if kind == NamingSetting {
		return decodeNaming(value)
	}
	var stored storedConfig
	if err := json.Unmarshal([]byte(value), &stored); err != nil {
		return nil, fmt.Errorf("stored config: %w", err)
	}
	c := Config(stored)
	return &setting{config: &c}, nil
}

// storedConfig is a Config as rows keep it: what is unset is left out.
type storedConfig struct {
	Alias               *string        `json:"alias,omitempty"`
	AliasForDeks        *string        `json:"aliasForDeks,omitempty"`
	Normalize           *bool          `json:"normalize,omitempty"`
	ValidateFields      *bool          `json:"validateFields,omitempty"`
	ValidateNewSchemas  *bool          `json:"validateNewSchemas,omitempty"`
	ValidateRules       *bool          `json:"validateRules,omitempty"`
	CompatibilityLevel  *compat.Level  `json:"compatibilityLevel,omitempty"`
	CompatibilityPolicy *compat.Policy `json:"compatibilityPolicy,omitempty"`
	CompatibilityGroup  *string        `json:"compatibilityGroup,omitempty"`
	DefaultMetadata     *Metadata      `json:"defaultMetadata,omitempty"`
	OverrideMetadata    *Metadata      `json:"overrideMetadata,omitempty"`
	DefaultRuleSet      *RuleSet       `json:"defaultRuleSet,omitempty"`
	OverrideRuleSet     *RuleSet       `json:"overrideRuleSet,omitempty"`
}

// encode gives the value of the row.
func (c Config) encode() string { return mustJSON(storedConfig(c)) }

// mustJSON encodes values whose types cannot fail.
func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("registry: " + err.Error())
	}
	return string(b)
}

package registry

// Metadata is the metadata of a schema (registry-api.md 3.5). A nil pointer is
// "none"; an empty value is "given, but empty": the two have different ids.
type Metadata struct {
	// Tags maps a path to its set of tags, sorted.
	Tags map[string][]string `json:"tags,omitempty"`
	// Properties maps a key to its value; a nil value can only occur in the
	// default and override metadata of a config (10.2).
	Properties map[string]*string `json:"properties,omitempty"`
	// Sensitive names properties, sorted.
	Sensitive []string `json:"sensitive,omitempty"`
}

// RuleSet is the rule set of a schema (registry-api.md 13.4). A nil pointer is
// "none".
type RuleSet struct {
	MigrationRules []Rule `json:"migrationRules,omitempty"`
	DomainRules    []Rule `json:"domainRules,omitempty"`
	EncodingRules  []Rule `json:"encodingRules,omitempty"`
	// EnableAt is "", "ALL", "CLIENT", "GATEWAY", "SERVER" or "NONE".
	EnableAt string `json:"enableAt,omitempty"`
}

// Rule is one rule. Nil pointers are absent texts; Kind and Mode hold their
// defaults when the client left them out.
type Rule struct {
	Name      *string           `json:"name,omitempty"`
	Doc       *string           `json:"doc,omitempty"`
	Kind      string            `json:"kind"` // TRANSFORM, CONDITION
	Mode      string            `json:"mode"` // UPGRADE, DOWNGRADE, UPDOWN, WRITE, READ, WRITEREAD
	Type      *string           `json:"type,omitempty"`
	Tags      []string          `json:"tags,omitempty"` // sorted, unique; nil when absent
	Params    map[string]string `json:"params,omitempty"`
	Expr      *string           `json:"expr,omitempty"`
	OnSuccess *string           `json:"onSuccess,omitempty"`
	OnFailure *string           `json:"onFailure,omitempty"`
	Disabled  bool              `json:"disabled"`
}

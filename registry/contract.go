package registry

// Metadata is the metadata of a schema (registry-api.md 3.5). A nil pointer is
// "none"; an empty value is "given, but empty": the two have different ids.
type Metadata struct {
	// Tags maps a path to its set of tags, sorted.
	Tags map[string][]string
	// Properties maps a key to its value; a nil value can only occur in the
	// default and override metadata of a config (10.2).
	Properties map[string]*string
	// Sensitive names properties, sorted.
	Sensitive []string
}

// RuleSet is the rule set of a schema (registry-api.md 13.4). A nil pointer is
// "none".
type RuleSet struct {
	MigrationRules []Rule
	DomainRules    []Rule
	EncodingRules  []Rule
	// EnableAt is "", "ALL", "CLIENT", "GATEWAY", "SERVER" or "NONE".
	EnableAt string
}

// Rule is one rule. Nil pointers are absent texts; Kind and Mode hold their
// defaults when the client left them out.
type Rule struct {
	Name      *string
	Doc       *string
	Kind      string // TRANSFORM, CONDITION
	Mode      string // UPGRADE, DOWNGRADE, UPDOWN, WRITE, READ, WRITEREAD
	Type      *string
	Tags      []string // sorted, unique; nil when absent
	Params    map[string]string
	Expr      *string
	OnSuccess *string
	OnFailure *string
	Disabled  bool
}

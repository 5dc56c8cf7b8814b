package registry

import (
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// VersionArg is a version as a path gives it: a number, or LatestVersion.
// Package rest has refused what does not parse (42202).
type VersionArg int32

// LatestVersion is "latest" and "-1" of registry-api.md 4.1.
const LatestVersion VersionArg = -1

// Stored is a version as the wire shows it (registry-api.md 3.1, 3.2).
type Stored struct {
	Subject Subject
	Version int32
	ID      int32
	GUID    GUID
	Type    schema.Type
	// Text gives the schema text. TextJSON is the same as the inside of a JSON
	// string (escaped, no quotes); it must not be changed.
	TextJSON   []byte
	References []schema.Reference
	Metadata   *Metadata
	Rules      *RuleSet
	Tags       []schema.EntityTags // only where asked for
	// Timed says that ts and deleted belong in the answer.
	Timed   bool
	At      int64 // microseconds
	Deleted bool
	// MaxID is set when asked for.
	MaxID int32
	// Aliases and Associations are set by Schemas only.
	Aliases      []Subject
	Associations []Association
}

// SchemaBody is the body of register, lookup and compatibility
// (registry-api.md 3.3), decoded but not judged. Nil pointers are absent.
type SchemaBody struct {
	Schema              *string
	Type                schema.Type // AVRO when absent; not judged
	References          []BodyReference
	Metadata            *Metadata
	Rules               *RuleSet
	Version             *int32
	ID                  *int32
	TagsToAdd           []schema.EntityTags
	TagsToRemove        []schema.EntityTags
	PropagateSchemaTags bool
}

// BodyReference is a reference as sent; nil parts are absent or null.
type BodyReference struct {
	Name    *string
	Subject *string
	Version *int32
}

// ReadOptions shape the answer of a read.
type ReadOptions struct {
	Format          string   // registry-api.md 15.2
	ReferenceFormat string   // "qualified"
	FindTags        []string // 14.1; "*" for all
}

// Registered is the answer of a registration (registry-api.md 3.4).
type Registered struct{ Stored }

// SubjectFilter chooses subjects (registry-api.md 6.1).
type SubjectFilter struct {
	Prefix      string // as sent; ":*:" when absent
	Deleted     bool
	DeletedOnly bool
	Page        Page
}

// VersionFilter chooses versions (registry-api.md 6.2).
type VersionFilter struct {
	Deleted, DeletedOnly, DeletedAsNegative bool
	Page                                    Page
}

// SchemaFilter chooses schemas (registry-api.md 7.1).
type SchemaFilter struct {
	Prefix           string
	Aliases          bool
	Deleted          bool
	LatestOnly       bool
	RuleType         string
	ByAssociation    bool // any of the three association filters was given
	ResourceType     string
	AssociationTypes []string
	Lifecycles       []string
	Page             Page
}

// CompatAnswer is the answer of a compatibility check (registry-api.md 5.8).
type CompatAnswer struct {
	Compatible bool
	// Messages are the wire's texts, in order; filled whenever the verdict is
	// no, or when verbose was asked (then maybe empty).
	Messages []string
	// Result is what the check found, for the structured twin.
	Result compat.Result
}

// SubjectVersion names a version.
type SubjectVersion struct {
	Subject Subject
	Version int32
}

// ContextID is an id in a context.
type ContextID struct {
	Context Context
	ID      int32
}

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

// TagRequest is the body of the tags endpoint (registry-api.md 14.3).
type TagRequest struct {
	NewVersion    *int32
	Add, Remove   []schema.EntityTags
	Metadata      *Metadata
	Rules         *RuleSet
	RulesToMerge  *RuleSet
	RulesToRemove []string
	// HasRulesToRemove tells an empty list from an absent one.
	HasRulesToRemove bool
}

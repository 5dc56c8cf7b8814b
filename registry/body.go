package registry

import (
	"github.com/weir-registry/weir/schema"
)

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

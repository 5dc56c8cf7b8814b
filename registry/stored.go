package registry

import (
	"github.com/weir-registry/weir/schema"
)

// Stored is a version as the wire shows it (registry-api.md 3.1, 3.2).
type Stored struct {
	Subject    Subject
	Version    int32
	ID         int32
	GUID       GUID
	Type       schema.Type
	text       packed // Text, AppendTextJSON
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

// Registered is the answer of a registration (registry-api.md 3.4).
type Registered struct{ Stored }

// ReadOptions shape the answer of a read.
type ReadOptions struct {
	Format          string   // registry-api.md 15.2
	ReferenceFormat string   // "qualified"
	FindTags        []string // 14.1; "*" for all
}

package catalog

import (
	"context"
	"encoding/json"

	"github.com/weir-registry/weir/feed"
)

// Part is which part of the metadata of an entity an annotation is.
type Part string

// The parts. What Item and Value of an annotation are:
//
//	DESCRIPTION        Item ""              Value a JSON string
//	OWNER              Item role " " owner  Value {}
//	TAG                Item the tag         Value its attributes, {} for none
//	TERM               Item the term        Value {}
//	DOMAIN             Item ""              Value a JSON string, the domain's name
//	DEPRECATION        Item ""              Value a DeprecationValue, and "since"
//	LINK               Item the URL         Value {"title", "position"}
//	BUSINESS_METADATA  Item the definition  Value its values by attribute
//	ATTRIBUTE          Item the name        Value a JSON string
const (
	PartDescription Part = "DESCRIPTION"
	PartOwner       Part = "OWNER"
	PartTag         Part = "TAG"
	PartTerm        Part = "TERM"
	PartDomain      Part = "DOMAIN"
	PartDeprecation Part = "DEPRECATION"
	PartLink        Part = "LINK"
	PartMetadata    Part = "BUSINESS_METADATA"
	PartAttribute   Part = "ATTRIBUTE"
)

// AnnotationKey names one thing that is said of an entity, by one source.
type AnnotationKey struct {
	Entity Ref    `json:"entity"`
	Part   Part   `json:"part"`
	Item   string `json:"item,omitempty"`
	Source Source `json:"source"`
	Set    string `json:"set,omitempty"`
}

// AnnotationRow is one thing that is said of an entity.
type AnnotationRow struct {
	AnnotationKey
	Value json.RawMessage `json:"value"`
	By    string          `json:"by,omitempty"`
	At    int64           `json:"at"` // microseconds
}

// EntityRow is there for each entity of which something was ever said, and for
// each definition but those of tags and business metadata, which have tables of
// their own (docs/design.md section 3).
type EntityRow struct {
	Ref Ref `json:"entity"`
	// Document is the definition as JSON, nil for what is derived or gone.
	Document json.RawMessage `json:"document,omitempty"`
	// Version counts the entity's changes; it outlives the definition.
	Version   int64  `json:"version"`
	CreatedAt int64  `json:"createdAt"` // microseconds
	CreatedBy string `json:"createdBy,omitempty"`
	UpdatedAt int64  `json:"updatedAt"`
	UpdatedBy string `json:"updatedBy,omitempty"`
}

// DefinitionRow is a tag definition or a business metadata definition.
type DefinitionRow struct {
	Ref      Ref
	Document json.RawMessage
}

// Store is what the catalog asks of the database. Reads are short, as the
// registry's are (registry.Store).
type Store interface {
	feed.Log

	ReadEntities(ctx context.Context, each func(*EntityRow) error) error
	ReadAnnotations(ctx context.Context, each func(*AnnotationRow) error) error
	ReadDefinitions(ctx context.Context, each func(*DefinitionRow) error) error

	// ChangesOf gives the changes of one key (feed.Change.Key), newest first,
	// those before a place in the log (the Revision and Ordinal of a change;
	// zero: from the newest), at most limit. Registrations
	// (registry.KindPutVersion) are not among them: versions know their own
	// revision.
	ChangesOf(ctx context.Context, key string, before feed.Cursor, limit int) ([]feed.Change, error)
	// ChangesOfAssociations is ChangesOf for the changes of all associations of
	// the registry, whose keys say nothing of their subjects.
	ChangesOfAssociations(ctx context.Context, before feed.Cursor, limit int) ([]feed.Change, error)
	// ChangesAt gives the changes of one revision; none when it is trimmed.
	ChangesAt(ctx context.Context, at feed.Revision) ([]feed.Change, error)
	// OldestChange is the oldest revision that the log still has, 0 for an
	// empty log.
	OldestChange(ctx context.Context) (feed.Revision, error)
}

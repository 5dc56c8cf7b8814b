package catalog

import "encoding/json"

// Definition is a thing that people make and speak of: a *TagDefinition, a
// *MetadataDefinition, a *Term, a *DomainDefinition, a *DataProduct, a *Team, a
// *Person. It is kept as its JSON.
type Definition interface {
	// Ref names it, by its Name.
	Ref() Ref
	// Common is what all of them carry.
	Common() *Defined
}

// Defined is when and by whom a definition was made and changed. Put ignores
// what the caller sets here but for Source and Set.
type Defined struct {
	GUID      string `json:"guid"`
	Source    Source `json:"source"`
	Set       string `json:"set,omitempty"`
	CreatedBy string `json:"createdBy,omitempty"`
	UpdatedBy string `json:"updatedBy,omitempty"`
	// CreatedAt and UpdatedAt are in microseconds since the epoch.
	CreatedAt int64 `json:"createdAt"`
	UpdatedAt int64 `json:"updatedAt"`
	// Version starts at 1 and grows by one with every change.
	Version int64 `json:"version"`
}

// Common implements [Definition].
func (d *Defined) Common() *Defined { return d }

// TagDefinition says what a tag means (catalog-api.md section 2). An inline tag
// without one is shown with a stub, which is derived: Version 0, no rows.
type TagDefinition struct {
	Defined
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	// Color is one of the wire's (PURPLE, BLUE_LIGHT …), or empty.
	Color string `json:"color,omitempty"`
	// EntityTypes are what it may be put on, in the wire's names (sr_field …);
	// "cf_entity" is anything. Never empty once stored.
	EntityTypes []string `json:"entityTypes,omitempty"`
	// Attributes are what an assignment may carry.
	Attributes []AttributeDefinition `json:"attributeDefs,omitempty"`
	// Parent is the tag above, "" for none; Propagates says that lineage
	// carries it on.
	Parent     string `json:"parent,omitempty"`
	Propagates bool   `json:"propagates,omitempty"`
	// Options, SuperTypes, SubTypes and ServiceType are kept for the wire.
	Options     map[string]string `json:"options,omitempty"`
	SuperTypes  []string          `json:"superTypes,omitempty"`
	SubTypes    []string          `json:"subTypes,omitempty"`
	ServiceType string            `json:"serviceType,omitempty"`
	// TypeVersion is kept for the wire; it starts at "1.0".
	TypeVersion string `json:"typeVersion,omitempty"`
}

// Ref implements [Definition].
func (d *TagDefinition) Ref() Ref { return Ref{Kind: KindTag, Name: d.Name} }

// MetadataDefinition is a business metadata definition (catalog-api.md
// section 3).
type MetadataDefinition struct {
	Defined
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	// AppliesTo are kinds in the wire's names; empty means any.
	AppliesTo   []string              `json:"appliesTo,omitempty"`
	Attributes  []AttributeDefinition `json:"attributeDefs"`
	Options     map[string]string     `json:"options,omitempty"`
	ServiceType string                `json:"serviceType,omitempty"`
	TypeVersion string                `json:"typeVersion,omitempty"`
}

// Ref implements [Definition].
func (d *MetadataDefinition) Ref() Ref { return Ref{Kind: KindBusinessMetadata, Name: d.Name} }

// AttributeDefinition is an attribute of a tag or of business metadata, with
// the members of the wire's AttributeDef (catalog-api.md section 2).
type AttributeDefinition struct {
	Name                  string            `json:"name"`
	TypeName              string            `json:"typeName"`
	IsOptional            bool              `json:"isOptional"`
	Cardinality           string            `json:"cardinality,omitempty"`
	ValuesMinCount        int32             `json:"valuesMinCount"`
	ValuesMaxCount        int32             `json:"valuesMaxCount"`
	IsUnique              bool              `json:"isUnique"`
	IsIndexable           bool              `json:"isIndexable"`
	IncludeInNotification bool              `json:"includeInNotification"`
	DefaultValue          string            `json:"defaultValue,omitempty"`
	Description           string            `json:"description,omitempty"`
	SearchWeight          int32             `json:"searchWeight"`
	IndexType             string            `json:"indexType,omitempty"`
	DisplayName           string            `json:"displayName,omitempty"`
	Options               map[string]string `json:"options,omitempty"`
	Constraints           []json.RawMessage `json:"constraints,omitempty"`
}

package catalog

import "encoding/json"

// Said is who said something, when, and in which capacity.
type Said struct {
	Source Source
	// Set is the named set of a DECLARED value, empty elsewhere.
	Set string
	// By is the principal, empty for what a schema says.
	By string
	// At is in microseconds since the epoch, 0 for what a schema says.
	At int64
}

// Entity is what all kinds of entities have in common. Lists are in the order
// in which they are shown.
type Entity struct {
	Ref
	// Title is the name that people read: the subject, the field's own name,
	// the record's full name.
	Title  string
	Status Status
	// Descriptions are all values, the shown one first: what people said
	// (APPLIED), then DECLARED and IMPORTED, then the schema's doc.
	Descriptions []Text
	Owners       []Ownership
	Tags         []TagAssignment
	Terms        []TermAssignment
	// Domain is the shown one; zero for none.
	Domain      Ref
	Metadata    []MetadataValues
	Deprecation *Deprecation
	Links       []Link
	// Attributes are texts of clients that the wire knows by name and the
	// catalog does not interpret ("owner", "ownerEmail" of a topic).
	Attributes map[string]string
	// Version counts the changes of what people said of the entity, from 0. It
	// never falls.
	Version int64
	// CreatedAt and UpdatedAt are of what people said (microseconds, 0 for
	// never), with who; FirstSeen and LastSeen of the thing itself: the first
	// and the last registration.
	CreatedAt, UpdatedAt int64
	CreatedBy, UpdatedBy string
	FirstSeen, LastSeen  int64
}

// Text is one value of a description.
type Text struct {
	Value string
	Said
}

// OwnerRole is in which way somebody owns.
type OwnerRole string

// The roles.
const (
	Owner   OwnerRole = "OWNER"
	Steward OwnerRole = "STEWARD"
	Contact OwnerRole = "CONTACT"
	OnCall  OwnerRole = "ON_CALL"
)

// Ownership ties a KindTeam or KindPerson to an entity.
type Ownership struct {
	Owner Ref
	Role  OwnerRole
	Said
}

// TagAssignment is a tag on an entity. One name may stand there several times,
// once for each source.
type TagAssignment struct {
	Name string
	// Via is the subject of a referenced schema whose type carries the tag;
	// zero for the entity's own.
	Via Ref
	// Attributes is a JSON object, nil for none.
	Attributes json.RawMessage
	Said
}

// TermAssignment ties a glossary term to an entity.
type TermAssignment struct {
	Term Ref
	Said
}

// MetadataValues are the values of one business metadata definition.
type MetadataValues struct {
	Definition string
	// Values are JSON values by attribute.
	Values map[string]json.RawMessage
	Said
}

// Deprecation says that an entity should not be used any more.
type Deprecation struct {
	// Since and Until are in microseconds; Until is 0 for not said.
	Since, Until int64
	Reason       string
	// Replacement is zero for none.
	Replacement Ref
	Said
}

// Link is a page about an entity.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
	Said  `json:"-"`
}

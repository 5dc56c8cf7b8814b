package catalog

import (
	"encoding/json"

	"github.com/weir-registry/weir/feed"
)

// Action is what happened, in the words of catalog-api.md section 10
// (ChangeAction).
type Action string

// The actions.
const (
	ActionCreated              Action = "CREATED"
	ActionUpdated              Action = "UPDATED"
	ActionDeleted              Action = "DELETED"
	ActionRestored             Action = "RESTORED"
	ActionTagged               Action = "TAGGED"
	ActionUntagged             Action = "UNTAGGED"
	ActionOwned                Action = "OWNED"
	ActionDisowned             Action = "DISOWNED"
	ActionDeprecated           Action = "DEPRECATED"
	ActionRegistered           Action = "REGISTERED"
	ActionCompatibilityChanged Action = "COMPATIBILITY_CHANGED"
	ActionContractChanged      Action = "CONTRACT_CHANGED"
	ActionLinked               Action = "LINKED"
	ActionUnlinked             Action = "UNLINKED"
)

// Event is one change of one entity, out of the change log. What Before and
// After hold, by what happened to whom:
//
//	TAGGED, UNTAGGED, OWNED, DISOWNED, LINKED, UNLINKED, DEPRECATED, and
//	UPDATED of what else is said   the row: part, item, value, set, by, at
//	CREATED, UPDATED, DELETED of a definition   the definition
//	REGISTERED of a subject   After: version, id, guid, type, deleted, by, client
//	DELETED of a subject      Before: versions, permanent
//	COMPATIBILITY_CHANGED, CONTRACT_CHANGED, UPDATED of a subject or a context
//	                          its config, mode or naming policy, by that name
//	LINKED, UNLINKED of a subject   the association
//	CREATED, UPDATED, DELETED, RESTORED of a field or record   what a version
//	                          makes of it; in its History only
//
// An assignment that changes (a tag's attributes) has both. A deprecation that
// is taken back is UPDATED, with no After.
type Event struct {
	// Cursor is where it stands in the log; its Ordinal counts from 1. Two
	// events of the log never share it.
	Cursor    feed.Cursor
	At        int64 // microseconds
	Actor     string
	Client    string
	RequestID string
	Action    Action
	Entity    Ref
	Source    Source
	// Before and After are JSON objects; nil for nothing.
	Before, After json.RawMessage
}

// EventFilter selects events; the zero value takes all. Within a list one must
// hold, of the lists all.
type EventFilter struct {
	Kinds    []Kind
	Actions  []Action
	Entities []Ref
	// Owners, Tags and Domains are of the entity as it is now.
	Owners, Domains []Ref
	Tags            []string
}

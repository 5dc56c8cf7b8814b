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

// Event is one change of one entity, out of the change log.
type Event struct {
	// Cursor is where it stands in the log.
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

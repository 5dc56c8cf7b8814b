package catalog

import "encoding/json"

// Step is a part of a [Command]: an Edit, a Put, a Remove or a Move.
type Step interface{ step() }

// Edit changes what is said of one entity. Nil and empty parts stay as they
// are. It speaks for the command's Source and Set: what others said stays.
type Edit struct {
	Ref Ref
	// ExpectedVersion refuses with a *StaleError when the entity has another.
	ExpectedVersion *int64
	Description     *string // "" clears
	PutTags         []TagValue
	RemoveTags      []string
	PutTerms        []string
	RemoveTerms     []string
	// Owners and Links replace; an empty list clears.
	Owners *[]OwnerValue
	Links  *[]Link
	// Domain is a domain's name; "" clears.
	Domain      *string
	Deprecation *DeprecationValue
	// Undeprecate takes the deprecation away.
	Undeprecate bool
	// Metadata replaces the values of each definition it names.
	Metadata       []MetadataValue
	RemoveMetadata []string
	// Attributes sets texts by name; "" clears.
	Attributes map[string]string
	// Clear takes away all that the command's Source says of these parts,
	// before the rest of the edit.
	Clear []Part
	// Create makes a PutTags of a tag that is on the entity already (of the
	// same source) an *ExistsError: what POST asks for.
	Create bool
}

// TagValue is a tag to put.
type TagValue struct {
	Name       string
	Attributes json.RawMessage // a JSON object or nil
}

// OwnerValue is an owner to set: a KindTeam or KindPerson.
type OwnerValue struct {
	Owner Ref       `json:"owner"`
	Role  OwnerRole `json:"role"`
}

// DeprecationValue is a deprecation to set.
type DeprecationValue struct {
	Until       int64  `json:"until,omitempty"` // microseconds
	Reason      string `json:"reason,omitempty"`
	Replacement Ref    `json:"replacement,omitzero"`
}

// MetadataValue is business metadata to set.
type MetadataValue struct {
	Definition string
	Values     map[string]json.RawMessage
}

// Put makes a definition or changes it.
type Put struct {
	Definition Definition
	// Create refuses with an *ExistsError when it is there; Merge lets absent
	// members keep their values (catalog-api.md section 2: PUT).
	Create, Merge   bool
	ExpectedVersion *int64
}

// Remove takes a definition away. Without Force a definition in use is an
// *InUseError; with it, its uses go too.
type Remove struct {
	Ref   Ref
	Force bool
}

// Move carries what people said of an orphan to another entity of its kind.
type Move struct{ From, To Ref }

func (Edit) step()   {}
func (Put) step()    {}
func (Remove) step() {}
func (Move) step()   {}

// Command is what Do carries out: all steps in one commit, or none.
type Command struct {
	Steps []Step
	// Source is APPLIED (also when empty), DECLARED or IMPORTED; Set is the
	// named set of DECLARED values.
	Source Source
	Set    string
	// Prune takes away what Set said before and Steps do not say again.
	Prune bool
	// DryRun checks everything and changes nothing.
	DryRun bool
}

// Outcome is what Do did, or would do.
type Outcome struct {
	// View is of after the commit; of a dry run, the current one as the command
	// would leave it.
	View *View
	// Events are the changes, in order; those of a dry run have no cursor.
	// Nothing is said twice: a command that changes nothing has none.
	Events []Event
}

package catalog

import "fmt"

// NotFoundError: there is no such entity, or no such definition.
type NotFoundError struct{ Ref Ref }

func (e *NotFoundError) Error() string { return fmt.Sprintf("there is no %s", e.Ref) }

// UnknownTypeError: a tag, term or business metadata definition that is named
// in a write does not exist.
type UnknownTypeError struct {
	Kind Kind
	Name string
}

func (e *UnknownTypeError) Error() string {
	return fmt.Sprintf("there is no %s named %q", e.Kind, e.Name)
}

// ExistsError: a definition or assignment is there already.
type ExistsError struct {
	Ref Ref
	// On is the entity that has the tag, zero for a definition.
	On Ref
}

func (e *ExistsError) Error() string { return fmt.Sprintf("%s is there already", e.Ref) }

// AbsentError: an assignment that is to go is not there.
type AbsentError struct{ Ref, On Ref }

func (e *AbsentError) Error() string { return fmt.Sprintf("%s has no %s", e.On, e.Ref) }

// StepError says which step of a command an error is about.
type StepError struct {
	// Step is its place among Command.Steps.
	Step int
	Err  error
}

func (e *StepError) Error() string { return e.Err.Error() }

// Unwrap gives the error of the step's rule.
func (e *StepError) Unwrap() error { return e.Err }

// StaleError: the entity has changed since the caller looked.
type StaleError struct {
	Ref            Ref
	Expected, Have int64
}

func (e *StaleError) Error() string {
	return fmt.Sprintf("%s has version %d, not %d", e.Ref, e.Have, e.Expected)
}

// InUseError: a definition that is to go is still used.
type InUseError struct {
	Ref Ref
	// Uses is by how many entities.
	Uses int
}

func (e *InUseError) Error() string { return fmt.Sprintf("%s is used %d times", e.Ref, e.Uses) }

// Reason is which rule an [InvalidError] breaks.
type Reason string

// The reasons.
const (
	BadName              Reason = "BAD_NAME"               // a name that is none
	BadValue             Reason = "BAD_VALUE"              // a value of the wrong type
	UnknownAttribute     Reason = "UNKNOWN_ATTRIBUTE"      // an attribute that its definition has not
	MissingAttribute     Reason = "MISSING_ATTRIBUTE"      // a mandatory one that is not there
	NotApplicable        Reason = "NOT_APPLICABLE"         // tag or metadata not for this kind
	AttributeMandatory   Reason = "ATTRIBUTE_MANDATORY"    // a new one must be optional
	AttributeRemoved     Reason = "ATTRIBUTE_REMOVED"      // of a definition in use
	EntityTypesShrink    Reason = "ENTITY_TYPES_SHRINK"    // of a tag definition
	UnknownEntityType    Reason = "UNKNOWN_ENTITY_TYPE"    // named by a definition
	Derived              Reason = "DERIVED"                // inline and contract values
	Cycle                Reason = "CYCLE"                  // a parent below itself
	TooMany              Reason = "TOO_MANY"               // a limit
	RevisionNotAvailable Reason = "REVISION_NOT_AVAILABLE" // before the oldest, or not yet
	WrongEpoch           Reason = "WRONG_EPOCH"            // a cursor of another database
)

// InvalidError: what is asked for breaks a rule.
type InvalidError struct {
	Reason Reason
	// Ref is the entity or definition that was to change.
	Ref Ref
	// Path leads to the offending part of the request: "attributes", "since" …
	Path    []string
	Message string
}

func (e *InvalidError) Error() string { return e.Message }

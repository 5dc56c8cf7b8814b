package confluent

import "fmt"

// NameError: a text is no qualified name of its type. Clients are told that
// there is no such entity, which is true.
type NameError struct {
	Type Type
	Text string
}

func (e *NameError) Error() string {
	return fmt.Sprintf("%q is no qualified name of a %s", e.Text, e.Type)
}

// NotFoundError: there is no entity with that name.
type NotFoundError struct {
	Type Type
	// Text is the name as the caller spelled it.
	Text string
}

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("there is no %s with the qualified name %q", e.Type, e.Text)
}

// TypeError: there is no such entity type.
type TypeError struct{ Type Type }

func (e *TypeError) Error() string { return fmt.Sprintf("there is no entity type %q", string(e.Type)) }

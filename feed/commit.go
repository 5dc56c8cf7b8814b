package feed

import (
	"errors"
	"fmt"
)

// What may become of a command besides a [Receipt] and [ErrConflict].
var (
	// ErrUnavailable: the database could not be reached; nothing was done.
	ErrUnavailable = errors.New("feed: the database is not available")
	// ErrUnknown: the answer to a commit was lost and could not be found out
	// in time, or the node could not apply it; the command may be there or not.
	ErrUnknown = errors.New("feed: the outcome of the commit is not known")
)

// Unapplied makes the error of the Advance behind a commit: that the database
// is away since does not mean that nothing was done.
func Unapplied(err error) error {
	if errors.Is(err, ErrUnavailable) {
		return fmt.Errorf("%w: it was made, and cannot be shown: %v", ErrUnknown, err)
	}
	return err
}

// RefusedError says that the database refused a statement of this very
// command; nothing of it was done, and trying again will not help.
type RefusedError struct {
	Command string
	Cause   error
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("feed: the database refused command %s: %v", e.Command, e.Cause)
}

// Unwrap gives what the database said.
func (e *RefusedError) Unwrap() error { return e.Cause }

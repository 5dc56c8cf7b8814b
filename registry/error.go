package registry

import "fmt"

// Error is a refusal that the wire has a code for (registry-api.md 2.2). The
// table of codes to HTTP status is in package rest: code/100 for five digits,
// the code itself for three.
type Error struct {
	Code    int
	Message string
	cause   error
}

func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause, when there is one.
func (e *Error) Unwrap() error { return e.cause }

func refuse(code int, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

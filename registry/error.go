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

// The codes of the wire (registry-api.md 2.2).
const (
	CodeSubjectNotFound     = 40401
	CodeVersionNotFound     = 40402
	CodeSchemaNotFound      = 40403
	CodeSubjectSoftDeleted  = 40404
	CodeSubjectNotDeleted   = 40405
	CodeVersionSoftDeleted  = 40406
	CodeVersionNotDeleted   = 40407
	CodeConfigNotFound      = 40408
	CodeModeNotFound        = 40409
	CodeAssociationNotFound = 40410
	CodeIncompatible        = 40901
	CodeRoleTaken           = 40903
	CodeSubjectAssociated   = 40904
	CodeStronglyAssociated  = 40905
	CodeNoActiveVersion     = 40907
	CodeFrozen              = 40908
	CodeInvalidSchema       = 42201
	CodeInvalidVersion      = 42202
	CodeInvalidLevel        = 42203
	CodeInvalidMode         = 42204
	CodeNotPermitted        = 42205
	CodeReferenced          = 42206
	CodeInvalidSubject      = 42208
	CodeTooLarge            = 42209
	CodeInvalidRules        = 42210
	CodeContextNotEmpty     = 42211
	CodeInvalidAssociation  = 42212
	CodeStore               = 50001
)

func subjectNotFound(s Subject) *Error {
	return refuse(CodeSubjectNotFound, "Subject '%s' not found.", s)
}

func versionNotFound(number int32) *Error {
	return refuse(CodeVersionNotFound, "Version %d not found.", number)
}

func invalidSchema(format string, args ...any) *Error {
	return refuse(CodeInvalidSchema, format, args...)
}

// IDSpaceError says that a context has no ids left (registry-api.md 4.2).
type IDSpaceError struct{ Context Context }

func (e *IDSpaceError) Error() string {
	return fmt.Sprintf("context %s has given its last id", e.Context)
}

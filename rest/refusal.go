package rest

import "net/http"

// refusal is what the edge itself refuses, before any domain method is asked
// (registry-api.md 1 and 2.1).
type refusal struct {
	status  int
	code    int
	message string
	form    form
}

func (e *refusal) Error() string { return e.message }

// form says which Content-Type a refusal carries.
type form uint8

const (
	// negotiatedForm is what the client asked for, as for an answer.
	negotiatedForm form = iota
	// untypedForm has no Content-Type: 404 of an unknown path, 405, 406 and
	// the 400 of a context with a colon (registry-api.md 2.1).
	untypedForm
	// jsonForm is application/json whatever was asked for (1.1).
	jsonForm
)

// The refusals with a fixed text.
var (
	errNotFound         = &refusal{http.StatusNotFound, 404, "HTTP 404 Not Found", untypedForm}
	errBadParameter     = &refusal{http.StatusNotFound, 404, "HTTP 404 Not Found", negotiatedForm}
	errMethod           = &refusal{http.StatusMethodNotAllowed, 405, "HTTP 405 Method Not Allowed", untypedForm}
	errNotAcceptable    = &refusal{http.StatusNotAcceptable, 406, "HTTP 406 Not Acceptable", untypedForm}
	errUnsupportedMedia = &refusal{http.StatusUnsupportedMediaType, 415, "HTTP 415 Unsupported Media Type", negotiatedForm}
	errBadContentType   = &refusal{http.StatusBadRequest, 400, "Bad Request", jsonForm}
	errTooLarge         = &refusal{http.StatusRequestEntityTooLarge, 413, "HTTP 413 Request Entity Too Large", negotiatedForm}
	errUnauthorized     = &refusal{http.StatusUnauthorized, 401, "Unauthorized", negotiatedForm}
	errUnavailable      = &refusal{http.StatusServiceUnavailable, 50001, "The database did not answer", negotiatedForm}
	errUnknown          = &refusal{http.StatusServiceUnavailable, 50002, "The database did not say whether the change was made", negotiatedForm}
	errTimeout          = &refusal{http.StatusGatewayTimeout, 504, "HTTP 504 Gateway Timeout", negotiatedForm}
	errInternal         = &refusal{http.StatusInternalServerError, 500, "Internal Server Error", negotiatedForm}
)

// badBody is a 400 about the request's body.
func badBody(message string) error {
	return &refusal{http.StatusBadRequest, 400, message, negotiatedForm}
}

// nullBody is the 422 of a missing body (registry-api.md 1.5); method is the
// name by which the wire calls the endpoint.
func nullBody(method string) error {
	return &refusal{http.StatusUnprocessableEntity, 422, method + ".request must not be null (was null)", negotiatedForm}
}

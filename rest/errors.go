package rest

import (
	"context"
	"errors"
	"net/http"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// refusalOf is the one table from an error to status, error_code and message
// (registry-api.md 2.2). What it does not know is our own fault: 500, and the
// error itself goes to the log, not to the client.
func (s *Server) refusalOf(err error) (_ *refusal, known bool) {
	var (
		own     *refusal
		domain  *registry.Error
		denied  *auth.DeniedError
		invalid *schema.InvalidError
		kind    *schema.TypeError
		path    *schema.TagPathError
	)
	switch {
	case errors.As(err, &own):
		return own, true
	case errors.As(err, &domain):
		code := domain.Code
		if code == codeIncompatible && s.settings.IncompatibleCode != 0 {
			code = s.settings.IncompatibleCode
		}
		return &refusal{status: statusOf(code), code: code, message: domain.Message}, domain.Code != http.StatusInternalServerError
	case errors.As(err, &denied):
		return &refusal{status: http.StatusForbidden, code: http.StatusForbidden, message: "Forbidden"}, true
	case errors.As(err, &invalid):
		return &refusal{status: http.StatusUnprocessableEntity, code: codeInvalidSchema, message: invalid.Error()}, true
	case errors.As(err, &kind):
		return &refusal{status: http.StatusUnprocessableEntity, code: codeInvalidSchema, message: kind.Error()}, true
	case errors.As(err, &path):
		return &refusal{status: http.StatusUnprocessableEntity, code: codeInvalidSchema, message: path.Error()}, true
	case errors.Is(err, feed.ErrUnavailable):
		return errUnavailable, true
	case errors.Is(err, feed.ErrUnknown):
		return errUnknown, true
	case errors.Is(err, context.DeadlineExceeded):
		return errTimeout, true
	case errors.Is(err, context.Canceled):
		return errGone, true
	}
	if ofCatalog := catalogRefusal(err); ofCatalog != nil {
		return ofCatalog, true
	}
	return errInternal, false
}

// The codes that this package itself speaks of.
const (
	codeIncompatible   = 40901
	codeInvalidSchema  = 42201
	codeBadVersion     = 42202
	codeBadMode        = 42204
	codeInvalidSubject = 42208
)

// errGone is noted when the client has hung up before its answer was ready.
var errGone = &refusal{status: statusClientGone, code: statusClientGone, message: "the client has closed its request"}

// statusClientGone is what logs and metrics say of a request whose client went
// away; nobody reads the answer.
const statusClientGone = 499

// statusOf gives the HTTP status of an error_code: the front of a long one, or
// the code itself (registry-api.md 2.1).
func statusOf(code int) int {
	for code >= 1000 {
		code /= 10
	}
	return code
}

// asNamed makes a refusal of a subject's name repeat the name as it was given,
// not as it is written elsewhere (registry-api.md 2.2).
func asNamed(err error, given string) error {
	var domain *registry.Error
	if errors.As(err, &domain) && domain.Code == codeInvalidSubject {
		return &registry.Error{Code: codeInvalidSubject, Message: "The specified subject '" + given + "' is not a valid."}
	}
	return err
}

package graphql

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/graphql/model"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// The codes in extensions.code and UserError.code, besides those of package
// request, of gqlgen (GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED,
// COMPLEXITY_LIMIT_EXCEEDED, PERSISTED_QUERY_NOT_FOUND), and the reasons of
// catalog.InvalidError.
const (
	codeInternal       = "INTERNAL"
	codeTimeout        = "TIMEOUT"
	codeCanceled       = "CANCELED"
	codeUnavailable    = "UNAVAILABLE"
	codeOutcomeUnknown = "OUTCOME_UNKNOWN"
	codeForbidden      = "FORBIDDEN"
	codeUnsupported    = "UNSUPPORTED"
	codeIntrospection  = "INTROSPECTION_DISABLED"
	codeTooMany        = "TOO_MANY_SUBSCRIPTIONS"

	codeBadID       = "BAD_ID"
	codeWrongKind   = "WRONG_KIND"
	codeBadCursor   = "BAD_CURSOR"
	codeBadPageSize = "BAD_PAGE_SIZE"
	codeBadRevision = "BAD_REVISION"
	codeBadName     = "BAD_NAME"
	codeBadInput    = "BAD_INPUT"

	codeNotFound      = "NOT_FOUND"
	codeUnknown       = "UNKNOWN_" // and the kind: UNKNOWN_TAG
	codeExists        = "ALREADY_EXISTS"
	codeAbsent        = "NOT_ASSIGNED"
	codeStale         = "STALE_VERSION"
	codeInUse         = "IN_USE"
	codeInvalidSchema = "INVALID_SCHEMA"
	codeRegistry      = "REGISTRY_" // and the registry's error_code: REGISTRY_42201
)

// inputError is a mistake in an input that the catalog does not get to see.
type inputError struct {
	path    []string
	message string
}

func (e *inputError) Error() string { return e.message }

// codeOf is the one table from an error to its code. ok is false for what is no
// mistake of the caller's nor a known state of the node: our own fault.
func codeOf(err error) (code string, ok bool) {
	var (
		id          *model.BadIDError
		kind        *model.NotOfKindError
		cursor      *model.BadCursorError
		size        *model.PageSizeError
		revision    *model.BadRevisionError
		name        *model.BadNameError
		nothing     *model.NoDefinitionError
		taggable    *model.NotTaggableError
		input       *inputError
		absent      *catalog.NotFoundError
		unknown     *catalog.UnknownTypeError
		exists      *catalog.ExistsError
		missing     *catalog.AbsentError
		stale       *catalog.StaleError
		used        *catalog.InUseError
		invalid     *catalog.InvalidError
		denied      *auth.DeniedError
		facet       *search.UnknownFacetError
		refused     *registry.Error
		text        *schema.InvalidError
		language    *schema.TypeError
		tagged      *schema.TagPathError
		interrupted *feed.EpochError
	)
	switch {
	case errors.As(err, &id):
		return codeBadID, true
	case errors.As(err, &kind), errors.As(err, &nothing), errors.As(err, &taggable):
		return codeWrongKind, true
	case errors.As(err, &cursor), errors.Is(err, search.ErrCursor):
		return codeBadCursor, true
	case errors.As(err, &size):
		return codeBadPageSize, true
	case errors.As(err, &revision):
		return codeBadRevision, true
	case errors.As(err, &name):
		return codeBadName, true
	case errors.As(err, &input), errors.As(err, &facet):
		return codeBadInput, true
	case errors.As(err, &absent):
		return codeNotFound, true
	case errors.As(err, &unknown):
		return codeUnknown + string(unknown.Kind), true
	case errors.As(err, &exists):
		return codeExists, true
	case errors.As(err, &missing):
		return codeAbsent, true
	case errors.As(err, &stale):
		return codeStale, true
	case errors.As(err, &used):
		return codeInUse, true
	case errors.As(err, &invalid):
		return string(invalid.Reason), true
	case errors.As(err, &denied):
		return codeForbidden, true
	case errors.As(err, &refused):
		return codeRegistry + strconv.Itoa(refused.Code), refused.Code != http.StatusInternalServerError
	case errors.As(err, &text), errors.As(err, &language), errors.As(err, &tagged):
		return codeInvalidSchema, true
	case errors.Is(err, feed.ErrUnavailable), errors.As(err, &interrupted):
		return codeUnavailable, true
	case errors.Is(err, feed.ErrUnknown):
		return codeOutcomeUnknown, true
	case errors.Is(err, context.DeadlineExceeded):
		return codeTimeout, true
	case errors.Is(err, context.Canceled):
		return codeCanceled, true
	}
	return codeInternal, false
}

// messages stand in for the texts of errors that name what is below.
var messages = map[string]string{
	codeInternal:       "internal error",
	codeTimeout:        "the operation took too long",
	codeCanceled:       "the operation was given up",
	codeUnavailable:    "the database does not answer",
	codeOutcomeUnknown: "whether the change was made is not known; look before you try again",
	codeForbidden:      "not allowed",
}

// told is what the caller reads of an error, with its code. What it does not
// know is our own fault: the error itself goes to the log.
func (s *server) told(ctx context.Context, err error) (code, message string) {
	code, ok := codeOf(err)
	if !ok {
		s.logger.Error("operation failed", "path", graphql.GetPath(ctx).String(), "error", err)
		code = codeInternal
	}
	if message, ok := messages[code]; ok {
		return code, message
	}
	// Without what was wrapped around it on its way through gqlgen.
	var wrapped *gqlerror.Error
	for errors.As(err, &wrapped) && wrapped.Unwrap() != nil {
		err = wrapped.Unwrap()
	}
	return code, err.Error()
}

// introspectionDisabled is what gqlgen says when the schema must not be asked
// for; it has no type of error for it.
const introspectionDisabled = "introspection disabled"

// present makes the errors of resolvers what clients read. What gqlgen itself
// says (with a code, or of a document) stays.
func (s *server) present(ctx context.Context, err error) *gqlerror.Error {
	shown := graphql.DefaultErrorPresenter(ctx, err)
	if shown.Err == nil || shown.Extensions["code"] != nil {
		return shown
	}
	out := *shown
	if shown.Err.Error() == introspectionDisabled {
		out.Extensions = map[string]any{"code": codeIntrospection}
		return &out
	}
	code, message := s.told(ctx, shown.Err)
	out.Message = message
	out.Extensions = map[string]any{"code": code}
	return &out
}

// refuse answers a request that is no operation.
func refuse(w http.ResponseWriter, status int, code, message string) {
	body, err := json.Marshal(map[string]any{
		"errors": []any{map[string]any{"message": message, "extensions": map[string]any{"code": code}}},
	})
	if err != nil {
		status, body = http.StatusInternalServerError, nil
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may be gone
}

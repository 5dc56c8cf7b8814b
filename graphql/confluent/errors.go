package confluent

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/graphql/confluent/entity"
)

// The codes in extensions.code of what goes wrong while an operation runs.
const (
	codeInput     = "BAD_USER_INPUT"
	codeForbidden = "FORBIDDEN"
	codeRelations = "RELATIONS_LIMIT_EXCEEDED"
	codeTimeout   = "TIMEOUT"
	codeInternal  = "INTERNAL"
)

// InputError: an argument fits the schema and still asks for nothing that can
// be answered.
type InputError struct {
	// Path leads to it: argument, member, member.
	Path    []string
	Message string
}

func (e *InputError) Error() string { return strings.Join(e.Path, ".") + ": " + e.Message }

var errInternal = errors.New("internal error")

// presenter is the one table from an error to what the client reads. What it
// does not know is a fault of ours: the error goes to the log, not to the
// client.
func presenter(logger *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		// What gqlgen found before the operation ran has no other error in it.
		var own *gqlerror.Error
		if errors.As(err, &own) && own.Err == nil {
			return own
		}
		code, message := codeInternal, errInternal.Error()
		var (
			input    *InputError
			exceeded *entity.ExceededError
			denied   *auth.DeniedError
		)
		switch {
		case errors.As(err, &input):
			code, message = codeInput, input.Error()
		case errors.As(err, &exceeded):
			code, message = codeRelations, exceeded.Error()
		case errors.As(err, &denied):
			code, message = codeForbidden, "forbidden"
		case errors.Is(err, context.DeadlineExceeded):
			code, message = codeTimeout, "this takes too long: ask for less"
		case errors.Is(err, context.Canceled), errors.Is(err, errInternal):
		default:
			logger.Error("query failed", "error", err)
		}
		shown := &gqlerror.Error{Err: err, Message: message, Path: graphql.GetPath(ctx)}
		errcode.Set(shown, code)
		return shown
	}
}

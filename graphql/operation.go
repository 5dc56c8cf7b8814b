package graphql

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/weir-registry/weir/graphql/model"
	"github.com/weir-registry/weir/graphql/request"
)

type readerKey struct{}

// readerOf is the operation's reader: all of an answer is of one revision.
func readerOf(ctx context.Context) *model.Reader {
	r, _ := ctx.Value(readerKey{}).(*model.Reader)
	return r
}

// operate runs an operation with its reader and within its time.
func (s *server) operate(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
		return s.subscribe(ctx, next)
	}
	ctx, cancel := context.WithTimeout(ctx, s.limits.Timeout)
	ctx = context.WithValue(ctx, readerKey{}, s.source.Reader(ctx))
	respond := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		defer cancel()
		return respond(ctx)
	}
}

// subscribe runs a subscription for as long as its client listens.
func (s *server) subscribe(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if !request.Streamed(ctx) {
		return once(codeUnsupported, "a subscription needs Accept: text/event-stream")
	}
	select {
	case s.streams <- struct{}{}:
		context.AfterFunc(ctx, func() { <-s.streams })
	default:
		return once(codeTooMany, "there are as many subscriptions as may be")
	}
	ctx = context.WithValue(ctx, readerKey{}, s.source.Reader(ctx))
	return next(ctx)
}

// once answers with one error.
func once(code, message string) graphql.ResponseHandler {
	err := gqlerror.Errorf("%s", message)
	err.Extensions = map[string]any{"code": code}
	return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{err}})
}

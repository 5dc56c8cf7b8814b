package confluent

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/graphql/confluent/entity"
	"github.com/weir-registry/weir/graphql/confluent/generated"
	"github.com/weir-registry/weir/graphql/request"
)

// Config is what the handler is made of.
type Config struct {
	Catalog *catalog.Catalog
	// Names spell qualified names.
	Names confluent.Names
	// Limits bound an operation; where one is zero, the default holds.
	Limits Limits
	Logger *slog.Logger
}

// Limits bound an operation (wire/validation.md section 9, catalog-api.md
// section 10).
type Limits struct {
	// Body is how many bytes a POST may have, 1 MiB by default.
	Body int64
	// Tokens is how many tokens a document may have, 15,000 by default.
	Tokens int
	// Depth is how deep fields may be nested, 12 by default.
	Depth int
	// Aliases is how many fields may have one, 30 by default.
	Aliases int
	// Complexity is how many values an operation may ask for, as far as its
	// text tells, 100,000 by default: 1,000 rows of ten attributes are 10,000.
	Complexity int
	// Relations is how many entities an operation may reach through
	// relations, 100,000 by default.
	Relations int64
	// Time is how long an operation may run, 10 s by default.
	Time time.Duration
}

func (l Limits) orDefaults() Limits {
	return Limits{
		Body:       or(l.Body, 1<<20),
		Tokens:     or(l.Tokens, 15_000),
		Depth:      or(l.Depth, 12),
		Aliases:    or(l.Aliases, 30),
		Complexity: or(l.Complexity, 100_000),
		Relations:  or(l.Relations, 100_000),
		Time:       or(l.Time, 10*time.Second),
	}
}

func or[N int | int64 | time.Duration](given, otherwise N) N {
	if given > 0 {
		return given
	}
	return otherwise
}

// cached is how many parsed documents are kept: clients send the same ones.
const cached = 100

// New makes the handler of POST and GET /catalog/graphql. The principal is that
// of the request's context (auth.From).
func New(config Config) http.Handler {
	limits := config.Limits.orDefaults()
	logger := config.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	counts := confluent.NewCounts()
	schema := generated.Config{Resolvers: resolvers{}}
	weigh(&schema.Complexity)
	server := handler.New(generated.NewExecutableSchema(schema))
	server.AddTransport(request.Post{MaxBytes: limits.Body})
	server.AddTransport(request.Get{})
	documents := lru.New[*ast.QueryDocument](cached)
	server.SetQueryCache(documents)
	server.SetParserTokenLimit(limits.Tokens)
	server.SetErrorPresenter(presenter(logger))
	server.SetRecoverFunc(func(_ context.Context, fault any) error {
		logger.Error("panic", "panic", fault, "stack", string(debug.Stack()))
		return errInternal
	})
	server.Use(extension.Introspection{})
	// A document without fragments has fewer fields than tokens; with them it
	// may have no more.
	server.Use(request.Limits{
		Tokens: limits.Tokens, Depth: limits.Depth, Aliases: limits.Aliases, Size: limits.Tokens, Documents: documents,
	})
	server.Use(extension.FixedComplexityLimit(limits.Complexity))
	server.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		reader := &confluent.Reader{Names: config.Names, View: config.Catalog.View(), Counts: counts}
		return next(withSession(ctx, entity.NewSession(reader, limits.Relations)))
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), limits.Time)
		defer cancel()
		server.ServeHTTP(w, r.WithContext(ctx))
	})
}

// sessionKey is where an operation's session stands in its context.
type sessionKey struct{}

func withSession(ctx context.Context, s *entity.Session) context.Context {
	return context.WithValue(ctx, sessionKey{}, s)
}

func sessionOf(ctx context.Context) *entity.Session {
	s, _ := ctx.Value(sessionKey{}).(*entity.Session)
	return s
}

package graphql

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/generated"
	"github.com/weir-registry/weir/graphql/model"
	"github.com/weir-registry/weir/graphql/request"
	"github.com/weir-registry/weir/registry"
)

// Config is what the API is made of.
type Config struct {
	Catalog  *catalog.Catalog
	Registry *registry.Registry
	// Limits bound requests; what is zero has its default.
	Limits Limits
	// Introspect says whether a caller may ask for the schema; nil lets everyone,
	// as long as nobody signs in. Without it an error suggests no names either.
	Introspect func(ctx context.Context) bool
	Logger     *slog.Logger
}

// server is the handler of /graphql.
type server struct {
	source *model.Source
	limits Limits
	logger *slog.Logger
	// open serves who may ask for the schema, closed all others.
	open, closed http.Handler
	introspect   func(ctx context.Context) bool
	streams      chan struct{} // holds one for each open subscription
}

// New makes the handler of /graphql.
func New(config Config) http.Handler {
	s := &server{
		source:     &model.Source{Catalog: config.Catalog, Registry: config.Registry},
		limits:     config.Limits.or(DefaultLimits()),
		introspect: config.Introspect,
		logger:     config.Logger,
	}
	if s.introspect == nil {
		s.introspect = func(context.Context) bool { return true }
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	s.streams = make(chan struct{}, s.limits.Subscriptions)
	schema := costed{generated.NewExecutableSchema(generated.Config{Schema: typesOnly(), Resolvers: &resolvers{s}})}
	queries := newPersisted()
	s.open, s.closed = s.executor(schema, queries, true), s.executor(schema, queries, false)
	return s
}

// typesOnly is the schema without interfaces among the possible types of an
// interface: gqlparser lists Entity under Node, where the specification wants
// object types only.
func typesOnly() *ast.Schema {
	schema := *generated.NewExecutableSchema(generated.Config{}).Schema()
	possible := make(map[string][]*ast.Definition, len(schema.PossibleTypes))
	for name, types := range schema.PossibleTypes {
		for _, t := range types {
			if t.Kind == ast.Object || t.Name == name {
				possible[name] = append(possible[name], t)
			}
		}
	}
	schema.PossibleTypes = possible
	return &schema
}

// executor makes one of the two servers. They have caches of their own, since a
// document is valid for both or neither, but queries sent once are known to both.
func (s *server) executor(schema graphql.ExecutableSchema, queries *persisted, open bool) http.Handler {
	h := handler.New(schema)
	h.AddTransport(request.Stream{MaxBytes: s.limits.Body, Ping: s.limits.Ping})
	h.AddTransport(request.Post{MaxBytes: s.limits.Body})
	h.AddTransport(request.Get{})
	documents := newDocuments()
	h.SetQueryCache(documents)
	h.SetParserTokenLimit(s.limits.Tokens)
	// Queries that were sent before come first: the limits look at the text.
	h.Use(extension.AutomaticPersistedQuery{Cache: queries})
	h.Use(request.Limits{
		Tokens: s.limits.Tokens, Depth: s.limits.Depth, Aliases: s.limits.Aliases, Size: s.limits.Fields, Documents: documents,
	})
	h.Use(extension.FixedComplexityLimit(s.limits.Complexity))
	if open {
		h.Use(extension.Introspection{})
	} else {
		h.SetDisableSuggestion(true)
		h.SetValidationRulesFn(rulesWithoutSuggestions)
	}
	h.AroundOperations(s.operate)
	h.SetErrorPresenter(s.present)
	h.SetRecoverFunc(s.recovered)
	return h
}

// rulesWithoutSuggestions are the rules of GraphQL, without the names that their
// errors would suggest: of fields (gqlgen does that), arguments, types, values.
func rulesWithoutSuggestions() *rules.Rules {
	r := rules.NewDefaultRules()
	r.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	return r
}

// ServeHTTP lets in what may come in, and serves the explorer to browsers.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case (r.Method == http.MethodGet || r.Method == http.MethodHead) && wantsPage(r):
		serveExplorer(w, r)
		return
	case r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, HEAD, POST")
		refuse(w, http.StatusMethodNotAllowed, request.CodeBadRequest, "operations are sent with POST")
		return
	case r.Method != http.MethodPost && !persistedQuery(r):
		refuse(w, http.StatusBadRequest, request.CodeBadRequest, "GET is for queries that were sent before, by their hash; send others with POST")
		return
	case r.Method == http.MethodPost && hasOwnHeader(r) && !strings.Contains(r.Header.Get("Content-Type"), "json"):
		// The header is what a page of another origin cannot send.
		r = r.Clone(r.Context())
		r.Header.Set("Content-Type", "application/json")
	}
	if s.introspect(r.Context()) {
		s.open.ServeHTTP(w, r)
		return
	}
	s.closed.ServeHTTP(w, r)
}

// wantsPage says whether a browser asks for the page: one that asks for JSON,
// or for a query that was sent before, does not.
func wantsPage(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html") && r.URL.Query().Get("extensions") == ""
}

// persistedQuery says whether a GET names a query by its hash alone.
func persistedQuery(r *http.Request) bool {
	values := r.URL.Query()
	return values.Get("query") == "" && strings.Contains(values.Get("extensions"), "persistedQuery")
}

// hasOwnHeader says whether a request has a header that a page of another
// origin cannot send without being asked first (CSRF).
func hasOwnHeader(r *http.Request) bool {
	for _, name := range []string{"X-Requested-With", "Apollo-Require-Preflight", "GraphQL-Require-Preflight", "Weir-Client"} {
		if r.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// recovered makes a panic of ours an error, and tells the log.
func (s *server) recovered(ctx context.Context, fault any) error {
	s.logger.Error("panic", "path", graphql.GetPath(ctx).String(), "panic", fault, "stack", string(debug.Stack()))
	err := gqlerror.Errorf("internal error")
	err.Extensions = map[string]any{"code": codeInternal}
	return err
}

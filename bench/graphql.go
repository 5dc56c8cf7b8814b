package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"runtime/debug"

	gqlgen "github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/weir-registry/weir/bench/static"
	"github.com/weir-registry/weir/bench/static/generated"
	"github.com/weir-registry/weir/graphql"
	"github.com/weir-registry/weir/graphql/request"
)

// objects is how many objects an answer of rows G1 and G2 holds.
const objects = 100

// objectsQuery asks for ten fields of each.
const objectsQuery = `{"query":"query Subjects($first: Int!) { subjects(first: $first) { nodes { id kind name qualifiedName status type mode metadataVersion firstSeen lastSeen } } }","variables":{"first":100}}`

// measureGraphQL is G1: a hundred subjects of ten fields beside gqlgen with the
// same limits over structs that hold the same values.
func measureGraphQL(ctx context.Context, env *environment) ([]line, error) {
	weir, err := env.weirWith(ctx, 2*objects)
	if err != nil {
		return nil, err
	}
	defer weir.stop()
	answer, err := postFor(ctx, "http://"+weir.addr+"/graphql", []byte(objectsQuery))
	if err != nil {
		return nil, err
	}
	limit, err := env.bare(ctx, "graphql", answer)
	if err != nil {
		return nil, err
	}
	defer limit.stop()
	again, err := postFor(ctx, "http://"+limit.addr+"/graphql", []byte(objectsQuery))
	if err != nil {
		return nil, err
	}
	if string(again) != string(answer) {
		return nil, fmt.Errorf("weir and its limit answer differently: %.300s, %.300s", answer, again)
	}
	ask := func(addr string) func(int, int, []byte) []byte {
		whole := fmt.Appendf(nil, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nUser-Agent: bench\r\nContent-Length: %d\r\n\r\n%s",
			addr, len(objectsQuery), objectsQuery)
		return func(_, _ int, request []byte) []byte { return append(request, whole...) }
	}
	got, err := interleave(ctx, env.settings, "rate",
		against(limit, connections, ask(limit.addr)), against(weir, connections, ask(weir.addr)))
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("GraphQL, %d objects of 10 fields, beside gqlgen with static data", objects)
	return []line{
		got.judge("G1", what, "rate", "1/s", atLeast(0.9)),
		got.judge("G1", "the same, server CPU", "cpu", "µs/request", bar{reported: "the row judges requests/s"}),
	}, nil
}

// collectorOfLimit is the GOGC of G1's limit: the least heap is four megabytes
// times that, so that it may allocate sixteen between two collections as weir
// may (cmd/weir). With Go's own rule its small heap would be collected every few
// requests, and the row would compare collectors.
const collectorOfLimit = 400

// bareGraphQL is the limit of G1: gqlgen with weir's limits, and resolvers that
// give what is there.
func bareGraphQL(answer []byte) (http.Handler, error) {
	var held struct {
		Data struct{ Subjects static.SubjectConnection }
	}
	if err := json.Unmarshal(answer, &held); err != nil {
		return nil, err
	}
	if n := len(held.Data.Subjects.Nodes); n != objects {
		return nil, fmt.Errorf("an answer with %d objects: %.300s", n, answer)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectorOfLimit)
	}
	limits := graphql.DefaultLimits()
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: staticResolver{&held.Data.Subjects}})
	h := handler.New(schema)
	h.AddTransport(transport.POST{})
	documents := lru.New[*ast.QueryDocument](1000)
	h.SetQueryCache(documents)
	h.SetParserTokenLimit(limits.Tokens)
	h.Use(extension.Introspection{})
	h.Use(request.Limits{
		Tokens: limits.Tokens, Depth: limits.Depth, Aliases: limits.Aliases, Size: limits.Fields, Documents: documents,
	})
	h.Use(extension.FixedComplexityLimit(limits.Complexity))
	h.AroundOperations(func(ctx context.Context, next gqlgen.OperationHandler) gqlgen.ResponseHandler {
		bounded, cancel := context.WithTimeout(ctx, limits.Timeout)
		respond := next(bounded)
		return func(ctx context.Context) *gqlgen.Response {
			defer cancel()
			return respond(ctx)
		}
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limits.Body)
		h.ServeHTTP(w, r)
	}), nil
}

// staticResolver gives what it holds.
type staticResolver struct{ subjects *static.SubjectConnection }

func (r staticResolver) Query() generated.QueryResolver { return r }

func (r staticResolver) Subjects(_ context.Context, first int) (*static.SubjectConnection, error) {
	if first >= len(r.subjects.Nodes) {
		return r.subjects, nil
	}
	return &static.SubjectConnection{Nodes: r.subjects.Nodes[:max(0, first)]}, nil
}

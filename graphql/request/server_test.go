package request_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/weir-registry/weir/graphql/request"
)

// schema is a chain of any length.
var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	type Query { node(first: Int): Node }
	type Mutation { touch: Node }
	type Node { name: String next: Node }
`})

// serve makes a server that answers every operation with its variables.
func serve(t *testing.T, limits request.Limits) *httptest.Server {
	t.Helper()
	h := handler.New(&graphql.ExecutableSchemaMock{
		SchemaFunc: func() *ast.Schema { return schema },
		ComplexityFunc: func(context.Context, string, string, int, map[string]any) (int, bool) {
			return 0, false
		},
		ExecFunc: func(ctx context.Context) graphql.ResponseHandler {
			data, err := json.Marshal(map[string]any{"variables": graphql.GetOperationContext(ctx).Variables})
			if err != nil {
				t.Error(err)
			}
			return graphql.OneShot(&graphql.Response{Data: data})
		},
	})
	h.AddTransport(request.Post{MaxBytes: 10_000})
	h.AddTransport(request.Get{})
	h.SetParserTokenLimit(1000)
	h.Use(extension.Introspection{})
	h.Use(limits)
	h.Use(extension.FixedComplexityLimit(100))
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// answer is what came back.
type answer struct {
	status int
	media  string
	text   string
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
}

// code is that of the first error, "" for none.
func (a *answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

func send(t *testing.T, r *http.Request) *answer {
	t.Helper()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := &answer{status: response.StatusCode, media: response.Header.Get("Content-Type"), text: string(text)}
	if err := json.Unmarshal(text, a); err != nil {
		t.Fatalf("the answer %.200q is no JSON: %v", text, err)
	}
	return a
}

func post(t *testing.T, s *httptest.Server, body string) *answer {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	return send(t, r)
}

// query posts a document.
func query(t *testing.T, s *httptest.Server, document string) *answer {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	return post(t, s, string(body))
}

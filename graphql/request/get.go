package request

import (
	"encoding/json"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
)

// Get reads queries from the parameters query, operationName, variables and
// extensions of a GET; it carries no mutation.
type Get struct{}

var _ graphql.Transport = Get{}

// Supports takes every GET that is no handshake for another protocol.
func (Get) Supports(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && r.Header.Get("Upgrade") == ""
}

// Do implements [graphql.Transport].
func (Get) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	values := r.URL.Query()
	params := &graphql.RawParams{
		Query:         values.Get("query"),
		OperationName: values.Get("operationName"),
		Headers:       r.Header,
	}
	params.ReadTime.Start = graphql.Now()
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		text := []byte(values.Get(name))
		if len(text) > 0 && (!json.Valid(text) || unmarshal(text, into) != nil) {
			refuse(w, r, executor, http.StatusBadRequest, coded(CodeBadRequest, name+" is not a JSON object"))
			return
		}
	}
	params.ReadTime.End = graphql.Now()
	run(w, r, executor, params, true)
}

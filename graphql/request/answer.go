package request

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The types that an answer may have.
const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"
)

// CodeBadRequest is of a request that is none: a body that is not JSON, a
// missing query.
const CodeBadRequest = "BAD_REQUEST"

// tokenLimit is how the parser begins to say that a document has too many
// tokens; it has no code for it.
const tokenLimit = "exceeded token limit"

// longest is how many bytes of a message about a document go out: the parser
// quotes the token that it did not expect, and a token may be a megabyte.
const longest = 300

// run answers a request that was read.
func run(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor, params *graphql.RawParams, queryOnly bool) {
	ctx := r.Context()
	if strings.TrimSpace(params.Query) == "" && len(params.Extensions) == 0 { // which may name a persisted one
		refuse(w, r, executor, http.StatusBadRequest, coded(CodeBadRequest, "there is no query"))
		return
	}
	operation, refused := executor.CreateOperationContext(ctx, params)
	if refused == nil && queryOnly && operation.Operation.Operation != "query" {
		refused = gqlerror.List{coded(CodeBadRequest, "GET only carries queries")}
	}
	if refused != nil {
		refuseOperation(w, r, executor, operation, refused)
		return
	}
	next, ctx := executor.DispatchOperation(ctx, operation)
	write(w, r, http.StatusOK, next(ctx))
}

// refuseOperation answers an operation that cannot run.
func refuseOperation(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor, operation *graphql.OperationContext, refused gqlerror.List) {
	for _, err := range refused {
		if strings.HasPrefix(err.Message, tokenLimit) {
			errcode.Set(err, CodeTokens)
		}
		err.Message = clip(err.Message)
	}
	ctx := graphql.WithOperationContext(r.Context(), operation)
	write(w, r, statusOf(r, refused), executor.DispatchError(ctx, refused))
}

// refuse answers a request that could not be read.
func refuse(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor, status int, err *gqlerror.Error) {
	write(w, r, status, executor.DispatchError(r.Context(), gqlerror.List{err}))
}

func coded(code, message string) *gqlerror.Error {
	err := gqlerror.Errorf("%s", message)
	errcode.Set(err, code)
	return err
}

// statusOf gives the status of an operation that was refused before it ran.
func statusOf(r *http.Request, refused gqlerror.List) int {
	for _, err := range refused {
		switch err.Extensions["code"] {
		case errcode.ParseFailed, errcode.ValidationFailed:
		default:
			return http.StatusBadRequest
		}
	}
	if wanted(r) == typeResponse {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// wanted is the type of the answer: application/json for all who do not ask for
// the newer type by its name before it.
func wanted(r *http.Request) string {
	for part := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		media, _, err := mime.ParseMediaType(strings.TrimSpace(part))
		switch {
		case err != nil:
		case media == typeResponse:
			return typeResponse
		case media == typeJSON, media == "application/*", media == "*/*":
			return typeJSON
		}
	}
	return typeJSON
}

func write(w http.ResponseWriter, r *http.Request, status int, response *graphql.Response) {
	begin, rest, err := encode(response)
	if err != nil {
		// The data are bytes that gqlgen wrote; only a fault of ours makes
		// them anything but JSON.
		status, begin, rest = http.StatusInternalServerError, "", []byte(`{"errors":[{"message":"internal error"}],"data":null}`)
	}
	h := w.Header()
	h.Set("Content-Type", wanted(r)+"; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(begin)+len(rest)))
	w.WriteHeader(status)
	// The client may be gone; there is nobody else to tell.
	_, _ = io.WriteString(w, begin)
	_, _ = w.Write(rest)
}

// encode writes a response, in two parts. Data that came alone are sent as and
// where they are: gqlgen has just made them, and encoding/json would read all of
// them again, to take out line breaks that scalars may have written.
func encode(response *graphql.Response) (begin string, rest []byte, err error) {
	if len(response.Errors) > 0 || len(response.Extensions) > 0 || response.HasNext != nil || len(response.Data) == 0 ||
		bytes.IndexByte(response.Data, '\n') >= 0 {
		rest, err = json.Marshal(response)
		return "", rest, err
	}
	return `{"data":`, append(response.Data, '}'), nil
}

// clip cuts a message after whole characters.
func clip(message string) string {
	if len(message) <= longest {
		return message
	}
	cut := longest
	for cut > 0 && !utf8.RuneStart(message[cut]) {
		cut--
	}
	return message[:cut] + "…"
}

package request

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Post reads operations from POST with a body of JSON. An array, which would be
// a batch, is refused.
type Post struct {
	// MaxBytes is the longest body; zero is no limit.
	MaxBytes int64
}

var _ graphql.Transport = Post{}

// Supports takes every POST, so that one of another media type is refused here.
func (Post) Supports(r *http.Request) bool {
	return r.Method == http.MethodPost && r.Header.Get("Upgrade") == ""
}

// Do implements [graphql.Transport].
func (p Post) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	params, status, err := read(w, r, p.MaxBytes)
	if err != nil {
		refuse(w, r, executor, status, err)
		return
	}
	run(w, r, executor, params, false)
}

// read takes the operation out of a POST; what is none comes with the status of
// its refusal.
func read(w http.ResponseWriter, r *http.Request, most int64) (*graphql.RawParams, int, *gqlerror.Error) {
	if !isJSON(r.Header.Get("Content-Type")) {
		return nil, http.StatusUnsupportedMediaType, coded(CodeBadRequest, "the body must be application/json")
	}
	params := &graphql.RawParams{Headers: r.Header}
	params.ReadTime.Start = graphql.Now()
	body := r.Body
	if most > 0 {
		body = http.MaxBytesReader(w, body, most)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		var long *http.MaxBytesError
		if errors.As(err, &long) {
			return nil, http.StatusBadRequest, coded(CodeBody, "the body is too long")
		}
		return nil, http.StatusBadRequest, coded(CodeBadRequest, "the body could not be read")
	}
	if err := decode(text, params); err != nil {
		return nil, http.StatusBadRequest, err
	}
	params.ReadTime.End = graphql.Now()
	return params, 0, nil
}

// decode takes a body apart. Its errors say what is wrong and quote nothing.
func decode(text []byte, params *graphql.RawParams) *gqlerror.Error {
	if text = bytes.TrimSpace(text); len(text) > 0 && text[0] == '[' {
		return coded(CodeBadRequest, "one operation a request: batches are not taken")
	}
	if len(text) == 0 || text[0] != '{' || !json.Valid(text) {
		return coded(CodeBadRequest, "the body is not a JSON object")
	}
	if err := unmarshal(text, params); err != nil {
		return coded(CodeBadRequest, `"query" and "operationName" are strings, "variables" and "extensions" objects`)
	}
	return nil
}

// unmarshal keeps numbers as they are written: an Int of a variable is not to
// become a float on its way.
func unmarshal(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

func isJSON(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == typeJSON || strings.HasSuffix(media, "+json"))
}

package request_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/graphql/request"
)

const (
	secret     = "SECRET-VALUE-OF-A-CLIENT"
	invalid    = "GRAPHQL_VALIDATION_FAILED"
	unparsed   = "GRAPHQL_PARSE_FAILED"
	complexity = "COMPLEXITY_LIMIT_EXCEEDED"
)

func TestPost(t *testing.T) {
	for _, test := range []struct {
		name, body string
		status     int
		code       string
	}{
		{"a query", `{"query": "{ node { name } }"}`, 200, ""},
		{"white space before it", " \n" + `{"query": "{ node { name } }"}`, 200, ""},
		{"members that are not known", `{"query": "{ node { name } }", "id": 1}`, 200, ""},
		{"null variables", `{"query": "{ node { name } }", "variables": null, "operationName": null}`, 200, ""},
		{"an unknown field", `{"query": "{ node { nothing } }"}`, 200, invalid},
		{"no document", `{"query": "{ ` + secret + `"}`, 200, unparsed},
		{"no query", `{}`, 400, request.CodeBadRequest},
		{"nothing but a comment", `{"query": "# nothing"}`, 200, invalid},
		{"an operation that is not there", `{"query": "{ node { name } }", "operationName": "x"}`, 200, invalid},
		{"an unknown variable's type", `{"query": "query ($n: Int!) { node(first: $n) { name } }", "variables": {"n": "` + secret + `"}}`, 200, invalid},
		{"too complex", `{"query": "{ node { ` + strings.Repeat("next { ", 100) + "name" + strings.Repeat(" }", 100) + ` } }"}`, 400, complexity},
		{"too many tokens", `{"query": "{ node { ` + strings.Repeat("name ", 1000) + ` } }"}`, 400, request.CodeTokens},
		{"no JSON", `{"query": "` + secret, 400, request.CodeBadRequest},
		{"more than JSON", `{"query": "{ node { name } }"} ` + secret, 400, request.CodeBadRequest},
		{"no object", `"` + secret + `"`, 400, request.CodeBadRequest},
		{"nothing", ``, 400, request.CodeBadRequest},
		{"a batch", `[{"query": "{ node { name } }"}]`, 400, request.CodeBadRequest},
		{"a query of another type", `{"query": {"` + secret + `": 1}}`, 400, request.CodeBadRequest},
		{"variables of another type", `{"query": "{ node { name } }", "variables": ["` + secret + `"]}`, 400, request.CodeBadRequest},
		{"a body that is too long", `{"query": "` + strings.Repeat("#", 10_000) + `"}`, 400, request.CodeBody},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := post(t, serve(t, request.Limits{}), test.body)
			if a.status != test.status || a.code() != test.code {
				t.Errorf("status %d, code %q, want %d, %q: %s", a.status, a.code(), test.status, test.code, a.text)
			}
			if strings.Contains(a.text, secret) {
				t.Errorf("the answer repeats the body: %s", a.text)
			}
			if !strings.HasPrefix(a.media, "application/json") {
				t.Errorf("type %q", a.media)
			}
		})
	}
}

func TestMessagesAreClipped(t *testing.T) {
	a := query(t, serve(t, request.Limits{}), `{ node(first: "`+strings.Repeat("ä", 2000)+`") { name } }`)
	if len(a.Errors) == 0 || a.code() != invalid || len(a.Errors[0].Message) > 310 || !strings.HasSuffix(a.Errors[0].Message, "ä…") {
		t.Errorf("%d bytes: %.400s", len(a.text), a.text)
	}
}

func TestMediaType(t *testing.T) {
	s := serve(t, request.Limits{})
	for media, want := range map[string]int{
		"application/json":                         200,
		"application/json; charset=utf-8":          200,
		"application/vnd.schemaregistry.v1+json":   200,
		"text/plain":                               415,
		"application/x-www-form-urlencoded":        415,
		"":                                         415,
		"application/json;;; charset":              415,
		"multipart/form-data; boundary=operations": 415,
	} {
		r, err := http.NewRequest(http.MethodPost, s.URL, strings.NewReader(`{"query": "{ node { name } }"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", media)
		if a := send(t, r); a.status != want {
			t.Errorf("%q: status %d, want %d", media, a.status, want)
		}
	}
}

// Who asks for the newer type gets it, with the statuses that go with it.
func TestAccept(t *testing.T) {
	const newer = "application/graphql-response+json"
	s := serve(t, request.Limits{})
	for _, test := range []struct {
		accept, media string
		status        int
	}{
		{"", "application/json", 200},
		{"*/*", "application/json", 200},
		{"application/json, " + newer, "application/json", 200},
		{newer, newer, 400},
		{newer + ", application/json;q=0.9", newer, 400},
		{"text/html", "application/json", 200},
	} {
		r, err := http.NewRequest(http.MethodPost, s.URL, strings.NewReader(`{"query": "{ nothing }"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", test.accept)
		if a := send(t, r); a.status != test.status || !strings.HasPrefix(a.media, test.media+";") {
			t.Errorf("Accept %q: %d %s, want %d %s", test.accept, a.status, a.media, test.status, test.media)
		}
	}
}

func TestGet(t *testing.T) {
	s := serve(t, request.Limits{})
	for _, test := range []struct {
		name   string
		values url.Values
		status int
		code   string
	}{
		{"a query", url.Values{"query": {"{ node { name } }"}}, 200, ""},
		{"by name", url.Values{"query": {"query a { node { name } } query b { node { name } }"}, "operationName": {"b"}}, 200, ""},
		{"a mutation", url.Values{"query": {"mutation { touch { name } }"}}, 400, request.CodeBadRequest},
		{"variables that are none", url.Values{"query": {"{ node { name } }"}, "variables": {secret}}, 400, request.CodeBadRequest},
		{"no query", url.Values{}, 400, request.CodeBadRequest},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := http.NewRequest(http.MethodGet, s.URL+"?"+test.values.Encode(), nil)
			if err != nil {
				t.Fatal(err)
			}
			a := send(t, r)
			if a.status != test.status || a.code() != test.code || strings.Contains(a.text, secret) {
				t.Errorf("status %d, code %q, want %d, %q: %s", a.status, a.code(), test.status, test.code, a.text)
			}
		})
	}
}

// Variables arrive as they were sent, over both methods.
func TestVariables(t *testing.T) {
	s := serve(t, request.Limits{})
	const document = "query ($n: Int) { node(first: $n) { name } }"
	want := `{"variables":{"n":2147483647}}`
	posted := post(t, s, `{"query": "`+document+`", "variables": {"n": 2147483647}}`)
	r, err := http.NewRequest(http.MethodGet, s.URL+"?"+url.Values{"query": {document}, "variables": {`{"n": 2147483647}`}}.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []*answer{posted, send(t, r)} {
		if diff := cmp.Diff(want, string(a.Data)); diff != "" {
			t.Errorf("%s\n%s", a.text, diff)
		}
	}
}

// Whatever is sent, an answer is JSON with errors, and no part of a body that
// is no request comes back.
func FuzzPost(f *testing.F) {
	for _, seed := range []string{`{"query":"{ node { name } }"}`, `[]`, `{"query":5}`, `{"query":"{"}`, "\x00", `{"query":"query($a:Int){node(first:$a){name}}","variables":{"a":1e99}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		a := post(t, serve(t, request.Limits{Depth: 5, Aliases: 3, Size: 50}), body)
		if !json.Valid([]byte(a.text)) || a.status >= 500 || a.status != 200 && len(a.Errors) == 0 {
			t.Errorf("%q: %d %s", body, a.status, a.text)
		}
	})
}

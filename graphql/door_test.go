package graphql_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const hello = `{ viewer { kind } }`

func quoted(text string) string {
	out, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func TestDoor(t *testing.T) {
	n := newNode(t)
	body := `{"query":` + quoted(hello) + `}`
	for _, test := range []struct {
		name, method, query, body string
		headers                   []string
		status                    int
		code                      string
	}{
		{"post", "POST", "", body, []string{"Content-Type", "application/json"}, 200, ""},
		{"post with a charset", "POST", "", body, []string{"Content-Type", "application/json; charset=utf-8"}, 200, ""},
		{"post that a form could send", "POST", "", body, []string{"Content-Type", "text/plain"}, 415, "BAD_REQUEST"},
		{"post without a type", "POST", "", body, nil, 415, "BAD_REQUEST"},
		{"post of a form", "POST", "", "query=" + url.QueryEscape(hello), []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "BAD_REQUEST"},
		{"post with a header of one's own", "POST", "", body, []string{"Content-Type", "text/plain", "X-Requested-With", "test"}, 200, ""},
		{"get", "GET", "?query=" + url.QueryEscape(hello), "", nil, 400, "BAD_REQUEST"},
		{"get without anything", "GET", "", "", nil, 400, "BAD_REQUEST"},
		{"put", "PUT", "", body, []string{"Content-Type", "application/json"}, 405, "BAD_REQUEST"},
		{"a batch", "POST", "", "[" + body + "]", []string{"Content-Type", "application/json"}, 400, "BAD_REQUEST"},
		{"a batch in an envelope", "POST", "", `{"query":["` + hello + `"]}`, []string{"Content-Type", "application/json"}, 400, "BAD_REQUEST"},
		{"no JSON", "POST", "", `{"query": secret`, []string{"Content-Type", "application/json"}, 400, "BAD_REQUEST"},
		{"two documents", "POST", "", body + body, []string{"Content-Type", "application/json"}, 400, "BAD_REQUEST"},
		{"nothing", "POST", "", "", []string{"Content-Type", "application/json"}, 400, "BAD_REQUEST"},
		{"no operation", "POST", "", `{}`, []string{"Content-Type", "application/json"}, 400, "BAD_REQUEST"},
		{"syntax", "POST", "", `{"query":"{ viewer { "}`, []string{"Content-Type", "application/json"}, 200, "GRAPHQL_PARSE_FAILED"},
		{"syntax, the newer type", "POST", "", `{"query":"{"}`, []string{"Content-Type", "application/json", "Accept", "application/graphql-response+json"}, 400, "GRAPHQL_PARSE_FAILED"},
		{"an unknown field", "POST", "", `{"query":"{ secret }"}`, []string{"Content-Type", "application/json"}, 200, "GRAPHQL_VALIDATION_FAILED"},
		{"a subscription without a stream", "POST", "", `{"query":"subscription { changes { revision } }"}`, []string{"Content-Type", "application/json"}, 200, "UNSUPPORTED"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := n.in(t)
			a := n.send(test.method, test.query, test.body, test.headers...)
			if a.status != test.status || a.code() != test.code {
				t.Errorf("status %d, code %q, want %d, %q: %s", a.status, a.code(), test.status, test.code, a.text)
			}
		})
	}
}

// A body that cannot be read is not repeated: it may hold what others must not
// see.
func TestNoEcho(t *testing.T) {
	n := newNode(t)
	for _, body := range []string{`{"query": "hunter2"`, `hunter2`, `["hunter2"]`, `{"query":{"a":"hunter2"}}`, `{"variables":"hunter2"}`} {
		for _, accept := range []string{"application/json", "text/event-stream"} {
			a := n.send(http.MethodPost, "", body, "Content-Type", "application/json", "Accept", accept)
			if a.status != http.StatusBadRequest || strings.Contains(a.text, "hunter2") {
				t.Errorf("%s: status %d: %s", body, a.status, a.text)
			}
		}
	}
}

func TestPersistedQueries(t *testing.T) {
	n := newNode(t)
	sum := sha256.Sum256([]byte(hello))
	extensions := `{"persistedQuery":{"version":1,"sha256Hash":"` + hex.EncodeToString(sum[:]) + `"}}`
	get := "?extensions=" + url.QueryEscape(extensions)
	if a := n.send(http.MethodGet, get, ""); a.code() != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("before it was sent: %s", a.text)
	}
	a := n.send(http.MethodPost, "", `{"query":`+quoted(hello)+`,"extensions":`+extensions+`}`, "Content-Type", "application/json")
	if a.code() != "" {
		t.Fatalf("sent with its hash: %s", a.text)
	}
	a = n.send(http.MethodGet, get, "")
	if a.status != http.StatusOK || a.code() != "" {
		t.Fatalf("by its hash: %d %s", a.status, a.text)
	}
	a.has("viewer.kind", `"ANONYMOUS"`)

	// Nothing is changed by GET, whoever has sent it before.
	change := `mutation { putTag(input: {name: "Got"}) { tag { name } } }`
	sum = sha256.Sum256([]byte(change))
	extensions = `{"persistedQuery":{"version":1,"sha256Hash":"` + hex.EncodeToString(sum[:]) + `"}}`
	n.send(http.MethodPost, "", `{"query":`+quoted(change)+`,"extensions":`+extensions+`}`, "Content-Type", "application/json")
	before := n.query(`{ revision }`).string("revision")
	if a := n.send(http.MethodGet, "?extensions="+url.QueryEscape(extensions), ""); a.status == http.StatusOK || a.code() == "" {
		t.Errorf("a mutation by GET: %d %s", a.status, a.text)
	}
	if after := n.query(`{ revision }`).string("revision"); after != before {
		t.Errorf("a mutation by GET has changed %s to %s", before, after)
	}
	// A wrong hash keeps nothing.
	a = n.send(http.MethodPost, "", `{"query":`+quoted(hello+" ")+`,"extensions":`+extensions+`}`, "Content-Type", "application/json")
	if a.code() == "" && len(a.Errors) == 0 {
		t.Errorf("a hash of another query: %s", a.text)
	}
}

func TestExplorer(t *testing.T) {
	n := newNode(t)
	a := n.send(http.MethodGet, "", "", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		t.Fatalf("status %d, type %s", a.status, a.header.Get("Content-Type"))
	}
	if outside := regexp.MustCompile(`(?:https?:)?//[a-z0-9]+\.[a-z]+|\bimport\b|@import|<link[^>]+href="[^d]|\bsrc=`).FindString(a.text); outside != "" {
		t.Errorf("the page asks for %q: it must work without a network", outside)
	}
	if strings.Contains(a.text, "{{") {
		t.Error("the page is not put together")
	}
	policy := a.header.Get("Content-Security-Policy")
	for _, part := range []string{"script", "style"} {
		text := regexp.MustCompile(`(?s)<` + part + `>(.*)</` + part + `>`).FindStringSubmatch(a.text)
		if text == nil {
			t.Fatalf("no %s in the page", part)
		}
		sum := sha256.Sum256([]byte(text[1]))
		if !strings.Contains(policy, part+"-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Errorf("the policy does not let the %s run: %s", part, policy)
		}
	}
	for _, id := range []string{"operation", "variables", "find"} {
		if !strings.Contains(a.text, `for="`+id+`"`) && !regexp.MustCompile(`id="`+id+`"[^>]*aria-label=`).MatchString(a.text) {
			t.Errorf("%s has no label", id)
		}
	}
	// The query by which the page reads the schema passes.
	found := regexp.MustCompile("(?s)const introspection = `(.*?)`;").FindStringSubmatch(a.text)
	if found == nil {
		t.Fatal("the page does not read the schema")
	}
	n.query(found[1]).has("__schema.queryType.name", `"Query"`)
}

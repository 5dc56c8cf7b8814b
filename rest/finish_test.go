package rest

import (
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// edge is a Server without a registry: enough for what the edge itself does.
// Its endpoint /big answers 300 bytes, /boom panics.
func edge(t *testing.T, settings Settings) *Server {
	t.Helper()
	s := New(Config{Settings: settings, Metrics: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler)})
	for _, op := range []*operation{
		read("/big", func(c *call) error {
			c.out = append(c.out, strings.Repeat("x", 300)...)
			return nil
		}).withTag(),
		check("/big", func(c *call) error {
			c.out = append(c.out, strings.Repeat("x", 300)...)
			return nil
		}),
		read("/boom", func(*call) error { panic("boom") }),
	} {
		op.count = s.metrics.of(op.method, op.pattern)
		s.root.add(op)
	}
	return s
}

func send(s *Server, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	got := w.Result()
	// On the wire letter case does not count; a recorder keeps it.
	for name, values := range got.Header {
		delete(got.Header, name)
		got.Header[http.CanonicalHeaderKey(name)] = values
	}
	return got
}

// The row of registry-api.md 1.7 about compression.
func TestCompression(t *testing.T) {
	s := edge(t, DefaultSettings())
	for _, test := range []struct {
		method, target, accept string
		compressed             bool
	}{
		{"GET", "/big", "gzip", true},
		{"POST", "/big", "deflate, gzip;q=0.5", true},
		{"GET", "/big", "*", true},
		{"GET", "/big", "GZIP", true},
		{"GET", "/big", "", false},
		{"GET", "/big", "gzip;q=0", false},
		{"GET", "/big", "*;q=1, gzip;q=0", false},
		{"GET", "/big", "br", false},
		{"GET", "/", "gzip", false},        // too small
		{"GET", "/nothere", "gzip", false}, // no answer
	} {
		got := send(s, test.method, test.target, "Accept-Encoding", test.accept)
		if compressed := got.Header.Get("Content-Encoding") == "gzip"; compressed != test.compressed {
			t.Errorf("%s %s with %q: compressed %v, want %v", test.method, test.target, test.accept, compressed, test.compressed)
		}
		if got.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s %s has Vary %q", test.method, test.target, got.Header["Vary"])
		}
		if !test.compressed {
			continue
		}
		z, err := gzip.NewReader(got.Body)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(z); err != nil || string(body) != strings.Repeat("x", 300) {
			t.Errorf("%s %s is %q, %v", test.method, test.target, body, err)
		}
	}
	if got := send(s, "DELETE", "/big", "Accept-Encoding", "gzip"); got.Header.Get("Vary") != "" {
		t.Errorf("DELETE has Vary %q", got.Header.Get("Vary"))
	}
	off := DefaultSettings()
	off.Compress = false
	if got := send(edge(t, off), "GET", "/big", "Accept-Encoding", "gzip"); got.Header.Get("Content-Encoding") != "" || got.Header.Get("Vary") != "" {
		t.Errorf("switched off: %v", got.Header)
	}
}

// A compressed answer carries the same tag, weakly (registry-api.md 1.8).
func TestEntityTag(t *testing.T) {
	s := edge(t, DefaultSettings())
	tag := send(s, "GET", "/big").Header.Get("ETag")
	if !regexp.MustCompile(`^"[^"]+"$`).MatchString(tag) {
		t.Fatalf("the tag is %s", tag)
	}
	zipped := send(s, "GET", "/big", "Accept-Encoding", "gzip")
	if got := zipped.Header.Get("ETag"); got != "W/"+tag {
		t.Errorf("compressed the tag is %s, want W/%s", got, tag)
	}
	for _, match := range []string{tag, "W/" + tag, `"a", ` + tag, "*"} {
		got := send(s, "GET", "/big", "If-None-Match", match)
		body, err := io.ReadAll(got.Body)
		if err != nil || got.StatusCode != http.StatusNotModified || len(body) > 0 || got.Header.Get("Cache-Control") != "private, no-cache" || got.Header.Get("ETag") != tag {
			t.Errorf("If-None-Match %s is answered %d %v %q", match, got.StatusCode, got.Header, body)
		}
	}
	if got := send(s, "GET", "/big", "If-None-Match", `"a"`); got.StatusCode != http.StatusOK {
		t.Errorf("another tag is answered %d", got.StatusCode)
	}
}

// The row of registry-api.md 1.7 about X-Request-ID.
func TestRequestID(t *testing.T) {
	s := edge(t, DefaultSettings())
	name := "X-Request-ID" // as it is written, which is not Go's spelling
	fresh := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	for _, test := range []struct {
		headers []string
		echoed  string
	}{
		{nil, ""},
		{[]string{"X-Request-ID", "mine"}, "mine"},
		{[]string{"X-Request-ID", " "}, ""},
		{[]string{"X-Request-ID", "a", "X-Request-ID", "b"}, ""},
	} {
		for _, target := range []string{"/", "/nothere", "//"} {
			w := httptest.NewRecorder()
			r := httptest.NewRequest("GET", "http://h/", nil)
			r.RequestURI = target
			for i := 0; i < len(test.headers); i += 2 {
				r.Header.Add(test.headers[i], test.headers[i+1])
			}
			s.ServeHTTP(w, r)
			got := w.Header()[name]
			if len(got) != 1 || test.echoed != "" && got[0] != test.echoed || test.echoed == "" && !fresh.MatchString(got[0]) {
				t.Errorf("%s with %q has the request id %q", target, test.headers, got)
			}
		}
	}
}

// A panic is a 500 in JSON, and the server goes on.
func TestPanic(t *testing.T) {
	s := edge(t, DefaultSettings())
	got := send(s, "GET", "/boom")
	body, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != http.StatusInternalServerError || string(body) != `{"error_code":500,"message":"Internal Server Error"}` {
		t.Errorf("a panic is answered %d %s, %v", got.StatusCode, body, err)
	}
	if got := send(s, "GET", "/"); got.StatusCode != http.StatusOK {
		t.Errorf("after a panic: %d", got.StatusCode)
	}
}

// Requests are counted by route and status, and shown.
func TestMetrics(t *testing.T) {
	s := edge(t, DefaultSettings())
	send(s, "GET", "/big")
	send(s, "GET", "/nothere")
	send(s, "DELETE", "/big")
	body, err := io.ReadAll(send(s, "GET", "/metrics").Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`weir_http_requests_total{method="GET",route="/big",status="200"} 1`,
		`weir_http_requests_total{method="",route="",status="404"} 1`,
		`weir_http_requests_total{method="",route="",status="405"} 1`,
		`weir_http_requests_in_flight 1`,
	} {
		if !strings.Contains(string(body), line+"\n") {
			t.Errorf("metrics lack %s", line)
		}
	}
}

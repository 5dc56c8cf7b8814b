package rest

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/store"
)

// streamed is a server with a catalog, for tests of what lasts.
type streamed struct {
	*httptest.Server
	node *catalogtest.Node
	rest *Server
}

// begunLater is a log that was trimmed.
type begunLater struct {
	*store.Store
	oldest feed.Revision
}

func (s *begunLater) OldestChange(ctx context.Context) (feed.Revision, error) {
	oldest, err := s.Store.OldestChange(ctx)
	return max(oldest, s.oldest), err
}

func newStreamed(t *testing.T, oldest feed.Revision, settings func(*Settings)) *streamed {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	n := catalogtest.Open(t, func(s *catalogtest.Setup) {
		s.Catalog.Store, s.Catalog.Epoch = &begunLater{s.Catalog.Store.(*store.Store), oldest}, "epoch"
	})
	config := Config{Registry: n.Registry, Catalog: n.Catalog, Settings: DefaultSettings()}
	settings(&config.Settings)
	server := New(config)
	w := &streamed{httptest.NewServer(server), n, server}
	t.Cleanup(w.Close)
	return w
}

// describe makes a tag say something, in one revision.
func (w *streamed) describe(tag, text string) {
	w.node.T.Helper()
	w.node.Commit(catalog.Put{Definition: &catalog.TagDefinition{Name: tag, Description: text}})
}

// A stream of which nothing passes the filter shows that it is alive, and lets
// the client's cursor move on.
func TestStreamHeartbeat(t *testing.T) {
	w := newStreamed(t, 0, func(s *Settings) { s.Heartbeat = 20 * time.Millisecond })
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.URL+"/catalog/v1/changes?domains=none", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", typeEvents)
	answer, err := w.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	lines := bufio.NewScanner(answer.Body)
	until := func(want string) {
		t.Helper()
		for lines.Scan() {
			if lines.Text() == want {
				return
			}
			if strings.HasPrefix(lines.Text(), "data") {
				t.Fatalf("a client that asked for nothing reads %s", lines.Text())
			}
		}
		t.Fatalf("the stream ends before %q: %v", want, lines.Err())
	}
	until(":")
	until(":")
	w.describe("A", "x")
	until("id: epoch:1")
	until(":")
}

// A client that does not read is left, and what is waiting for it is not kept.
func TestStreamLeavesSlowReaders(t *testing.T) {
	w := newStreamed(t, 0, func(s *Settings) { s.StreamWrite = 100 * time.Millisecond })
	c, err := net.Dial("tcp", strings.TrimPrefix(w.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err := fmt.Fprintf(c, "GET /catalog/v1/changes?since=epoch:0 HTTP/1.1\r\nHost: x\r\nAccept: %s\r\n\r\n", typeEvents); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Fatalf("the stream begins with %q, %v", line, err)
	}
	text := strings.Repeat("x", 60000)
	for i := 0; i < 2000; i++ {
		w.describe("A", fmt.Sprint(i, text))
		if i%50 == 49 {
			if strings.Contains(w.metrics(), `status="200"} 1`) {
				return // The stream's handler has ended.
			}
		}
	}
	t.Error("a stream whose client does not read goes on")
}

// metrics are the lines about the change stream.
func (w *streamed) metrics() string {
	r := httptest.NewRecorder()
	w.rest.ServeHTTP(r, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	var lines []string
	for line := range strings.SplitSeq(r.Body.String(), "\n") {
		if strings.Contains(line, "weir_http_requests_total") && strings.Contains(line, "changes") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// What the trimmed log no longer reaches is a typed refusal, and the oldest
// revision is published.
func TestChangesOfTrimmedLog(t *testing.T) {
	w := newStreamed(t, 3, func(*Settings) {})
	for _, text := range []string{"a", "b", "c", "d"} {
		w.describe("A", text)
	}
	for _, c := range []struct {
		path, accept, want string
		status             int
	}{
		{"/catalog/v1/revision", "*/*", `{"revision":"epoch:4","oldest":"epoch:2"}`, 200},
		{"/catalog/v1/changes?since=epoch:1", "*/*", `"error_code":41001`, 410},
		{"/catalog/v1/changes?since=epoch:1", typeEvents, `"error_code":41001`, 410},
		{"/catalog/v1/changes?since=epoch:2&limit=1", "*/*", `"cursor":"epoch:3:1"`, 200},
		{"/catalog/v1/changes?limit=1", "*/*", `"cursor":"epoch:3:1"`, 200},
		{"/catalog/v1/entities/TAG%2F%2FA?asOf=epoch:1", "*/*", `"error_code":41001`, 410},
		{"/catalog/v1/entities/TAG%2F%2FA?asOf=epoch:2", "*/*", `"description":"b"`, 200},
		{"/catalog/v1/entities/TAG%2F%2FA?asOf=epoch:3", "*/*", `"description":"c"`, 200},
		{"/catalog/v1/entities/TAG%2F%2FA?asOf=other:3", "*/*", `"error_code":41002`, 410},
	} {
		r := httptest.NewRequest(http.MethodGet, c.path, nil)
		r.Header.Set("Accept", c.accept)
		got := httptest.NewRecorder()
		w.rest.ServeHTTP(got, r)
		if got.Code != c.status || !strings.Contains(got.Body.String(), c.want) {
			t.Errorf("GET %s = %d %s, want %d with %s", c.path, got.Code, got.Body, c.status, c.want)
		}
	}
}

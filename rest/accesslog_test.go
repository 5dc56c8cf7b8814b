package rest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/weir-registry/weir/auth"
)

// slowWriter is written to by the log's goroutine.
type slowWriter struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *slowWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(b)
}

func TestAccessLog(t *testing.T) {
	var out slowWriter
	log := NewAccessLog(&out)
	start := time.Date(2026, 1, 2, 3, 4, 5, 6789000, time.FixedZone("", 3600))
	now := start
	s := New(Config{
		Settings:     DefaultSettings(),
		AccessLog:    log,
		Now:          func() time.Time { n := now; now = now.Add(1500 * time.Microsecond); return n },
		Authenticate: func(*http.Request) (auth.Principal, error) { return auth.Principal{Name: `a "user"`}, nil },
	})
	r := httptest.NewRequest("GET", "/schemas/types?a=b", nil)
	r.Header.Set("X-Request-ID", "id\nforged")
	r.Header.Set("User-Agent", "curl/8")
	s.ServeHTTP(httptest.NewRecorder(), r)
	log.Close()
	want := `2026-01-02T02:04:05.006789Z 192.0.2.1:1234 GET /schemas/types?a=b 200 26 1500µs id="id\nforged" user="a \"user\"" agent=curl/8` + "\n"
	if got := out.buf.String(); got != want {
		t.Errorf("the line is\n%swant\n%s", got, want)
	}
}

// Lines of many requests at once are all there, each whole.
func TestAccessLogKeepsLines(t *testing.T) {
	var out slowWriter
	log := NewAccessLog(&out)
	s := New(Config{Settings: DefaultSettings(), AccessLog: log})
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for range 500 {
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			}
		})
	}
	clients.Wait()
	log.Close()
	lines := strings.Split(strings.TrimSuffix(out.buf.String(), "\n"), "\n")
	if len(lines) != 4000 || log.Dropped() != 0 {
		t.Errorf("%d lines, %d dropped; want 4000 and 0", len(lines), log.Dropped())
	}
	for _, line := range lines {
		if !strings.Contains(line, " GET / 200 2 ") {
			t.Fatalf("a line is %q", line)
		}
	}
}

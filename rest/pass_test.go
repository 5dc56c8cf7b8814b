package rest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// passing serves a handler at /graphql; logged ends it and gives the access log.
func passing(t *testing.T, h http.Handler, config Config) (server *httptest.Server, logged func() string) {
	t.Helper()
	var lines bytes.Buffer
	config.AccessLog = NewAccessLog(&lines)
	config.GraphQL = h
	config.Settings = DefaultSettings()
	server = httptest.NewServer(New(config))
	logged = sync.OnceValue(func() string {
		server.Close()
		config.AccessLog.Close()
		return lines.String()
	})
	t.Cleanup(func() { logged() })
	return server, logged
}

func TestPassedAnswerIsLoggedAndTellsItsRevision(t *testing.T) {
	server, logged := passing(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		registry.ReportRevision(r.Context(), feed.Cursor{Epoch: "e", Revision: 7})
		w.WriteHeader(http.StatusTeapot)
		_, _ = io.WriteString(w, "short and stout")
	}), Config{})
	answer, err := http.Post(server.URL+"/graphql", "text/odd", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	answer.Body.Close()
	if answer.StatusCode != http.StatusTeapot || string(body) != "short and stout" || answer.Header.Get("Weir-Revision") != "e:7" {
		t.Errorf("answer %d %q, revision %q", answer.StatusCode, body, answer.Header.Get("Weir-Revision"))
	}
	if got := logged(); !strings.Contains(got, "/graphql 418 15 ") {
		t.Errorf("the access log is %q", got)
	}
}

func TestPassedStreamEndsWhenTheNodeLeaves(t *testing.T) {
	var leaving atomic.Bool
	ended := make(chan error, 1)
	server, _ := passing(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, ": here\n\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		ended <- context.Cause(r.Context())
	}), Config{Leaving: leaving.Load})
	answer, err := http.Get(server.URL + "/graphql")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	first := make([]byte, len(": here\n\n"))
	if _, err := io.ReadFull(answer.Body, first); err != nil {
		t.Fatalf("the first event did not come: %v", err)
	}
	leaving.Store(true)
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the stream goes on while the node leaves")
	}
	if rest, err := io.ReadAll(answer.Body); err != nil || len(rest) > 0 {
		t.Errorf("after the end came %q, %v", rest, err)
	}
}

// A stream lasts longer than a request may take to be read, or an answer to be
// written.
func TestPassedStreamOutlivesTheDeadlines(t *testing.T) {
	const deadline = 50 * time.Millisecond
	s := New(Config{Settings: DefaultSettings(), GraphQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, ": here\n\n")
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(4 * deadline):
			_, _ = io.WriteString(w, ": still\n\n")
		}
	})})
	server := httptest.NewUnstartedServer(s)
	server.Config.ReadTimeout, server.Config.WriteTimeout = deadline, deadline
	server.Start()
	defer server.Close()
	answer, err := http.Get(server.URL + "/graphql")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(body), "still") {
		t.Errorf("the stream gave %q, %v", body, err)
	}
}

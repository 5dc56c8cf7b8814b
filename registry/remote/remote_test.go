package remote_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/registry/remote"
)

// script answers requests from a table and keeps what it was asked.
type script struct {
	answers map[string][]answer // by "METHOD path", in turn; the last repeats
	seen    []string
}

type answer struct {
	status int
	body   string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.Method + " " + r.URL.EscapedPath()
	s.seen = append(s.seen, key+"?"+r.URL.RawQuery)
	list := s.answers[key]
	if len(list) == 0 {
		http.Error(w, `{"error_code":404,"message":"HTTP 404 Not Found"}`, http.StatusNotFound)
		return
	}
	if len(list) > 1 {
		s.answers[key] = list[1:]
	}
	w.WriteHeader(list[0].status)
	w.Write([]byte(list[0].body))
}

func start(t *testing.T, answers map[string][]answer) (*remote.Client, *script) {
	t.Helper()
	s := &script{answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	c, err := remote.New(remote.Options{URL: server.URL + "/", Patience: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return c, s
}

func TestClientEncodesSegments(t *testing.T) {
	c, s := start(t, map[string][]answer{
		"GET /subjects/:.c:a%2Fb%20c/versions": {{200, `[1,2]`}},
	})
	got, err := c.Versions(context.Background(), ":.c:a/b c", true)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int32{1, 2}, got); diff != "" {
		t.Errorf("Versions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"GET /subjects/:.c:a%2Fb%20c/versions?deleted=true"}, s.seen); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestClientTriesAgainOnlyWhatMayPass(t *testing.T) {
	c, s := start(t, map[string][]answer{
		"GET /contexts":              {{503, `{"error_code":503,"message":"away"}`}, {200, `["."]`}},
		"GET /subjects/s/versions/7": {{404, `{"error_code":40402,"message":"Version 7 not found."}`}},
	})
	if got, err := c.Contexts(context.Background()); err != nil || len(got) != 1 {
		t.Errorf("Contexts = %v, %v, want one after a second try", got, err)
	}
	_, err := c.Version(context.Background(), "s", 7)
	if !remote.HasCode(err, 40402) {
		t.Errorf("Version = %v, want error code 40402", err)
	}
	if len(s.seen) != 3 {
		t.Errorf("requests = %v, want the first twice and the second once", s.seen)
	}
}

func TestPutConfigSpeaksTheWritingName(t *testing.T) {
	var got map[string]json.RawMessage
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		w.Write([]byte(`{}`))
	}))
	defer server.Close()
	c, err := remote.New(remote.Options{URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.PutConfig(context.Background(), "s", json.RawMessage(`{"compatibilityLevel":"FULL","alias":"x"}`)); err != nil {
		t.Fatal(err)
	}
	want := map[string]json.RawMessage{"compatibility": json.RawMessage(`"FULL"`), "alias": json.RawMessage(`"x"`)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

func TestRetriesAreTold(t *testing.T) {
	first := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if first {
			first = false
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Write([]byte(`[1]`))
	}))
	defer server.Close()
	var told []error
	c, err := remote.New(remote.Options{URL: server.URL, Retrying: func(err error) { told = append(told, err) }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Versions(t.Context(), "s", false); err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || !remote.HasCode(told[0], http.StatusServiceUnavailable) {
		t.Errorf("heard of %v, want one 503", told)
	}
}

func TestNewRefusesWhatIsNoURL(t *testing.T) {
	for _, url := range []string{"", "localhost:8081", "ftp://h", "http://", "://"} {
		if _, err := remote.New(remote.Options{URL: url}); err == nil {
			t.Errorf("New(%q) = nil, want an error", url)
		}
	}
}

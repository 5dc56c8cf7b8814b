package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// eventReader reads a stream of events as a browser does.
type eventReader struct {
	t       *testing.T
	lines   *bufio.Scanner
	lastID  string
	hangUp  context.CancelFunc
	skipped []string // comments and retries
}

// follow opens the stream of changes.
func follow(t *testing.T, address, query, lastID string) *eventReader {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/catalog/v1/changes"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("the stream answers %s with %v", answer.Status, answer.Header)
	}
	return &eventReader{t: t, lines: bufio.NewScanner(answer.Body), hangUp: cancel}
}

// next gives the next event as "ACTION entity"; ok is false at the end.
func (r *eventReader) next() (event string, ok bool) {
	r.t.Helper()
	for r.lines.Scan() {
		name, value, _ := strings.Cut(r.lines.Text(), ": ")
		switch name {
		case "id":
			r.lastID = value
		case "data":
			var e struct{ Cursor, Action, Entity string }
			if err := json.Unmarshal([]byte(value), &e); err != nil {
				r.t.Fatalf("data %s: %v", value, err)
			}
			if e.Cursor != r.lastID {
				r.t.Errorf("the event %s has the id %s", e.Cursor, r.lastID)
			}
			return e.Action + " " + e.Entity, true
		case "", "event":
		default:
			r.skipped = append(r.skipped, r.lines.Text())
		}
	}
	return "", false
}

func (r *eventReader) want(events ...string) {
	r.t.Helper()
	for _, want := range events {
		if got, ok := r.next(); got != want {
			r.t.Fatalf("next() = %q, %v, want %q", got, ok, want)
		}
	}
}

// must sends a request that succeeds.
func must(t *testing.T, address, method, path, body string) answer {
	t.Helper()
	a := ask(t, address, method, path, map[string]string{"Content-Type": "application/json"}, []byte(body), body != "")
	if a.status >= 300 {
		t.Fatalf("%s %s = %d %s", method, path, a.status, a.body)
	}
	return a
}

func putTag(t *testing.T, address, name string) {
	t.Helper()
	must(t, address, http.MethodPost, "/catalog/v1/types/tagdefs", fmt.Sprintf(`[{"name":%q}]`, name))
}

// The stream tells what happens as it happens; a client that comes back goes on
// where it was, and misses and repeats nothing.
func TestChangeStream(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, database string) {
		address := startWeir(t, database, nil)
		putTag(t, address, "Before")
		all := follow(t, address, "", "")
		tagsOnly := follow(t, address, "?kinds=TAG&actions=CREATED&since="+ownEpoch(t, address)+":0", "")
		must(t, address, http.MethodPost, "/subjects/a/versions", `{"schema":"\"string\""}`)
		putTag(t, address, "One")
		all.want("REGISTERED SUBJECT/./a", "CREATED TAG//One")
		tagsOnly.want("CREATED TAG//Before", "CREATED TAG//One")
		if !slices.Contains(all.skipped, "retry: 2000") {
			t.Errorf("the stream begins without a retry: %q", all.skipped)
		}
		all.hangUp()

		must(t, address, http.MethodPost, "/catalog/v1/types/tagdefs", `[{"name":"Two"},{"name":"Three"}]`)
		again := follow(t, address, "", all.lastID)
		again.want("CREATED TAG//Two")
		again.hangUp()
		// In the middle of one revision.
		third := follow(t, address, "?since=ignored", again.lastID)
		third.want("CREATED TAG//Three")
		tagsOnly.want("CREATED TAG//Two", "CREATED TAG//Three")
	})
}

// A page that waits answers as soon as there is something, and says where to go
// on.
func TestChangesLongPoll(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, database string) {
		address := startWeir(t, database, nil)
		var page struct {
			Events []struct{ Action, Entity string }
			Next   string
			More   bool
		}
		since := ownEpoch(t, address) + ":0"
		for i, name := range []string{"One", "Two"} {
			answered := make(chan answer, 1)
			go func() {
				answered <- ask(t, address, http.MethodGet, "/catalog/v1/changes?kinds=TAG&wait=30&since="+since, nil, nil, false)
			}()
			must(t, address, http.MethodPut, "/config", `{"compatibility":"NONE"}`) // passes nobody's filter
			putTag(t, address, name)
			a := <-answered
			if err := json.Unmarshal(a.body, &page); err != nil || a.status != http.StatusOK {
				t.Fatalf("changes = %d %s", a.status, a.body)
			}
			want := []struct{ Action, Entity string }{{"CREATED", "TAG//" + name}}
			if diff := cmp.Diff(want, page.Events); diff != "" {
				t.Fatalf("page %d (-want +got):\n%s", i, diff)
			}
			since = page.Next
		}
	})
}

// A node that stops ends its streams and its long polls, and waits for nobody.
func TestStreamsEndWithTheNode(t *testing.T) {
	command := parseServe(t, "--listen", "127.0.0.1:0", "--db", t.TempDir()+"/weir.db", "--access-log", "off", "--log-level", "error", "--drain", "1s")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s, err := command.start(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.wait(ctx) }()
	address := s.door.addresses()[0]
	stream := follow(t, address, "", "")
	putTag(t, address, "One")
	stream.want("CREATED TAG//One")
	polled := make(chan answer, 1)
	go func() {
		polled <- ask(t, address, http.MethodGet, "/catalog/v1/changes?domains=none&wait=60", nil, nil, false)
	}()
	// The poll is on its way when the node has counted it.
	for asked := false; !asked; {
		metrics := string(ask(t, address, http.MethodGet, "/metrics", nil, nil, false).body)
		asked = strings.Contains(metrics, "weir_http_requests_in_flight 3")
	}
	stop()
	if event, ok := stream.next(); ok {
		t.Errorf("the stream goes on with %s", event)
	}
	if a := <-polled; a.status != http.StatusOK || !strings.Contains(string(a.body), `"events":[]`) {
		t.Errorf("the long poll answers %d %s", a.status, a.body)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("weir does not end while somebody follows it")
	}
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// load is writers that register on several nodes until they are stopped.
type load struct {
	writers []*writer
	cancel  context.CancelFunc
	group   sync.WaitGroup
}

// writer registers one content after the other, each until it is answered 200.
type writer struct {
	t       testing.TB
	address string
	subject string
	name    string

	mu       sync.Mutex
	statuses map[int]int // answers by status, since the last turn
	ids      map[string]int64
}

// startLoad starts writers with subjects of their own, and on every node some
// that register the same contents in one subject.
func startLoad(t testing.TB, addresses []string) *load {
	ctx, cancel := context.WithCancel(context.Background())
	l := &load{cancel: cancel}
	t.Cleanup(l.stop)
	for i, address := range addresses {
		for k := range 3 {
			w := &writer{t: t, address: address, statuses: map[int]int{}, ids: map[string]int64{}}
			w.subject, w.name = fmt.Sprintf("own-%d-%d", i, k), fmt.Sprintf("Own%d%d", i, k)
			if k == 0 {
				w.subject, w.name = "shared", "Shared"
			}
			l.writers = append(l.writers, w)
			l.group.Go(func() { w.run(ctx) })
		}
	}
	return l
}

func (l *load) stop() {
	l.cancel()
	l.group.Wait()
}

// turn begins to count anew.
func (l *load) turn() {
	for _, w := range l.writers {
		w.mu.Lock()
		clear(w.statuses)
		w.mu.Unlock()
	}
}

func (l *load) until(t *testing.T, what string, done func(*writer) bool) {
	t.Helper()
	eventually(t, what, func() bool {
		return !slices.ContainsFunc(l.writers, func(w *writer) bool { return !done(w) })
	})
}

func (w *writer) count(status int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.statuses[status]
}

func (w *writer) run(ctx context.Context) {
	for i := 0; ctx.Err() == nil; i++ {
		text := fmt.Sprintf(`{"type":"record","name":"%s","fields":[{"name":"f%d","type":"long"}]}`, w.name, i)
		for ctx.Err() == nil && !w.register(text) {
		}
	}
}

// register sends one content and says whether it was answered 200.
func (w *writer) register(text string) bool {
	begun := time.Now()
	got := ask(w.t, w.address, http.MethodPost, "/subjects/"+w.subject+"/versions",
		map[string]string{"Content-Type": "application/json"}, []byte(registration(text, "")), true)
	if took := time.Since(begun); took > slack {
		w.t.Errorf("a registration was answered %d after %v", got.status, took)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.statuses[got.status]++
	switch got.status {
	case http.StatusOK:
		var answer struct {
			ID int64 `json:"id"`
		}
		if err := json.Unmarshal(got.body, &answer); err != nil || answer.ID <= 0 {
			w.t.Errorf("a registration was answered %s", got.body)
		}
		w.ids[text] = answer.ID
		return true
	case http.StatusServiceUnavailable:
		refused(w.t, "a registration", got)
	default:
		w.t.Errorf("a registration was answered %d %s", got.status, got.body)
	}
	return false
}

// check compares what the writers were answered.
func (l *load) check(t *testing.T) {
	t.Helper()
	ids, texts := map[string]int64{}, map[int64]string{}
	for _, w := range l.writers {
		for text, id := range w.ids {
			if other, ok := ids[text]; ok && other != id {
				t.Errorf("%s was given the ids %d and %d", text, other, id)
			}
			if other, ok := texts[id]; ok && other != text {
				t.Errorf("id %d was given to %s and to %s", id, other, text)
			}
			ids[text], texts[id] = id, text
		}
	}
	t.Logf("%d contents were registered", len(ids))
}

// there asks a node for everything that was answered.
func (l *load) there(t *testing.T, address string) {
	t.Helper()
	have := map[string]int64{}
	for name, value := range inventory(t, address) {
		subject, _, _ := strings.Cut(name, " ")
		id, text, _ := strings.Cut(value, " ")
		var number int64
		_, _ = fmt.Sscan(id, &number)
		have[subject+" "+text] = number
	}
	for _, w := range l.writers {
		for text, id := range w.ids {
			if got := have[w.subject+" "+text]; got != id {
				t.Errorf("%s was answered id %d in %s, and is %d", text, id, w.subject, got)
			}
		}
	}
}

// refused checks the answer of a node without its database.
func refused(t testing.TB, what string, got answer) {
	t.Helper()
	var body struct {
		Code int `json:"error_code"`
	}
	if err := json.Unmarshal(got.body, &body); err != nil || body.Code != 50001 && body.Code != 50002 || got.header.Get("Retry-After") == "" {
		t.Errorf("%s = %d %s with Retry-After %q, want 50001 or 50002 and when to try again", what, got.status, got.body, got.header.Get("Retry-After"))
	}
}

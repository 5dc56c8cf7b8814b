package graphql_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

func subjectNamed(name string) registry.Subject { return registry.ParseSubject(name) }

func TestHistory(t *testing.T) {
	n := newNode(t)
	people(n)
	a := n.query(`{ subject(name: "orders-value") { history(first: 50) { totalCount nodes { id action source at actor { kind } kind qualifiedName entity { kind } node { id } before after revision } } } }`)
	actions := map[string]bool{}
	for _, one := range a.at("subject.history.nodes").([]any) {
		actions[one.(map[string]any)["action"].(string)] = true
	}
	for _, want := range []string{"REGISTERED", "TAGGED", "OWNED", "DEPRECATED"} {
		if !actions[want] {
			t.Errorf("no %s in the history: %s", want, a.text)
		}
	}
	total := int(a.at("subject.history.totalCount").(float64))
	got := n.walk(`query($n: Int!, $a: String) { subject(name: "orders-value") { history(first: $n, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } } } }`,
		"subject.history", "id", 3, nil)
	if len(got) != total {
		t.Errorf("pages have %d events, the total is %d", len(got), total)
	}
	n.query(`{ subject(name: "orders-value") { history(first: 5, actions: [TAGGED]) { totalCount nodes { action } } } }`).
		has("subject.history", `{"totalCount":1,"nodes":[{"action":"TAGGED"}]}`)
}

func TestChanges(t *testing.T) {
	n := newNode(t)
	people(n)
	document := `query($n: Int!, $a: String, $f: ChangeFilter, $s: String) { changes(first: $n, after: $a, filter: $f, since: $s) { totalCount nodes { id revision action kind qualifiedName node { id } } pageInfo { hasNextPage endCursor } } }`
	all := n.walk(document, "changes", "revision", 100, nil)
	if few := n.walk(document, "changes", "revision", 4, nil); strings.Join(few, " ") != strings.Join(all, " ") {
		t.Errorf("pages of 4 differ from one of 100: %v, %v", few, all)
	}
	rest := n.walk(document, "changes", "revision", 7, variables{"s": all[3]})
	if strings.Join(rest, " ") != strings.Join(all[4:], " ") {
		t.Errorf("since %s: %v, want %v", all[3], rest, all[4:])
	}
	tagged := n.query(document, variables{"n": 50, "f": variables{"actions": []string{"TAGGED"}, "kinds": []string{"SUBJECT"}}})
	tagged.has("changes.totalCount", `1`)
	tagged.has("changes.nodes.0.qualifiedName", `"orders-value"`)
	epoch, _, _ := strings.Cut(all[0], ":")
	for since, code := range map[string]string{
		"1": "BAD_REVISION", "other:1": "BAD_REVISION", epoch + ":x": "BAD_REVISION", epoch + ":1:y": "BAD_REVISION",
		epoch + ":99999": "REVISION_NOT_AVAILABLE", epoch + ":0": "",
	} {
		if a := n.ask(document, variables{"n": 1, "s": since}); a.code() != code {
			t.Errorf("since %q: code %q, want %q: %s", since, a.code(), code, a.text)
		}
	}
}

func TestAsOf(t *testing.T) {
	n := newNode(t)
	n.Register("orders-value", schema.Avro, orderV1)
	id := n.subjectID("orders-value")
	n.edit(variables{"id": id, "description": "First."}).has("updateMetadata.0.errors", `[]`)
	then := n.query(`{ revision }`).string("revision")
	n.Register("orders-value", schema.Avro, orderV2)
	n.edit(variables{"id": id, "description": "Second."}).has("updateMetadata.0.errors", `[]`)
	a := n.query(`query($r: String, $i: ID!) {
		now: subject(name: "orders-value") { description { value } latest { version } fields(first: 9) { totalCount } }
		subject(name: "orders-value", asOf: $r) { description { value } latest { version } versions(first: 9) { totalCount } fields(first: 9) { totalCount nodes { name } } }
		node(id: $i, asOf: $r) { ... on Subject { description { value } } }
		entity(kind: SUBJECT, qualifiedName: "orders-value", asOf: $r) { description { value } }
		topic(cluster: "default", name: "orders", asOf: $r) { name }
		oldestRevision
	}`, variables{"r": then, "i": id})
	a.has("now.description.value", `"Second."`)
	a.has("now.latest.version", `2`)
	for _, path := range []string{"subject", "node", "entity"} {
		a.has(path+".description.value", `"First."`)
	}
	a.has("subject.latest.version", `1`)
	a.has("subject.versions.totalCount", `1`)
	a.has("topic.name", `"orders"`)
	a.has("subject.fields.nodes", `[{"name":"id"},{"name":"email"},{"name":"customer"},{"name":"state"},{"name":"name"}]`)
	epoch, _, _ := strings.Cut(then, ":")
	for asOf, code := range map[string]string{
		"yesterday": "BAD_REVISION", "other:1": "BAD_REVISION", epoch + ":-1": "BAD_REVISION", epoch + ":99999": "REVISION_NOT_AVAILABLE",
	} {
		if b := n.ask(`query($r: String) { subject(name: "orders-value", asOf: $r) { id } }`, variables{"r": asOf}); b.code() != code {
			t.Errorf("asOf %q: code %q, want %q: %s", asOf, b.code(), code, b.text)
		}
	}
	// Before there was a subject.
	n.query(`query($r: String) { subject(name: "orders-value", asOf: $r) { id } }`, variables{"r": a.string("oldestRevision")}).has("subject", `null`)
}

// events is a stream of changes that is read one by one.
type events struct {
	t    *testing.T
	body *bufio.Scanner
	stop context.CancelFunc
}

// subscribe opens a stream; its comment says that it is open.
func (n *node) subscribe(t *testing.T, vars variables) *events {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(stop)
	body, err := json.Marshal(map[string]any{
		"query":     `subscription($f: ChangeFilter, $s: String) { changes(filter: $f, since: $s) { revision action qualifiedName after } }`,
		"variables": vars,
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, n.url+"/graphql", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	response, err := n.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	if got := response.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("type %s", got)
	}
	return &events{t, bufio.NewScanner(response.Body), stop}
}

// next reads the next event's data.
func (e *events) next() string {
	e.t.Helper()
	for e.body.Scan() {
		if data, ok := strings.CutPrefix(e.body.Text(), "data: "); ok {
			return data
		}
	}
	e.t.Fatalf("the stream ended: %v", e.body.Err())
	return ""
}

// change reads the next event as a change.
func (e *events) change() (revision, action, name string) {
	e.t.Helper()
	data := e.next()
	var got struct {
		Data struct {
			Changes struct{ Revision, Action, QualifiedName string }
		}
	}
	if err := json.Unmarshal([]byte(data), &got); err != nil {
		e.t.Fatalf("%v: %s", err, data)
	}
	c := got.Data.Changes
	return c.Revision, c.Action, c.QualifiedName
}

func TestSubscription(t *testing.T) {
	n := newNode(t)
	n.Register("before", schema.Avro, `"string"`)
	s := n.subscribe(t, nil)
	n.Register("orders-value", schema.Avro, orderV1)
	first, action, name := s.change()
	if action != "REGISTERED" || !strings.HasPrefix(name, "orders-value") {
		t.Fatalf("%s of %s", action, name)
	}
	id := n.subjectID("orders-value")
	n.edit(variables{"id": id, "description": "One."})
	second, action, name := s.change()
	if action != "UPDATED" || name != "orders-value" {
		t.Fatalf("%s of %s", action, name)
	}
	s.stop()

	// What happened while nobody listened is read from where one was.
	n.edit(variables{"id": id, "description": "Two."})
	again := n.subscribe(t, variables{"s": first})
	if revision, _, _ := again.change(); revision != second {
		t.Errorf("after %s comes %s, want %s", first, revision, second)
	}
	third, _, _ := again.change()
	n.edit(variables{"id": id, "description": "Three."})
	if fourth, _, _ := again.change(); fourth == third {
		t.Errorf("%s comes twice", fourth)
	}
	again.stop()

	// What the filter does not let through does not come.
	filtered := n.subscribe(t, variables{"s": first, "f": variables{"entities": []string{id}, "actions": []string{"UPDATED"}}})
	n.Register("users-value", schema.JSON, user)
	n.edit(variables{"id": n.subjectID("users-value"), "description": "Users."})
	n.edit(variables{"id": id, "description": "Four."})
	for range 4 {
		if _, action, name := filtered.change(); action != "UPDATED" || name != "orders-value" {
			t.Errorf("%s of %s", action, name)
		}
	}
}

func TestSubscriptionRefused(t *testing.T) {
	n := newNode(t, func(s *setup) { s.config.Limits.Subscriptions = 1 })
	stream := func(document string) *answer {
		n.T.Helper()
		return n.ask(document, nil, "Accept", "text/event-stream")
	}
	for document, want := range map[string]string{
		`subscription { changes(since: "other:1") { id } }`:        "BAD_REVISION",
		`subscription { changes(filter: {owners: ["x"]}) { id } }`: "BAD_ID",
	} {
		if a := stream(document); !strings.Contains(a.text, want) || !strings.Contains(a.text, "event: complete") {
			t.Errorf("%s: %s", document, a.text)
		}
	}
	if a := stream(`subscription { changes { nothing } }`); a.code() != "GRAPHQL_VALIDATION_FAILED" {
		t.Errorf("an unknown field: %s", a.text)
	}
	if a := stream(`{ viewer { kind } }`); !strings.Contains(a.text, `data: {"data":{"viewer":{"kind":"ANONYMOUS"}}}`) || !strings.Contains(a.text, "event: complete") {
		t.Errorf("a query as a stream: %s", a.text)
	}
	open := n.subscribe(t, nil)
	if a := stream(`subscription { changes { id } }`); !strings.Contains(a.text, "TOO_MANY_SUBSCRIPTIONS") {
		t.Errorf("one more than may be: %s", a.text)
	}
	open.stop()
}

func TestPing(t *testing.T) {
	n := newNode(t, func(s *setup) { s.config.Limits.Ping = 10 * time.Millisecond })
	s := n.subscribe(t, nil)
	pings := 0
	for pings < 3 && s.body.Scan() {
		if s.body.Text() == ":" {
			pings++
		}
	}
	if pings < 3 {
		t.Errorf("a quiet stream says nothing: %v", s.body.Err())
	}
}

// Package world tells the Go client tests where the broker and the registry
// are, and looks into the registry beside the client under test.
//
// What comes in are the variables KAFKA_BROKERS, WEIR_URL and TOPIC_PREFIX,
// which the script clients/run sets; without them a test fails, for these tests
// are about nothing else.
package world

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// World is the broker and the registry of one run.
type World struct {
	// Brokers is the address of the broker, as Kafka clients take it.
	Brokers string
	// URL is the root of the registry, without a slash at the end.
	URL string
	// prefix keeps the topics of runs apart that share the broker.
	prefix string
}

// Reference is a schema's use of another one.
type Reference struct {
	Name    string `json:"name"`
	Subject string `json:"subject"`
	Version int    `json:"version"`
}

// Version is what the registry says of a version of a subject.
type Version struct {
	Subject    string      `json:"subject"`
	Version    int         `json:"version"`
	ID         int         `json:"id"`
	GUID       string      `json:"guid"`
	SchemaType string      `json:"schemaType"`
	Schema     string      `json:"schema"`
	References []Reference `json:"references"`
}

// Open returns the world of this run.
func Open(t *testing.T) World {
	t.Helper()
	w := World{
		Brokers: os.Getenv("KAFKA_BROKERS"),
		URL:     strings.TrimSuffix(os.Getenv("WEIR_URL"), "/"),
		prefix:  os.Getenv("TOPIC_PREFIX"),
	}
	if w.Brokers == "" || w.URL == "" || w.prefix == "" {
		t.Fatal("KAFKA_BROKERS, WEIR_URL and TOPIC_PREFIX are not set: run these tests through clients/run")
	}
	return w
}

// Topic returns the name of a topic of this run alone.
func (w World) Topic(name string) string { return w.prefix + name }

// Latest returns the latest version of the subject, read with a plain
// request and so without the caches and the opinions of any client.
func (w World) Latest(t *testing.T, subject string) Version {
	t.Helper()
	var v Version
	w.Get(t, "/subjects/"+url.PathEscape(subject)+"/versions/latest", &v)
	return v
}

// Get reads the path, which must be answered with 200, into answer.
func (w World) Get(t *testing.T, path string, answer any) {
	t.Helper()
	if err := w.call(t, http.MethodGet, path, "", answer); err != nil {
		t.Fatal(err)
	}
}

// Put writes the body to the path, which must be answered with 200.
func (w World) Put(t *testing.T, path, body string) {
	t.Helper()
	if err := w.call(t, http.MethodPut, path, body, new(any)); err != nil {
		t.Fatal(err)
	}
}

// Post writes the body to the path, which must be answered with 200.
func (w World) Post(t *testing.T, path, body string, answer any) {
	t.Helper()
	if err := w.call(t, http.MethodPost, path, body, answer); err != nil {
		t.Fatal(err)
	}
}

func (w World) call(t *testing.T, method, path, body string, answer any) error {
	request, err := http.NewRequestWithContext(t.Context(), method, w.URL+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/vnd.schemaregistry.v1+json")
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s: %s", method, path, response.Status, b)
	}
	return json.Unmarshal(b, answer)
}

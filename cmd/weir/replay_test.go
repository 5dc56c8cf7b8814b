package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// scenario is a recorded conversation with Confluent's server, from an empty
// registry.
type scenario struct {
	Name   string
	Server map[string]string
	Steps  []step
}

type step struct {
	Do      string
	JSON    json.RawMessage
	Raw     *string
	Headers map[string]*string
	// Dev says why weir answers otherwise; such a step is not compared.
	Dev *string
	Got struct {
		Status int
		Type   string
		JSON   *any
		Text   string
	}
}

// TestReplay sends the recorded conversations and compares status, media type
// and body. It takes those of WEIR_CORPORA, or the copy that the repository
// carries.
func TestReplay(t *testing.T) {
	for area, scenarios := range readScenarios(t) {
		t.Run(area, func(t *testing.T) {
			onEveryEngine(t, func(t *testing.T, _ string) {
				engine := filepath.Base(t.Name())
				steps := 0
				var running sync.WaitGroup
				free := make(chan struct{}, manyAtATime)
				for _, s := range scenarios {
					steps += len(s.Steps)
					free <- struct{}{}
					running.Go(func() {
						t.Run(s.Name, func(t *testing.T) { s.replay(t, engines[engine](t)) })
						<-free
					})
				}
				running.Wait()
				t.Attr("corpus", fmt.Sprintf("wire/%s %d", area, steps))
			})
		})
	}
}

// manyAtATime bounds how many scenarios run side by side: each has a server and
// a database of its own.
const manyAtATime = 8

// deviations are the steps, by scenario and number, in which weir differs on
// purpose although the recording does not say so, with the reason.
var deviations = map[string]string{
	"keys-08-dek-shared-a/4": "registry-api.md 22.1: creation without kmsProps answers as with {}",
	"keys-18-dek-kms-a/4":    "registry-api.md 22.1: creation without kmsProps answers as with {}",

	"protobuf-08-edges-a/7":  "compatibility.md 9.3: numbers of options are normalized exactly",
	"protobuf-08-edges-a/9":  "compatibility.md 9.3: numbers of options are normalized exactly",
	"protobuf-08-edges-a/11": "compatibility.md 9.3: numbers of options are normalized exactly",
	"protobuf-08-edges-a/17": "compatibility.md 9.3: parts of a message option are merged",
	"protobuf-08-edges-a/25": "compatibility.md 9.3: numbers of defaults are normalized exactly",
	"protobuf-08-edges-a/29": "compatibility.md 9.3: a oneof that holds only groups stays",
	"protobuf-08-edges-a/30": "compatibility.md 9.3: a group inside an extend stays",
	"protobuf-08-edges-a/31": "compatibility.md 9.3: a group inside an extend stays",
	"protobuf-08-edges-a/37": "compatibility.md 9.3: groups of a descriptor are printed as groups",
	"protobuf-08-edges-a/38": "compatibility.md 9.3: groups of a descriptor are printed as groups",
	"protobuf-08-edges-a/43": "compatibility.md 9.3: custom options of a descriptor are printed",
	"protobuf-08-edges-a/44": "compatibility.md 9.3: custom options of a descriptor are printed",
}

func (s scenario) replay(t *testing.T, database string) {
	address := startWeir(t, database, s.Server)
	for number, step := range s.Steps {
		got := step.send(t, address)
		if reason, ok := deviations[fmt.Sprintf("%s/%d", s.Name, number+1)]; ok {
			if len(step.differences(got)) == 0 {
				t.Errorf("step %d: %s\nis answered as recorded, although: %s", number+1, step.Do, reason)
			}
			continue
		}
		if step.Dev != nil || step.Got.Status >= 500 && got.status < 500 {
			continue
		}
		if different := step.differences(got); len(different) > 0 {
			t.Errorf("step %d: %s\n%s", number+1, step.Do, strings.Join(different, "\n"))
		}
	}
}

func (s step) send(t *testing.T, address string) answer {
	t.Helper()
	method, target, _ := strings.Cut(s.Do, " ")
	headers := map[string]string{"Accept": "*/*"}
	var body []byte
	hasBody := true
	switch {
	case s.JSON != nil:
		body = s.JSON
	case s.Raw != nil:
		body = []byte(*s.Raw)
	default:
		hasBody = false
	}
	if hasBody {
		headers["Content-Type"] = "application/vnd.schemaregistry.v1+json"
	}
	for name, value := range s.Headers {
		delete(headers, name)
		if value != nil {
			headers[name] = *value
		}
	}
	return ask(t, address, method, target, headers, body, hasBody)
}

// differences compares by the rules that stand at the head of the recordings'
// own tool: of a 400 the words do not count.
func (s step) differences(got answer) []string {
	var d differences
	if got.status != s.Got.Status {
		d.add("/status", s.Got.Status, got.status)
	}
	if got.media() != s.Got.Type {
		d.add("/type", s.Got.Type, got.media())
	}
	value, isJSON := got.value()
	switch {
	case s.Got.JSON != nil && isJSON:
		d.compare("", *s.Got.JSON, value)
	case s.Got.JSON != nil:
		d.add("", *s.Got.JSON, value)
	case isJSON || value != s.Got.Text:
		d.add("/text", s.Got.Text, value)
	}
	if got.status == 400 && len(d.found) == 1 && strings.HasPrefix(d.found[0], "/message:") {
		return nil
	}
	return d.found
}

// differences are what is not the same in two bodies.
type differences struct{ found []string }

func (d *differences) add(path string, want, got any) {
	d.found = append(d.found, fmt.Sprintf("%s: want %.300s, got %.300s", path, text(want), text(got)))
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// clocks are numbers that need only be numbers.
var clocks = []string{"ts", "createTs", "updateTs", "createTimestamp", "updateTimestamp"}

// javaName is the name of a Java class; a message with one is not compared.
var javaName = regexp.MustCompile(`\b(java|javax|org|com|io)\.[a-z]+\.[A-Za-z.]*[A-Z]\w+(Exception|Error)?`)

func (d *differences) compare(path string, want, got any) {
	switch want := want.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			d.objects(path, want, got)
			return
		}
	case []any:
		if got, ok := got.([]any); ok && len(got) == len(want) {
			for i := range want {
				d.compare(fmt.Sprintf("%s/%d", path, i), want[i], got[i])
			}
			return
		}
	case json.Number:
		if got, ok := got.(json.Number); ok && sameNumber(want, got) {
			return
		}
	default:
		if want == got {
			return
		}
	}
	d.add(path, want, got)
}

// sameNumber compares integers digit by digit and all others as doubles.
func sameNumber(a, b json.Number) bool {
	if a == b {
		return true
	}
	if !strings.ContainsAny(a.String()+b.String(), ".eE") {
		return false
	}
	// Out of range is infinite, which is what both then are.
	x, _ := a.Float64()
	y, _ := b.Float64()
	return x == y
}

func (d *differences) objects(path string, want, got map[string]any) {
	for name, value := range got {
		if _, ok := want[name]; !ok {
			d.add(path+"/"+name, "absent", value)
		}
	}
	for name, value := range want {
		here := path + "/" + name
		other, ok := got[name]
		if !ok {
			d.add(here, value, "absent")
			continue
		}
		_, association := want["resourceType"]
		switch {
		case slices.Contains(clocks, name) && isNumber(value) && isNumber(other):
		case name == "guid" && association && isText(other):
		case name == "messages":
			d.multisets(here, value, other)
		case name == "message" && (words(value) == words(other) || javaName.MatchString(fmt.Sprint(value))):
		default:
			d.compare(here, value, other)
		}
	}
}

// multisets compares lists of texts in any order.
func (d *differences) multisets(path string, want, got any) {
	sorted := func(v any) []string {
		list, _ := v.([]any)
		var texts []string
		for _, item := range list {
			texts = append(texts, text(words(item)))
		}
		slices.Sort(texts)
		return texts
	}
	if !slices.Equal(sorted(want), sorted(got)) {
		d.add(path, want, got)
	}
}

// words is what counts of a message: of one that begins with "Invalid schema"
// only that.
func words(v any) any {
	if s, ok := v.(string); ok && strings.HasPrefix(s, "Invalid schema") {
		return "Invalid schema"
	}
	return v
}

func isNumber(v any) bool { _, ok := v.(json.Number); return ok }
func isText(v any) bool   { _, ok := v.(string); return ok }

// readScenarios reads the conversations by area.
func readScenarios(t *testing.T) map[string][]scenario {
	t.Helper()
	corpora := os.Getenv("WEIR_CORPORA")
	if corpora == "" {
		corpora = filepath.Join("..", "..", "..", "shared", "corpora")
	}
	areas := map[string][]scenario{}
	files, err := filepath.Glob(filepath.Join(corpora, "wire", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var s scenario
		decode(t, data, &s)
		area := filepath.Base(filepath.Dir(file))
		areas[area] = append(areas[area], s)
	}
	if len(areas) > 0 {
		return areas
	}
	carried, err := fs.Glob(os.DirFS("testdata/wire"), "*.json.gz")
	if err != nil || len(carried) == 0 {
		t.Fatalf("no recorded conversations: %v", err)
	}
	for _, name := range carried {
		var scenarios []scenario
		decode(t, unzip(t, filepath.Join("testdata", "wire", name)), &scenarios)
		areas[strings.TrimSuffix(name, ".json.gz")] = scenarios
	}
	return areas
}

// infinity is how the recordings write a number beyond all doubles.
var infinity = regexp.MustCompile(`:Infinity([,}])`)

func decode(t *testing.T, data []byte, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(infinity.ReplaceAll(data, []byte(":1e999$1"))))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
}

func unzip(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestScripts runs the conversations of testdata/script, one weir for each
// file, on both engines. A file is a section of wire/registry-api.md; every
// rule there that a client relies on has a line "# section: rule" and the
// requests that show it:
//
//	server: a property of Confluent's server, for the whole file
//	flags: --flag of weir serve
//	# 4.2 the rule in words
//	Header: value                      for the next request
//	POST /subjects/a/versions {"schema":"\"string\""}
//	= 200 application/vnd.schemaregistry.v1+json
//	= Vary: Accept-Encoding            every header of the answer but unshownHeaders
//	{"id":1,...}                       the body, times as 0 and random ids as *
//
// lsrc-* in a request is the cluster's own id, env-* its environment's, and
// epoch-* the epoch of its database.
//
// A fresh X-Request-Id is checked and left out, since every answer has one; of
// a gzip answer the unpacked body is shown.
//
// With WEIR_REFRESH=1 the answers are written anew, from SQLite; the diff is
// read before it is committed.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "script", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if os.Getenv("WEIR_REFRESH") != "" {
				fresh := parseScript(t, string(data)).run(t, engines["sqlite"](t))
				if err := os.WriteFile(file, []byte(fresh), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			onEveryEngine(t, func(t *testing.T, database string) {
				got := parseScript(t, string(data)).run(t, database)
				if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(got, "\n")); diff != "" {
					t.Errorf("%s (-file +answered):\n%s", file, diff)
				}
			})
		})
	}
}

// unshownHeaders are those that say nothing of the wire: the status line of a
// step has the type, and the others are of the connection and the moment.
var unshownHeaders = []string{"Content-Type", "Content-Length", "Connection", "Date"}

// script is a file taken apart: lines that stay as they are, and requests.
type script struct {
	properties map[string]string
	flags      []string
	parts      []any // a string, or a *scriptStep
}

type scriptStep struct {
	line    string
	headers []string // "Name: value", as in the file
}

var requestLine = regexp.MustCompile(`(?m)^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) (/\S*)(?: (.*))?$`)

var headerLine = regexp.MustCompile(`^[A-Z][A-Za-z-]*:( |$)`)

func parseScript(t *testing.T, text string) *script {
	t.Helper()
	s := &script{properties: map[string]string{}}
	var headers []string
	answering := false
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "server: "):
			name, value, _ := strings.Cut(strings.TrimPrefix(line, "server: "), "=")
			s.properties[name] = value
		case strings.HasPrefix(line, "flags: "):
			s.flags = append(s.flags, strings.Fields(strings.TrimPrefix(line, "flags: "))...)
		case requestLine.MatchString(line):
			s.parts = append(s.parts, &scriptStep{line: line, headers: headers})
			headers, answering = nil, true
			continue
		case line == "" || strings.HasPrefix(line, "#"):
			answering = false
		case headerLine.MatchString(line): // no line of an answer looks so
			headers = append(headers, line)
			continue
		case answering:
			continue // the answer: it is made anew
		default:
			t.Fatalf("script line %q is none that scripts have", line)
		}
		s.parts = append(s.parts, line)
	}
	return s
}

// run sends the requests and gives the file as weir answers it.
func (s *script) run(t *testing.T, database string) string {
	t.Helper()
	address := startWeir(t, database, s.properties, s.flags...)
	epoch := ownEpoch(t, address)
	own := strings.NewReplacer("lsrc-*", ownID(t, address), "env-*", strings.Replace(ownID(t, address), "lsrc-", "env-", 1), "epoch-*", epoch)
	var out strings.Builder
	for _, part := range s.parts {
		switch part := part.(type) {
		case string:
			out.WriteString(part + "\n")
		case *scriptStep:
			for _, h := range part.headers {
				out.WriteString(h + "\n")
			}
			out.WriteString(part.line + "\n")
			part.send(t, address, own).show(t, &out)
		}
	}
	return strings.ReplaceAll(out.String(), epoch, "epoch-*")
}

// ownEpoch is the epoch of a weir's database.
func ownEpoch(t *testing.T, address string) string {
	t.Helper()
	a := ask(t, address, "GET", "/catalog/v1/revision", nil, nil, false)
	var answer struct{ Revision string }
	if err := json.Unmarshal(a.body, &answer); err != nil {
		t.Fatalf("GET /catalog/v1/revision = %d %s", a.status, a.body)
	}
	epoch, _, _ := strings.Cut(answer.Revision, ":")
	return epoch
}

// ownID is the id of the cluster that a weir is.
func ownID(t *testing.T, address string) string {
	t.Helper()
	a := ask(t, address, "GET", "/v1/metadata/id", nil, nil, false)
	id := clusterIDs.FindString(string(a.body))
	if id == "" {
		t.Fatalf("GET /v1/metadata/id = %d %s", a.status, a.body)
	}
	return id
}

func (step *scriptStep) send(t *testing.T, address string, own *strings.Replacer) answer {
	t.Helper()
	m := requestLine.FindStringSubmatch(own.Replace(step.line))
	headers := map[string]string{"Accept": "*/*"}
	if m[3] != "" {
		headers["Content-Type"] = "application/vnd.schemaregistry.v1+json"
	}
	for _, h := range step.headers {
		name, value, _ := strings.Cut(h, ":")
		if value = strings.TrimSpace(value); value == "" {
			delete(headers, name)
		} else {
			headers[name] = value
		}
	}
	return ask(t, address, m[1], m[2], headers, []byte(m[3]), m[3] != "")
}

// varying are the members whose values no two runs share.
var varying = regexp.MustCompile(`"(ts|createTs|updateTs|createTime|updateTime|createdAt|updatedAt|at|offset)":\d+`)

// moments are times in RFC 3339, and what else of a change no two runs share.
var moments = regexp.MustCompile(`"(at|since|createdAt|updatedAt|firstSeen|lastSeen|requestId)":"(?:\d{4}-\d\d-\d\dT[^"]*Z|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17})"`)

var randomGUID = regexp.MustCompile(`("subject":"[^"]*","guid":")[0-9a-f-]{36}(","resourceName")`)

// entityGUID is the guid of an entity of the catalog, whose name has the
// cluster's id in it.
var entityGUID = regexp.MustCompile(`("(?:entityG|g)uid":")[0-9a-f-]{36}(","(?:entityS|s)tatus")`)

var requestIDs = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// tags are hashes over bodies, which hold times.
var tags = regexp.MustCompile(`[0-9a-f]{16}`)

var (
	clusterIDs     = regexp.MustCompile(`lsrc-[a-z0-9]{12}`)
	environmentIDs = regexp.MustCompile(`env-[a-z0-9]{12}`)
)

func (a answer) show(t *testing.T, out *strings.Builder) {
	t.Helper()
	fmt.Fprintf(out, "= %d %s\n", a.status, a.media())
	for _, name := range slices.Sorted(maps.Keys(a.header)) {
		if slices.Contains(unshownHeaders, name) {
			continue
		}
		for _, value := range a.header.Values(name) {
			switch {
			case name == "X-Request-Id" && requestIDs.MatchString(value):
				continue // a fresh one, as for every request without its own
			case name == "Etag":
				value = tags.ReplaceAllString(value, "*")
			case name == "Weir-Revision":
				value = "*"
			}
			fmt.Fprintf(out, "= %s: %s\n", name, value)
		}
	}
	if a.header.Get("X-Request-Id") == "" {
		t.Error("an answer has no X-Request-Id")
	}
	if a.header.Get("Content-Encoding") == "gzip" {
		a.body = gunzip(t, a.body)
	}
	if len(a.body) == 0 {
		return
	}
	var compact bytes.Buffer
	text := string(a.body)
	if json.Compact(&compact, a.body) == nil {
		text = compact.String()
	} else {
		text = fmt.Sprintf("%q", text)
	}
	text = varying.ReplaceAllString(text, `"$1":0`)
	text = moments.ReplaceAllString(text, `"$1":"*"`)
	text = randomGUID.ReplaceAllString(text, "$1*$2")
	text = entityGUID.ReplaceAllString(text, "$1*$2")
	text = environmentIDs.ReplaceAllString(clusterIDs.ReplaceAllString(text, "lsrc-*"), "env-*")
	out.WriteString(text + "\n")
}

func gunzip(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

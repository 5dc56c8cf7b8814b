package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/rest"
)

// wireRow is an endpoint of docs/wire.md.
type wireRow struct {
	method, pattern   string
	parameters, tests []string
}

var (
	wireRowLine   = regexp.MustCompile("(?m)^\\| `([A-Z]+) (\\S+)` \\| (.*) \\| (.*) \\|$")
	quoted        = regexp.MustCompile("`([^`]*)`")
	wireVariable  = regexp.MustCompile(`\\\{[^}]*\\\}`)
	contextPrefix = regexp.MustCompile(`^/contexts/[^/]+(/.)`)
	goTest        = regexp.MustCompile(`\bTest[A-Z]\w+`)
)

// docs/wire.md has a row for each endpoint; its tests exist and send what the
// row says.
func TestWireDocumentEndpoints(t *testing.T) {
	document := readWireDocument(t)
	requests := allRequests(t)
	var named []string
	for _, row := range wireRows(document) {
		endpoint := row.method + " " + row.pattern
		named = append(named, endpoint)
		sent := map[string]bool{}
		for _, test := range row.tests {
			lines, ok := requests[test]
			if !ok {
				t.Errorf("%s: there is no test %s", endpoint, test)
				continue
			}
			hit := false
			for _, line := range lines {
				query, ok := row.matches(line)
				hit = hit || ok
				for pair := range strings.SplitSeq(query, "&") {
					name, _, _ := strings.Cut(pair, "=")
					sent[name] = true
				}
			}
			if !hit {
				t.Errorf("%s: %s sends no such request", endpoint, test)
			}
		}
		for _, parameter := range row.parameters {
			if !sent[parameter] {
				t.Errorf("%s: no test of the row sends %s", endpoint, parameter)
			}
		}
		if len(row.tests) == 0 {
			t.Errorf("%s: the row names no test", endpoint)
		}
	}
	patterns := rest.Patterns()
	slices.Sort(patterns)
	slices.Sort(named)
	if diff := cmp.Diff(patterns, named); diff != "" {
		t.Errorf("endpoints (-weir +docs/wire.md):\n%s", diff)
	}
}

// The document names every script, every step that differs on purpose, and no
// Go test that is not there; its counts are right.
func TestWireDocumentIsWhole(t *testing.T) {
	document := readWireDocument(t)
	scripts := 0
	for name := range allRequests(t) {
		if !strings.HasPrefix(name, "script/") {
			continue
		}
		scripts++
		if !strings.Contains(document, "`"+name+"`") {
			t.Errorf("%s is not named", name)
		}
	}
	for step := range deviations {
		if !strings.Contains(document, "`"+step+"`") {
			t.Errorf("step %s is not named", step)
		}
	}
	functions := goTests(t)
	for _, name := range goTest.FindAllString(document, -1) {
		if !functions[name] {
			t.Errorf("there is no %s", name)
		}
	}
	_, table, _ := strings.Cut(document, "\n## What weir does otherwise")
	table, _, _ = strings.Cut(table, "\n## What weir adds")
	rows := 0
	for line := range strings.SplitSeq(table, "\n") {
		if strings.HasPrefix(line, "| ") {
			rows++
		}
	}
	rows -= strings.Count(table, "\n|---")
	counts := fmt.Sprintf("%d endpoints, %d scripts, %d deviations", len(wireRows(document)), scripts, rows)
	if !strings.Contains(document, counts) {
		t.Errorf("the counts are not %q", counts)
	}
}

func readWireDocument(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "wire.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func wireRows(document string) []wireRow {
	var rows []wireRow
	for _, m := range wireRowLine.FindAllStringSubmatch(document, -1) {
		rows = append(rows, wireRow{method: m[1], pattern: m[2], parameters: allQuoted(m[3]), tests: allQuoted(m[4])})
	}
	return rows
}

func allQuoted(text string) []string {
	var out []string
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// matches says whether a request line goes to the row's endpoint, and gives its
// query.
func (r wireRow) matches(line string) (query string, ok bool) {
	method, target, _ := strings.Cut(line, " ")
	path, query, _ := strings.Cut(target, "?")
	if path = contextPrefix.ReplaceAllString(path, "$1"); path != "/" {
		path = strings.TrimSuffix(path, "/")
	}
	pattern := "^" + wireVariable.ReplaceAllString(regexp.QuoteMeta(r.pattern), "[^/]+") + "$"
	if method != r.method || !regexp.MustCompile(pattern).MatchString(path) {
		return "", false
	}
	return query, true
}

// allRequests are the request lines of every script ("script/01-http") and of
// every recorded conversation, by its name.
func allRequests(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	files, err := filepath.Glob(filepath.Join("testdata", "script", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := "script/" + strings.TrimSuffix(filepath.Base(file), ".txt")
		for _, m := range requestLine.FindAllStringSubmatch(string(data), -1) {
			out[name] = append(out[name], m[1]+" "+m[2])
		}
	}
	for _, scenarios := range readScenarios(t) {
		for _, s := range scenarios {
			for _, step := range s.Steps {
				out[s.Name] = append(out[s.Name], step.Do)
			}
		}
	}
	return out
}

// goTests are the names of all test functions of the project.
func goTests(t *testing.T) map[string]bool {
	t.Helper()
	function := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	out := map[string]bool{}
	err := fs.WalkDir(os.DirFS(filepath.Join("..", "..")), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return fs.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		data, err := os.ReadFile(filepath.Join("..", "..", path))
		if err != nil {
			return err
		}
		for _, m := range function.FindAllStringSubmatch(string(data), -1) {
			out[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// weirSays runs a command and gives what it prints, and its exit code.
func weirSays(args ...string) (out string, code int, err error) {
	var b strings.Builder
	err = run(args, &b)
	if exit, ok := errors.AsType[*exitError](err); ok {
		return b.String(), exit.code, err
	}
	if err != nil {
		code = 1
	}
	return b.String(), code, err
}

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A folder is planned, applied and pruned; what is exported plans nothing, here
// and, applied there, on another weir.
func TestApplyAndExport(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, database string) {
		url := "http://" + startWeir(t, database, nil)
		must(t, strings.TrimPrefix(url, "http://"), http.MethodPost, "/subjects/orders-value/versions",
			`{"schema":"{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"email\",\"type\":\"string\"}]}"}`)
		dir := folder(t, map[string]string{
			"tags.yaml":           "apiVersion: weir/v1\nkind: Tag\nmetadata: {name: PII}\n---\napiVersion: weir/v1\nkind: Tag\nmetadata: {name: Old}",
			"subjects/orders.yml": "apiVersion: weir/v1\nkind: Subject\nmetadata: {name: orders-value}\nspec:\n  description: Orders.\n  fields:\n    email: {tags: [PII]}\n",
			".hidden/bad.yaml":    "no document",
			"README.md":           "no document",
		})
		apply := func(want string, code int, more ...string) {
			t.Helper()
			out, got, err := weirSays(append([]string{"apply", "-f", dir, "--url", url, "--set", "team"}, more...)...)
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(out, "\n")); diff != "" || got != code {
				t.Errorf("weir apply %v: exit code %d (want %d), %v (-want +got):\n%s", more, got, code, err, diff)
			}
		}
		const created = "+ Tag PII\n+ Tag Old\n~ Subject orders-value\n    + description: \"Orders.\"\n~ Field orders-value Order.email\n    + tag PII\n"
		apply(created+"set team: 4 to create, 0 to change, 0 to remove\n", 2, "--dry-run")
		apply(created+"set team: 4 created, 0 changed, 0 removed\n", 0)
		apply("set team: 0 to create, 0 to change, 0 to remove\n", 0, "--dry-run")
		if err := os.WriteFile(filepath.Join(dir, "tags.yaml"), []byte("apiVersion: weir/v1\nkind: Tag\nmetadata: {name: PII}\nspec: {color: RED}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		apply("~ Tag PII\n    + color: \"RED\"\nset team: 0 created, 1 changed, 0 removed; 1 said before and not any more, which prune would remove\n", 0)
		apply("\x1b[31m- Tag Old\x1b[0m\nset team: 0 created, 0 changed, 1 removed\n", 0, "--prune", "--color", "always")

		exported := t.TempDir()
		out, code, err := weirSays("export", "--as", "metadata", "--url", url, "--set", "team", "-o", exported)
		if code != 0 {
			t.Fatalf("weir export: %v", err)
		}
		if want := "2 files written into " + exported + "\n"; out != want {
			t.Errorf("weir export prints %q, want %q", out, want)
		}
		if err := os.WriteFile(filepath.Join(exported, "tags", "PII.yaml"), []byte("# mine\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, code, err := weirSays("export", "--url", url, "--set", "team", "-o", exported); code != 1 || !strings.Contains(err.Error(), "PII.yaml") {
			t.Errorf("weir export over a file that somebody has changed: %d, %v", code, err)
		}
		dir = t.TempDir()
		if _, _, err := weirSays("export", "--url", url, "--set", "team", "-o", dir); err != nil {
			t.Errorf("weir export: %v", err)
		}
		apply("set team: 0 to create, 0 to change, 0 to remove\n", 0, "--dry-run", "--prune")
		all, _, err := weirSays("export", "--url", url)
		if err != nil || strings.Count(all, "---\n") != 2 {
			t.Errorf("weir export = %q, %v", all, err)
		}
	})
}

// Faults are told with the files and lines in which they stand, those that only
// the server can know too, and nothing is applied.
func TestApplyFaults(t *testing.T) {
	url := "http://" + startWeir(t, engines["sqlite"](t), nil)
	misspelt := folder(t, map[string]string{"a.yaml": "apiVersion: weir/v1\nkind: Tag\nmetadata: {name: A}\nspec: {colour: RED}\n", "b/c.yaml": "a: [1\n"})
	unknown := folder(t, map[string]string{
		"a.yaml": "apiVersion: weir/v1\nkind: Tag\nmetadata: {name: A}",
		"b.yaml": "# two\n\napiVersion: weir/v1\nkind: Domain\nmetadata: {name: d}\nspec:\n  owners:\n    - team: nobody\n",
		"c.yaml": "---\napiVersion: weir/v1\nkind: Subject\nmetadata: {name: nothing}\nspec: {description: x}\n",
	})
	empty := folder(t, map[string]string{"a.txt": "x"})
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"-f", misspelt}, []string{misspelt + "/a.yaml:4:8: the spec of a Tag has no colour", misspelt + "/b/c.yaml:1:4: this is not closed"}},
		{[]string{"-f", unknown}, []string{unknown + "/b.yaml:8:13: there is no Team nobody", unknown + "/c.yaml:2:1: there is no Subject nothing"}},
		{[]string{"-f", filepath.Join(unknown, "b.yaml")}, []string{unknown + "/b.yaml:8:13: there is no Team nobody"}},
		{[]string{"-f", empty, "--prune"}, []string{"there are no documents in " + empty + "; of a folder, the files that end in .yaml"}},
		{[]string{"-f", filepath.Join(empty, "nothing.yaml")}, []string{"nothing.yaml"}},
		{[]string{"-f", filepath.Join(unknown, "a.yaml"), "--url", "http://user:secret@127.0.0.1"}, []string{"WEIR_AUTH"}},
		{[]string{"-f", filepath.Join(unknown, "a.yaml"), "--url", "127.0.0.1:8081"}, []string{"want http://"}},
	} {
		_, code, err := weirSays(append([]string{"apply", "--url", url}, c.args...)...)
		if err == nil || code != 1 {
			t.Errorf("weir apply %v: exit code %d, %v", c.args, code, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("weir apply %v says %v, not %q", c.args, err, want)
			}
		}
	}
	if out, _, err := weirSays("export", "--url", url); out != "" || err != nil {
		t.Errorf("something was applied: %q, %v", out, err)
	}
}

// Credentials come from the environment or a file.
func TestApplyCredentials(t *testing.T) {
	var got string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Get("Authorization")
		if got == "" {
			w.WriteHeader(http.StatusUnauthorized)
		}
		_, _ = w.Write([]byte(`{"set":"default","applied":true,"changes":[],"left":0}`))
	}))
	defer server.Close()
	dir := folder(t, map[string]string{"a.yaml": "apiVersion: weir/v1\nkind: Tag\nmetadata: {name: A}", "secret": "ada:pass:word\n"})
	args := []string{"apply", "-f", filepath.Join(dir, "a.yaml"), "--url", server.URL}
	if _, code, err := weirSays(args...); code != 1 || !strings.Contains(err.Error(), "401") {
		t.Errorf("without credentials: %d, %v", code, err)
	}
	t.Setenv(authVariable, "token")
	if _, _, err := weirSays(args...); err != nil || got != "Bearer token" {
		t.Errorf("with %s: Authorization %q, %v", authVariable, got, err)
	}
	if _, _, err := weirSays(append(args, "--auth-file", filepath.Join(dir, "secret"))...); err != nil || got != "Basic YWRhOnBhc3M6d29yZA==" {
		t.Errorf("with --auth-file: Authorization %q, %v", got, err)
	}
}

// Package weir_test holds the house together: tests about the tree as a whole
// and not about what any part does. Who may import whom (the table of
// docs/design.md section 2), what every package says of itself, how long a file
// may be. It has no product code and nobody imports it.
package weir_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/weir-registry/weir"

// layer is a line of the table.
type layer struct {
	pkg string
	may []string // packages of ours; "x/..." is x and all below it
}

// layers is the table of docs/design.md section 2, leaves first. Every package
// stands in it by name, and imports what its line allows and nothing else of
// ours. Tests are free: they may open a store.
var layers = []layer{
	{"auth", nil},
	{"feed", nil},
	{"lease", nil},
	{"migrations", nil},
	{"store/pgtest", nil},

	{"schema/jsontext", nil},
	{"schema", []string{"schema/jsontext"}},
	{"schema/avro", []string{"schema", "schema/jsontext"}},
	{"schema/avro/avrotest", nil},
	{"schema/recordedtest", nil},
	{"schema/jsonschema", []string{"schema", "schema/jsontext"}},
	{"schema/protobuf", []string{"schema", "schema/jsontext"}},
	// The one that knows all three formats, for those who have a Type and a text.
	{"schema/format", []string{"schema/..."}},

	{"compat", []string{"schema/..."}},
	{"registry/tree", nil},
	{"registry/escape", nil},
	{"registry", []string{"registry/tree", "registry/escape", "compat", "schema/...", "auth", "feed"}},
	{"registry/dek", []string{"registry", "auth", "feed"}},
	{"registry/remote", []string{"registry"}},
	{"registry/exporter", []string{"registry/...", "schema", "auth", "feed", "lease"}},

	{"store", []string{"catalog", "registry/...", "compat", "schema", "auth", "feed", "lease", "migrations"}},
	{"store/storetest", []string{"store", "catalog", "registry/...", "compat", "schema/...", "auth", "feed", "lease"}},

	{"catalog/search", []string{"schema"}},
	{"catalog/search/searchtest", []string{"schema"}},
	{"catalog", []string{"catalog/search", "registry", "registry/tree", "schema", "auth", "feed"}},
	{"catalog/catalogtest", []string{"catalog", "registry", "compat", "schema", "schema/format", "auth", "feed", "store", "store/storetest"}},
	{"catalog/diff", []string{"catalog", "registry", "compat", "schema/..."}},
	{"catalog/contract", []string{"catalog/...", "registry", "schema/..."}},
	{"catalog/confluent", []string{"catalog", "catalog/search", "registry", "auth"}},
	{"catalog/declare", []string{"catalog", "registry"}},

	{"transfer", []string{"registry/...", "schema"}},

	{"graphql", []string{"catalog/...", "registry", "schema", "auth", "feed", "graphql/model", "graphql/generated", "graphql/request"}},
	{"graphql/model", []string{"catalog/...", "registry", "schema", "auth", "feed"}},
	{"graphql/generated", []string{"catalog", "catalog/search", "schema", "graphql/lists", "graphql/model"}},
	{"graphql/request", nil},
	{"graphql/lists", nil},
	{"graphql/lists/listgen", nil},
	{"graphql/confluent", []string{"catalog", "catalog/confluent", "auth", "graphql/request", "graphql/confluent/..."}},
	{"graphql/confluent/entity", []string{"catalog/confluent"}},
	{"graphql/confluent/generated", []string{"graphql/lists", "graphql/confluent/entity"}},
	{"graphql/confluent/schemagen", []string{"catalog/confluent"}},

	{"rest", []string{"catalog/...", "registry/...", "compat", "schema/...", "auth", "feed"}},

	{"cmd/weir", []string{"..."}},
	{"cmd/testrun", []string{"store/pgtest"}},
	{"bench", []string{"..."}},
	{"bench/static", nil},
	{"bench/static/generated", []string{"bench/static"}},
}

// fences keep what a part must not reach from it, whoever it is that asks.
var fences = []struct {
	why      string
	imports  []string // paths; "x/..." is x and all below it
	only     []string // packages of ours that may
	notUnder []string // or, where that is shorter: packages that may not
}{
	{
		why:     "store is the only code with SQL",
		imports: []string{"database/sql/...", "github.com/jackc/pgx/...", "modernc.org/sqlite/...", "github.com/pressly/goose/..."},
		only:    []string{"store/...", "bench/..."},
	},
	{
		why:      "a schema that someone sends reaches neither network nor files",
		imports:  []string{"net", "net/http/...", "net/rpc/...", "net/smtp", "os/...", "syscall", "plugin"},
		notUnder: []string{"schema/...", "compat/..."},
	},
	{
		why:      "rules and rows do not know HTTP",
		imports:  []string{"net/http/..."},
		notUnder: []string{"registry", "registry/dek", "catalog/search", "feed", "lease", "store", "auth"},
	},
	{
		why:     "what is for tests stays out of the product",
		imports: []string{"testing/...", "github.com/google/go-cmp/...", "pgregory.net/rapid/...", "go.uber.org/goleak/...", module + "/store/storetest", module + "/schema/avro/avrotest", module + "/schema/recordedtest", module + "/catalog/catalogtest"},
		only:    []string{"store/pgtest", "store/storetest", "schema/avro/avrotest", "schema/recordedtest", "catalog/catalogtest"},
	},
}

type listed struct {
	ImportPath string
	Name       string
	Dir        string
	GoFiles    []string
	Imports    []string
}

// packages asks go list for every package that has more than tests.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Name,Dir,GoFiles,Imports", "./...")
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Logf("%s", exit.Stderr)
		}
		t.Fatalf("go list ./...: %v", err)
	}
	var ps []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("go list ./...: %v", err)
		}
		if len(p.GoFiles) > 0 {
			ps = append(ps, p)
		}
	}
	if len(ps) == 0 {
		t.Fatal("go list ./... found no package")
	}
	return ps
}

// short is the path within the module; whether path is in it at all.
func short(path string) (string, bool) { return strings.CutPrefix(path, module+"/") }

// matches says whether one of the patterns covers the path.
func matches(path string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if p == "..." {
			return true
		}
		if base, ok := strings.CutSuffix(p, "/..."); ok {
			return path == base || strings.HasPrefix(path, base+"/")
		}
		return path == p
	})
}

func TestLayers(t *testing.T) {
	table := map[string]layer{}
	for _, l := range layers {
		if _, twice := table[l.pkg]; twice {
			t.Errorf("%s stands in the table twice", l.pkg)
		}
		table[l.pkg] = l
	}
	for _, p := range packages(t) {
		name, _ := short(p.ImportPath)
		l, ok := table[name]
		if !ok {
			t.Errorf("%s is not in the table of layers_test.go: add it there, and a new folder at the top to docs/design.md section 2", name)
			continue
		}
		delete(table, name)
		for _, path := range p.Imports {
			if imported, ours := short(path); ours && !matches(imported, l.may) {
				t.Errorf("%s imports %s; the table allows it %v", name, imported, l.may)
			}
		}
	}
	for name := range table {
		t.Errorf("%s stands in the table of layers_test.go and does not exist", name)
	}
}

func TestFences(t *testing.T) {
	for _, p := range packages(t) {
		name, _ := short(p.ImportPath)
		for _, f := range fences {
			if matches(name, f.only) || f.only == nil && !matches(name, f.notUnder) {
				continue
			}
			for _, path := range p.Imports {
				if matches(path, f.imports) {
					t.Errorf("%s imports %s: %s", name, path, f.why)
				}
			}
		}
	}
}

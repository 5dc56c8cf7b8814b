package migrations_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/migrations"
)

var (
	table  = regexp.MustCompile(`(?s)create table (\w+) \(\n(.*?)\n\)`)
	index  = regexp.MustCompile(`create (?:unique )?index (\w+) on (\w+ \([^)]*\))`)
	column = regexp.MustCompile(`^\t(\w+) (\w+)(.*?),?$`)
	alter  = regexp.MustCompile(`alter table (\w+) add column (\w+) (\w+)`)
)

// shape gives what the two engines must have in common: tables with their
// columns, keys and indexes.
func shape(t *testing.T, files fs.FS) map[string][]string {
	t.Helper()
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	found := map[string][]string{"files": names}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range table.FindAllStringSubmatch(string(text), -1) {
			for line := range strings.Lines(m[2]) {
				line = strings.TrimRight(line, "\n")
				if strings.HasPrefix(strings.TrimSpace(line), "primary key") {
					found[m[1]] = append(found[m[1]], strings.TrimSpace(line))
					continue
				}
				c := column.FindStringSubmatch(line)
				if c == nil {
					t.Errorf("%s: %s: %q is not a column", name, m[1], line)
					continue
				}
				null := "null"
				if strings.Contains(c[3], "not null") || strings.Contains(c[3], "primary key") {
					null = "not null"
				}
				found[m[1]] = append(found[m[1]], c[1]+" "+kind(c[2])+" "+null)
			}
		}
		for _, m := range index.FindAllStringSubmatch(string(text), -1) {
			found["index "+m[1]] = append(found["index "+m[1]], m[2])
		}
		for _, m := range alter.FindAllStringSubmatch(string(text), -1) {
			found[m[1]] = append(found[m[1]], m[2]+" "+kind(m[3]))
		}
	}
	return found
}

// kind is what a type means to the store.
func kind(sql string) string {
	switch sql {
	case "integer", "bigint", "boolean":
		return "number"
	case "bytea", "blob":
		return "bytes"
	}
	return sql
}

// One text of SQL serves both engines: so must the tables.
func TestEnginesHaveTheSameTables(t *testing.T) {
	postgres, sqlite := shape(t, migrations.Postgres()), shape(t, migrations.SQLite())
	if diff := cmp.Diff(postgres, sqlite); diff != "" {
		t.Errorf("(-postgres +sqlite):\n%s", diff)
	}
	for _, name := range []string{"meta", "commit_lock", "change", "lease", "context", "schema", "reference", "version", "id_mark", "setting", "association", "kek", "dek", "exporter", "entity", "annotation", "tag_definition", "business_metadata_definition"} {
		if len(postgres[name]) == 0 {
			t.Errorf("no table %s", name)
		}
	}
}

// SQLite would store anything anywhere.
func TestSQLiteTablesAreStrict(t *testing.T) {
	names, _ := fs.Glob(migrations.SQLite(), "*.sql")
	for _, name := range names {
		text, err := fs.ReadFile(migrations.SQLite(), name)
		if err != nil {
			t.Fatal(err)
		}
		if tables, strict := strings.Count(string(text), "create table"), strings.Count(string(text), ") strict"); tables != strict {
			t.Errorf("%s: %d of %d tables are strict", name, strict, tables)
		}
	}
}

package store

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store/pgtest"
)

// A context that was committed after a load has read the names of contexts is
// left to the feed, also where it lies among small ones that are read together.
func TestLoadLeavesNewContexts(t *testing.T) {
	for engine, database := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "weir.db"), "postgres": pgtest.URL(t)} {
		t.Run(engine, func(t *testing.T) {
			t.Attr("engine", engine)
			s, err := Open(t.Context(), Config{Database: database})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.Close(t.Context()) }()
			session := s.engine.session()
			defer session.close()
			for _, key := range []string{".a", ".b", ".c", ".d"} {
				k, none := []byte(key), []byte{}
				err := run(
					t.Context(), session,
					statement{sql: "insert into context (context, name, listed) values ($1, null, true)", args: []any{k}},
					statement{
						sql:  "insert into schema (context, id, guid, identity, type, text, refs, metadata, ruleset, outline) values ($1, 1, $2, $3, 'AVRO', $4, $4, $4, $4, $4)",
						args: []any{k, make([]byte, 16), make([]byte, 32), none},
					},
					statement{
						sql:  "insert into version (context, subject, version, name, schema_id, deleted, at, by, client) values ($1, $1, 1, null, 1, false, 0, $2, $2)",
						args: []any{k, none},
					},
				)
				if err != nil {
					t.Fatal(err)
				}
			}
			names := map[string]registry.Context{".a": ".a", ".c": ".c"}
			var schemas, versions []registry.Context
			err = s.readSchemas(t.Context(), names, func(row *registry.SchemaRow) error {
				schemas = append(schemas, row.Context)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			err = s.readVersions(t.Context(), names, func(row *registry.VersionRow) error {
				versions = append(versions, row.Subject.Context)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			want := []registry.Context{".a", ".c"}
			slices.Sort(schemas)
			slices.Sort(versions)
			if !slices.Equal(schemas, want) || !slices.Equal(versions, want) {
				t.Errorf("schemas of %q and versions of %q, want both of %q", schemas, versions, want)
			}
		})
	}
}

package store

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/weir-registry/weir/store/pgtest"
)

// A history reads what it is about, and not the whole log: both planners see
// that the condition on kind is that of the partial index.
func TestHistoryUsesItsIndexes(t *testing.T) {
	for _, engine := range []struct {
		name, database, explain string
		column                  int // of the answer to it
		fill                    string
	}{
		{
			"sqlite", filepath.Join(t.TempDir(), "weir.db"), "explain query plan ", 3,
			`insert into change
				with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000)
				select i, 0, 0, x'', x'', x'', x'', x'', 'version.put', x'', x'00', null, x'', x'', 0, x'' from n`,
		},
		{
			"postgres", pgtest.URL(t), "explain ", 0,
			`insert into change
				select i, 0, 0, '', '', '', '', '', 'version.put', '', '\x00', null, '', '', 0, '' from generate_series(1, 20000) as i`,
		},
	} {
		t.Run(engine.name, func(t *testing.T) {
			s, err := Open(t.Context(), Config{Database: engine.database})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.Close(t.Context()) }()
			session := s.engine.session()
			defer session.close()
			if err := run(t.Context(), session, statement{sql: engine.fill}, statement{sql: "analyze change"}); err != nil {
				t.Fatal(err)
			}
			rev, ordinal := int64(newest), int64(0)
			for index, query := range map[string]statement{
				"change_key":         {sql: selectChangesOf, args: []any{keyHash("k"), []byte("k"), rev, ordinal, int64(10)}},
				"change_association": {sql: selectChangesOfAssociations, args: []any{rev, ordinal, int64(10)}},
			} {
				var plan strings.Builder
				err := s.engine.query(t.Context(), engine.explain+query.sql, func(r row) error {
					plan.Write(r.Bytes(engine.column))
					plan.WriteByte('\n')
					return nil
				}, query.args...)
				if err != nil || !strings.Contains(plan.String(), index) {
					t.Errorf("%s: %v, %s is not used:\n%s", engine.name, err, index, plan.String())
				}
			}
		})
	}
}

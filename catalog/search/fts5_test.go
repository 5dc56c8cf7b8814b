package search

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/weir-registry/weir/schema"
)

// benchmarkFTS5 asks SQLite what the index answers: a page of twenty by bm25
// with its total and six facets, over the same words.
func benchmarkFTS5(b *testing.B, docs []Document, outlines [][]byte, rare string) {
	db := fillFTS5(b, docs, outlines)
	facets := []string{"kind", "format", "domain", "owner", "compatibility", "tag"}
	for _, q := range []struct{ name, text string }{{"fts5 broad", "amount"}, {"fts5 selective", rare}} {
		b.Run(q.name, func(b *testing.B) {
			hits := 0
			for b.Loop() {
				rows := query(b, db, `select d.entity, d.name from words w join document d on d.id = w.rowid where words match ? order by bm25(words, 10, 5, 1) limit 20`, q.text)
				if rows == 0 {
					b.Fatalf("FTS5 finds nothing for %q", q.text)
				}
				hits = 0
				for _, facet := range facets {
					var err error
					if facet == "kind" {
						err = db.QueryRow(`select count(*) from words where words match ?`, q.text).Scan(&hits)
					}
					if err != nil {
						b.Fatal(err)
					}
					query(b, db, fmt.Sprintf(`select d.%s, count(*) from words w join document d on d.id = w.rowid where words match ? group by 1 order by 2 desc`, facet), q.text)
				}
			}
			b.ReportMetric(float64(hits), "hits")
		})
	}
}

func query(b *testing.B, db *sql.DB, text string, args ...any) int {
	b.Helper()
	rows, err := db.Query(text, args...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var a, c any
		if err := rows.Scan(&a, &c); err != nil {
			b.Fatal(err)
		}
	}
	return n
}

// fillFTS5 loads the company; names are given as their words, since FTS5 does
// not split at case.
func fillFTS5(b *testing.B, docs []Document, outlines [][]byte) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "fts.db")+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=cache_size(-400000)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	for _, text := range []string{
		`create table document (id integer primary key, entity text, name text, kind text, format text, domain text, owner text, compatibility text, tag text)`,
		`create virtual table words using fts5(name, path, doc, content='')`,
	} {
		if _, err := db.Exec(text); err != nil {
			b.Fatal(err)
		}
	}
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	document, err := tx.Prepare(`insert into document values (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	indexed, err := tx.Prepare(`insert into words (rowid, name, path, doc) values (?, ?, ?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	id := 0
	add := func(d *Document, kind Kind, name, path, doc string, tags []string) {
		id++
		split, _ := naiveWords(name)
		split = append(split, fold(name))
		paths, _ := naiveWords(path)
		if _, err := document.Exec(id, d.ID, name, string(kind), d.Format, d.Domains[0], d.Owners[0], d.Compatibility, strings.Join(tags, ",")); err != nil {
			b.Fatal(err)
		}
		if _, err := indexed.Exec(id, strings.Join(split, " "), strings.Join(paths, " "), doc+" "+strings.Join(tags, " ")); err != nil {
			b.Fatal(err)
		}
	}
	for i := range docs {
		d := &docs[i]
		var o schema.Outline
		if err := o.UnmarshalBinary(outlines[i]); err != nil {
			b.Fatal(err)
		}
		add(d, d.Kind, d.Name, "", "", nil)
		for _, m := range AppendMembers(nil, &o) {
			add(d, m.Kind, m.Name, m.Path, m.Description, m.Tags)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	if _, err := db.Exec(`insert into words (words) values ('optimize')`); err != nil {
		b.Fatal(err)
	}
	if _, err := db.Exec(`analyze`); err != nil {
		b.Fatal(err)
	}
	return db
}

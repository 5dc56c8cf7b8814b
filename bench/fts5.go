package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"

	_ "modernc.org/sqlite" // the driver that weir uses too

	"github.com/weir-registry/weir/catalog/search"
)

// fts5 is SQLite's full-text index over the same documents and words as the
// search index of the same company.
type fts5 struct{ db *sql.DB }

// searchFacets are what the search rows count by, as the index and as FTS5's
// table name it.
var searchFacets = []struct {
	field  search.FacetField
	column string
}{
	{search.FacetKind, "kind"},
	{search.FacetFormat, "format"},
	{search.FacetDomain, "domain"},
	{search.FacetOwner, "owner"},
	{search.FacetCompatibility, "compatibility"},
	{search.FacetTag, "tag"},
}

// ask asks for what a search page shows: twenty rows by rank, the number of all
// and six facets. It answers the number.
func (f *fts5) ask(ctx context.Context, text string) (total int, err error) {
	page, err := f.rows(ctx, `select d.entity, d.name from words w join document d on d.id = w.rowid where words match ? order by bm25(words, 10, 5, 1) limit 20`, text)
	if err != nil {
		return 0, err
	}
	if page == 0 {
		return 0, fmt.Errorf("FTS5 finds nothing for %q", text)
	}
	if err := f.db.QueryRowContext(ctx, `select count(*) from words where words match ?`, text).Scan(&total); err != nil {
		return 0, err
	}
	for _, facet := range searchFacets {
		query := fmt.Sprintf(`select d.%s, count(*) from words w join document d on d.id = w.rowid where words match ? group by 1 order by 2 desc`, facet.column)
		if _, err := f.rows(ctx, query, text); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// rows reads all rows of a query of two columns and counts them.
func (f *fts5) rows(ctx context.Context, query string, args ...any) (n int, err error) {
	rows, err := f.db.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for ; rows.Next(); n++ {
		var a, b any
		if err := rows.Scan(&a, &b); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

// fullText fills FTS5 with a company, once a run.
func (env *environment) fullText(ctx context.Context, c *company) (*fts5, error) {
	if c.fts != nil {
		return c.fts, nil
	}
	path, err := env.fresh()
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=cache_size(-400000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	f := &fts5{db}
	if err := f.fill(ctx, c); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	c.fts = f
	return f, nil
}

func (f *fts5) fill(ctx context.Context, c *company) error {
	for _, text := range []string{
		`create table document (id integer primary key, entity text, name text, kind text, format text, domain text, owner text, compatibility text, tag text)`,
		`create virtual table words using fts5(name, path, doc, content='')`,
	} {
		if _, err := f.db.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	document, err := tx.PrepareContext(ctx, `insert into document values (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	indexed, err := tx.PrepareContext(ctx, `insert into words (rowid, name, path, doc) values (?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	id := 0
	err = c.each(func(d *search.Document, kind search.Kind, name, path, doc string, tags []string) error {
		id++
		tag := strings.Join(tags, " ")
		if _, err := document.ExecContext(ctx, id, d.ID, name, string(kind), d.Format, d.Domains[0], d.Owners[0], d.Compatibility, tag); err != nil {
			return err
		}
		_, err := indexed.ExecContext(ctx, id, splitName(name)+" "+foldName(name), splitName(path), doc+" "+tag)
		return err
	})
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	for _, text := range []string{`insert into words (words) values ('optimize')`, `analyze`} {
		if _, err := f.db.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// splitName splits a name where the case changes and at digits, as the index
// does and FTS5 does not.
func splitName(name string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(last) || last != 0 && unicode.IsDigit(r) != unicode.IsDigit(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// foldName is a name as one word.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

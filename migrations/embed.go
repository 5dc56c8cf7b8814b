// Package migrations holds the tables of weir as numbered files for goose, one
// folder for each engine. Package store runs them; nothing else reads them.
//
// Both folders have the same tables, columns and indexes under the same names,
// so that one text of SQL serves both engines. What the columns have in common:
//
//   - Whatever comes from outside (names, texts, headers, documents) is bytes
//     and never text: PostgreSQL's text refuses U+0000 and whatever is not
//     UTF-8, and a path or a header may hold either.
//   - A context or subject in a key is its own name when that is short, and a
//     zero byte with the SHA-256 of the name when it is long (a B-tree row of
//     PostgreSQL holds 2,704 bytes). Then the whole name stands beside it, in
//     the column name, which is null otherwise. Package store has the rule.
//   - An entity of the catalog in a key is its catalog.Ref as text, made short
//     in the same way; so are items, named sets and names of definitions.
//   - Times are microseconds since the epoch. Documents are JSON.
//   - No table refers to another by a foreign key: the commit's own statements
//     keep them together, and `weir verify` proves that they are.
//
// In change, key_hash and touch_hash are the first eight bytes of the SHA-256
// of the keys by which later commands find out that something they read has
// changed; number is what the commit worked out (the id of a schema); digest
// is over everything in the row but what the commit works out. In schema, the
// held columns name the version that an overwrite took from the content, and
// are null as long as the content counts (registry-api.md 4.4).
package migrations

import (
	"embed"
	"io/fs"
)

//go:embed postgres/*.sql sqlite/*.sql
var files embed.FS

// Postgres gives the migrations for PostgreSQL.
func Postgres() fs.FS { return folder("postgres") }

// SQLite gives the migrations for SQLite.
func SQLite() fs.FS { return folder("sqlite") }

func folder(name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		panic(err) // the name is one of the two above
	}
	return sub
}

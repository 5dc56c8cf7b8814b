package main

import "context"

// row is one line, or a few, of the table. To add one: a file with a measure
// function, named for what it measures, and an entry here.
type row struct {
	name, what string
	measure    func(ctx context.Context, env *environment) ([]line, error)
}

var rows = []row{
	{"C", "the compatibility engine beside hamba/avro and encoding/json", measureCompat},
	{"R1", "GET by id beside a bare handler", measureGet},
	{"R3", "GET by id with a million versions", measureGetLarge},
	{"R6", "POST of a known schema beside a bare decoder", measureKnown},
	{"W1", "register new schemas on PostgreSQL beside pgbench", measureRegisterPostgres},
	{"W6", "register new schemas on SQLite beside one-by-one commits", measureRegisterSQLite},
	{"L1", "load a million versions beside receive-and-drop; L2 their memory", measureLoad},
	{"S1", "a broad search with facets beside SQLite's FTS5", measureBroad},
	{"S2", "a selective search with facets beside SQLite's FTS5", measureSelective},
	{"S3", "completion as you type beside a scan of the names", measureTyping},
	{"S4", "building the search index beside decoding the outlines", measureBuild},
	{"S5", "the heap of the search index", measureHeap},
	{"G1", "a hundred objects over GraphQL beside gqlgen with static data", measureGraphQL},
	{"G2", "a hundred entities over REST beside a handler written by hand", measureEntities},
	{"G3", "opening a schema of 10,000 fields", measureWide},
	{"G4", "finding what was registered, on two nodes", measureFindable},
}

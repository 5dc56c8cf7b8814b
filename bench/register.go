package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// registrations numbers new schemas and subjects through a whole run.
var registrations atomic.Int64

// registerNew posts a schema that nobody has to a subject that nobody has.
func registerNew(addr string) func(connection, turn int, request []byte) []byte {
	return func(_, _ int, request []byte) []byte {
		n := int(registrations.Add(1))
		return appendPost(request, addr, fmt.Sprintf("/subjects/new-%d-value/versions", n), schemaBody(fiveFields(n)))
	}
}

// measureRegisterPostgres is W1: registrations by 1, 8 and 64 clients beside
// pgbench doing the same inserts, one transaction each, without the commit
// lock; and by 64 clients while another session holds a snapshot open.
func measureRegisterPostgres(ctx context.Context, env *environment) ([]line, error) {
	limit, err := env.postgres.database(ctx)
	if err != nil {
		return nil, err
	}
	if err := env.migrate(ctx, limit); err != nil {
		return nil, err
	}
	if err := execSQL(ctx, limit, pgbenchSetup); err != nil {
		return nil, err
	}
	db, err := env.postgres.database(ctx)
	if err != nil {
		return nil, err
	}
	weir, err := env.serve(ctx, db, 30*time.Second)
	if err != nil {
		return nil, err
	}
	defer weir.stop()
	var lines []line
	for _, clients := range []int{1, 8, 64} {
		pgbench := func(ctx context.Context, slice time.Duration) (sample, error) {
			rate, err := env.pgbench(ctx, limit, pgbenchScript(), clients, slice)
			return sample{"rate": rate}, err
		}
		got, err := interleave(ctx, env.longer(), "rate", pgbench, against(weir, clients, registerNew(weir.addr)))
		if err != nil {
			return nil, err
		}
		b := bar{reported: "64 clients are judged"}
		if clients == 64 {
			b = atLeast(0.8)
		}
		lines = append(lines, got.judge("W1", fmt.Sprintf("register new, PostgreSQL, %d clients, beside pgbench", clients), "rate", "1/s", b))
	}
	dumped, err := env.besideDump(ctx, db, weir)
	return append(lines, dumped...), err
}

// longer are the settings of rows whose slices pgbench counts in seconds.
func (env *environment) longer() settings {
	s := env.settings
	s.slice = max(s.slice, 2*time.Second)
	return s
}

// besideDump measures registrations while a dump has its snapshot open beside
// the same without.
func (env *environment) besideDump(ctx context.Context, db string, weir *process) ([]line, error) {
	plain := against(weir, 64, registerNew(weir.addr))
	dumping := func(ctx context.Context, slice time.Duration) (sample, error) {
		conn, err := pgx.Connect(ctx, db)
		if err != nil {
			return nil, err
		}
		defer conn.Close(context.WithoutCancel(ctx))
		for _, s := range []string{"begin isolation level repeatable read read only", "select count(*) from schema"} {
			if _, err := conn.Exec(ctx, s); err != nil {
				return nil, err
			}
		}
		return plain(ctx, slice)
	}
	got, err := interleave(ctx, env.longer(), "rate", plain, dumping)
	if err != nil {
		return nil, err
	}
	return []line{got.judge("W1", "the same, 64 clients, beside itself with a dump open", "rate", "1/s", atLeast(0.8))}, nil
}

// pgbenchSetup makes what pgbench's transactions count with; weir counts under
// its commit lock instead.
const pgbenchSetup = `create sequence bench_rev`

// pgbenchScript is what a registration of a new schema inserts, in the columns
// of migrations/postgres, one transaction for each.
func pgbenchScript() string {
	// A colon before a letter or a digit would be a variable to pgbench.
	text := strings.ReplaceAll(fiveFields(1_000_000), ":null", ": null")
	return fmt.Sprintf(`\set n random(1, 1000000000000000)
begin;
insert into change (rev, ordinal, at, command, actor, client, address, request, kind, key, key_hash, touch_hash, before, after, number, digest)
values (nextval('bench_rev'), 0, :n, decode(md5(:n::text), 'hex'), '', 'bench', '127.0.0.1 40000', decode(md5(:n::text), 'hex'),
	'version.put', ('subject new-' || :n || '-value')::bytea, substr(sha256(:n::text::bytea), 1, 8), null, '',
	('{"context":".","subject":"new-' || :n || '-value","version": 1,"guid":"' || md5(:n::text) || '","type":"AVRO","at": 1790000000000000,"client":"bench"}')::bytea,
	currval('bench_rev'), sha256(:n::text::bytea));
insert into schema (context, id, guid, identity, type, text, refs, metadata, ruleset, outline)
values ('.', currval('bench_rev'), decode(md5(:n::text), 'hex'), sha256(:n::text::bytea), 'AVRO', '%s', '', '', '', '%s');
insert into version (context, subject, version, name, schema_id, deleted, at, by, client)
values ('.', ('new-' || :n || '-value')::bytea, 1, null, currval('bench_rev'), false, :n, '', 'bench');
commit;
`, text, fmt.Sprintf(`\x%x`, text[:150]))
}

package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// memoryLimit is the GOMEMLIMIT under which L2 is measured.
const memoryLimit = "8GiB"

// seed is the name in the schema that the large registry is cloned from; every
// clone has another of the same length, so that lengths in outlines hold.
const seed = 10_000_000

// cloneSQL makes n versions out of the one that was registered, each with a
// subject, an id and a name of its own. Their GUIDs and keys are right; their
// identities are only different, which nothing that bench asks can tell. The
// server would vacuum by itself within a minute, in the middle of a row.
const cloneSQL = `
insert into schema (context, id, guid, identity, type, text, refs, metadata, ruleset, outline)
select s.context, n, decode(md5(t.text), 'hex'), sha256(t.text), s.type, t.text, s.refs, s.metadata, s.ruleset,
	decode(replace(encode(s.outline, 'hex'), encode('Event%[1]d', 'hex'), encode(('Event' || (%[1]d + n))::bytea, 'hex')), 'hex')
from schema as s, generate_series(2, %[2]d) as n,
	lateral (select convert_to(replace(convert_from(s.text, 'UTF8'), 'Event%[1]d', 'Event' || (%[1]d + n)), 'UTF8') as text) as t
where s.id = 1;
insert into version (context, subject, version, name, schema_id, deleted, at, by, client)
select v.context, ('loaded-' || n || '-value')::bytea, 1, null, n, false, v.at, v.by, v.client
from version as v, generate_series(2, %[2]d) as n
where v.schema_id = 1;
vacuum analyze;
checkpoint`

// largeDatabase makes the database with the many versions, once a run.
func (env *environment) largeDatabase(ctx context.Context) (string, error) {
	if env.large != "" {
		return env.large, nil
	}
	db, err := env.postgres.database(ctx)
	if err != nil {
		return "", err
	}
	p, err := env.serve(ctx, db, 30*time.Second)
	if err != nil {
		return "", err
	}
	err = post(ctx, "http://"+p.addr+"/subjects/loaded-1-value/versions", schemaBody(wide(seed)))
	p.stop()
	if err != nil {
		return "", err
	}
	fmt.Fprintf(os.Stderr, "  making %d versions\n", env.settings.versions)
	script := fmt.Sprintf(cloneSQL, seed, env.settings.versions)
	if err := execSQL(ctx, db, strings.Split(script, ";\n")...); err != nil {
		return "", err
	}
	env.large = db
	return db, nil
}

// largeWeir serves the large registry.
func (env *environment) largeWeir(ctx context.Context) (*process, error) {
	db, err := env.largeDatabase(ctx)
	if err != nil {
		return nil, err
	}
	return env.serveReady(ctx, db)
}

// serveReady starts weir and waits until it answers that it is ready.
func (env *environment) serveReady(ctx context.Context, db string) (*process, error) {
	p, err := env.serve(ctx, db, 5*time.Minute, "GOMEMLIMIT="+memoryLimit)
	if err != nil {
		return nil, err
	}
	for ctx.Err() == nil {
		if _, err = fetch(ctx, "http://"+p.addr+"/health/ready"); err == nil {
			return p, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.stop()
	return nil, ctx.Err()
}

// measureLoad is L1 and L2: the start of a node with many versions beside
// reading the same rows and dropping them, and its memory when it has settled
// beside the bytes that it holds. Beside it stands, reported, reading the rows
// and keeping their bytes: what fresh memory costs on this machine, which no
// load can save.
func measureLoad(ctx context.Context, env *environment) ([]line, error) {
	db, err := env.largeDatabase(ctx)
	if err != nil {
		return nil, err
	}
	receiving := func(keep bool) side {
		return func(ctx context.Context, _ time.Duration) (sample, error) {
			begin := time.Now()
			kept, err := receive(ctx, db, env.settings.versions, keep)
			took := sample{"seconds": time.Since(begin).Seconds()}
			runtime.KeepAlive(kept)
			debug.FreeOSMemory()
			return took, err
		}
	}
	load := func(ctx context.Context, _ time.Duration) (sample, error) {
		begin := time.Now()
		p, err := env.serveReady(ctx, db)
		if err != nil {
			return nil, err
		}
		defer p.stop()
		return sample{"seconds": time.Since(begin).Seconds()}, nil
	}
	s := env.settings
	s.rounds = min(s.rounds, 7)
	got, err := interleave(ctx, s, "seconds", receiving(false), load)
	if err != nil {
		return nil, err
	}
	lines := []line{got.judge("L1", fmt.Sprintf("load %d versions beside receive-and-drop", s.versions), "seconds", "s", atMost(1.6))}
	s.rounds = min(s.rounds, 3)
	if got, err = interleave(ctx, s, "seconds", receiving(true), load); err != nil {
		return lines, err
	}
	lines = append(lines, got.judge("L1", "the same beside receive-and-keep", "seconds", "s", bar{reported: "receive-and-drop is judged"}))
	memory, err := env.settledMemory(ctx, db)
	if err != nil {
		return lines, err
	}
	what := "settled memory beside stored bodies and outlines, GOMEMLIMIT=" + memoryLimit
	return append(lines, memory.judge("L2", what, "MB", "MB", atMost(1.6))), nil
}

const storedBytes = `select sum(length(text) + length(outline)) from schema`

// settledMemory reads the resident memory of a loaded node after it has rested.
func (env *environment) settledMemory(ctx context.Context, db string) (sides, error) {
	conn, err := pgx.Connect(ctx, db)
	if err != nil {
		return sides{}, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var stored int64
	if err := conn.QueryRow(ctx, storedBytes).Scan(&stored); err != nil {
		return sides{}, err
	}
	p, err := env.serveReady(ctx, db)
	if err != nil {
		return sides{}, err
	}
	defer p.stop()
	var settled []float64
	for range env.settings.rounds {
		time.Sleep(3 * time.Second)
		rss, err := p.rss()
		if err != nil {
			return sides{}, err
		}
		settled = append(settled, float64(rss)/1e6)
	}
	return sides{limit: sample{"MB": float64(stored) / 1e6}, weir: sample{"MB": median(settled)}}, nil
}

// receivers is how many connections read side by side, as a node's load does.
const receivers = 2

// receive reads all that a node loads. It keeps nothing of it, or a copy of
// every byte.
func receive(ctx context.Context, db string, versions int, keep bool) ([]*pile, error) {
	piles := make([]*pile, receivers)
	group, ctx := errgroup.WithContext(ctx)
	for i := range receivers {
		from, to := i*versions/receivers+1, (i+1)*versions/receivers
		piles[i] = &pile{}
		group.Go(func() error {
			conn, err := pgx.Connect(ctx, db)
			if err != nil {
				return err
			}
			defer conn.Close(context.WithoutCancel(ctx))
			for _, text := range []string{
				"select context, id, guid, identity, type, text, refs, metadata, ruleset, outline from schema where id between $1 and $2",
				"select subject, version, schema_id, deleted, at, by, client from version where schema_id between $1 and $2",
			} {
				rows, err := conn.Query(ctx, text, from, to)
				if err != nil {
					return err
				}
				for rows.Next() {
					for _, value := range rows.RawValues() {
						if keep {
							piles[i].put(value)
						}
					}
				}
				if rows.Close(); rows.Err() != nil {
					return rows.Err()
				}
			}
			return nil
		})
	}
	return piles, group.Wait()
}

// pile is bytes kept one behind the other in large pieces.
type pile struct{ pieces [][]byte }

const pieceSize = 32 << 20

func (p *pile) put(data []byte) {
	last := len(p.pieces) - 1
	if last < 0 || cap(p.pieces[last])-len(p.pieces[last]) < len(data) {
		p.pieces = append(p.pieces, make([]byte, 0, max(pieceSize, len(data))))
		last++
	}
	p.pieces[last] = append(p.pieces[last], data...)
}

package main

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver that weir uses too
)

// fastDisk is the fsync time below which a disk (or what pretends to be one)
// does not say anything about batching.
const fastDisk = 300 * time.Microsecond

// measureRegisterSQLite is W6: registrations by 1, 8 and 64 clients beside the
// same inserts committed one by one through the same driver.
func measureRegisterSQLite(ctx context.Context, env *environment) ([]line, error) {
	sync, err := fsyncTime(env.dir)
	if err != nil {
		return nil, err
	}
	db, err := env.fresh()
	if err != nil {
		return nil, err
	}
	weir, err := env.serve(ctx, db, 30*time.Second)
	if err != nil {
		return nil, err
	}
	defer weir.stop()
	limit, err := env.fresh()
	if err != nil {
		return nil, err
	}
	if err := env.migrate(ctx, limit); err != nil {
		return nil, err
	}
	single, err := oneByOne(limit)
	if err != nil {
		return nil, err
	}
	defer single.db.Close()
	var lines []line
	for _, clients := range []int{1, 8, 64} {
		got, err := interleave(ctx, env.settings, "rate", single.run, against(weir, clients, registerNew(weir.addr)))
		if err != nil {
			return nil, err
		}
		b := bar{reported: "64 clients are judged"}
		if clients == 64 {
			if b = atLeast(2); sync < fastDisk {
				b = bar{reported: fmt.Sprintf("fsync takes %d µs here, less than 300", sync.Microseconds())}
			}
		}
		what := fmt.Sprintf("register new, SQLite FULL, %d clients (fsync %d µs)", clients, sync.Microseconds())
		lines = append(lines, got.judge("W6", what, "rate", "1/s", b))
	}
	return lines, nil
}

// singleWriter commits one registration's inserts at a time.
type singleWriter struct {
	db  *sql.DB
	rev int64
}

func oneByOne(path string) (*singleWriter, error) {
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &singleWriter{db: db}, db.Ping()
}

func (w *singleWriter) run(ctx context.Context, slice time.Duration) (sample, error) {
	inserts := make([]*sql.Stmt, 0, 3)
	for _, text := range []string{
		`insert into change (rev, ordinal, at, command, actor, client, address, request, kind, key, key_hash, touch_hash, before, after, number, digest)
			values ($1, 0, $2, $3, x'', x'62', x'62', $3, 'version.put', $4, $5, null, x'', $6, $1, $7)`,
		`insert into schema (context, id, guid, identity, type, text, refs, metadata, ruleset, outline)
			values (x'2e', $1, $2, $3, 'AVRO', $4, x'', x'', x'', $5)`,
		`insert into version (context, subject, version, name, schema_id, deleted, at, by, client)
			values (x'2e', $1, 1, null, $2, 0, $3, x'', x'62')`,
	} {
		s, err := w.db.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		defer s.Close()
		inserts = append(inserts, s)
	}
	begin, done := time.Now(), 0
	for ; time.Since(begin) < slice; done++ {
		if err := w.one(ctx, inserts); err != nil {
			return nil, err
		}
	}
	return sample{"rate": float64(done) / time.Since(begin).Seconds()}, nil
}

func (w *singleWriter) one(ctx context.Context, inserts []*sql.Stmt) error {
	w.rev++
	n, text := w.rev, []byte(fiveFields(int(w.rev)))
	digest, guid := sha256.Sum256(text), md5.Sum(text)
	subject := fmt.Appendf(nil, "new-%d-value", n)
	after := fmt.Appendf(nil, `{"context":".","subject":"new-%d-value","version":1,"guid":"%x","type":"AVRO","at":%d,"client":"bench"}`, n, guid, n)
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, args := range [][]any{
		{n, n, guid[:], append([]byte("subject "), subject...), digest[:8], after, digest[:]},
		{n, guid[:], digest[:], text, text[:150]},
		{subject, n, n},
	} {
		if _, err := tx.StmtContext(ctx, inserts[i]).ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// fsyncTime is the median time of a synced append of 4 kB.
func fsyncTime(dir string) (time.Duration, error) {
	f, err := os.Create(filepath.Join(dir, "fsync"))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	page := make([]byte, 4096)
	var took []float64
	for range 101 {
		begin := time.Now()
		if _, err := f.Write(page); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		took = append(took, float64(time.Since(begin)))
	}
	return time.Duration(median(took)), nil
}

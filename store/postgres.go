package store

import (
	"context"
	"errors"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/weir-registry/weir/migrations"
)

// postgresEngine reads through a pool; each committer has a connection of its
// own beside it, and so has the listener.
type postgresEngine struct {
	config   *pgxpool.Config
	pool     *pgxpool.Pool
	listener *listener // nil without LISTEN
	node     string    // what this node's notifications say
}

// channel is what NOTIFY and LISTEN name.
const channel = "weir_change"

func openPostgres(ctx context.Context, config Config, logger *slog.Logger) (*postgresEngine, error) {
	pc, err := pgxpool.ParseConfig(config.Database)
	if err != nil {
		return nil, err
	}
	if pc.ConnConfig.RuntimeParams["application_name"] == "" {
		pc.ConnConfig.RuntimeParams["application_name"] = "weir"
	}
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return nil, err
	}
	e := &postgresEngine{config: pc, pool: pool, node: newNodeName()}
	if config.NoListen {
		return e, nil
	}
	listen := pc.ConnConfig
	if config.Listen != "" {
		if listen, err = pgx.ParseConfig(config.Listen); err != nil {
			pool.Close()
			return nil, err
		}
	}
	e.listener = newListener(listen, e.node, logger)
	return e, nil
}

func (e *postgresEngine) listen() {
	if e.listener != nil {
		e.listener.start()
	}
}

// migrate runs goose, which takes database/sql and locks out other nodes.
func (e *postgresEngine) migrate(ctx context.Context) (err error) {
	db := stdlib.OpenDB(*e.config.ConnConfig.Copy())
	defer func() { err = errors.Join(err, db.Close()) }()
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations.Postgres(),
		goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

func (e *postgresEngine) query(ctx context.Context, sql string, each func(row) error, args ...any) error {
	rows, err := e.pool.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	r := &postgresRow{}
	for rows.Next() {
		r.values = rows.RawValues()
		if err := each(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (e *postgresEngine) hint() <-chan struct{} {
	if e.listener == nil {
		return nil
	}
	return e.listener.hint
}

func (e *postgresEngine) listening() bool { return e.listener != nil && e.listener.connected.Load() }

func (e *postgresEngine) readers() int { return max(1, min(4, int(e.config.MaxConns)-1)) }

func (e *postgresEngine) close() error {
	if e.listener != nil {
		e.listener.close()
	}
	e.pool.Close()
	return nil
}

func (e *postgresEngine) session() session {
	return &postgresSession{engine: e, prepared: map[string]*preparedStatement{}}
}

// postgresRow is a row in the binary format: big-endian integers of the
// column's width, bytes as they are.
type postgresRow struct{ values [][]byte }

func (r *postgresRow) Int(i int) int64 {
	b := r.values[i]
	if len(b) == 0 {
		return 0
	}
	n := int64(int8(b[0]))
	for _, next := range b[1:] {
		n = n<<8 | int64(next)
	}
	return n
}

func (r *postgresRow) Bool(i int) bool { return len(r.values[i]) == 1 && r.values[i][0] == 1 }

func (r *postgresRow) Bytes(i int) []byte { return r.values[i] }

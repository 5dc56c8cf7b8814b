package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// postgresSession is a committer's connection. It works below pgx.Conn: the
// statements of a commit take three types of arguments only, which are
// written into one buffer in the binary format.
type postgresSession struct {
	engine   *postgresEngine
	conn     *pgconn.PgConn
	prepared map[string]*preparedStatement
	buffer   []byte // the arguments of a batch
}

type preparedStatement struct {
	*pgconn.StatementDescription
	params  []int16 // all binary
	results []int16
}

// settle makes the transaction what a commit needs, whatever the database or
// a pooler's connection has set: its commit waits for the disk, and its plans
// are chosen without statistics. All of its statements are look-ups by key;
// planned for their values they would be planned anew each time, and a plan
// that walks a table, right for the few rows of today, holds the lock for
// seconds once they have grown. A server that has lost its client must notice
// soon, for the client may hold the lock. All of it ends with the transaction,
// so that it holds through a pooler too.
const settle = `
select
	set_config('synchronous_commit', case when current_setting('synchronous_commit') = 'remote_apply' then 'remote_apply' else 'on' end, true),
	set_config('plan_cache_mode', 'force_generic_plan', true),
	set_config('enable_seqscan', 'off', true),
	set_config('enable_bitmapscan', 'off', true),
	set_config('jit', 'off', true),
	set_config('tcp_keepalives_idle', '10', true),
	set_config('tcp_keepalives_interval', '5', true),
	set_config('tcp_keepalives_count', '3', true)`

// takeLock is a statement of its own: the statements behind it see what was
// committed before it returned. In one statement with them, what they see
// would be settled before the wait.
const takeLock = `
select id
from commit_lock
where id = 1
for update`

const notify = `select pg_notify('` + channel + `', $1)`

// transact sends everything in one go when there is nothing to look at before.
func (s *postgresSession) transact(ctx context.Context, look []statement, proceed func() ([]statement, error)) error {
	all := append(make([]statement, 0, 64),
		statement{sql: "begin isolation level read committed"}, statement{sql: settle}, statement{sql: takeLock})
	if len(look) > 0 {
		if err := s.run(ctx, append(all, look...)); err != nil {
			var lost *outcomeError
			if errors.As(err, &lost) {
				lost.sent = false // no commit was among it
			}
			return err
		}
		all = all[:0]
	}
	statements, err := proceed()
	if err != nil {
		if len(look) > 0 {
			s.close() // and with it the transaction
		}
		return err
	}
	all = append(all, statements...)
	if s.engine.listener != nil {
		all = append(all, statement{sql: notify, args: []any{s.engine.node}})
	}
	return s.run(ctx, append(all, statement{sql: "commit"}))
}

// run sends statements in one go.
func (s *postgresSession) run(ctx context.Context, statements []statement) error {
	if err := s.prepare(ctx, statements); err != nil {
		return err
	}
	batch := &pgconn.Batch{}
	s.buffer = s.buffer[:0]
	for _, st := range statements {
		p := s.prepared[st.sql]
		values, err := s.encode(p, st.args)
		if err != nil {
			return err
		}
		batch.ExecStatement(p.StatementDescription, values, p.params, p.results)
	}
	answers := s.conn.ExecBatch(ctx, batch)
	var spoiled error
	r := &postgresRow{}
	for i := 0; answers.NextResult(); i++ {
		rows := answers.ResultReader()
		for rows.NextRow() {
			if each := statements[i].each; each != nil && spoiled == nil {
				r.values = rows.Values()
				spoiled = each(r)
			}
		}
		_, _ = rows.Close() // answers.Close has the error
	}
	if err := answers.Close(); err != nil {
		return s.failed(ctx, err)
	}
	return spoiled
}

// failed says what an error of a batch means, and makes the session ready for
// the next.
func (s *postgresSession) failed(ctx context.Context, err error) error {
	var fault *pgconn.PgError
	if !errors.As(err, &fault) || s.conn.IsClosed() {
		// Whether anything was sent is not asked of the driver: when the
		// connection breaks while it reads an answer, it says that nothing was.
		s.close()
		return &outcomeError{sent: true, cause: err}
	}
	// The server has skipped everything behind the error, the commit too.
	if _, rollback := s.conn.Exec(ctx, "rollback").ReadAll(); rollback != nil || elsewhere(fault.Code) {
		s.close()
	}
	switch {
	case elsewhere(fault.Code):
		return &outcomeError{cause: err}
	case fault.Code == "22003": // the only numbers that grow by themselves are ids
		return fmt.Errorf("%w: %w", errIDRange, err)
	case fault.Code == "23505":
		return fmt.Errorf("%w: %w", errTaken, err)
	}
	return err
}

// elsewhere says that an error is nobody's fault: another attempt, perhaps on
// another server, may do.
func elsewhere(code string) bool {
	switch code {
	case "25006", // a server that only reads, after a failover
		"40001", "40P01", // a serialization failure, a deadlock
		"55P03", "57014": // a lock not had in time, a time limit of the database's
		return true
	}
	return strings.HasPrefix(code, "53") // no room on the disk, no memory
}

// alive looks at the connection before it is used: what is sent on one that has
// broken is a commit whose outcome is not known, though nothing was done.
func (s *postgresSession) alive() bool { return s.conn != nil && quiet(s.conn.Conn()) }

// connect keeps a connection on which the server has only said something.
func (s *postgresSession) connect(ctx context.Context) error {
	if s.conn != nil && s.conn.Ping(ctx) != nil {
		s.close()
	}
	if s.conn != nil {
		return nil
	}
	conn, err := pgconn.ConnectConfig(ctx, s.engine.config.ConnConfig.Config.Copy())
	if err != nil {
		return &outcomeError{cause: err}
	}
	s.conn = conn
	clear(s.prepared)
	return nil
}

// prepare connects when it must, and prepares what was not sent before. Until
// it is through, nothing of the transaction has been sent.
func (s *postgresSession) prepare(ctx context.Context, statements []statement) error {
	if s.conn == nil {
		if err := s.connect(ctx); err != nil {
			return err
		}
	}
	for _, st := range statements {
		if _, ok := s.prepared[st.sql]; ok {
			continue
		}
		d, err := s.conn.Prepare(ctx, "weir_"+strconv.Itoa(len(s.prepared)), st.sql, parameterTypes(st))
		if err != nil {
			var fault *pgconn.PgError
			if errors.As(err, &fault) && !s.conn.IsClosed() {
				return fmt.Errorf("store: prepare %q: %w", st.sql, err)
			}
			s.close()
			return &outcomeError{cause: err}
		}
		s.prepared[st.sql] = &preparedStatement{StatementDescription: d, params: []int16{1}, results: []int16{1}}
	}
	return nil
}

func parameterTypes(st statement) []uint32 {
	if !st.typed {
		return nil
	}
	types := make([]uint32, len(st.args))
	for i, a := range st.args {
		switch a.(type) {
		case []byte:
			types[i] = pgtype.ByteaOID
		case string:
			types[i] = pgtype.TextOID
		case bool:
			types[i] = pgtype.BoolOID
		case int64:
			types[i] = pgtype.Int8OID
		}
	}
	return types
}

// encode writes arguments in the binary format of the parameters' types.
func (s *postgresSession) encode(p *preparedStatement, args []any) ([][]byte, error) {
	if len(args) != len(p.ParamOIDs) {
		return nil, fmt.Errorf("store: %d arguments for %d parameters of %q", len(args), len(p.ParamOIDs), p.SQL)
	}
	values := make([][]byte, len(args))
	for i, a := range args {
		from := len(s.buffer)
		oid := p.ParamOIDs[i]
		switch a := a.(type) {
		case nil:
			continue
		case []byte:
			values[i] = a
			continue
		case string:
			values[i] = []byte(a)
			continue
		case bool:
			b := byte(0)
			if a {
				b = 1
			}
			s.buffer = append(s.buffer, b)
		case int64:
			switch oid {
			case pgtype.Int8OID:
				s.buffer = binary.BigEndian.AppendUint64(s.buffer, uint64(a))
			case pgtype.Int4OID:
				if int64(int32(a)) != a {
					return nil, fmt.Errorf("store: %d is out of range", a)
				}
				s.buffer = binary.BigEndian.AppendUint32(s.buffer, uint32(a))
			default:
				return nil, fmt.Errorf("store: an integer for a parameter of type %d of %q", oid, p.SQL)
			}
		default:
			return nil, fmt.Errorf("store: an argument of type %T", a)
		}
		values[i] = s.buffer[from:len(s.buffer):len(s.buffer)]
	}
	return values, nil
}

func (s *postgresSession) durability(ctx context.Context) (map[string]string, error) {
	settings := map[string]string{}
	var statements []statement
	for _, name := range []string{"synchronous_commit", "fsync"} {
		statements = append(statements, statement{sql: "select current_setting('" + name + "')", each: func(r row) error {
			settings[name] = string(r.Bytes(0))
			return nil
		}})
	}
	return settings, run(ctx, s, statements...)
}

func (s *postgresSession) close() {
	if s.conn != nil {
		// Not every way down leaves the connection in a state to say goodbye.
		ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		_ = s.conn.Close(ctx)
		s.conn = nil
	}
}

package store

import (
	"context"
	"errors"
	"fmt"
)

// engine is what an adapter to a database gives. The adapters are postgres and
// sqlite; everything above them is written once.
type engine interface {
	// query runs one read in a transaction of its own and calls each for
	// every row. A row is valid during its call.
	query(ctx context.Context, sql string, each func(row) error, args ...any) error
	// session opens what one committer needs. It connects when it is used.
	session() session
	// listen begins to wait for the hints of other nodes.
	listen()
	// hint is signalled when another node may have committed; it may be nil.
	hint() <-chan struct{}
	// listening says whether hints are to be expected.
	listening() bool
	// readers says how many queries of a load are worth running at a time.
	readers() int
	migrate(ctx context.Context) error
	close() error
}

// session runs the transactions of one committer, one at a time.
type session interface {
	// alive says, without asking the database, that there is a connection, and
	// that it has not broken since it was used last.
	alive() bool
	// connect makes it so. Its error is an *outcomeError.
	connect(ctx context.Context) error
	// transact runs statements in order in one transaction that holds the
	// commit lock: look, when there are any, and then what proceed makes of
	// their answers. Its error is an *outcomeError when the database may have
	// committed all the same, or was never reached; any other error means
	// that nothing was done. What the statements' each functions were given
	// counts only when there is no error.
	transact(ctx context.Context, look []statement, proceed func() ([]statement, error)) error
	// durability gives the settings on which the durability of a commit on
	// this session depends, by name.
	durability(ctx context.Context) (map[string]string, error)
	close()
}

// statement is a text, its arguments ($1 is the first; each is nil, a bool, an
// int64, a string for a column of type text, or []byte for one of bytes), and
// what to do with its rows.
type statement struct {
	sql  string
	args []any
	each func(row) error
	// typed: the server cannot tell the types of the parameters; they are
	// those of the arguments.
	typed bool
}

// row is one row of an answer.
type row interface {
	Int(column int) int64
	Bool(column int) bool
	// Bytes gives bytes or text; nil for null. They are valid until the next
	// row only.
	Bytes(column int) []byte
}

// run is transact for what needs no look.
func run(ctx context.Context, s session, statements ...statement) error {
	return s.transact(ctx, nil, func() ([]statement, error) { return statements, nil })
}

// outcomeError says that a connection failed during a transaction. Sent is
// false when nothing of it can have reached the database.
type outcomeError struct {
	sent  bool
	cause error
}

func (e *outcomeError) Error() string {
	if e.sent {
		return fmt.Sprintf("connection lost, outcome unknown: %v", e.cause)
	}
	return fmt.Sprintf("database not reached: %v", e.cause)
}

func (e *outcomeError) Unwrap() error { return e.cause }

// Kinds of errors of a statement that mean something to a command.
var (
	// errIDRange: schema.id left its range.
	errIDRange = errors.New("store: no id is left")
	// errTaken: a row that the command makes is there already.
	errTaken = errors.New("store: the row exists")
)

package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/weir-registry/weir/feed"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// OpenError says in one line why a database cannot be used, and what to do.
type OpenError struct {
	Advice string // empty where none is to be had
	Cause  error
}

func (e *OpenError) Error() string {
	text := "store: " + oneLine(e.Cause)
	if e.Advice != "" {
		text += ": " + e.Advice
	}
	return text
}

// Unwrap gives what the database said.
func (e *OpenError) Unwrap() error { return e.Cause }

// openError makes the error of an opening: one that may go away by itself is
// feed.ErrUnavailable.
func openError(err error) error {
	if away(err) {
		return fmt.Errorf("%w: %w", feed.ErrUnavailable, &OpenError{Cause: err})
	}
	if locked := (*LockedError)(nil); errors.As(err, &locked) {
		return locked
	}
	return &OpenError{Advice: advice(err), Cause: err}
}

// oneLine puts the lines of an error behind each other: the driver gives each
// address that it has tried one of its own.
func oneLine(err error) string {
	var parts []string
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimSpace(line); line != "" {
			parts = append(parts, strings.TrimSuffix(line, ":"))
		}
	}
	return strings.Join(parts, "; ")
}

// advice says what to do about the errors that a wrong address or a database
// that was not made ready gives.
func advice(err error) string {
	if said := (*pgconn.PgError)(nil); errors.As(err, &said) {
		switch {
		case said.Code == "3D000":
			return "make the database, or name another"
		case strings.HasPrefix(said.Code, "28"):
			return "check the user, the password (PGPASSWORD or a password file) and what pg_hba.conf allows"
		case said.Code == "42501":
			return "let this user make tables, or bring the tables up to date as another and leave them (--no-migrate)"
		case said.Code == "25006":
			return "name the server that takes writes"
		case said.Code == "42P01":
			return "bring the tables up to date first (weir migrate)"
		}
		return ""
	}
	if said := (*sqlite.Error)(nil); errors.As(err, &said) {
		switch said.Code() & 0xff {
		case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
			return "name another file, or restore this one"
		case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
			return "let weir write the file and its folder, or name another"
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "make the folder, or name a file in another"
	case errors.Is(err, fs.ErrPermission):
		return "let weir write the file and its folder, or name another"
	}
	return ""
}

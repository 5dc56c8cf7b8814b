package store

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// away says of an error of opening that the database could not be reached, or
// takes nobody now, and may be there later: no connection, or one refused
// because the server starts, stops or is full (classes 57P and 53). A wrong
// password or a missing database stays wrong.
func away(err error) bool {
	var connecting *pgconn.ConnectError
	if !errors.As(err, &connecting) {
		return false
	}
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return true
	}
	return strings.HasPrefix(said.Code, "57P") || strings.HasPrefix(said.Code, "53")
}

package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
)

func isPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// A scheme has two letters at least: one is a drive of Windows.
var (
	schemeText  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+:`)
	keywordText = regexp.MustCompile(`^\s*(host|hostaddr|port|dbname|user|password|service|sslmode)\s*=`)
)

// sqliteHeader begins every file of SQLite (its file format, section 1.3).
const sqliteHeader = "SQLite format 3\x00"

// checkDatabase refuses what names neither engine, before anything is made:
// taken for the path of a file, the address of another database would give a
// node an empty registry of its own.
func checkDatabase(database string) error {
	if database == "" {
		return errors.New("store: no database is named: give postgres://… or the path of a SQLite file")
	}
	if isPostgres(database) {
		return nil
	}
	if scheme, _, isURL := strings.Cut(database, "://"); isURL {
		return fmt.Errorf("store: %s is none of the databases that weir knows: give postgres://… or the path of a SQLite file", scheme)
	}
	if scheme := schemeText.FindString(database); scheme != "" {
		return fmt.Errorf("store: %s is none of the databases that weir knows: give postgres://…, or ./%s where a file has that name", scheme, database)
	}
	if keywordText.MatchString(database) {
		return errors.New("store: this is a connection string of keywords, which weir does not know: give postgres://user@host:port/database")
	}
	info, err := os.Stat(database)
	switch {
	case err != nil:
		return nil // it will be made, or opening says why not
	case info.IsDir():
		return fmt.Errorf("store: %s is a folder: give the path of a file in it", database)
	case info.Size() > 0 && !startsLikeSQLite(database):
		return fmt.Errorf("store: %s is not a database of SQLite: give the path of one, or of a file that is to be made", database)
	}
	return nil
}

func startsLikeSQLite(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return true // opening says why
	}
	defer file.Close()
	start := make([]byte, len(sqliteHeader))
	n, err := io.ReadFull(file, start)
	return err == nil && string(start[:n]) == sqliteHeader
}

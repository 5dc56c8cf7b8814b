package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenRefusesWhatIsNoDatabase(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte("these are notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	for database, want := range map[string]string{
		"mysql://root@localhost/weir": "mysql is none of the databases",
		"sqlite://weir.db":            "sqlite is none of the databases",
		"jdbc:postgresql://host/weir": "jdbc:postgresql is none of the databases",
		"mysql:weir":                  "mysql: is none of the databases",
		"postgres:weir":               "give postgres://",
		"file:weir.db":                "./file:weir.db",
		"host=localhost user=weir":    "give postgres://user@host",
		"":                            "no database is named",
		dir:                           "is a folder",
		text:                          "is not a database of SQLite",
		filepath.Join(dir, "no", "x"): "make the folder",
		"postgres://h:port/weir":      "cannot parse",
	} {
		_, err := Open(t.Context(), Config{Database: database})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q) = %v, want %q", database, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("Open(%q) says more than a line: %v", database, err)
		}
	}
	if made, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(made) != 1 {
		t.Errorf("what is refused has left %q, %v", made, err)
	}
}

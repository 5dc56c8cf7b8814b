package store

import (
	"strings"
	"testing"
)

func TestOpenRefusesWhatIsNoDatabase(t *testing.T) {
	dir := t.TempDir()
	for database, want := range map[string]string{
		"mysql://root@localhost/weir": "mysql is none of the databases",
		"sqlite://weir.db":            "sqlite is none of the databases",
		dir:                           "is a folder",
	} {
		_, err := Open(t.Context(), Config{Database: database})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q) = %v, want %q", database, err, want)
		}
	}
}

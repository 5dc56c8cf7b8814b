package store

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/store/pgtest"
)

func TestOpenTellsAwayFromWrong(t *testing.T) {
	if _, err := Open(t.Context(), Config{Database: "postgres://weir@127.0.0.1:1/weir"}); !errors.Is(err, feed.ErrUnavailable) {
		t.Errorf("Open of a database that is away = %v, want ErrUnavailable", err)
	}
	wrong, err := url.Parse(pgtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	wrong.Path = "/no_such_database"
	_, err = Open(t.Context(), Config{Database: wrong.String()})
	if err == nil || errors.Is(err, feed.ErrUnavailable) {
		t.Errorf("Open of a database that is missing = %v, want another error than ErrUnavailable", err)
	}
	if text := fmt.Sprint(err); strings.Contains(text, "\n") || !strings.HasSuffix(text, ": make the database, or name another") {
		t.Errorf("Open of a database that is missing says %q", text)
	}
}

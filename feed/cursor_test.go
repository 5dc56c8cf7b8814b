package feed_test

import (
	"errors"
	"testing"

	"github.com/weir-registry/weir/feed"
)

func TestParseCursor(t *testing.T) {
	for _, c := range []struct {
		text string
		want feed.Cursor
	}{
		{"e:0", feed.Cursor{Epoch: "e"}},
		{"9f3a:12", feed.Cursor{Epoch: "9f3a", Revision: 12}},
		{"9f3a:12:3", feed.Cursor{Epoch: "9f3a", Revision: 12, Ordinal: 3}},
		{"e:9223372036854775807:2147483647", feed.Cursor{Epoch: "e", Revision: 1<<63 - 1, Ordinal: 1<<31 - 1}},
	} {
		got, err := feed.ParseCursor(c.text)
		if err != nil || got != c.want {
			t.Errorf("ParseCursor(%q) = %+v, %v; want %+v", c.text, got, err, c.want)
		}
		if back := got.Text(); back != c.text {
			t.Errorf("ParseCursor(%q).Text() = %q", c.text, back)
		}
	}
	for _, text := range []string{
		"", "e", ":1", "e:", "e:x", "e:-1", "e:+1", "e:01", "e:1:", "e:1:0", "e:1:01", "e:1:2:3",
		"e:9223372036854775808", "e:1:2147483648", "e: 1",
	} {
		_, err := feed.ParseCursor(text)
		var wrong *feed.CursorError
		if !errors.As(err, &wrong) || wrong.Text != text {
			t.Errorf("ParseCursor(%q) gives error %v, want a *CursorError", text, err)
		}
	}
}

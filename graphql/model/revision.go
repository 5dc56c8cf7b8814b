package model

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/feed"
)

// BadRevisionError says that a text is no revision, or one of another database.
type BadRevisionError struct{ Text, Epoch string }

func (e *BadRevisionError) Error() string {
	if e.Epoch != "" {
		return "the revision is of another epoch of the database than " + e.Epoch
	}
	return "a revision is epoch:revision, or epoch:revision:ordinal"
}

// ParseRevision reads "epoch:revision" and "epoch:revision:ordinal".
func ParseRevision(text, epoch string) (feed.Cursor, error) {
	named, rest, ok := strings.Cut(text, ":")
	number, ordinal, one := strings.Cut(rest, ":")
	at, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || at < 0 || named == "" {
		return feed.Cursor{}, &BadRevisionError{Text: text}
	}
	c := feed.Cursor{Epoch: named, Revision: feed.Revision(at)}
	if one {
		n, err := strconv.ParseInt(ordinal, 10, 32)
		if err != nil || n < 0 {
			return feed.Cursor{}, &BadRevisionError{Text: text}
		}
		c.Ordinal = int32(n)
	}
	if named != epoch {
		return feed.Cursor{}, &BadRevisionError{Text: text, Epoch: epoch}
	}
	return c, nil
}

// revisionText is the text of one change.
func revisionText(c feed.Cursor) string {
	return c.String() + ":" + strconv.Itoa(int(c.Ordinal))
}

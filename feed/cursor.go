package feed

import (
	"fmt"
	"strconv"
	"strings"
)

// Text gives the cursor as every API writes it: "epoch:revision" for a place
// after the whole of a revision, "epoch:revision:n" for a place after the n-th
// change of it, counted from 1 (catalog-api.md section 10).
func (c Cursor) Text() string {
	if c.Ordinal == 0 {
		return c.String()
	}
	return c.String() + ":" + strconv.FormatInt(int64(c.Ordinal), 10)
}

// ParseCursor reads what Text gave. Its error is a *CursorError.
func ParseCursor(text string) (Cursor, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 2 && len(parts) != 3 || parts[0] == "" {
		return Cursor{}, &CursorError{text}
	}
	c := Cursor{Epoch: parts[0]}
	revision, err := number(parts[1], 64)
	if err != nil {
		return Cursor{}, &CursorError{text}
	}
	c.Revision = Revision(revision)
	if len(parts) == 3 {
		ordinal, err := number(parts[2], 32)
		if err != nil || ordinal == 0 {
			return Cursor{}, &CursorError{text}
		}
		c.Ordinal = int32(ordinal)
	}
	return c, nil
}

// number reads digits and nothing else: no sign, no leading zero, so that a
// cursor has one spelling.
func number(text string, bits int) (int64, error) {
	if text != "0" && strings.HasPrefix(text, "0") || strings.HasPrefix(text, "+") || strings.HasPrefix(text, "-") {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseInt(text, 10, bits)
}

// CursorError says that a text is no cursor.
type CursorError struct{ Text string }

func (e *CursorError) Error() string {
	return fmt.Sprintf("%q is no cursor: want epoch:revision or epoch:revision:ordinal", e.Text)
}

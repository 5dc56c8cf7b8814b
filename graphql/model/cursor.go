package model

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"strconv"
)

// MaxPage is the longest page.
const MaxPage = 100

// PageSizeError says that `first` is not from 1 to MaxPage.
type PageSizeError struct{ First int }

func (e *PageSizeError) Error() string {
	return "first is " + strconv.Itoa(e.First) + "; it is from 1 to " + strconv.Itoa(MaxPage)
}

// BadCursorError says that a text is no cursor of this list.
type BadCursorError struct{}

func (e *BadCursorError) Error() string { return "after is no cursor of this list" }

// order names the ordering of a list: which list, of what. A cursor is bound to
// it, so that one of another list is refused and not taken for a place in this
// one. Filters are no part of it: a place is a place whatever is left out.
type order struct{ list, of string }

func (o order) sum() uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(o.list))
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(o.of))
	return h.Sum64()
}

// cursor gives the cursor behind the item with a key.
func (o order) cursor(key string) string {
	return base64.RawURLEncoding.EncodeToString(append(binary.BigEndian.AppendUint64(nil, o.sum()), key...))
}

// parse gives the key of a cursor; ok is false when there is none.
func (o order) parse(after *string) (key string, ok bool, err error) {
	if after == nil || *after == "" {
		return "", false, nil
	}
	if len(*after) > longestID {
		return "", false, &BadCursorError{}
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(*after)
	if err != nil || len(data) < 8 || binary.BigEndian.Uint64(data) != o.sum() {
		return "", false, &BadCursorError{}
	}
	return string(data[8:]), true, nil
}

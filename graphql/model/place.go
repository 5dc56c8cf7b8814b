package model

import (
	"strconv"
	"strings"
)

// A place in a list without an order of values is the key of its item and, for
// when that is gone, how many rows stood before what follows.

func place(key string, at int) string { return strconv.Itoa(at) + " " + key }

func splitPlace(text string) (key string, at int, ok bool) {
	number, key, ok := strings.Cut(text, " ")
	at, err := strconv.Atoi(number)
	return key, at, ok && err == nil && at >= 0
}

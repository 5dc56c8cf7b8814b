package rest

import "math"

// Limits bound the pages of one kind of list (registry-api.md 1.4, 23).
type Limits struct {
	Default int
	Max     int
}

// effective gives the limit that counts: one above the maximum is the default,
// not the maximum.
func (l Limits) effective(asked int) int {
	if 0 < asked && asked <= l.Max {
		return asked
	}
	return l.Default
}

// unlimited are the limits of lists that the wire gives whole.
var unlimited = Limits{Default: math.MaxInt32, Max: math.MaxInt32}

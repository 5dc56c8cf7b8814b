package rest

import (
	"net/http"
	"time"
)

// AddedHeader is a header that every answer has beside its own
// (registry-api.md 1.7).
type AddedHeader struct {
	Name, Value string
	// Add puts the value beside others of the name; otherwise it replaces them.
	Add bool
	// Date says that the value is the time of the request, and After later.
	Date  bool
	After time.Duration
}

func (a *AddedHeader) put(h http.Header, now time.Time) {
	value := a.Value
	if a.Date {
		value = now.Add(a.After).UTC().Format(http.TimeFormat)
	}
	if a.Add {
		h.Add(a.Name, value)
	} else {
		h.Set(a.Name, value)
	}
}

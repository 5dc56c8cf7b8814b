package rest

import (
	"net/http"
	"sync/atomic"
	"time"
)

// dates gives the Date header, formatted once a second: net/http would do it
// for every answer.
type dates struct{ last atomic.Pointer[date] }

type date struct {
	second int64
	values []string
}

func (d *dates) at(t time.Time) []string {
	second := t.Unix()
	if last := d.last.Load(); last != nil && last.second == second {
		return last.values
	}
	now := &date{second, []string{t.UTC().Format(http.TimeFormat)}}
	d.last.Store(now)
	return now.values
}

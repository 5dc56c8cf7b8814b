package rest

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// ancient is before every time that is meant as one: net/http sets a deadline
// near the epoch to end a read that is on its way.
var ancient = time.Unix(1<<30, 0)

// reads is the reading side of a connection.
//
// While a handler runs, net/http watches the connection with a read of one
// byte, to hear of a client that hangs up, and ends it by a deadline in the
// past. Most handlers are done before that read has begun to wait. So the
// watch begins with a sweep of the listener and not before; until then ending
// it is a message and no system call.
type reads struct {
	mu sync.Mutex
	at int64 // the deadline in nanoseconds, 0 for none
	// past says that the deadline has passed, forced that the connection
	// itself knows of it.
	past, forced bool
	// reading says that a read waits in the connection, watching that one
	// waits before it, and seen that a sweep has passed it.
	reading, watching, seen bool
	wake                    chan bool // says to a watch whether to begin
}

// begin says whether a read may go on; a watch waits first.
func (r *reads) begin(watch bool) bool {
	r.mu.Lock()
	if r.past {
		r.mu.Unlock()
		return false
	}
	if !watch {
		r.reading = true
		r.mu.Unlock()
		return true
	}
	if r.wake == nil {
		r.wake = make(chan bool, 1)
	}
	r.watching, r.seen = true, false
	r.mu.Unlock()
	return <-r.wake
}

func (r *reads) end() {
	r.mu.Lock()
	r.reading = false
	r.mu.Unlock()
}

// deadline notes a deadline; one in the past ends the read on its way.
func (r *reads) deadline(t time.Time, c net.Conn) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !t.IsZero() && t.Before(ancient) {
		r.at = 0
		return r.expire(c)
	}
	r.at = 0
	if !t.IsZero() {
		r.at = t.UnixNano()
	}
	r.past = false
	if r.forced {
		r.forced = false
		return c.SetReadDeadline(time.Time{})
	}
	return nil
}

// expire makes reads fail. The caller holds the lock.
func (r *reads) expire(c net.Conn) error {
	r.past = true
	switch {
	case r.watching:
		r.watching = false
		r.wake <- false
	case r.reading:
		r.forced = true
		return c.SetReadDeadline(ancient)
	}
	return nil
}

// close ends a watch: the connection is about to be closed.
func (r *reads) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.past = true; r.watching {
		r.watching = false
		r.wake <- false
	}
}

func (r *reads) sweep(now time.Time, c net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.at != 0 && r.at <= now.UnixNano():
		r.at = 0
		_ = r.expire(c) // A connection that is closed needs no deadline.
	case r.watching && r.seen:
		r.watching, r.reading = false, true
		r.wake <- true
	case r.watching:
		r.seen = true
	}
}

// writes is the writing side of a connection.
type writes struct {
	at     atomic.Int64
	forced atomic.Bool
}

func (w *writes) deadline(t time.Time, c net.Conn) error {
	if t.IsZero() {
		w.at.Store(0)
	} else {
		w.at.Store(t.UnixNano())
	}
	if w.forced.Swap(false) {
		return c.SetWriteDeadline(time.Time{})
	}
	return nil
}

func (w *writes) sweep(now time.Time, c net.Conn) {
	at := w.at.Load()
	if at != 0 && at <= now.UnixNano() && w.at.CompareAndSwap(at, 0) {
		w.forced.Store(true)
		_ = c.SetWriteDeadline(ancient) // A closed one needs none.
	}
}

package rest

import (
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// conn is one connection. net/http moves its deadlines four times a request,
// and each move is a timer's; here they are numbers that one goroutine of the
// listener looks at (Listener.sweep), so that a deadline costs nothing until
// it has passed, and may pass a sweep's interval late.
type conn struct {
	net.Conn
	listener *Listener
	once     sync.Once
	busy     atomic.Bool
	reads    reads
	writes   writes
}

// Read reads, unless its deadline has passed.
func (c *conn) Read(b []byte) (int, error) {
	if !c.reads.begin(len(b) == 1) {
		return 0, os.ErrDeadlineExceeded
	}
	n, err := c.Conn.Read(b)
	c.reads.end()
	return n, err
}

// SetReadDeadline implements net.Conn.
func (c *conn) SetReadDeadline(t time.Time) error { return c.reads.deadline(t, c.Conn) }

// SetWriteDeadline implements net.Conn.
func (c *conn) SetWriteDeadline(t time.Time) error { return c.writes.deadline(t, c.Conn) }

// SetDeadline implements net.Conn.
func (c *conn) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// sweep makes the sides fail whose time has come, and lets a watch begin.
func (c *conn) sweep(now time.Time) {
	c.reads.sweep(now, c.Conn)
	c.writes.sweep(now, c.Conn)
}

// Write passes answers on, those of net/http itself in the form of the wire.
// Such an answer is one write.
func (c *conn) Write(b []byte) (int, error) {
	if answer := refusedByServer(b); answer != nil {
		if _, err := c.Conn.Write(answer); err != nil {
			return 0, err
		}
		return len(b), nil
	}
	return c.Conn.Write(b)
}

// CloseWrite ends the answers and leaves the other direction open. By it
// net/http lets a client read why its body is not wanted.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close closes the connection and makes room for another.
func (c *conn) Close() error {
	c.once.Do(func() {
		c.reads.close()
		c.listener.closed(c)
	})
	return c.Conn.Close()
}

// track keeps whether the connection is owed an answer, or may send a request
// that will be.
func (c *conn) track(state http.ConnState) {
	switch state {
	case http.StateNew, http.StateActive:
		if !c.busy.Swap(true) {
			c.listener.busy.Add(1)
		}
	default:
		if c.busy.Swap(false) {
			c.listener.busy.Add(-1)
		}
	}
}

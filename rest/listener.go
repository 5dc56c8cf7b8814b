package rest

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// stopAccepting is how long a listener that stops still takes what the kernel
// has accepted for it.
const stopAccepting = 50 * time.Millisecond

// Listen wraps a listener for net/http. What net/http refuses by itself, before
// any handler is asked (a request line with a broken escape, headers that are
// too large), it answers in plain text; through this listener such an answer
// is the wire's JSON (registry-api.md 1.3, 2.1). At most connections are open
// at a time; more wait until one closes.
func Listen(l net.Listener, connections int) *Listener {
	return &Listener{Listener: l, free: make(chan struct{}, connections), stopped: make(chan struct{})}
}

// Listener is what Listen gives.
type Listener struct {
	net.Listener
	free    chan struct{} // holds one for each open connection
	stopped chan struct{}
	stop    sync.Once
}

// Accept waits for a connection. After Stop it gives those that had come in,
// then net.ErrClosed.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case l.free <- struct{}{}:
	case <-l.stopped:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err == nil {
		return &conn{Conn: c, free: l.free}, nil
	}
	<-l.free
	select {
	case <-l.stopped:
		return nil, errors.Join(net.ErrClosed, l.Listener.Close())
	default:
		return nil, err
	}
}

// Stop makes the listener take in what had come, and then nothing more.
func (l *Listener) Stop() {
	l.stop.Do(func() {
		close(l.stopped)
		if d, ok := l.Listener.(interface{ SetDeadline(time.Time) error }); ok {
			if d.SetDeadline(time.Now().Add(stopAccepting)) == nil {
				return
			}
		}
		_ = l.Listener.Close() // Accept says why.
	})
}

// Close closes the listener.
func (l *Listener) Close() error {
	l.Stop()
	return l.Listener.Close()
}

// conn is one connection.
type conn struct {
	net.Conn
	free chan struct{}
	once sync.Once
}

func (c *conn) Close() error {
	c.once.Do(func() { <-c.free })
	return c.Conn.Close()
}

// refusedTail is how every answer that net/http gives by itself goes on after
// its status line. An answer of ours never looks so: it has a Date.
var refusedTail = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

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

// refusedByServer gives the wire's form of an answer that net/http made by
// itself, and nil for any other bytes.
func refusedByServer(b []byte) []byte {
	const front = len("HTTP/1.1 400 ")
	if len(b) < front || b[9] != '4' && b[9] != '5' || !bytes.HasPrefix(b, []byte("HTTP/1.1 ")) {
		return nil
	}
	lineEnd := bytes.IndexByte(b, '\r')
	if lineEnd < front || !bytes.HasPrefix(b[lineEnd:], refusedTail) {
		return nil
	}
	status := int(b[9]-'0')*100 + int(b[10]-'0')*10 + int(b[11]-'0')
	body := appendRefusal(nil, &refusal{status: status, code: status, message: fmt.Sprintf("HTTP %d %s", status, http.StatusText(status))})
	answer := append([]byte(nil), b[:lineEnd]...)
	return fmt.Appendf(answer, "\r\nContent-Type: %s\r\nX-Request-ID: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s",
		typeJSON, requestID(&http.Request{}), len(body), body)
}

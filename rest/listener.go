package rest

import (
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// stopAccepting is how long a listener that stops still takes whoever comes;
// lastAccept is how long it then waits for one more, for longestStop at most
// when more keep coming. sweepInterval is how often deadlines are looked at.
const (
	stopAccepting = 50 * time.Millisecond
	lastAccept    = time.Millisecond
	longestStop   = 2 * time.Second
	sweepInterval = 200 * time.Millisecond
)

// Listener is a listener for net/http. What net/http refuses by itself, before
// any handler is asked (a request line with a broken escape, headers that are
// too large), it answers in plain text; through this listener such an answer
// is the wire's JSON (registry-api.md 1.3, 2.1). It bounds how many
// connections are open, keeps their deadlines cheaply, and knows which of them
// are owed an answer, so that a server can stop without cutting one.
type Listener struct {
	net.Listener
	free     chan struct{} // holds one for each open connection
	stopping chan struct{}
	stop     sync.Once
	last     time.Time // when to stop whoever comes; set before stopping closes
	busy     atomic.Int64

	mu    sync.Mutex
	conns map[*conn]struct{}
	swept chan struct{} // closed when nothing is swept any more
}

// Listen wraps a listener. At most connections are open at a time; more wait
// until one closes.
func Listen(l net.Listener, connections int) *Listener {
	wrapped := &Listener{
		Listener: l,
		free:     make(chan struct{}, connections),
		stopping: make(chan struct{}),
		conns:    map[*conn]struct{}{},
		swept:    make(chan struct{}),
	}
	go wrapped.sweep()
	return wrapped
}

// Accept waits for a connection. After Stop it gives those that had come in,
// then net.ErrClosed.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case l.free <- struct{}{}:
	default:
		select {
		case l.free <- struct{}{}:
		case <-l.stopping:
			return nil, net.ErrClosed
		}
	}
	accepted, err := l.Listener.Accept()
	if err != nil && l.stops() {
		accepted, err = l.acceptLast()
	}
	if err != nil {
		<-l.free
		return nil, err
	}
	c := &conn{Conn: accepted, listener: l}
	l.mu.Lock()
	l.conns[c] = struct{}{}
	l.mu.Unlock()
	return c, nil
}

// acceptLast takes what waits in the kernel when the time to accept is over:
// what is there at the moment of closing is reset. With its deadline in the
// future, a net.Listener first looks and then waits; so when it has waited in
// vain nothing was there, and the listener closes before anything comes.
func (l *Listener) acceptLast() (net.Conn, error) {
	now := time.Now()
	if d, ok := l.Listener.(deadliner); ok && now.Before(l.last) && d.SetDeadline(now.Add(lastAccept)) == nil {
		if accepted, err := l.Listener.Accept(); err == nil {
			return accepted, nil
		}
	}
	return nil, errors.Join(net.ErrClosed, l.Listener.Close())
}

func (l *Listener) stops() bool {
	select {
	case <-l.stopping:
		return true
	default:
		return false
	}
}

// deadliner is a listener that can be told how long to wait.
type deadliner interface{ SetDeadline(t time.Time) error }

func (l *Listener) closed(c *conn) {
	if c.busy.Swap(false) {
		l.busy.Add(-1)
	}
	l.mu.Lock()
	delete(l.conns, c)
	l.mu.Unlock()
	<-l.free
}

// Stop makes the listener take in what had come, and then nothing more.
func (l *Listener) Stop() {
	l.stop.Do(func() {
		l.last = time.Now().Add(longestStop)
		close(l.stopping)
		if d, ok := l.Listener.(deadliner); ok {
			if d.SetDeadline(time.Now().Add(stopAccepting)) == nil {
				return
			}
		}
		_ = l.Listener.Close() // Accept says why.
	})
}

// Close closes the listener. Connections live on.
func (l *Listener) Close() error {
	l.Stop()
	return l.Listener.Close()
}

// Wait returns when the listener is stopped and its last connection closed.
func (l *Listener) Wait() { <-l.swept }

// Busy is how many connections are owed an answer, Open how many there are.
func (l *Listener) Busy() int { return int(l.busy.Load()) }

// Open is how many connections there are.
func (l *Listener) Open() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.conns)
}

// ConnState is the hook of http.Server by which a Listener knows what its
// connections do.
func ConnState(c net.Conn, state http.ConnState) {
	if c, ok := c.(*conn); ok {
		c.track(state)
	}
}

// sweep looks at the deadlines until the listener is stopped and the last
// connection is closed.
func (l *Listener) sweep() {
	defer close(l.swept)
	tick := time.NewTicker(sweepInterval)
	defer tick.Stop()
	stopping := l.stopping
	for {
		select {
		case <-stopping:
			stopping = nil
			tick.Reset(sweepInterval / 20)
		case now := <-tick.C:
			l.mu.Lock()
			for c := range l.conns {
				c.sweep(now)
			}
			left := len(l.conns)
			l.mu.Unlock()
			if stopping == nil && left == 0 {
				return
			}
		}
	}
}

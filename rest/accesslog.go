package rest

import (
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// AccessLog writes one line a request:
//
//	2026-11-21T08:00:00.000123Z 127.0.0.1:4711 GET /schemas/ids/1 200 312 45µs id=... user=... agent="..."
//
// time, peer, method, target, status, bytes before compression, and what was
// taken. A request only appends to a buffer; one goroutine writes it out, four
// times a second or when it grows. When the writer does not keep up, lines are
// dropped and counted rather than requests held up.
type AccessLog struct {
	out     io.Writer
	mu      sync.Mutex
	buffer  []byte
	spare   []byte
	dropped atomic.Int64
	wake    chan struct{}
	stop    chan struct{}
	done    chan struct{}
}

const (
	// accessFlush is the size from which the buffer is written at once,
	// accessFull that from which lines are dropped.
	accessFlush = 64 << 10
	accessFull  = 4 << 20
	accessPause = 250 * time.Millisecond
)

// NewAccessLog makes a log that writes to out until Close.
func NewAccessLog(out io.Writer) *AccessLog {
	l := &AccessLog{out: out, wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	go l.run()
	return l
}

// Dropped is how many lines were dropped.
func (l *AccessLog) Dropped() int64 { return l.dropped.Load() }

// Close writes what is left and ends the log.
func (l *AccessLog) Close() {
	close(l.stop)
	<-l.done
}

func (l *AccessLog) run() {
	defer close(l.done)
	tick := time.NewTicker(accessPause)
	defer tick.Stop()
	for {
		select {
		case <-l.stop:
			l.flush()
			return
		case <-l.wake:
		case <-tick.C:
		}
		l.flush()
	}
}

func (l *AccessLog) flush() {
	l.mu.Lock()
	full := l.buffer
	l.buffer, l.spare = l.spare[:0], nil
	l.mu.Unlock()
	if len(full) > 0 {
		// There is nowhere to report a log that cannot be written.
		_, _ = l.out.Write(full)
	}
	l.mu.Lock()
	l.spare = full
	l.mu.Unlock()
}

func (l *AccessLog) record(c *call, took time.Duration) {
	l.mu.Lock()
	if len(l.buffer) > accessFull {
		l.mu.Unlock()
		l.dropped.Add(1)
		return
	}
	l.buffer = appendAccess(l.buffer, c, took)
	full := len(l.buffer) > accessFlush
	l.mu.Unlock()
	if full {
		select {
		case l.wake <- struct{}{}:
		default:
		}
	}
}

func appendAccess(b []byte, c *call, took time.Duration) []byte {
	b = appendTime(b, c.start)
	b = append(b, ' ')
	b = append(b, c.r.RemoteAddr...)
	b = append(b, ' ')
	b = append(b, c.r.Method...)
	b = append(b, ' ')
	b = append(b, c.r.RequestURI...)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(c.status), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(len(c.out)+c.passed), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, took.Microseconds(), 10)
	b = append(b, "µs id="...)
	b = appendLogged(b, c.requestID)
	if c.principal.Name != "" {
		b = append(b, " user="...)
		b = appendLogged(b, c.principal.Name)
	}
	if agent := first(c.r.Header, "User-Agent"); agent != "" {
		b = append(b, " agent="...)
		b = appendLogged(b, agent)
	}
	return append(b, '\n')
}

// appendTime appends a time in UTC to the microsecond, by hand: time.Format
// would cost more than the rest of the line.
func appendTime(b []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	b = appendPadded(b, year, 4)
	b = append(b, '-')
	b = appendPadded(b, int(month), 2)
	b = append(b, '-')
	b = appendPadded(b, day, 2)
	b = append(b, 'T')
	b = appendPadded(b, hour, 2)
	b = append(b, ':')
	b = appendPadded(b, minute, 2)
	b = append(b, ':')
	b = appendPadded(b, second, 2)
	b = append(b, '.')
	b = appendPadded(b, t.Nanosecond()/1000, 6)
	return append(b, 'Z')
}

func appendPadded(b []byte, n, width int) []byte {
	for range width {
		b = append(b, '0')
	}
	for i := len(b) - 1; n > 0 && width > 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
		width--
	}
	return b
}

// appendLogged appends what a client has sent so that it cannot forge a line
// or a field.
func appendLogged(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == '"' || c == '\\' || c >= 0x7f {
			return strconv.AppendQuote(b, s)
		}
	}
	return append(b, s...)
}

// first gives the first value of a header under its canonical name, without
// canonicalising it again.
func first(h http.Header, name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

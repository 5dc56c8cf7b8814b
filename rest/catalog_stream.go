package rest

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
)

// How a stream is sent: how many events are read at a time, and how many bytes
// written, which is all that a slow client holds in memory; how long a stream
// waits between two reads of the log, so that many commits are one read; and
// after which time a client comes back.
const (
	streamPage  = 100
	streamChunk = 64 << 10
	streamPause = 50 * time.Millisecond
	streamRetry = 2 * time.Second
)

// stream sends events as they come. Each has its cursor as its id, so that a
// client that comes back with Last-Event-ID goes on where it was; a heartbeat
// has one too when events passed that the filter does not let through.
func (c *call) stream(f catalog.EventFilter) error {
	begin := first(c.r.Header, "Last-Event-Id")
	if begin == "" {
		begin = c.query.text("since")
	}
	since, err := c.cursor(begin)
	if err != nil {
		return err
	}
	if since == (feed.Cursor{}) {
		since = c.server.catalog.View().Cursor()
	}
	// What cannot be answered is refused while there still is a status.
	p, err := c.page(f, since, streamPage)
	if err != nil {
		return err
	}
	ctx, cancel := c.serving(0)
	defer cancel()
	c.ctx = ctx
	s := &eventStream{call: c, control: http.NewResponseController(c.w), last: since}
	s.open()
	for c.r.Method != http.MethodHead {
		if err := s.send(p); err != nil {
			return nil // The client has left, or does not read.
		}
		if len(p.events) == 0 {
			if err := s.rest(p); err != nil {
				return nil
			}
		}
		if p, err = c.page(f, p.next, streamPage); err != nil {
			return nil // It comes back, and is told why.
		}
	}
	return nil
}

// eventStream is the answer of one client.
type eventStream struct {
	call    *call
	control *http.ResponseController
	// last is the cursor that the client has.
	last feed.Cursor
	read time.Time
}

func (s *eventStream) open() {
	c := s.call
	c.sent, c.status = true, http.StatusOK
	h := c.w.Header()
	h["X-Request-ID"] = []string{c.requestID}
	h["Content-Type"] = []string{typeEvents}
	h["Cache-Control"] = []string{"no-store"}
	// A proxy that gathers answers would keep the events.
	h["X-Accel-Buffering"] = []string{"no"}
	for i := range c.server.settings.Headers {
		c.server.settings.Headers[i].put(h, c.start)
	}
	c.w.WriteHeader(c.status)
	c.out = append(append(c.out, "retry: "...), strconv.FormatInt(streamRetry.Milliseconds(), 10)...)
	c.out = append(c.out, "\n\n"...)
}

// send writes a page, and what open left to be written.
func (s *eventStream) send(p page) error {
	c := s.call
	for i := range p.events {
		e := &p.events[i]
		c.out = append(append(c.out, "id: "...), e.Cursor.Text()...)
		c.out = append(c.out, "\nevent: change\ndata: "...)
		c.out = append(appendEvent(c.out, e), "\n\n"...)
		s.last = e.Cursor
		if len(c.out) > streamChunk {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	return s.flush()
}

func (s *eventStream) flush() error {
	c := s.call
	if err := c.ctx.Err(); err != nil || len(c.out) == 0 {
		return err
	}
	// A connection without deadlines blocks as long as its client likes, and
	// holds no more than this page.
	_ = s.control.SetWriteDeadline(time.Now().Add(c.server.settings.StreamWrite))
	n, err := c.w.Write(c.out)
	c.passed += n
	if c.out = c.out[:0]; err != nil {
		return err
	}
	return s.control.Flush()
}

// rest waits until there may be more, with a heartbeat from time to time.
func (s *eventStream) rest(p page) error {
	c := s.call
	if since := time.Since(s.read); since < streamPause {
		select {
		case <-time.After(streamPause - since):
		case <-c.ctx.Done():
			return c.ctx.Err()
		}
	}
	for {
		beat, cancel := context.WithTimeout(c.ctx, c.server.settings.Heartbeat)
		err := p.wait(beat, c.server.catalog)
		cancel()
		s.read = time.Now()
		if err == nil || c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		c.out = append(c.out, ":\n\n"...)
		if p.next != s.last {
			c.out = append(append(c.out[:0], "id: "...), p.next.Text()...)
			c.out = append(c.out, "\n\n"...)
			s.last = p.next
		}
		if err := s.flush(); err != nil {
			return err
		}
	}
}

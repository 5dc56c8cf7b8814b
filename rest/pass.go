package rest

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/weir-registry/weir/registry"
)

// pass hands a call to another handler (GraphQL, metrics), which writes the
// answer itself. The handler's request has a context like an endpoint's: with
// the principal and the trail of what it writes. What it wrote is counted and
// logged like any answer, and a revision that it committed is told before the
// first byte. A stream of events (text/event-stream) may last; its context ends
// when the node leaves.
func pass(h http.Handler) endpoint {
	return func(c *call) error {
		ctx, cancel := context.WithCancel(registry.WithRevision(registry.WithOrigin(c.ctx, c.origin()), &c.committed))
		defer cancel()
		c.sent = true
		w := &passed{ResponseWriter: c.w, call: c, ctx: ctx, end: cancel}
		h.ServeHTTP(w, c.r.WithContext(ctx))
		if c.status == 0 {
			w.WriteHeader(http.StatusOK)
		}
		return nil
	}
}

// lookForLeave is how often a stream looks whether the node leaves.
const lookForLeave = 250 * time.Millisecond

// passed is the http.ResponseWriter of a handler that a call was passed to.
type passed struct {
	http.ResponseWriter
	call *call
	ctx  context.Context
	end  context.CancelFunc
}

// Unwrap is for http.ResponseController.
func (p *passed) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// Flush is for handlers that ask for an http.Flusher.
func (p *passed) Flush() { _ = http.NewResponseController(p.ResponseWriter).Flush() }

func (p *passed) WriteHeader(status int) {
	c := p.call
	if c.status != 0 {
		return
	}
	c.status = status
	h := p.Header()
	h["X-Request-ID"] = []string{c.requestID}
	if c.committed.Revision != 0 {
		h[headerRevision] = []string{c.committed.String()}
	}
	if leaving := c.server.leaving; leaving != nil {
		if leaving() {
			h["Connection"] = []string{"close"}
		} else if strings.HasPrefix(h.Get("Content-Type"), "text/event-stream") {
			go p.endOn(leaving)
		}
	}
	if strings.HasPrefix(h.Get("Content-Type"), "text/event-stream") {
		// The bounds on reading a request and writing an answer would end it; a
		// connection that has none needs none taken off.
		conn := http.NewResponseController(p.ResponseWriter)
		_, _ = conn.SetReadDeadline(time.Time{}), conn.SetWriteDeadline(time.Time{})
	}
	p.ResponseWriter.WriteHeader(status)
}

// endOn ends the handler's context when the node leaves.
func (p *passed) endOn(leaving func() bool) {
	look := time.NewTicker(lookForLeave)
	defer look.Stop()
	for {
		select {
		case <-p.ctx.Done():
			return
		case <-look.C:
			if leaving() {
				p.end()
				return
			}
		}
	}
}

func (p *passed) Write(data []byte) (int, error) {
	if p.call.status == 0 {
		p.WriteHeader(http.StatusOK)
	}
	n, err := p.ResponseWriter.Write(data)
	p.call.passed += n
	return n, err
}

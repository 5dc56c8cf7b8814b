package rest

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
)

// typeEvents is a stream of events that the server sends (HTML, 9.2).
const typeEvents = "text/event-stream"

// The pages of the change stream, and how long a call may wait for one
// (wire/validation.md 9).
const (
	defaultEvents   = 100
	mostEvents      = 1000
	longestPollWait = 60 * time.Second
)

// changeRoutes are the paths of the change stream and of history.
func changeRoutes() []*operation {
	list := []*operation{
		read("/catalog/v1/changes", changes).offering([]string{typeJSON, typeEvents, typeV1, typeRegistry}),
		read("/catalog/v1/revision", revision).offering(catalogTypes),
		read("/catalog/v1/entities/{entity}", entityAsOf).offering(catalogTypes),
		read("/catalog/v1/entities/{entity}/history", entityHistory).offering(catalogTypes),
	}
	return list
}

// changes is GET /catalog/v1/changes: the events after since (without it from
// the oldest that there is), a page with the cursor to go on from; with wait it
// waits for one. As text/event-stream it goes on until the client leaves, from
// now when nothing says where from.
func changes(c *call) error {
	f, err := c.eventFilter()
	if err != nil {
		return err
	}
	if c.media == typeEvents {
		return c.stream(f)
	}
	since, err := c.cursor(c.query.text("since"))
	if err != nil {
		return err
	}
	limit, err := c.query.number("limit", defaultEvents)
	if err != nil || limit < 1 || limit > mostEvents {
		return catalogCode(codeBadFilter, "limit is a number from 1 to %d", mostEvents)
	}
	wait, err := c.query.duration("wait")
	if err != nil {
		return err
	}
	ctx, cancel := c.serving(min(wait, longestPollWait))
	defer cancel()
	for {
		page, err := c.page(f, since, int(limit))
		if err != nil {
			return err
		}
		if len(page.events) > 0 || wait == 0 || page.wait(ctx, c.server.catalog) != nil {
			return c.answer(page)
		}
		since = page.next
	}
}

// page is one read of the change stream.
type page struct {
	events []catalog.Event
	// since is what was asked for, next where to go on, newest how far the
	// node was.
	since, next feed.Cursor
	newest      feed.Revision
}

func (c *call) page(f catalog.EventFilter, since feed.Cursor, limit int) (p page, err error) {
	p.since, p.newest = since, c.server.catalog.View().Revision()
	if p.events, p.next, err = c.server.catalog.Changes(c.ctx, f, since, limit); err == nil {
		return p, nil
	}
	if since != (feed.Cursor{}) {
		if old := c.tooOld(since.Revision); old != nil {
			return p, old
		}
	}
	return p, err
}

// wait returns when there may be more.
func (p *page) wait(ctx context.Context, from *catalog.Catalog) error {
	after := p.next.Revision
	if p.next == p.since {
		after = max(after, p.newest) // It has read nothing: nothing of before will come.
	}
	return from.Wait(ctx, after)
}

func (c *call) answer(p page) error {
	oldest, err := c.oldest()
	if err != nil {
		return err
	}
	c.out = append(c.out, `{"events":`...)
	c.out = append(c.out, '[')
	for i := range p.events {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		c.out = appendEvent(c.out, &p.events[i])
	}
	c.out = append(c.out, `],"next":`...)
	c.out = appendText(c.out, p.next.Text())
	c.out = append(c.out, `,"more":`...)
	c.out = appendBool(c.out, p.next.Ordinal > 0 || p.next.Revision < p.newest)
	c.out = append(c.out, `,"oldest":`...)
	c.out = append(appendText(c.out, oldest.Text()), '}')
	return nil
}

// serving is the context of a call that waits: it ends after most (0: never),
// when the client leaves, and when the node does. The bounds on reading a
// request are taken off the connection: they would end the call, too.
func (c *call) serving(most time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(c.ctx)
	if most > 0 {
		cancel()
		ctx, cancel = context.WithTimeout(c.ctx, most)
	}
	// A connection that has no deadlines needs none taken off.
	_ = http.NewResponseController(c.w).SetReadDeadline(time.Time{})
	if leaving := c.server.leaving; leaving != nil {
		go (&passed{ctx: ctx, end: cancel}).endOn(leaving)
	}
	return ctx, cancel
}

// duration reads seconds, or a duration as Go writes it; 0 when it is absent.
func (q query) duration(name string) (time.Duration, error) {
	value, _ := q.get(name)
	if value == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(value)
	if seconds, wrong := strconv.ParseFloat(value, 64); wrong == nil {
		d, err = time.Duration(min(seconds, longestPollWait.Seconds())*float64(time.Second)), nil
	}
	if err != nil || d < 0 {
		return 0, catalogCode(codeBadFilter, "%s is a time such as 30 or 30s", name)
	}
	return d, nil
}

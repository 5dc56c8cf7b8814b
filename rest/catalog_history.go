package rest

import (
	"errors"
	"net/http"

	"github.com/weir-registry/weir/catalog"
)

// entityHistory is GET /catalog/v1/entities/{entity}/history: the events of an
// entity, newest first, a page before a cursor.
func entityHistory(c *call) error {
	about, err := ref(c.args[0])
	if err != nil {
		return err
	}
	before, err := c.cursor(c.query.text("before"))
	if err != nil {
		return err
	}
	actions, err := c.actions()
	if err != nil {
		return err
	}
	limit, err := c.query.number("limit", defaultEvents)
	if err != nil || limit < 1 || limit > mostEvents {
		return catalogCode(codeBadFilter, "limit is a number from 1 to %d", mostEvents)
	}
	events, more, err := c.server.catalog.History(c.ctx, about, actions, before, int(limit))
	if err != nil {
		return asNoEntity(err)
	}
	oldest, err := c.oldest()
	if err != nil {
		return err
	}
	c.out = append(c.out, `{"entity":`...)
	c.out = appendText(c.out, about.String())
	c.out = append(c.out, `,"events":[`...)
	for i := range events {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		c.out = appendEvent(c.out, &events[i])
	}
	c.out = append(c.out, ']')
	if more {
		c.out = append(c.out, `,"before":`...)
		c.out = appendText(c.out, events[len(events)-1].Cursor.Text())
	}
	c.out = append(c.out, `,"oldest":`...)
	c.out = append(appendText(c.out, oldest.Text()), '}')
	return nil
}

// asNoEntity is the refusal of an entity that there is not: here a definition
// is an entity like others.
func asNoEntity(err error) error {
	if missing, ok := errors.AsType[*catalog.NotFoundError](err); ok {
		return catalogCode(codeEntityNotFound, "There is no entity %s", missing.Ref)
	}
	return err
}

// entityAsOf is GET /catalog/v1/entities/{entity}: an entity with what its
// parts say and by whom, now or as of a revision.
func entityAsOf(c *call) error {
	about, err := ref(c.args[0])
	if err != nil {
		return err
	}
	at, err := c.cursor(c.query.text("asOf"))
	if err != nil {
		return err
	}
	oldest, err := c.oldest()
	if err != nil {
		return err
	}
	v := c.server.catalog.View()
	if at.Epoch != "" {
		if err := c.tooOld(at.Revision); err != nil {
			return err
		}
		if v, err = c.server.catalog.ViewAt(c.ctx, about, at.Revision); err != nil {
			return asNoEntity(err)
		}
	}
	entity, err := v.Entity(c.ctx, about)
	if err != nil {
		return asNoEntity(err)
	}
	c.status = http.StatusOK
	return c.thing(v, entity, oldest)
}

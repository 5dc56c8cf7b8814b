package rest

import (
	"net/http"
	"strings"
)

// The paths of weir's own for those who run it (docs/design.md section 6).
// Confluent's server has none of them.

// live is GET /health/live: the process answers.
func live(c *call) error {
	c.media = typeJSON
	c.out = append(c.out, `{"status":"UP"}`...)
	return nil
}

// ready is GET /health/ready: the node can answer from its memory, and with
// ?for=write it can write.
func ready(c *call) error {
	c.media = typeJSON
	if c.server.ready != nil {
		if err := c.server.ready(c.r, strings.EqualFold(c.query.text("for"), "write")); err != nil {
			c.status = http.StatusServiceUnavailable
			c.out = append(c.out, `{"status":"DOWN","reason":`...)
			c.out = appendText(c.out, err.Error())
			c.out = append(c.out, '}')
			return nil
		}
	}
	c.out = append(c.out, `{"status":"UP"}`...)
	return nil
}

// masterAvailable is GET /master_available, which clients of older registries
// ask: is there a node that takes writes? Here every node does that can.
func masterAvailable(c *call) error {
	c.media = typeJSON
	available := c.server.ready == nil || c.server.ready(c.r, true) == nil
	c.out = append(c.out, `{"master_available":`...)
	c.out = appendBool(c.out, available)
	c.out = append(c.out, '}')
	return nil
}

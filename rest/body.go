package rest

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// maxBodyDepth is how deeply a request body may nest; the parser behind the
// wire has the same bound.
const maxBodyDepth = 1000

// byteOrderMark may stand before a body (registry-api.md 1.5).
const byteOrderMark = "\ufeff"

// readBody reads the body whole, up to the limit (413 beyond it).
func (c *call) readBody() (string, error) {
	limit := c.server.settings.MaxBodyBytes
	if c.r.ContentLength > limit {
		return "", errTooLarge
	}
	if c.r.ContentLength > 0 {
		c.in = grow(c.in[:0], int(c.r.ContentLength))
	}
	body := c.r.Body
	if body == nil {
		return "", nil
	}
	in := c.in[:0]
	for {
		if len(in) == cap(in) {
			in = grow(in, 2*len(in)+512)
		}
		n, err := body.Read(in[len(in):cap(in)])
		in = in[:len(in)+n]
		if int64(len(in)) > limit {
			return "", errTooLarge
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", badBody("The body could not be read: " + err.Error())
		}
	}
	c.in = in
	return string(in), nil
}

// mostReadOver is how much of a body that nobody wanted is read.
const mostReadOver = 256 << 10

// readOver reads what is left of a body on a connection that the client wants
// closed. Closing while it is still coming would reset the connection, and with
// it what the client has not read of the answer; net/http takes care of that
// only where the connection stays open.
func (c *call) readOver() {
	if c.r.ContentLength != 0 && c.r.Body != nil && c.r.Header.Get("Expect") == "" {
		_, _ = io.CopyN(io.Discard, c.r.Body, mostReadOver) // It ends early, as a rule.
	}
}

// grow gives a buffer with room for n bytes in all.
func grow(b []byte, n int) []byte {
	if cap(b) >= n {
		return b
	}
	return append(make([]byte, 0, n), b...)
}

// document reads the body as JSON. method is the wire's name of the endpoint,
// for the 422 of a body that is missing, blank or null (registry-api.md 1.5).
func (c *call) document(method string) (jsontext.Value, *fields, error) {
	text, err := c.readBody()
	if err != nil {
		return jsontext.Value{}, nil, err
	}
	value, f, err := parseBody(text)
	if err == nil && absent(value) {
		err = nullBody(method)
	}
	return value, f, err
}

// parseBody reads a JSON body; a blank one is absent.
func parseBody(text string) (jsontext.Value, *fields, error) {
	text = strings.TrimPrefix(text, byteOrderMark)
	f := &fields{text: text}
	if strings.Trim(text, " \t\r\n") == "" {
		return jsontext.Value{}, f, nil
	}
	document, err := jsontext.Parse(text, jsontext.Options{NonFinite: true, MaxDepth: maxBodyDepth})
	var syntax *jsontext.SyntaxError
	if errors.As(err, &syntax) {
		place := schema.PositionAt(text, syntax.Offset)
		return jsontext.Value{}, f, badBody(fmt.Sprintf("Malformed JSON: %s (%s)", syntax.Message, place))
	}
	if err != nil {
		return jsontext.Value{}, f, err
	}
	return document.Root(), f, nil
}

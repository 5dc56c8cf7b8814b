package rest

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// element is one element of a bulk call (catalog-api.md 1).
type element struct {
	value jsontext.Value
	work  *work
	err   error
}

// work is what an element asks for, checked against a view: the steps that do
// it, and how its answer is written from the view after them.
type work struct {
	steps []catalog.Step
	// over names what the steps were made of and replace: two elements over the
	// same thing cannot be prepared on one view. It is zero for nothing.
	over catalog.Ref
	// alone does, in place of steps, what cannot be done in one commit with
	// others.
	alone  func() error
	answer func(b []byte, after *catalog.View) ([]byte, error)
}

// prepare reads an element and checks it against a view. It is asked again when
// the view has moved on.
type prepare func(f *fields, v jsontext.Value, view *catalog.View) (*work, error)

// bulk answers a call whose body is an array: with an array of the same length
// and order, in which what was refused carries its error; the others are done.
// All are tried in one commit; only where that is refused, each by itself.
func (c *call) bulk(read prepare) error {
	text, list, err := c.elements()
	if err != nil {
		return err
	}
	view, err := c.newestView()
	if err != nil {
		return err
	}
	var steps []catalog.Step
	for i := range list {
		e := &list[i]
		e.prepare(text, read, view)
		if e.err == nil && e.work.alone == nil {
			steps = append(steps, e.work.steps...)
		}
	}
	after, err := c.together(list, steps)
	if err != nil {
		return err
	}
	if after == nil {
		if after, err = c.oneByOne(text, list, read); err != nil {
			return err
		}
	}
	return c.answerBulk(list, after)
}

// elements reads the body: an array of objects.
func (c *call) elements() (text string, list []element, err error) {
	text, err = c.readBody()
	if err != nil {
		return "", nil, err
	}
	root, err := parseCatalogBody(text)
	if err != nil {
		return "", nil, err
	}
	f := &fields{text: text}
	if root.Kind() != jsontext.Array {
		f.wrong(root, "an array")
		return "", nil, f.fault
	}
	for v := range items(root) {
		if v.Kind() != jsontext.Object {
			f.wrong(v, "an object")
			return "", nil, f.fault
		}
		list = append(list, element{value: v})
	}
	return text, list, nil
}

// parseCatalogBody reads a JSON body strictly: parts of it are kept and given
// back as they are.
func parseCatalogBody(text string) (jsontext.Value, error) {
	text = strings.TrimPrefix(text, byteOrderMark)
	document, err := jsontext.Parse(text, jsontext.Options{MaxDepth: maxBodyDepth})
	var syntax *jsontext.SyntaxError
	if errors.As(err, &syntax) {
		return jsontext.Value{}, badBody("Malformed JSON: " + syntax.Message + " (" + schema.PositionAt(text, syntax.Offset).String() + ")")
	}
	if err != nil {
		return jsontext.Value{}, err
	}
	return document.Root(), nil
}

func (e *element) prepare(text string, read prepare, view *catalog.View) {
	f := &fields{text: text}
	e.work, e.err = read(f, e.value, view)
	if e.err == nil {
		e.err = f.fault
	}
}

// together carries out all steps in one commit. The view is nil when that was
// refused, or when something has to be done alone.
func (c *call) together(list []element, steps []catalog.Step) (*catalog.View, error) {
	over, apart := map[catalog.Ref]bool{}, false
	for i := range list {
		e := &list[i]
		if e.err != nil {
			if c.fatal(e.err) {
				return nil, e.err
			}
			continue
		}
		apart = apart || e.work.alone != nil || over[e.work.over]
		over[e.work.over] = !e.work.over.IsZero()
	}
	switch {
	case apart:
		return nil, nil
	case len(steps) == 0:
		return c.server.catalog.View(), nil
	}
	outcome, err := c.server.catalog.Do(c.ctx, catalog.Command{Steps: steps})
	switch {
	case err == nil:
		return outcome.View, nil
	case c.fatal(err):
		return nil, err
	}
	return nil, nil
}

// mostTries is how often an element is read again because what it changes has
// changed meanwhile.
const mostTries = 5

// oneByOne carries out each element that was not refused in a commit of its own.
func (c *call) oneByOne(text string, list []element, read prepare) (*catalog.View, error) {
	for i := range list {
		e := &list[i]
		if e.err != nil {
			continue
		}
		for range mostTries {
			if e.prepare(text, read, c.server.catalog.View()); e.err == nil {
				e.err = c.carryOut(e.work)
			}
			if stale := (*catalog.StaleError)(nil); !errors.As(e.err, &stale) {
				break
			}
		}
		if e.err != nil && c.fatal(e.err) {
			return nil, e.err
		}
	}
	return c.server.catalog.View(), nil
}

func (c *call) carryOut(w *work) error {
	if w.alone != nil {
		return w.alone()
	}
	_, err := c.server.catalog.Do(c.ctx, catalog.Command{Steps: w.steps})
	return err
}

// fatal says that an error is of the whole call, not of an element: it is none
// of the client's, or the call is made for another server.
func (c *call) fatal(err error) bool {
	refused, known := c.server.refusalOf(err)
	return !known || refused.status >= statusClientGone || errors.Is(err, errNested)
}

// answerBulk writes the answers. Where the caller may do nothing of what was
// asked, that is the answer to the whole call.
func (c *call) answerBulk(list []element, after *catalog.View) error {
	denied := error(nil)
	for i := range list {
		var no *auth.DeniedError
		if !errors.As(list[i].err, &no) {
			denied = nil
			break
		}
		denied = list[i].err
	}
	if denied != nil {
		return denied
	}
	c.out = append(c.out, '[')
	for i := range list {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		e := &list[i]
		if e.err == nil {
			start := len(c.out)
			if c.out, e.err = e.work.answer(c.out, after); e.err != nil {
				c.out = c.out[:start]
			}
		}
		if e.err != nil {
			refused, _ := c.server.refusalOf(e.err)
			c.out = appendFailed(c.out, e.value, refused)
		}
	}
	c.out = append(c.out, ']')
	return nil
}

// appendFailed appends an element as it was sent, with its error.
func appendFailed(b []byte, v jsontext.Value, refused *refusal) []byte {
	b = append(b, '{')
	first := true
	for member := range items(v) {
		if member.Name() != "error" {
			b = appendRaw(appendName(b, member.Name(), &first), member)
		}
	}
	b = append(appendName(b, "error", &first), `{"error_code":`...)
	b = strconv.AppendInt(b, int64(refused.code), 10)
	b = append(b, `,"message":`...)
	b = appendText(b, refused.message)
	return append(b, "}}"...)
}

// carriedOut carries out a DELETE in one commit and answers 204.
func (c *call) carriedOut(steps ...catalog.Step) error {
	if _, err := c.server.catalog.Do(c.ctx, catalog.Command{Steps: steps}); err != nil {
		return err
	}
	c.status = http.StatusNoContent
	return nil
}

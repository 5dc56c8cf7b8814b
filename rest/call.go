package rest

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// call is one request on its way through: what it asks and, as it grows, its
// answer. Calls are pooled, so nothing may keep one, nor a slice of its
// buffers, beyond the request.
type call struct {
	server *Server
	w      http.ResponseWriter
	r      *http.Request
	ctx    context.Context
	start  time.Time

	// segments is the path, decoded and rewritten; room is what it starts in.
	// query is still raw.
	room     [maxSegments]string
	segments []string
	query    query
	// prefix is the context of a /contexts prefix, for the query parameters
	// that name subjects; empty for none.
	prefix registry.Context
	// args are the segments that the route names.
	args [maxArgs]string

	principal auth.Principal
	requestID string
	// committed is where the last write of this request was committed.
	committed feed.Cursor

	// media is the negotiated type of the answer.
	media  string
	status int
	sent   bool
	out    []byte // the answer's body
	in     []byte // the request's body, while it is read
	passed int    // how many bytes another handler wrote (pass.go)
}

// maxArgs is how many segments a route may name.
const maxArgs = 3

// keepBuffer is the largest buffer that goes back into the pool with its call.
const keepBuffer = 64 << 10

// callPool keeps calls with their buffers.
type callPool struct{ pool sync.Pool }

func (p *callPool) get(s *Server, w http.ResponseWriter, r *http.Request) *call {
	c, ok := p.pool.Get().(*call)
	if !ok {
		c = &call{}
	}
	c.server, c.w, c.r, c.ctx = s, w, r, r.Context()
	return c
}

// put takes a call back, without anything of its request.
func (p *callPool) put(c *call) {
	out, in := c.out[:0], c.in[:0]
	*c = call{}
	if cap(out) <= keepBuffer {
		c.out = out
	}
	if cap(in) <= keepBuffer {
		c.in = in
	}
	p.pool.Put(c)
}

// subject is the subject that an argument names.
func (c *call) subject(arg int) registry.Subject { return registry.ParseSubject(c.args[arg]) }

// id reads an argument that is an int.
func (c *call) id(arg int) (int32, error) { return parseInt(c.args[arg]) }

// version reads an argument that is a version (registry-api.md 4.1).
func (c *call) version(arg int) (registry.VersionArg, error) { return parseVersion(c.args[arg]) }

// subjectQuery is the query parameter "subject" of the paths by id, after the
// context prefix and the alias (registry-api.md 12.2, 12.4).
func (c *call) subjectQuery() string {
	subject := c.query.text("subject")
	if c.prefix != "" {
		subject = inContext(c.prefix, subject)
	}
	if subject == "" {
		return ""
	}
	before := registry.ParseSubject(subject)
	if before.Name == "" {
		return subject
	}
	if after := c.server.registry.AliasOf(before, false); after != before {
		return after.String()
	}
	return subject
}

// subjectPrefix is the query parameter of lists, after the context prefix.
func (c *call) subjectPrefix(missing string) string {
	prefix, ok := c.query.get("subjectPrefix")
	if c.prefix != "" {
		return inContext(c.prefix, prefix)
	}
	if !ok {
		return missing
	}
	return prefix
}

// readOptions are the query parameters that shape a schema (15.2, 14.1).
func (c *call) readOptions() registry.ReadOptions {
	if c.query == "" {
		return registry.ReadOptions{}
	}
	return registry.ReadOptions{
		Format:          c.query.text("format"),
		ReferenceFormat: c.query.text("referenceFormat"),
		FindTags:        c.query.all("findTags"),
	}
}

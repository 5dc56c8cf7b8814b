package rest

import (
	"net/http"
	"strings"
)

// endpoint answers one call: it appends the body to c.out, and sets c.status
// where that is not 200. An error becomes the answer by the table of errors.go.
type endpoint func(c *call) error

// route is one path of the wire with its methods.
type route struct {
	pattern string
	get     *operation
	post    *operation
	put     *operation
	delete  *operation
}

// operation is one method of a route.
type operation struct {
	method  string
	pattern string
	serve   endpoint
	offers  []string
	// takes are types of a body beside those of the wire.
	takes []string
	// write says that it changes something: it gets a deadline, an origin for
	// the audit trail, and answers where it was committed.
	write bool
	// fresh says that its answer must not be older than the caller asks for:
	// all that read from the node's memory.
	fresh bool
	// tagged says that its answers carry an ETag.
	tagged bool
	// own says that it is none of the wire's: no negotiation of types, no
	// authentication (health, metrics).
	own bool
	// passed says that another handler answers, and bounds and negotiates for
	// itself (pass.go).
	passed bool
	count  *counters
}

// node is a segment of the routing tree.
type node struct {
	name     string
	children []*node
	argument *node
	route    *route
}

// add puts an operation into the tree. A {name} in the pattern takes any
// segment.
func (n *node) add(op *operation) {
	for _, segment := range strings.FieldsFunc(op.pattern, func(r rune) bool { return r == '/' }) {
		n = n.child(segment)
	}
	if n.route == nil {
		n.route = &route{pattern: op.pattern}
	}
	switch op.method {
	case http.MethodGet:
		n.route.get = op
	case http.MethodPost:
		n.route.post = op
	case http.MethodPut:
		n.route.put = op
	case http.MethodDelete:
		n.route.delete = op
	}
}

func (n *node) child(segment string) *node {
	if strings.HasPrefix(segment, "{") {
		if n.argument == nil {
			n.argument = &node{name: segment}
		}
		return n.argument
	}
	for _, child := range n.children {
		if child.name == segment {
			return child
		}
	}
	child := &node{name: segment}
	n.children = append(n.children, child)
	return child
}

// find looks up a path and fills args with the segments that its route names;
// nil for an unknown path.
func (n *node) find(segments []string, args *[maxArgs]string) *route {
	named := 0
next:
	for _, segment := range segments {
		for _, child := range n.children {
			if child.name == segment {
				n = child
				continue next
			}
		}
		if n.argument == nil || named == maxArgs {
			return nil
		}
		args[named] = segment
		named++
		n = n.argument
	}
	return n.route
}

// operation gives the operation of a method; HEAD is wherever GET is
// (registry-api.md 1.3).
func (r *route) operation(method string) *operation {
	switch method {
	case http.MethodGet, http.MethodHead:
		return r.get
	case http.MethodPost:
		return r.post
	case http.MethodPut:
		return r.put
	case http.MethodDelete:
		return r.delete
	}
	return nil
}

// methods lists what the path has, in the order of the wire, for OPTIONS.
func (r *route) methods(separator string) string {
	var list []string
	add := func(has bool, method string) {
		if has {
			list = append(list, method)
		}
	}
	add(r.get != nil, "HEAD")
	add(r.delete != nil, "DELETE")
	add(r.post != nil, "POST")
	add(r.get != nil, "GET")
	add(true, "OPTIONS")
	add(r.put != nil, "PUT")
	return strings.Join(list, separator)
}

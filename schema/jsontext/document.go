package jsontext

import (
	"strconv"
	"strings"
)

// Document is a JSON text that was read. It is immutable.
type Document struct {
	text  string
	nodes []node
}

// node is a value in the arena. The members of an array or object are a list
// linked by next; 0 ends it, as the root is nobody's neighbour.
type node struct {
	// name is the decoded name of an object's member.
	name string
	// at and end enclose the value in the text, nameAt is where the name
	// begins.
	at, end, nameAt int32
	first, next     int32
	length          int32
	kind            Kind
	escaped         bool
}

// Root is the value of the document.
func (d *Document) Root() Value { return Value{d, 0} }

// Text is the text that was read.
func (d *Document) Text() string { return d.text }

// Value is a value of a document. The zero Value is absent.
type Value struct {
	doc *Document
	id  int32
}

func (v Value) node() *node { return &v.doc.nodes[v.id] }

// Kind says what the value is.
func (v Value) Kind() Kind {
	if v.doc == nil {
		return Absent
	}
	return v.node().kind
}

// Exists says that the value is there.
func (v Value) Exists() bool { return v.doc != nil }

// Offset is where the value begins, in bytes.
func (v Value) Offset() int {
	if v.doc == nil {
		return 0
	}
	return int(v.node().at)
}

// End is where the value ends.
func (v Value) End() int { return int(v.node().end) }

// NameOffset is where the name of an object's member begins.
func (v Value) NameOffset() int { return int(v.node().nameAt) }

// Raw is the text of the value as written.
func (v Value) Raw() string {
	n := v.node()
	return v.doc.text[n.at:n.end]
}

// Text is the decoded text of a string, empty for other kinds.
func (v Value) Text() string {
	if v.doc == nil {
		return ""
	}
	n := v.node()
	if n.kind != String {
		return ""
	}
	raw := v.doc.text[n.at+1 : n.end-1]
	if n.escaped {
		return unescape(raw)
	}
	return raw
}

// Len is the number of elements or members, each name counted once.
func (v Value) Len() int { return int(v.node().length) }

// First is the first element or member, absent in an empty one.
func (v Value) First() Value { return v.step(v.node().first) }

// Next is the element or member after this one.
func (v Value) Next() Value { return v.step(v.node().next) }

func (v Value) step(id int32) Value {
	if id == 0 {
		return Value{}
	}
	return Value{v.doc, id}
}

// Name is the name of an object's member.
func (v Value) Name() string { return v.node().name }

// Get gives the member of an object by its name.
func (v Value) Get(name string) Value {
	if v.Kind() != Object {
		return Value{}
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Name() == name {
			return m
		}
	}
	return Value{}
}

// IsInteger says that a number is written without fraction and exponent.
func (v Value) IsInteger() bool {
	return v.Kind() == Number && !strings.ContainsAny(v.Raw(), ".eENI")
}

// Pointer gives the JSON pointer (RFC 6901) of the innermost value at a place
// in the text; the root is the empty pointer. The name of a member counts to
// the member.
func (d *Document) Pointer(offset int) string {
	var out []byte
	for v := d.Root(); ; {
		child, index := v.childAt(offset)
		if !child.Exists() {
			return string(out)
		}
		out = append(out, '/')
		if v.Kind() == Object {
			for _, c := range []byte(child.Name()) {
				switch c {
				case '~':
					out = append(out, "~0"...)
				case '/':
					out = append(out, "~1"...)
				default:
					out = append(out, c)
				}
			}
		} else {
			out = strconv.AppendInt(out, int64(index), 10)
		}
		v = child
	}
}

// childAt finds the element or member at a place, and its number.
func (v Value) childAt(offset int) (Value, int) {
	if k := v.Kind(); k != Array && k != Object {
		return Value{}, 0
	}
	i := 0
	for c := v.First(); c.Exists(); c = c.Next() {
		start := c.Offset()
		if v.Kind() == Object {
			start = c.NameOffset()
		}
		if start <= offset && offset < c.End() {
			return c, i
		}
		i++
	}
	return Value{}, 0
}

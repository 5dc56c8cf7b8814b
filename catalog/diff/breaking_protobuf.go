package diff

import (
	"strings"

	"github.com/weir-registry/weir/compat"
)

// protobufSpot finds what a difference of Protobuf is about (compatibility.md
// 8). The path goes by simple names and numbers, on the reader's side through
// the oneof of a field; it is followed on both sides, and the one that has more
// of it wins. A path into a file that is imported leads nowhere.
func protobufSpot(d *compat.Difference, trees pair) spot {
	s := spot{}
	switch d.Code {
	case "PACKAGE_CHANGED":
		return spot{element: trees.after.root, kinds: []Kind{NamespaceChanged}}
	case "FIELD_KIND_CHANGED", "FIELD_SCALAR_KIND_CHANGED", "FIELD_NAMED_TYPE_CHANGED",
		"FIELD_NUMERIC_LABEL_CHANGED", "FIELD_STRING_OR_BYTES_LABEL_CHANGED":
		s.kinds = []Kind{TypeChanged, RequiredChanged}
	case "MESSAGE_REMOVED":
		s.kinds = []Kind{RecordRemoved, RecordAdded}
	}
	tokens := strings.Split(strings.Trim(strings.TrimPrefix(d.Path, "#/"), "/"), "/")
	after, far := follow(trees.after.root, tokens)
	before, further := follow(trees.before.root, tokens)
	switch {
	case far >= further && far > 0:
		s.element = after
	case further > 0:
		s.element = before
	}
	if s.element == nil {
		return s
	}
	switch d.Code {
	case "MULTIPLE_FIELDS_MOVED_TO_ONEOF", "FIELD_MOVED_TO_EXISTING_ONEOF":
		s.more = movedFields(s.element)
		s.kinds = []Kind{FieldMoved}
	}
	return s
}

// follow goes along the steps of a path, and says how many it could take.
func follow(e *element, tokens []string) (*element, int) {
	for i, token := range tokens {
		next := e.steps[token]
		if next == nil && e.family == oneofs {
			next = e.parent.steps[token]
		}
		if next == nil {
			return e, i
		}
		e = next
	}
	return e, len(tokens)
}

// movedFields are the fields of a message that moved into or out of its oneof.
func movedFields(oneof *element) []*element {
	if oneof.family != oneofs {
		return nil
	}
	var list []*element
	for _, x := range oneof.parent.children {
		if x.family != fields || x.other == nil {
			continue
		}
		for _, side := range []*element{x, x.other} {
			for _, a := range side.attributes {
				if a.kind == FieldMoved && a.text == oneof.name {
					list = append(list, x)
				}
			}
		}
	}
	return list
}

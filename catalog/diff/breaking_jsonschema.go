package diff

import (
	"strings"

	"github.com/weir-registry/weir/compat"
)

// jsonSpot finds what a difference of JSON Schema is about (compatibility.md
// 7.2, 7.3). The path goes through the keywords and, where one side refers to
// another schema, through the reference; it is followed on both sides, and the
// one that has more of it wins.
func jsonSpot(d *compat.Difference, trees pair) spot {
	steps := jsonSteps(d.Path)
	after, far := trees.after.jsonPath(steps)
	before, further := trees.before.jsonPath(steps)
	e, taken := after, far
	if further > far {
		e, taken = before, further
	}
	s := spot{element: e}
	rest := strings.Join(steps[taken:], "/")
	switch {
	case strings.HasPrefix(d.Code, "REQUIRED_ATTRIBUTE"):
		name := strings.TrimPrefix(rest, "required/")
		if f := e.steps["properties/"+name]; f != nil {
			s.element = f
		}
		s.kinds = []Kind{RequiredChanged}
	case strings.HasPrefix(d.Code, "ENUM_ARRAY"):
		for _, side := range []*element{e, e.other} {
			if side == nil {
				continue
			}
			for _, x := range side.children {
				if x.family == symbols && x.other == nil {
					s.more = append(s.more, x)
				}
			}
		}
	case strings.HasPrefix(d.Code, "SUM_TYPE"), strings.HasPrefix(d.Code, "PRODUCT_TYPE"), strings.HasPrefix(d.Code, "COMBINED_TYPE"):
		for _, side := range []*element{e, e.other} {
			if side == nil {
				continue
			}
			for _, x := range side.children {
				if x.family == branches && len(x.changes) > 0 && x.other == nil {
					s.more = append(s.more, x)
				}
			}
		}
	case d.Code == "TYPE_CHANGED":
		s.kinds = []Kind{TypeChanged}
	case rest != "":
		s.kinds = []Kind{ConstraintAdded, ConstraintRemoved, ConstraintChanged}
		s.names = []string{rest}
	}
	return s
}

// jsonSteps cuts a path into its pieces.
func jsonSteps(path string) []string {
	path = strings.Trim(strings.TrimPrefix(path, "#/"), "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// jsonPath follows a path from the root and says how many pieces it could take.
// A step is one piece ("items") or two ("properties/a"), or more where a name
// holds slashes.
func (t *tree) jsonPath(steps []string) (*element, int) {
	e, i := t.root, 0
	for i < len(steps) {
		next, taken := e.next(steps[i:])
		if next == nil {
			target := t.resolve(e)
			if target == nil {
				return e, i
			}
			if next, taken = target.next(steps[i:]); next == nil {
				return target, i
			}
		}
		e, i = next, i+taken
	}
	return e, i
}

// maxPieces is how many slashes a name is tried with.
const maxPieces = 8

// next takes the shortest step that leads to a child.
func (e *element) next(steps []string) (*element, int) {
	for n := 1; n <= min(len(steps), maxPieces); n++ {
		if x := e.steps[strings.Join(steps[:n], "/")]; x != nil {
			return x, n
		}
	}
	return nil, 0
}

// resolve follows the references of an element within the text, a few times.
func (t *tree) resolve(e *element) *element {
	for range maxPieces {
		if !strings.HasPrefix(e.link, "#") {
			return nil
		}
		pieces := jsonSteps(strings.NewReplacer("~1", "/", "~0", "~").Replace(e.link))
		if e.link != "#" && len(pieces) == 0 {
			return nil
		}
		target, taken := t.root, 0
		for taken < len(pieces) {
			next, n := target.next(pieces[taken:])
			if next == nil {
				return nil
			}
			target, taken = next, taken+n
		}
		if target.link == "" {
			return target
		}
		e = target
	}
	return nil
}

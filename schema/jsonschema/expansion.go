package jsonschema

import "github.com/weir-registry/weir/schema"

// expansion counts the paths of references that lead through a schema when
// every reference is followed (validation.md 9): a chain of types of which
// each names the next one twice doubles with every step. References within a
// circle of types do not count, since what validates follows them only as deep
// as the data goes. The count stops above schema.MaxReferenceExpansion.
type expansion struct {
	state map[*unit]*expanded
	stack []*unit
	next  int
}

// expanded is what is known of a unit: its place in the search for circles
// (Tarjan's), and the paths from it once its circle is complete.
type expanded struct {
	index, low int
	open       bool
	paths      int
}

const tooManyPaths = schema.MaxReferenceExpansion + 1

// count gives the number of paths from a unit.
func (e *expansion) count(u *unit) int {
	e.state = make(map[*unit]*expanded)
	return e.visit(u).paths
}

func (e *expansion) visit(u *unit) *expanded {
	x := &expanded{index: e.next, low: e.next, open: true}
	e.state[u] = x
	e.next++
	e.stack = append(e.stack, u)
	for _, link := range u.links {
		target := link.leadsTo()
		if target == nil {
			continue
		}
		y := e.state[target]
		if y == nil {
			y = e.visit(target)
		}
		if y.open {
			x.low = min(x.low, y.low)
		}
	}
	if x.low == x.index {
		e.close(u)
	}
	return x
}

// close adds up the paths of a complete circle.
func (e *expansion) close(u *unit) {
	first := len(e.stack) - 1
	for e.stack[first] != u {
		first--
	}
	circle := e.stack[first:]
	e.stack = e.stack[:first]
	paths := 0
	for _, v := range circle {
		for _, link := range v.links {
			// What is still open is the circle itself.
			if target := link.leadsTo(); target != nil && !e.state[target].open {
				paths = min(paths+1+e.state[target].paths, tooManyPaths)
			}
		}
	}
	for _, v := range circle {
		e.state[v].open, e.state[v].paths = false, paths
	}
}

// leadsTo gives the unit of a reference's target.
func (l *Link) leadsTo() *unit {
	if l.knot != nil {
		return l.knot.unit
	}
	return l.unit
}

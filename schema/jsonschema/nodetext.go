package jsonschema

import (
	"slices"
	"strconv"
	"strings"
)

// Identity is a text that is the same for two nodes when the loader of the
// real registry prints them alike: branches of a combined schema that are
// alike count once (compatibility.md 7.2). A kind that was named by "type"
// differs from one that is only implied, 1.0 prints as 1, and what says
// nothing ("required": [], a format that is not known) is not printed.
func (n *Node) Identity() string { return string(appendNode(nil, n)) }

// printed is a keyword of a node with its value as text.
type printed struct{ key, text string }

func appendNode(b []byte, n *Node) []byte {
	switch {
	case n.Kind == False:
		return append(b, "false"...)
	case n.Kind == Empty && n.Source.kind == TrueValue:
		return append(b, "true"...)
	}
	list := n.printed(nil)
	slices.SortStableFunc(list, func(x, y printed) int { return strings.Compare(x.key, y.key) })
	b = append(b, '{')
	for _, p := range list {
		b = append(append(append(appendString(b, p.key), ':'), p.text...), ',')
	}
	return append(b, '}')
}

func nodeText(n *Node) string { return string(appendNode(nil, n)) }

// printed lists the keywords of a node. A node that the loader put together
// has those of its parts.
func (n *Node) printed(list []printed) []printed {
	list = n.printedNotes(list)
	if n.Typed {
		name := [...]string{String: "string", Number: "number", Boolean: "boolean", Null: "null", Object: "object", Array: "array"}[n.Kind]
		if rules, ok := n.Rules.(*NumberRules); ok && rules.Integer {
			name = "integer"
		}
		list = append(list, printed{"type", name})
	}
	switch r := n.Rules.(type) {
	case *StringRules:
		list = r.printed(list)
	case *NumberRules:
		list = r.printed(list)
	case *ArrayRules:
		list = r.printed(list)
	case *ObjectRules:
		list = r.printed(list)
	case *Values:
		list = append(list, r.printed(n.Kind))
	case *Node:
		list = append(list, printed{"not", nodeText(r)})
	case *Condition:
		list = printedNode(printedNode(printedNode(list, "if", r.If), "then", r.Then), "else", r.Else)
	case *Combination:
		if n.Generated && r.Criterion == AllOf && !r.repeats() {
			for _, branch := range r.Branches {
				list = branch.printed(list)
			}
			return list
		}
		list = append(list, printed{r.Criterion.String(), nodesText(r.Branches)})
	case *Link:
		list = append(list, printed{"$ref", r.Text})
	}
	return list
}

// repeats says that two branches are combined by the same criterion, so that
// they cannot be printed side by side.
func (c *Combination) repeats() bool {
	var seen [3]bool
	for _, branch := range c.Branches {
		if inner, ok := branch.Rules.(*Combination); ok {
			if seen[inner.Criterion] {
				return true
			}
			seen[inner.Criterion] = true
		}
	}
	return false
}

func nodesText(list []*Node) string {
	b := []byte{'['}
	for _, n := range list {
		b = append(appendNode(b, n), ',')
	}
	return string(append(b, ']'))
}

func printedNode(list []printed, key string, n *Node) []printed {
	if n == nil {
		return list
	}
	return append(list, printed{key, nodeText(n)})
}

func printedCount(list []printed, key string, c Count) []printed {
	if !c.Set {
		return list
	}
	return append(list, printed{key, strconv.Itoa(int(c.N))})
}

func printedValue(list []printed, key string, v *Value) []printed {
	if v == nil {
		return list
	}
	return append(list, printed{key, string(appendShaved(nil, v))})
}

func printedFlag(list []printed, key string, set bool) []printed {
	if !set {
		return list
	}
	return append(list, printed{key, "true"})
}

// printedNotes lists the annotations and the keywords that were not read. A
// reference loses its default and whether it is read only.
func (n *Node) printedNotes(list []printed) []printed {
	if n.Notes == nil {
		return list
	}
	list = printedValue(printedValue(list, "title", n.Notes.Title), "description", n.Notes.Description)
	if n.Kind != Reference {
		list = printedValue(printedValue(list, "$id", n.Notes.ID), "default", n.Notes.Default)
	}
	for _, m := range n.Notes.Rest {
		if n.Kind != Reference || m.Key != "readOnly" && m.Key != "writeOnly" {
			list = printedValue(list, m.Key, m.Value)
		}
	}
	return list
}

// printed lists an enum as the set that it is; in a const 1 and 1.0 print
// alike.
func (r *Values) printed(kind Kind) printed {
	if kind == Const {
		return printed{"const", string(appendShaved(nil, r.List[0]))}
	}
	keys := make([]string, len(r.List))
	for i, v := range r.List {
		var b []byte
		if v.kind == NumberValue && !v.integer {
			b = append(b, '.')
		}
		keys[i] = string(appendShaved(b, v))
	}
	slices.Sort(keys)
	return printed{"enum", strings.Join(slices.Compact(keys), ",")}
}

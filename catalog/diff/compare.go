package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// maxPathBytes bounds the paths of one diff together.
const maxPathBytes = 8 << 20

// found is a change before its path is written out.
type found struct {
	Change
	// before and after are the element on each side; nil where it is not.
	before, after *element
	// words name what changed, for the message; those of the element where
	// they are empty.
	words string
}

// work is one comparison.
type work struct {
	found []found
	// language is that of both sides, once what breaks is asked.
	language schema.Type
	// broken says that some change is breaking, told or not.
	broken bool
	// unlike are the records that were looked through already for what makes
	// them unlike, by who reads, with whether there was anything.
	unlike map[unlikeKey]bool
	// strays are the records that met without being each other's like, with the
	// first difference that this made.
	strays map[meeting]*compat.Difference
}

// add notes a change.
func (w *work) add(f found) {
	for _, e := range []*element{f.before, f.after} {
		if e != nil {
			e.changes = append(e.changes, len(w.found))
		}
	}
	w.found = append(w.found, f)
}

// elements compares two trees.
func (w *work) elements(trees pair) {
	trees.before.root.old = true
	join(trees.before.root, trees.after.root)
	pairUp(trees.before.root, trees.after.root)
	w.pair(trees.before.root, trees.after.root)
}

// pairUp matches the whole trees before anything is compared: the types of
// fields speak of records by names that may have changed.
func pairUp(before, after *element) {
	match(before, after)
	for _, e := range after.children {
		if e.other != nil {
			pairUp(e.other, e)
		}
	}
}

// pair compares two elements that are one thing: what they say of themselves,
// then their children, in the order of the new side, with what is gone at the
// end.
func (w *work) pair(before, after *element) {
	w.renamed(before, after)
	w.attributes(before, after)
	for _, f := range after.ordered {
		w.order(before, after, f)
	}
	for _, e := range after.children {
		if e.other == nil {
			w.came(nil, e)
		} else {
			w.pair(e.other, e)
		}
	}
	for _, e := range before.children {
		if e.other == nil {
			w.came(e, nil)
		}
	}
}

// renamed tells that a name has changed. The branches of a combined schema have
// no names but their places, which mean nothing.
func (w *work) renamed(before, after *element) {
	if after.family == nil || after.family.renamed == "" || before.name == after.name {
		return
	}
	w.add(found{
		Change: Change{Kind: after.family.renamed, Before: before.name, After: after.name},
		before: before, after: after,
	})
}

// came tells what is on one side only.
func (w *work) came(before, after *element) {
	e, kind := after, Kind("")
	if before != nil {
		e, kind = before, before.family.removed
	} else {
		kind = after.family.added
	}
	text := e.name
	if e.text != nil {
		text = e.text()
	}
	c := Change{Kind: kind, After: text}
	if before != nil {
		c = Change{Kind: kind, Before: text}
	}
	switch e.family {
	case symbols, parts, branches:
		c.Name = e.name
	}
	w.add(found{Change: c, before: before, after: after})
}

// attributes compares what two elements say of themselves.
func (w *work) attributes(before, after *element) {
	type key struct {
		kind Kind
		name string
	}
	olds := make(map[key]*attribute, len(before.attributes))
	for i := range before.attributes {
		a := &before.attributes[i]
		olds[key{a.kind, a.name}] = a
	}
	met := make(map[key]bool, len(after.attributes))
	for i := range after.attributes {
		a := &after.attributes[i]
		k := key{a.kind, a.name}
		if !met[k] {
			met[k] = true
			w.attribute(before, after, olds[k], a)
		}
	}
	for i := range before.attributes {
		a := &before.attributes[i]
		k := key{a.kind, a.name}
		if !met[k] {
			met[k] = true
			w.attribute(before, after, a, nil)
		}
	}
}

// attribute compares one attribute, which either side may lack.
func (w *work) attribute(before, after *element, was, is *attribute) {
	if was != nil && is != nil && (was.text == is.text || renamedOnly(before, after, was, is)) {
		return
	}
	c := Change{}
	for _, a := range []*attribute{was, is} {
		if a != nil {
			c.Kind, c.Name = a.kind, a.name
		}
	}
	if was != nil {
		c.Before = was.text
	}
	if is != nil {
		c.After = is.text
	}
	switch {
	case was != nil && is != nil:
		c.Kind = changed(c.Kind)
	case is == nil:
		c.Kind = c.Kind.Mirror()
	}
	w.add(found{Change: c, before: before, after: after})
}

// changed is the kind of a change of what can come and go.
func changed(k Kind) Kind {
	switch k {
	case ConstraintAdded:
		return ConstraintChanged
	case PropertyAdded:
		return PropertyChanged
	}
	return k
}

// renamedOnly says that two types differ by the names of records that are one
// record.
func renamedOnly(before, after *element, was, is *attribute) bool {
	if len(was.names) == 0 || len(was.names) != len(is.names) {
		return false
	}
	a, b := 0, 0
	for i := range was.names {
		x, y := was.names[i], is.names[i]
		if was.text[a:x.start] != is.text[b:y.start] || !sameRecord(before, after, was.text[x.start:x.end], is.text[y.start:y.end]) {
			return false
		}
		a, b = x.end, y.end
	}
	return was.text[a:] == is.text[b:]
}

// sameRecord says that two names mean one record.
func sameRecord(before, after *element, was, is string) bool {
	x := before.top().record(was)
	return x != nil && x.other != nil && x.other == after.top().record(is)
}

// order compares the order of the children of a family, as far as both sides
// have them. That of enums means nothing.
func (w *work) order(before, after *element, f *family) {
	places := make(map[*element]int, len(before.children))
	for i, e := range before.children {
		places[e] = i
	}
	last := -1
	for _, e := range after.children {
		if e.family != f || e.other == nil || e.noun == "enum" {
			continue
		}
		if places[e.other] < last {
			w.add(found{
				Change: Change{Kind: OrderChanged, Name: f.noun, Before: namesOf(before, f), After: namesOf(after, f)},
				before: before, after: after,
			})
			return
		}
		last = places[e.other]
	}
}

// namesOf lists the children of a family, but not very many.
func namesOf(e *element, f *family) string {
	const most = 20
	var names []string
	for _, x := range e.children {
		if x.family != f {
			continue
		}
		if len(names) == most {
			names = append(names, "…")
			break
		}
		names = append(names, x.name)
	}
	return strings.Join(names, ", ")
}

// changes writes out what was found: breaking or not, as many as there is room
// for. What breaks is never left out for what does not.
func (w *work) changes() (list []Change, truncated bool) {
	order := make([]int, len(w.found))
	for i := range order {
		order[i] = i
	}
	if len(order) > MaxChanges {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank(w.found[a]), rank(w.found[b])) })
		order, truncated = order[:MaxChanges], true
		slices.Sort(order)
	}
	room := maxPathBytes
	for _, i := range order {
		c := w.found[i].written()
		if room -= len(c.Path) + len(c.OldPath) + len(c.TagPath); room < 0 {
			return list, true
		}
		list = append(list, c)
	}
	return list, truncated
}

func rank(f found) int {
	if f.Breaking {
		return 0
	}
	return 1
}

// written gives the change with its paths and its message.
func (f *found) written() Change {
	c := f.Change
	switch {
	case f.after != nil:
		c.Path, c.TagPath = f.after.path(), f.after.tagPath()
		if f.before != nil {
			if old := f.before.path(); old != c.Path {
				c.OldPath = old
			}
		}
	case f.before != nil:
		c.Path, c.TagPath = f.before.path(), f.before.tagPath()
	}
	c.Message = f.message()
	return c
}

package diff

import (
	"context"
	"slices"
	"strings"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// breaking asks package compat what does harm and lays its differences onto the
// changes. A difference that no change accounts for becomes a change of its
// own, so that the verdict of the check and that of the diff are one.
func (w *work) breaking(ctx context.Context, before, after schema.Schema, trees pair, o Options) error {
	result, err := compat.Check(ctx, compat.Request{
		Level: o.level(), Policy: o.Policy, New: after, Budget: o.Budget,
		Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return before, nil }}},
	})
	if err != nil {
		return err
	}
	w.broken = !result.Compatible
	for _, r := range result.Reports {
		if r.TypeChanged {
			w.found[0].Breaking = true
			continue
		}
		for _, fault := range []string{r.BackwardFault, r.ForwardFault} {
			if fault != "" {
				w.add(found{Change: Change{Kind: Incompatible, Breaking: true}, words: fault, before: trees.before.root, after: trees.after.root})
			}
		}
		w.layAll(slices.Concat(r.Backward, r.Forward), before, after, trees)
	}
	return nil
}

// layAll lays all differences. One that no change accounts for follows, as a
// rule, from another that a change does account for: the check goes from types
// into types, and tells everything that it meets behind a type that changed.
func (w *work) layAll(list []compat.Difference, before, after schema.Schema, trees pair) {
	w.language = after.Type()
	told := false
	type rest struct {
		spot spot
		of   *compat.Difference
	}
	var unlaid []rest
	for i := range list {
		if list[i].Compatible {
			continue
		}
		s, ok := w.lay(&list[i], trees, after.Type())
		if s.stray.reader != nil && w.strays[s.stray] == nil {
			w.strayed(s.stray, &list[i])
		}
		if ok {
			told = true
		} else {
			unlaid = append(unlaid, rest{s, &list[i]})
		}
	}
	w.markMeetings()
	if foreign(before, after) {
		for _, r := range unlaid {
			w.unlaid(r.spot, r.of)
		}
		return
	}
	if told || len(unlaid) == 0 || w.markSevere(unlaid[0].of) {
		return
	}
	for _, r := range unlaid {
		w.unlaid(r.spot, r.of)
	}
}

// markSevere marks all changes that by themselves keep one side from reading
// the other: where the check lost its way through types that use each other.
func (w *work) markSevere(d *compat.Difference) bool {
	marked := false
	for at := range w.found {
		if w.severe(&w.found[at], d.Direction) {
			w.hit(at, d)
			marked = true
		}
	}
	return marked
}

// lay marks the changes that a difference is about; false when there are none.
func (w *work) lay(d *compat.Difference, trees pair, language schema.Type) (spot, bool) {
	s := spot{}
	switch language {
	case schema.Avro:
		s = avroSpot(d, trees)
	case schema.JSON:
		s = jsonSpot(d, trees)
	case schema.Protobuf:
		s = protobufSpot(d, trees)
	}
	return s, w.mark(s, d)
}

// unlaid tells a difference where no change of the text accounts for it.
func (w *work) unlaid(s spot, d *compat.Difference) {
	if s.element != nil {
		for _, at := range s.element.changes {
			if w.found[at].Kind == Incompatible {
				w.hit(at, d)
				return
			}
		}
	}
	f := found{Change: Change{Kind: Incompatible, Before: d.Old, After: d.New}, words: s.words(d)}
	f.before, f.after = s.sides()
	if s.element == nil {
		f.Path = d.Path
	}
	w.add(f)
	w.hit(len(w.found)-1, d)
}

// foreign says that a change may be in a text that neither tree has. Those of
// Avro have the types of all references in them.
func foreign(before, after schema.Schema) bool {
	return after.Type() != schema.Avro && len(before.References())+len(after.References()) > 0
}

// spot is what a difference is about.
type spot struct {
	// element is on either side, nil where the schema has none.
	element *element
	// kinds are the changes to mark, the first that is there; name is which
	// of several.
	kinds []Kind
	names []string
	// named are where to look for the kinds when the element has none of them.
	named []*element
	// more are parts of the element whose coming, going or change it is.
	more []*element
	// stray are two records that met there and are not each other's like.
	stray meeting
}

func (s spot) sides() (before, after *element) {
	if s.element == nil {
		return nil, nil
	}
	if s.element.top().old {
		return s.element, s.element.other
	}
	return s.element.other, s.element
}

// words say what is wrong where no change of the text does.
func (s spot) words(d *compat.Difference) string {
	what := "the schema"
	if s.element != nil {
		what = s.element.words()
	}
	return what + " is not compatible: " + strings.ToLower(strings.ReplaceAll(d.Code, "_", " "))
}

// hit marks one change as breaking, by the rule of a difference.
func (w *work) hit(at int, d *compat.Difference) {
	f := &w.found[at]
	f.Breaking = true
	if !slices.Contains(f.Rules, d.Code) {
		f.Rules = append(f.Rules, d.Code)
		slices.Sort(f.Rules)
	}
}

// mark looks for the changes of a spot, in this order: those of the wanted
// kinds at the element itself; its coming or going, or that of what is around
// it; any other change of the element that clients may feel; one of what is
// inside it.
func (w *work) mark(s spot, d *compat.Difference) bool {
	if s.element == nil {
		return false
	}
	marked := false
	for _, e := range s.more {
		marked = w.markAny(e, d) || marked
	}
	marked = w.markKinds(s, s.element, d) || marked
	for _, e := range s.named {
		if !marked {
			marked = w.markKinds(s, e, d)
		}
	}
	if marked {
		return true
	}
	for e := s.element; e != nil; e = e.parent {
		if e.other != nil || e.family == nil {
			continue
		}
		for _, at := range e.changes {
			w.hit(at, d)
			marked = true
		}
		if marked {
			return true
		}
	}
	return w.markAny(s.element, d) || w.markInside(s.element, d) || w.markNamed(s.named, d)
}

// unlikeKey is a record and who is the reader.
type unlikeKey struct {
	record    *element
	direction compat.Direction
}

// markNamed marks what may have made the records unlike that a type speaks of,
// at any depth: a branch of a union that is there by its name, and still does
// not read the other.
func (w *work) markNamed(queue []*element, d *compat.Difference) bool {
	if len(queue) == 0 {
		return false
	}
	key, marked := unlikeKey{queue[0], d.Direction}, false
	if known, again := w.unlike[key]; again {
		return known
	}
	met := make(map[*element]bool)
	for len(queue) > 0 {
		e := queue[0]
		queue = queue[1:]
		if e == nil || met[e] {
			continue
		}
		met[e] = true
		for _, child := range e.children {
			for _, at := range child.changes {
				if w.severe(&w.found[at], d.Direction) {
					w.hit(at, d)
					marked = true
				}
			}
			if child.family == fields {
				queue = append(queue, child.typeRecords()...)
			}
		}
		queue = append(queue, e.other)
	}
	if w.unlike == nil {
		w.unlike = make(map[unlikeKey]bool)
	}
	w.unlike[key] = marked
	return marked
}

// markKinds marks the changes of an element that the spot asks for.
func (w *work) markKinds(s spot, e *element, d *compat.Difference) bool {
	marked := false
	for _, at := range e.changes {
		f := &w.found[at]
		if slices.Contains(s.kinds, f.Kind) && (len(s.names) == 0 || slices.Contains(s.names, f.Name)) {
			w.hit(at, d)
			marked = true
		}
	}
	return marked
}

// markAny marks the changes of an element that clients may feel.
func (w *work) markAny(e *element, d *compat.Difference) bool {
	marked := false
	for _, at := range e.changes {
		if felt(w.found[at].Kind) {
			w.hit(at, d)
			marked = true
		}
	}
	return marked
}

// markInside marks such changes of what is inside an element, but not of what
// is inside that.
func (w *work) markInside(e *element, d *compat.Difference) bool {
	marked := false
	for _, x := range []*element{e, e.other} {
		if x == nil {
			continue
		}
		for _, child := range x.children {
			if child.family == symbols || child.family == parts || child.family == branches || child.family == oneofs {
				marked = w.markAny(child, d) || marked
			}
		}
	}
	return marked
}

// felt says that a change of a kind may change what values are read or written.
func felt(k Kind) bool {
	switch k {
	case DocChanged, TagAdded, TagRemoved, PropertyAdded, PropertyRemoved, PropertyChanged, OrderChanged, TextChanged, AliasesChanged:
		return false
	}
	return true
}

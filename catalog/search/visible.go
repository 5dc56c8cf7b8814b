package search

import (
	"iter"
	"slices"
)

// visible decides which documents of a view take part in a query: those that
// are live, pass the filter, and may be seen.
type visible struct {
	*view
	allowed func(Ref) bool
	asked   []uint8 // by entity: 0 not yet, 1 yes, 2 no
	// By set, whether it passes the filter; nil when the filter says nothing of it.
	inherited, own []bool
	// By range of the last time seen, the same; since says where they begin.
	ranges *seenFilter
	since  seenSince
}

func (v *view) visible(q *Query) *visible {
	vis := &visible{view: v, allowed: q.Allowed, since: q.seenSince()}
	if q.Allowed != nil {
		vis.asked = make([]uint8, v.entities())
	}
	conditions := q.Filter.And
	if len(q.Filter.Kinds) > 0 {
		kinds := Condition{Field: FacetKind}
		for _, k := range q.Filter.Kinds {
			kinds.AnyOf = append(kinds.AnyOf, string(k))
		}
		conditions = append(slices.Clone(conditions), kinds)
	}
	for _, c := range conditions {
		field, _ := facetNumber(c.Field)
		switch {
		case field == facetLastSeen:
			vis.ranges = c.narrowSeen(vis.ranges)
		case field < ownFacets:
			vis.inherited = c.narrow(vis.inherited, &v.inheritedSets, field)
		default:
			vis.own = c.narrow(vis.own, &v.ownSets, field)
		}
	}
	return vis
}

// narrow takes out the sets for which a condition does not hold.
func (c *Condition) narrow(passing []bool, s *sets, field uint8) []bool {
	if passing == nil {
		passing = make([]bool, s.len())
		for i := range passing {
			passing[i] = true
		}
	}
	named := make([]bool, len(s.values))
	for i, v := range s.values {
		named[i] = v.field == field && slices.Contains(c.AnyOf, v.value)
	}
	for i := range passing {
		has := slices.ContainsFunc(s.at(uint32(i)), func(v uint32) bool { return named[v] })
		passing[i] = passing[i] && has != c.Not
	}
	return passing
}

// passes says whether a document passes the filter.
func (v *visible) passes(doc, entity uint32) bool {
	return (v.inherited == nil || v.inherited[v.inheritedBy(doc, entity)]) && (v.own == nil || v.own[v.row(doc).own]) &&
		(v.ranges == nil || v.ranges[v.seenRange(entity)])
}

// seen says whether an entity is live and may be seen.
func (v *visible) seen(entity uint32) bool {
	if !v.live(entity) {
		return false
	}
	if v.asked == nil {
		return true
	}
	if v.asked[entity] == 0 {
		v.asked[entity] = 2
		if v.allowed(v.ref(entity)) {
			v.asked[entity] = 1
		}
	}
	return v.asked[entity] == 1
}

func (v *visible) has(doc uint32) bool {
	entity := v.entityOf(doc)
	return v.passes(doc, entity) && v.seen(entity)
}

// most adds to docs what of a run is visible and not there yet, until there
// are enough.
func (v *visible) most(docs []uint32, enough int, from, to uint32) []uint32 {
	for doc := from; doc < to && len(docs) < enough; doc++ {
		if v.has(doc) && !slices.Contains(docs, doc) {
			docs = append(docs, doc)
		}
	}
	return docs
}

// mostNamed is most for the documents that have a name.
func (v *visible) mostNamed(docs []uint32, enough int, name uint32) []uint32 {
	for _, doc := range v.segment.documents[inName].at(name) {
		docs = v.most(docs, enough, doc, doc+1)
	}
	return docs
}

// withWord counts the visible documents that have a word, up to enough.
func (v *visible) withWord(word string, enough int) int {
	var docs []uint32
	for name := range v.namesWith(word) {
		if docs = v.mostNamed(docs, enough, name); len(docs) == enough {
			return enough
		}
	}
	for sort := inPath; sort < sorts; sort++ {
		for text := range v.textsWith(sort, word) {
			for from, to := range v.eachRun(sort, text) {
				if docs = v.most(docs, enough, from, to); len(docs) == enough {
					return enough
				}
			}
		}
	}
	return len(docs)
}

// countWord counts all visible documents that have a word.
func (v *visible) countWord(word string, s *scratch) int {
	b := s.bitmap(v.size())
	s.used--
	for name := range v.namesWith(word) {
		b.add(v.segment.documents[inName].at(name))
	}
	for sort := inPath; sort < sorts; sort++ {
		v.addWord(b, sort, word)
	}
	n := 0
	for i := range b {
		for bits := range bitsOf(b[i]) {
			if v.has(uint32(i)*64 + bits) {
				n++
			}
		}
	}
	return n
}

// addWord adds the documents that have a word in texts of a sort other than
// names.
func (s *segment) addWord(b bitmap, sort int, word string) {
	for text := range s.textsWith(sort, word) {
		if list := s.documents[sort].at(text); inRuns[sort] {
			b.addRuns(list)
		} else {
			b.add(list)
		}
	}
}

// eachRun are the documents that have a text of some sort, in runs.
func (s *segment) eachRun(sort int, text uint32) iter.Seq2[uint32, uint32] {
	return func(yield func(from, to uint32) bool) {
		list := s.documents[sort].at(text)
		if !inRuns[sort] {
			for _, doc := range list {
				if !yield(doc, doc+1) {
					return
				}
			}
			return
		}
		for i := 0; i < len(list); i += 2 {
			if !yield(list[i], list[i+1]) {
				return
			}
		}
	}
}

// namesWith are the names in which a word is, and those that are the word when
// they are folded. One may come twice.
func (s *segment) namesWith(word string) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		if w := s.words.find(word); w > 0 {
			for _, name := range s.texts[inName].at(w) {
				if !yield(name) {
					return
				}
			}
		}
		from, to := s.folded(word)
		for name := from; name < to; name++ {
			if !yield(name) {
				return
			}
		}
	}
}

// folded are the names that are a word when they are folded.
func (s *segment) folded(word string) (from, to uint32) {
	from, _ = s.folds.find(word)
	for to = from; int(to) < s.folds.len() && s.folds.at(to) == word; {
		to++
	}
	return from, to
}

// textsWith are the texts of a sort other than names that have a word. One may
// come twice.
func (s *segment) textsWith(sort int, word string) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		if w := s.words.find(word); w > 0 {
			for _, text := range s.texts[sort].at(w) {
				if !yield(text) {
					return
				}
			}
		}
		if sort != inPath {
			return
		}
		from, to := s.folded(word)
		for _, path := range s.tails.between(from, to) {
			if !yield(path) {
				return
			}
		}
	}
}

// prefixed is the range of names whose fold begins with a text.
func (s *segment) prefixed(fold string) (from, to uint32) {
	from, _ = s.folds.find(fold)
	lo, hi := int(from), s.folds.len()
	for lo < hi {
		mid := (lo + hi) / 2
		if f := s.folds.at(uint32(mid)); len(f) >= len(fold) && f[:len(fold)] == fold {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return from, uint32(lo)
}

package registry

import "slices"

// referenced says whether a schema refers to exactly this version: one with a
// live version, or any.
func (s *Snapshot) referenced(subject Subject, number int32, deleted bool) bool {
	for range s.referrersOf(subject, number, deleted) {
		return true
	}
	return false
}

// referrersOf calls each with the contents that refer to a version, and their
// contexts, in no order, maybe more than once.
func (s *Snapshot) referrersOf(subject Subject, number int32, deleted bool) func(func(Context, *content) bool) {
	return func(yield func(Context, *content) bool) {
		list, _ := s.referrers.Get(subject)
		for _, f := range list.items {
			if f.version != number {
				continue
			}
			sp := s.space(f.context)
			x := sp.content(f.id)
			if x != nil && (deleted || x.live()) && !yield(f.context, x) {
				return
			}
		}
	}
}

// live says whether a live version holds a content.
func (c *content) live() bool {
	return slices.ContainsFunc(c.holders, func(h holder) bool { return !h.deleted })
}

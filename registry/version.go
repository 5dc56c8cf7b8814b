package registry

import (
	"slices"
)

// version is a version of a subject in memory. There are millions of them: the
// revision of its registration stands where the struct would have a gap.
type version struct {
	number   int32
	id       int32
	at       int64
	author   *author
	revision shortRevision
	deleted  bool
}

// author is who registered a version, and with which client: few texts for
// many versions.
type author struct{ by, client string }

// subject is the versions of one name of a context, ascending. It is
// immutable but for its tail: the newest copy may append behind what older
// ones see.
type subject struct {
	name     string
	versions growing[version]
	live     int
}

// find gives a version by its number.
func (s *subject) find(number int32) (*version, bool) {
	if s == nil {
		return nil, false
	}
	i, found := s.index(number)
	if !found {
		return nil, false
	}
	return &s.versions.items[i], true
}

func (s *subject) index(number int32) (int, bool) {
	return slices.BinarySearchFunc(s.versions.items, number, func(v version, n int32) int { return int(v.number) - int(n) })
}

// latest gives the highest live version.
func (s *subject) latest() (*version, bool) {
	if s == nil {
		return nil, false
	}
	for i := len(s.versions.items) - 1; i >= 0; i-- {
		if !s.versions.items[i].deleted {
			return &s.versions.items[i], true
		}
	}
	return nil, false
}

// next is the number that a new version gets (registry-api.md 4.4).
func (s *subject) next() int32 {
	if s == nil || len(s.versions.items) == 0 {
		return 1
	}
	return s.versions.items[len(s.versions.items)-1].number + 1
}

// has says whether the subject has a version: a live one, or any.
func (s *subject) has(deleted bool) bool {
	if s == nil {
		return false
	}
	return s.live > 0 || deleted && len(s.versions.items) > 0
}

// newestFirst calls each with the versions from the highest down, the
// soft-deleted ones too when asked.
func (s *subject) newestFirst(deleted bool) func(func(*version) bool) {
	return func(yield func(*version) bool) {
		if s == nil {
			return
		}
		for i := len(s.versions.items) - 1; i >= 0; i-- {
			if v := &s.versions.items[i]; (deleted || !v.deleted) && !yield(v) {
				return
			}
		}
	}
}

// shared is how many versions at the start of another copy are the very ones
// of this one.
func (s *subject) shared(other *subject) int {
	if s == nil {
		return 0
	}
	n := min(len(s.versions.items), len(other.versions.items))
	for i := range n {
		a, b := &s.versions.items[i], &other.versions.items[i]
		if a.number != b.number || a.id != b.id || a.at != b.at || a.deleted != b.deleted {
			return i
		}
	}
	return n
}

// put gives the subject with a version set, and the one that it replaced.
func (s *subject) put(by *line, v version) (next *subject, old *version) {
	next = &subject{name: s.name, live: s.live}
	i, found := s.index(v.number)
	if found {
		before := s.versions.items[i]
		old = &before
		next.versions = s.versions.set(by, i, v)
		if !old.deleted {
			next.live--
		}
	} else {
		next.versions = s.versions.insert(by, i, v)
	}
	if !v.deleted {
		next.live++
	}
	return next, old
}

// mark gives the subject with versions marked as deleted.
func (s *subject) mark(by *line, numbers []int32) *subject {
	next := &subject{name: s.name, live: s.live, versions: growing[version]{slices.Clone(s.versions.items), by}}
	for _, n := range numbers {
		if v, ok := next.find(n); ok && !v.deleted {
			v.deleted = true
			next.live--
		}
	}
	return next
}

// remove gives the subject without some versions, and those versions.
func (s *subject) remove(by *line, numbers []int32) (next *subject, gone []version) {
	next = &subject{name: s.name, live: s.live}
	next.versions = s.versions.delete(by, func(v version) bool {
		drop := slices.Contains(numbers, v.number)
		if drop {
			gone = append(gone, v)
			if !v.deleted {
				next.live--
			}
		}
		return drop
	})
	return next, gone
}

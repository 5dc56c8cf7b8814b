package registry

import "github.com/weir-registry/weir/feed"

// shortRevision is a revision in six bytes, which suffice for 89 years at
// 100,000 commits a second. Zero is a revision that is not known.
type shortRevision [6]byte

func shorten(r feed.Revision) (s shortRevision) {
	for i := range s {
		s[i] = byte(r >> (8 * i))
	}
	return s
}

func (s shortRevision) long() (r feed.Revision) {
	for i, b := range s {
		r |= feed.Revision(b) << (8 * i)
	}
	return r
}

package feed

import (
	"slices"
	"sort"
	"sync"
)

// Tail is the newest part of the log in memory: what hundreds of readers that
// follow the log ask for again and again. It is safe for concurrent use.
type Tail struct {
	limit int

	mu      sync.RWMutex
	from    Revision // changes holds everything after it
	changes []Change
	bytes   int
}

// NewTail makes an empty tail behind a revision. It keeps about limit bytes,
// for a moment twice as many.
func NewTail(from Revision, limit int) *Tail { return &Tail{from: from, limit: limit} }

// Note adds changes, which are whole revisions in order and share their memory
// with the tail. What it has already is passed over; where something is missing
// before them it begins anew.
func (t *Tail) Note(changes []Change) {
	t.mu.Lock()
	defer t.mu.Unlock()
	to := t.to()
	for len(changes) > 0 && changes[0].Revision <= to {
		changes = changes[1:]
	}
	if len(changes) == 0 {
		return
	}
	if changes[0].Revision != to+1 {
		t.from, t.changes, t.bytes = changes[0].Revision-1, nil, 0
	}
	t.changes = append(t.changes, changes...)
	for i := range changes {
		t.bytes += sizeOf(&changes[i])
	}
	if t.bytes > 2*t.limit {
		t.cut()
	}
}

// cut lets the oldest revisions go.
func (t *Tail) cut() {
	n := 0
	for n < len(t.changes) && (t.bytes > t.limit || n > 0 && t.changes[n].Revision == t.changes[n-1].Revision) {
		t.bytes -= sizeOf(&t.changes[n])
		n++
	}
	t.from = t.changes[n-1].Revision
	t.changes = slices.Clone(t.changes[n:])
}

// sizeOf is about how many bytes a change takes.
func sizeOf(c *Change) int {
	const fixed = 256
	return fixed + len(c.Command) + len(c.Actor) + len(c.Client) + len(c.Address) + len(c.RequestID) +
		len(c.Kind) + len(c.Key) + len(c.Before) + len(c.After)
}

func (t *Tail) to() Revision {
	if len(t.changes) == 0 {
		return t.from
	}
	return t.changes[len(t.changes)-1].Revision
}

// After gives the changes after a revision as [Log] does: about limit, and
// whole revisions. They must not be changed. ok is false when the tail no
// longer has them all.
func (t *Tail) After(after Revision, limit int) (changes []Change, ok bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if after < t.from {
		return nil, false
	}
	begin := sort.Search(len(t.changes), func(i int) bool { return t.changes[i].Revision > after })
	end := min(begin+max(limit, 1), len(t.changes))
	for end < len(t.changes) && t.changes[end].Revision == t.changes[end-1].Revision {
		end++
	}
	return t.changes[begin:end:end], true
}

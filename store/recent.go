package store

import (
	"slices"
	"sync"

	"github.com/weir-registry/weir/feed"
)

// remembered is how many changes a node keeps in mind.
const remembered = 4096

// recent is what this node has seen committed last, without a gap. With it a
// claim needs to look only at what others have committed since: the changes of
// the node's own last batches, which every command of the next would walk
// over while it holds the lock, are compared here.
type recent struct {
	mu      sync.Mutex
	from    feed.Revision // changes holds everything after it
	changes []committed
}

// committed is what a claim needs to know of a change.
type committed struct {
	revision feed.Revision
	command  commandID
	key      uint64
	touch    uint64 // 0 for none
}

// note adds changes that follow on each other.
func (r *recent) note(changes []committed) {
	r.mu.Lock()
	defer r.mu.Unlock()
	to := r.to()
	for len(changes) > 0 && changes[0].revision <= to {
		changes = changes[1:]
	}
	if len(changes) == 0 {
		return
	}
	if changes[0].revision != to+1 {
		r.from, r.changes = changes[0].revision-1, nil
	}
	r.changes = append(r.changes, changes...)
	if len(r.changes) > 2*remembered {
		cut := len(r.changes) - remembered
		for cut < len(r.changes) && r.changes[cut].revision == r.changes[cut-1].revision {
			cut++ // whole commands; one alone may have more changes than are remembered
		}
		r.from = r.changes[cut-1].revision
		r.changes = slices.Clone(r.changes[cut:])
	}
}

func (r *recent) to() feed.Revision {
	if len(r.changes) == 0 {
		return r.from
	}
	return r.changes[len(r.changes)-1].revision
}

// since gives the revision after which a proposal's claim must look, and
// whether it fails already. A proposal with a chain looks for itself: the
// links must be seen.
func (r *recent) since(p *proposal) (since feed.Revision, failed bool) {
	since = p.command.Read
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(p.chain) > 0 || since < r.from {
		return since, false
	}
	first, _ := slices.BinarySearchFunc(r.changes, since+1, func(c committed, to feed.Revision) int {
		return int(c.revision - to)
	})
	for _, c := range r.changes[first:] {
		if c.command == p.id {
			return since, false
		}
		if slices.Contains(p.reads, c.key) || c.touch != 0 && slices.Contains(p.reads, c.touch) {
			return since, true
		}
		since = c.revision
	}
	return max(since, r.to()), false
}

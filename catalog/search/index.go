package search

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Index is a searchable set of documents. All methods may be called at once;
// reading never waits for writing.
type Index struct {
	published atomic.Pointer[snapshot]
	write     sync.Mutex // held to publish, shortly
	merge     sync.Mutex // held through a merge
}

// Join makes one index of what was added to several builders, each of which a
// goroutine of the caller may have filled while the others filled theirs: a
// segment for each, made side by side. No Ref may stand in two. The builders
// are spent; of none comes an empty index. Its answers carry the revision.
func Join(revision string, builders ...*Builder) *Index {
	made := make([]*view, len(builders))
	var wait sync.WaitGroup
	for i, b := range builders {
		wait.Go(func() { made[i] = &view{segment: b.freeze(len(builders) > 1)} })
	}
	wait.Wait()
	s := &snapshot{revision: revision}
	for _, v := range made {
		if v.alive() > 0 {
			s.views = append(s.views, v)
		}
	}
	ix := &Index{}
	ix.published.Store(s)
	return ix
}

// Batch is a set of changes that become visible at once.
type Batch struct {
	// Put adds documents, each with all its members, or replaces those of the
	// same Ref. Of two with the same Ref the later one stays.
	Put []Document
	// Remove takes documents out; what is not there is no fault. It is done
	// before Put.
	Remove []Ref
	// Revision is what answers carry from now on.
	Revision string
}

// How small segments are joined in Apply: eight of one level, up to 512
// entities.
const (
	fanout      = 8
	mostAtOnce  = 512
	dueSegments = 32
	// alwaysJoined is up to how many entities Merge takes a segment along.
	alwaysJoined = 8 * mostAtOnce
)

// Apply makes the changes of a batch. Reads that begin after it returned see
// them.
func (ix *Index) Apply(batch Batch) {
	refs := slices.Clone(batch.Remove)
	b := NewBuilder()
	for i := range batch.Put {
		b.Add(&batch.Put[i])
		refs = append(refs, batch.Put[i].Ref)
	}
	var fresh *view
	if len(batch.Put) > 0 {
		fresh = &view{segment: b.freeze(true)}
	}
	ix.write.Lock()
	defer ix.write.Unlock()
	views := kill(ix.published.Load().views, refs)
	if fresh != nil {
		views = append(views, fresh)
	}
	ix.published.Store(&snapshot{views: joinSmall(views), revision: batch.Revision})
}

// joinSmall joins the newest segments while eight of like size stand together.
func joinSmall(views []*view) []*view {
	for len(views) >= fanout {
		tail := views[len(views)-fanout:]
		total, highest := tail[0].alive(), 0
		for _, v := range tail[1:] {
			total += v.alive()
			highest = max(highest, level(v.alive()))
		}
		if total > mostAtOnce || level(tail[0].alive()) > highest {
			break
		}
		views = append(slices.Clone(views[:len(views)-fanout]), join(tail))
	}
	return views
}

func level(n int) int {
	l := 0
	for n >= fanout {
		n /= fanout
		l++
	}
	return l
}

// Due says that Merge is worth its work: many segments, or many dead entities.
func (ix *Index) Due() bool {
	s := ix.published.Load()
	alive, gone := 0, 0
	for _, v := range s.views {
		alive += v.alive()
		gone += v.gone
	}
	return len(s.views) > dueSegments || gone > 1000 && gone > alive/4
}

// Merge joins segments: all small ones at the end of the list, each large one
// before them of which they are an eighth, and what stands behind a segment of
// which a fifth is dead. It works beside Apply and readers and holds what it
// joins twice for its time; of two merges at a time the second waits.
func (ix *Index) Merge() {
	ix.merge.Lock()
	defer ix.merge.Unlock()
	ix.write.Lock()
	old := ix.published.Load().views
	ix.write.Unlock()
	from := mergeFrom(old)
	if from == len(old) {
		return
	}
	ix.swap(old[from:], join(old[from:]))
}

// mergeFrom is the first of the views that are worth joining.
func mergeFrom(views []*view) int {
	from, newer, open := len(views), 0, true
	for i := len(views) - 1; i >= 0; i-- {
		v := views[i]
		switch {
		case v.gone*5 > v.alive():
			from, open = i, true
		case i == len(views)-1:
			// It joins if one before it does.
		case open && v.alive() <= max(8*newer, alwaysJoined):
			from = i
		default:
			open = false
		}
		newer += v.alive()
	}
	return from
}

// swap puts the joined view in the place of those it was made of, and marks
// dead in it what died in them meanwhile.
func (ix *Index) swap(old []*view, joined *view) {
	ix.write.Lock()
	defer ix.write.Unlock()
	now := ix.published.Load()
	var views []*view
	var died []Ref
	for _, o := range old {
		var cur *view
		for _, v := range now.views {
			if v.segment == o.segment {
				cur = v
			}
		}
		for e := range o.entities() {
			if o.live(e) && (cur == nil || !cur.live(e)) {
				died = append(died, o.ref(e))
			}
		}
	}
	placed := false
	for _, v := range now.views {
		mine := slices.ContainsFunc(old, func(o *view) bool { return o.segment == v.segment })
		if !mine {
			views = append(views, v)
			continue
		}
		if !placed {
			views = append(views, kill([]*view{joined}, died)...)
			placed = true
		}
	}
	ix.published.Store(&snapshot{views: views, revision: now.revision})
}

// Size counts the documents: entities, and entities with their members.
func (ix *Index) Size() (entities, documents int) {
	for _, v := range ix.published.Load().views {
		for e := range v.entities() {
			if v.live(e) {
				entities++
				documents += 1 + int(v.first[e+1]-v.first[e])
			}
		}
	}
	return entities, documents
}

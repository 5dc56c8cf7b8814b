package catalog

import (
	"context"
	"runtime"
	"sync"

	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/registry"
)

// indexing keeps the search index up to the view. Apply only notes what has
// changed; the documents are made when somebody asks, or by Run.
type indexing struct {
	noted sync.Mutex // held to note and to take what was noted
	// pending is nil until somebody makes the index: it will be made of a view
	// that has all that came before.
	pending *touched

	turn  chan struct{} // holds one while the index is brought up
	index *search.Index // nil until it is made
	at    string        // the revision that it has
	// stubs counts the subjects that have a tag by their schemas, and tagged
	// has the tags of each, for subjects that have any.
	stubs  map[string]int
	tagged map[registry.Subject][]string
}

func newIndexing() *indexing {
	return &indexing{turn: make(chan struct{}, 1)}
}

// note takes in what has changed and publishes the view that has it, in one.
func (x *indexing) note(t *touched, publish func()) {
	x.noted.Lock()
	defer x.noted.Unlock()
	if x.pending != nil {
		x.pending.add(t)
		if len(x.pending.subjects) > rebuildFrom {
			x.pending = newTouched()
			x.pending.everywhere = true
		}
	}
	publish()
}

// wanted says that somebody has made the index, or is about to.
func (x *indexing) wanted() bool {
	x.noted.Lock()
	defer x.noted.Unlock()
	return x.pending != nil
}

// take gives the newest view, and what changed since the last time.
func (x *indexing) take(c *Catalog) (*View, *touched) {
	x.noted.Lock()
	defer x.noted.Unlock()
	t := x.pending
	x.pending = newTouched()
	if t == nil {
		t = newTouched()
	}
	return c.view.Load(), t
}

// broughtUp gives the index with all that the node has applied. It is made by
// the first who asks; others wait for it as long as their ctx lasts.
func (c *Catalog) broughtUp(ctx context.Context) (*search.Index, error) {
	done, err := c.bringUp(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	return c.index.index, nil
}

// bringUp brings the index up to the view and keeps it so until done.
func (c *Catalog) bringUp(ctx context.Context) (done func(), err error) {
	x := c.index
	select {
	case x.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	v, t := x.take(c)
	switch {
	case x.index == nil, t.everywhere:
		x.rebuild(v)
	case !t.empty():
		x.update(v, t)
	case x.at != v.Cursor().String():
		x.index.Apply(search.Batch{Revision: v.Cursor().String()})
	}
	x.at = v.Cursor().String()
	return func() { <-x.turn }, nil
}

// rebuildFrom is from how many changed subjects on the index is made anew,
// which takes every core and leaves one segment for each.
const rebuildFrom = 20_000

// rebuild makes the index of a view.
func (x *indexing) rebuild(v *View) {
	var subjects []registry.Subject
	v.eachSubject("", "", true, func(s registry.Subject) bool {
		subjects = append(subjects, s)
		return true
	})
	for t := range v.said.annotated() {
		if all, _ := v.registry.Standing(t.Subject()); t.Kind == KindSubject && all == 0 {
			subjects = append(subjects, t.Subject())
		}
	}
	workers := max(1, min(runtime.GOMAXPROCS(0), len(subjects)/1000))
	feeders := make([]*feeder, workers)
	var wait sync.WaitGroup
	for i := range feeders {
		feeders[i] = &feeder{view: v, builder: search.NewBuilder(), tagged: map[registry.Subject][]string{}, sets: map[string][]string{}}
		share := subjects[i*len(subjects)/workers : (i+1)*len(subjects)/workers]
		feeders[i].builder.Expect(len(share))
		wait.Go(func() {
			for _, s := range share {
				feeders[i].subject(s)
			}
		})
	}
	wait.Wait()
	x.stubs, x.tagged = map[string]int{}, map[registry.Subject][]string{}
	builders := make([]*search.Builder, workers)
	for i, f := range feeders {
		builders[i] = f.builder
		for s, tags := range f.tagged {
			x.tagged[s] = tags
			for _, t := range tags {
				x.stubs[t]++
			}
		}
	}
	for ref := range v.others() {
		if d, ok := x.plain(v, ref); ok {
			builders[0].Add(&d)
		}
	}
	for name := range x.stubs {
		if ref := (Ref{Kind: KindTag, Name: name}); v.said.definition(ref) == nil {
			d, _ := x.plain(v, ref)
			builders[0].Add(&d)
		}
	}
	x.index = search.Join(v.Cursor().String(), builders...)
}

// update puts what has changed into the index.
func (x *indexing) update(v *View, t *touched) {
	subjects, refs := t.subjects, t.refs
	for c := range t.scopes {
		for s := range v.registry.SubjectsFrom(c, "") {
			subjects[s] = true
		}
	}
	for name := range t.topics {
		refs[name.ref()] = true
	}
	for ref := range refs {
		switch ref.Kind {
		case KindSubject, KindField, KindRecord:
			subjects[ref.Subject()] = true
		}
	}
	for s := range subjects {
		refs[Ref{Kind: KindContext, Name: string(s.Context)}] = true
		// A topic was last seen when its subjects were.
		for name := range topicsBy(v.registry, s, v.catalog.options.Cluster) {
			refs[name.ref()] = true
		}
		for _, kind := range []Kind{KindSchemaVersion, KindSchema} {
			name := s.Name
			if kind == KindSchema {
				name = ""
			}
			for said := range v.said.speaking(kind, string(s.Context), name) {
				refs[said] = true
			}
		}
	}
	batch := search.Batch{Revision: v.Cursor().String()}
	put := func(ref Ref, d search.Document, there bool) {
		if there {
			batch.Put = append(batch.Put, d)
		} else {
			batch.Remove = append(batch.Remove, searchRef(ref))
		}
	}
	for s := range subjects {
		l := v.logical(s)
		d, there := v.subjectDocument(s, l)
		put(subjectRef(s), d, there)
		for _, name := range x.retag(s, l) {
			refs[Ref{Kind: KindTag, Name: name}] = true
		}
	}
	for ref := range refs {
		if !indexed(ref) {
			continue
		}
		d, there := x.plain(v, ref)
		put(ref, d, there)
	}
	x.index.Apply(batch)
}

// retag counts the tags that a subject has by its schemas now, and gives those
// of which the first subject came or the last one went.
func (x *indexing) retag(s registry.Subject, l *logical) (turned []string) {
	var tags []string
	if l != nil {
		tags = l.tags
	}
	for _, t := range x.tagged[s] {
		if x.stubs[t]--; x.stubs[t] == 0 {
			delete(x.stubs, t)
			turned = append(turned, t)
		}
	}
	for _, t := range tags {
		if x.stubs[t]++; x.stubs[t] == 1 {
			turned = append(turned, t)
		}
	}
	if len(tags) == 0 {
		delete(x.tagged, s)
	} else {
		x.tagged[s] = tags
	}
	return turned
}

// plain is plainDocument for who holds the turn: of a tag it knows itself
// whether there is a stub.
func (x *indexing) plain(v *View, ref Ref) (search.Document, bool) {
	if ref.Kind == KindTag && v.said.definition(ref) == nil {
		if x.stubs[ref.Name] == 0 {
			return search.Document{}, false
		}
		e := &Entity{Ref: ref, Title: ref.Name, Status: Active}
		v.said.get(ref).fill(e)
		return v.document(e), true
	}
	return v.plainDocument(ref)
}

// indexed says whether an entity is a document of its own. What belongs to a
// subject is a member of it; people are found through what they own.
func indexed(ref Ref) bool {
	switch ref.Kind {
	case KindSubject, KindField, KindRecord, KindPerson:
		return false
	}
	return true
}

package registry

import (
	"strings"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry/tree"
)

// edit makes the next snapshot out of one: it copies what it changes, once.
type edit struct {
	snapshot *Snapshot
	owner    *tree.Owner
	// line says whose lists the edit may append to in place.
	line    *line
	authors map[author]*author
	// retired are the ids that lost their last version to an overwrite.
	retired []SchemaKey
}

// edit begins the next snapshot of a line.
func (s *Snapshot) edit(l *line) *edit {
	next := *s
	return &edit{snapshot: &next, owner: new(tree.Owner), line: l, authors: map[author]*author{}}
}

// done gives the snapshot; the edit must not be used again.
func (e *edit) done(revision feed.Revision) *Snapshot {
	e.snapshot.revision = max(revision, e.snapshot.revision)
	return e.snapshot
}

// space gives a context that may be changed.
func (e *edit) space(c Context) *space {
	sp := e.snapshot.space(c)
	switch {
	case sp == nil:
		sp = newSpace(c, e.owner)
	case sp.owner != e.owner:
		copied := *sp
		copied.owner = e.owner
		sp = &copied
	default:
		return sp
	}
	e.snapshot.contexts.Put(e.owner, c, sp)
	return sp
}

// putContent adds a content, with its references.
func (e *edit) putContent(c Context, x *content) {
	sp := e.space(c)
	sp.contents.put(e.owner, x.id, x)
	ids, ok := sp.guids.Get(x.guid)
	if ok {
		ids = ids.with(x.id)
	} else {
		ids = idList{first: x.id}
	}
	sp.guids.Put(e.owner, x.guid, ids)
	for _, r := range x.refs {
		e.refer(resolveSubject(c, r.Subject), referrer{r.Version, c, x.id})
	}
}

// removeContent forgets a content and its references.
func (e *edit) removeContent(c Context, x *content) {
	sp := e.space(c)
	sp.contents.put(e.owner, x.id, nil)
	if ids, ok := sp.guids.Get(x.guid); ok {
		if rest, left := ids.without(x.id); left {
			sp.guids.Put(e.owner, x.guid, rest)
		} else {
			sp.guids.Remove(e.owner, x.guid)
		}
	}
	for _, r := range x.refs {
		to := resolveSubject(c, r.Subject)
		list, _ := e.snapshot.referrers.Get(to)
		list = list.delete(e.line, func(f referrer) bool { return f.context == c && f.id == x.id })
		if len(list.items) == 0 {
			e.snapshot.referrers.Remove(e.owner, to)
		} else {
			e.snapshot.referrers.Put(e.owner, to, list)
		}
	}
}

func (e *edit) refer(to Subject, f referrer) {
	list, _ := e.snapshot.referrers.Get(to)
	if n := len(list.items); n > 0 && list.items[n-1] == f {
		return
	}
	e.snapshot.referrers.Put(e.owner, to, list.append(e.line, f))
}

// putVersion sets a version whose content is there.
func (e *edit) putVersion(s Subject, v version) {
	sp := e.space(s.Context)
	sp.listed = true
	sp.mark = max(sp.mark, v.id)
	sub := sp.subject(s.Name)
	if sub == nil {
		sub = &subject{name: s.Name}
	}
	next, old := sub.put(e.line, v)
	sp.subjects.Put(e.owner, s.Name, next)
	h := holder{next.name, v}
	if old != nil && old.id != v.id {
		e.retire(sp, old.id, h)
	}
	if x := sp.content(v.id); x != nil {
		sp.contents.put(e.owner, v.id, x.hold(h))
	}
}

// retire takes an overwritten version off its id. The last one stays the home
// of the id, which answers on (registry-api.md 4.4).
func (e *edit) retire(sp *space, id int32, h holder) {
	x := sp.content(id)
	if x == nil {
		return
	}
	x = x.release(h)
	if len(x.holders) == 0 {
		x.retired = &SubjectVersion{Subject{sp.name, h.name}, h.number}
		e.retired = append(e.retired, SchemaKey{sp.name, id})
	}
	sp.contents.put(e.owner, id, x)
}

// softDelete marks versions as deleted.
func (e *edit) softDelete(s Subject, numbers []int32) {
	sub := e.snapshot.subject(s)
	if sub == nil {
		return
	}
	sp, marked := e.space(s.Context), sub.mark(e.line, numbers)
	sp.subjects.Put(e.owner, s.Name, marked)
	for _, n := range numbers {
		v, ok := marked.find(n)
		if !ok {
			continue
		}
		if x := sp.content(v.id); x != nil {
			sp.contents.put(e.owner, v.id, x.hold(holder{sub.name, *v}))
		}
	}
}

// hardDelete removes versions, and with them the contents that nothing holds
// any more.
func (e *edit) hardDelete(s Subject, numbers []int32) {
	sub := e.snapshot.subject(s)
	if sub == nil {
		return
	}
	sp := e.space(s.Context)
	sub, gone := sub.remove(e.line, numbers)
	for _, v := range gone {
		x := sp.content(v.id)
		if x == nil {
			continue
		}
		x = x.release(holder{s.Name, v})
		if len(x.holders) == 0 {
			e.removeContent(s.Context, x)
		} else {
			sp.contents.put(e.owner, x.id, x)
		}
	}
	if len(sub.versions.items) == 0 {
		sp.subjects.Remove(e.owner, s.Name)
	} else {
		sp.subjects.Put(e.owner, s.Name, sub)
	}
}

// author gives the one copy of an author, whose texts are only borrowed.
func (e *edit) author(by, client string) *author {
	a := author{by, client}
	if a == (author{}) {
		return nil
	}
	if p := e.authors[a]; p != nil {
		return p
	}
	kept := &author{strings.Clone(by), strings.Clone(client)}
	e.authors[*kept] = kept
	return kept
}

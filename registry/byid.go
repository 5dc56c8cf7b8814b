package registry

import (
	"cmp"
	"context"
	"slices"

	"github.com/weir-registry/weir/auth"
)

// located is an id that was found in a context, maybe for one subject only.
type located struct {
	space   *space
	content *content
	// subject is the name that the search was narrowed to, with named.
	subject string
	named   bool
}

// locate looks for an id where a subject says (registry-api.md 7.2).
func (s *Snapshot) locate(id int32, subject string) *located {
	if subject == "" {
		return s.locateIn(DefaultContext, id)
	}
	in := ParseSubject(subject)
	switch {
	case in.Context == "*":
		return nil
	case in.Name == "":
		return s.locateIn(in.Context, id)
	}
	if l := s.locateUnder(in, id); l != nil || in.Context != DefaultContext {
		return l
	}
	for other := range s.namesakes(in) {
		if l := s.locateUnder(other, id); l != nil {
			return l
		}
	}
	return s.locateIn(DefaultContext, id)
}

func (s *Snapshot) locateIn(c Context, id int32) *located {
	sp := s.space(c)
	if x := sp.content(id); x != nil {
		return &located{space: sp, content: x}
	}
	return nil
}

// locateUnder looks for an id that a version of the subject holds.
func (s *Snapshot) locateUnder(in Subject, id int32) *located {
	l := s.locateIn(in.Context, id)
	if l == nil || len(l.content.heldBy(in.Name)) == 0 {
		return nil
	}
	l.subject, l.named = in.Name, true
	return l
}

// home gives the version that stands for the id: of the subject asked for, or
// of the first by name, the one written last.
func (l *located) home() (Subject, *version) {
	held := l.content.holders
	switch {
	case l.named:
		held = l.content.heldBy(l.subject)
	case len(held) > 1:
		held = l.content.heldBy(held[0].name)
	}
	name := l.subject
	if len(held) > 0 {
		name = held[0].name
	}
	return Subject{l.space.name, name}, lastOf(held, true)
}

func laterWritten(a, b *version) bool { return a.at > b.at || a.at == b.at && a.number > b.number }

// lastOf gives the version among holders that was written last, soft-deleted
// ones only when asked.
func lastOf(holders []holder, deleted bool) *version {
	var last *version
	for i := range holders {
		if v := &holders[i].version; (deleted || !v.deleted) && (last == nil || laterWritten(v, last)) {
			last = v
		}
	}
	return last
}

// SchemaByID is GET /schemas/ids/{id} (registry-api.md 7.2); subject is the
// query parameter as sent, after context prefix and alias. What the node knows
// it answers from memory; only a miss asks the database.
func (r *Registry) SchemaByID(ctx context.Context, id int32, subject string, fetchMaxID bool, o ReadOptions) (Stored, error) {
	if err := r.authorizeKind(ctx, auth.Read, "subject", subject); err != nil {
		return Stored{}, err
	}
	snap, l, err := r.locate(ctx, id, subject)
	if err != nil {
		return Stored{}, err
	}
	if l == nil {
		return Stored{}, refuse(CodeSchemaNotFound, "Schema %d not found", id)
	}
	a := l.answer()
	if fetchMaxID {
		a.MaxID = l.space.mark
	}
	err = r.shape(ctx, snap, l.space.name, &a, l.content, o)
	return a, err
}

func (l *located) answer() Stored {
	if name, v := l.home(); v != nil {
		return answer(name, v, l.content)
	}
	// Its last version was overwritten: the id answers on (4.4).
	home := value(l.content.retired, SubjectVersion{Subject: Subject{Context: l.space.name}})
	return answer(home.Subject, &version{number: home.Version}, l.content)
}

// locate looks again on a newer snapshot before it says no.
func (r *Registry) locate(ctx context.Context, id int32, subject string) (*Snapshot, *located, error) {
	snap := r.Snapshot()
	l := snap.locate(id, subject)
	if l == nil {
		if err := r.catchUp(ctx); err != nil {
			return nil, nil, storeFailed(err)
		}
		snap = r.Snapshot()
		l = snap.locate(id, subject)
	}
	return snap, l, nil
}

// SubjectsByID is GET /schemas/ids/{id}/subjects (registry-api.md 7.2): the
// subject of the query chooses the context only.
func (r *Registry) SubjectsByID(ctx context.Context, id int32, subject string, deleted bool, p Page) ([]string, error) {
	versions, err := r.versionsByID(ctx, id, subject, deleted)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, v := range versions {
		names = append(names, v.Subject.String())
	}
	return cut(names, p), nil
}

// VersionsByID is GET /schemas/ids/{id}/versions (registry-api.md 7.2).
func (r *Registry) VersionsByID(ctx context.Context, id int32, subject string, deleted bool, p Page) ([]SubjectVersion, error) {
	versions, err := r.versionsByID(ctx, id, subject, deleted)
	return cut(versions, p), err
}

// versionsByID gives one version for each subject that holds the id: the one
// written last with that content, even under another id of it.
func (r *Registry) versionsByID(ctx context.Context, id int32, subject string, deleted bool) ([]SubjectVersion, error) {
	if err := r.authorizeKind(ctx, auth.Read, "subject", subject); err != nil {
		return nil, err
	}
	_, l, err := r.locate(ctx, id, subject)
	if err != nil {
		return nil, err
	}
	if l == nil {
		return nil, refuse(CodeSchemaNotFound, "Schema not found")
	}
	if home := l.content.retired; home != nil {
		return []SubjectVersion{*home}, nil
	}
	last := map[string]*version{}
	for x := range l.space.known(l.content.guid) {
		if x.identity != l.content.identity {
			continue
		}
		for _, h := range x.holders {
			if len(l.content.heldBy(h.name)) > 0 && (deleted || !h.deleted) && (last[h.name] == nil || laterWritten(&h.version, last[h.name])) {
				last[h.name] = &h.version
			}
		}
	}
	var found []SubjectVersion
	for name, v := range last {
		found = append(found, SubjectVersion{Subject{l.space.name, name}, v.number})
	}
	slices.SortFunc(found, func(a, b SubjectVersion) int {
		return cmp.Or(compareFull(a.Subject, b.Subject), cmp.Compare(a.Version, b.Version))
	})
	return found, nil
}

// SchemaByGUID is GET /schemas/guids/{guid} (registry-api.md 7.2): the default
// context first, in each the lowest id.
func (r *Registry) SchemaByGUID(ctx context.Context, guid string, o ReadOptions) (Stored, error) {
	if err := r.authorizeKind(ctx, auth.Read, "subject", ""); err != nil {
		return Stored{}, err
	}
	snap := r.Snapshot()
	l := snap.locateGUID(guid)
	if l == nil {
		if err := r.catchUp(ctx); err != nil {
			return Stored{}, storeFailed(err)
		}
		snap = r.Snapshot()
		l = snap.locateGUID(guid)
	}
	if l == nil {
		return Stored{}, refuse(CodeSchemaNotFound, "Schema %s not found", guid)
	}
	a := l.answer()
	err := r.shape(ctx, snap, l.space.name, &a, l.content, o)
	a.Subject, a.Version = Subject{}, 0
	return a, err
}

func (s *Snapshot) locateGUID(text string) *located {
	guid, ok := ParseGUID(text)
	if !ok {
		return nil
	}
	for sp := range s.spaces {
		for x := range sp.known(guid) {
			return &located{space: sp, content: x}
		}
	}
	return nil
}

// IDsByGUID is GET /schemas/guids/{guid}/ids (registry-api.md 7.2): one id for
// each context, sorted by context.
func (r *Registry) IDsByGUID(ctx context.Context, guid string) ([]ContextID, error) {
	if err := r.authorizeKind(ctx, auth.Read, "subject", ""); err != nil {
		return nil, err
	}
	g, ok := ParseGUID(guid)
	if !ok {
		return nil, nil
	}
	var ids []ContextID
	for sp := range r.Snapshot().spaces {
		for x := range sp.known(g) {
			ids = append(ids, ContextID{sp.name, x.id})
			break
		}
	}
	return ids, nil
}

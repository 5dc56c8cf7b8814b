package registry

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/weir-registry/weir/auth"
)

// Subjects is GET /subjects (registry-api.md 6.1).
func (r *Registry) Subjects(ctx context.Context, f SubjectFilter) ([]string, error) {
	if err := r.authorizeKind(ctx, auth.Read, "subject", ""); err != nil {
		return nil, err
	}
	var names []string
	skip := max(f.Page.Offset, 0)
	for s := range r.Snapshot().matching(f.Prefix) {
		if f.DeletedOnly && s.live > 0 || !f.DeletedOnly && !s.has(f.Deleted) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		if f.Page.Limit >= 0 && len(names) >= f.Page.Limit {
			break
		}
		names = append(names, s.full.String())
	}
	return names, nil
}

// listed is a subject with its full name.
type listed struct {
	*subject
	full Subject
}

// prefix is a subjectPrefix (registry-api.md 6.1): names that begin with name
// in the contexts that begin with context, or in exactly one.
type prefix struct {
	every   bool
	open    bool // the context's name is itself only begun
	context Context
	name    string
}

func parsePrefix(text string) prefix {
	if name, ok := strings.CutPrefix(text, ":*:"); ok {
		return prefix{every: true, name: name}
	}
	if rest, ok := strings.CutPrefix(text, ":."); ok {
		context, name, closed := strings.Cut("."+rest, ":")
		return prefix{open: !closed, context: Context(context), name: name}
	}
	return prefix{context: DefaultContext, name: text}
}

// in says whether the subjects of a context may match.
func (p prefix) in(c Context) bool {
	switch {
	case p.every:
		return true
	case p.open:
		return c != DefaultContext && strings.HasPrefix(string(c), string(p.context))
	}
	return c == p.context
}

// covers says whether a subject's name is under the prefix.
func (p prefix) covers(s Subject) bool { return p.in(s.Context) && strings.HasPrefix(s.Name, p.name) }

// matching gives the subjects under a prefix, in the order of their full
// names. Where they are all of one context they are not gathered first, so that
// a short page of a long list is cheap.
func (s *Snapshot) matching(text string) iter.Seq[listed] {
	p := parsePrefix(text)
	var spaces []*space
	for sp := range s.spaces {
		if p.in(sp.name) && sp.subjects.Len() > 0 {
			spaces = append(spaces, sp)
		}
	}
	if len(spaces) == 1 {
		return func(yield func(listed) bool) { spaces[0].under(p, yield) }
	}
	return func(yield func(listed) bool) {
		var found []listed
		for _, sp := range spaces {
			sp.under(p, func(l listed) bool { found = append(found, l); return true })
		}
		slices.SortFunc(found, func(a, b listed) int { return compareFull(a.full, b.full) })
		slices.Values(found)(yield)
	}
}

// under calls yield with the subjects of a context under a prefix, in order.
func (sp *space) under(p prefix, yield func(listed) bool) {
	sp.subjects.From(p.name, func(name string, sub *subject) bool {
		if strings.HasPrefix(name, p.name) {
			return yield(listed{sub, Subject{sp.name, name}})
		}
		return compareNames(name, p.name) < 0
	})
}

// compareFull is the order of full names, without making them.
func compareFull(a, b Subject) int {
	if a.Context == b.Context {
		return compareNames(a.Name, b.Name)
	}
	return compareNames(a.String(), b.String())
}

// Versions is GET /subjects/{subject}/versions (registry-api.md 6.2).
func (r *Registry) Versions(ctx context.Context, s Subject, f VersionFilter) ([]int32, error) {
	if err := r.authorizeSubject(ctx, auth.Read, s); err != nil {
		return nil, err
	}
	snap := r.Snapshot()
	if !snap.exists(s, f.Deleted || f.DeletedOnly) {
		return nil, subjectNotFound(s)
	}
	var numbers []int32
	if sub := snap.subject(s); sub != nil {
		for _, v := range sub.versions.items {
			switch {
			case f.DeletedAsNegative && v.deleted:
				numbers = append(numbers, -v.number)
			case f.DeletedAsNegative, !f.DeletedOnly && (f.Deleted || !v.deleted), f.DeletedOnly && v.deleted:
				numbers = append(numbers, v.number)
			}
		}
	}
	return cut(numbers, f.Page), nil
}

// ReferencedBy is GET .../versions/{version}/referencedby (registry-api.md
// 6.3): ids by context, then id.
func (r *Registry) ReferencedBy(ctx context.Context, s Subject, v VersionArg, deleted bool, p Page) ([]int32, error) {
	if err := r.authorizeSubject(ctx, auth.Read, s); err != nil {
		return nil, err
	}
	snap, in, found, err := r.versionAnywhere(ctx, s, v, true)
	if err != nil {
		return nil, err
	}
	var refer []ContextID
	for c, x := range snap.referrersOf(in, found.number, deleted) {
		if len(x.holders) > 0 {
			refer = append(refer, ContextID{c, x.id})
		}
	}
	slices.SortFunc(refer, compareContextIDs)
	var ids []int32
	for _, x := range slices.Compact(refer) {
		ids = append(ids, x.ID)
	}
	return cut(ids, p), nil
}

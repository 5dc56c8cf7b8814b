package catalog

import (
	"context"
	"iter"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// View is all that the catalog knows at one revision. It is immutable.
// Methods with a context leave out, or refuse with *auth.DeniedError, what its
// principal may not read.
type View struct {
	catalog  *Catalog
	revision feed.Revision
	registry *registry.Snapshot
	said     *said
	topics   *gathering
	// memo is set where registry is not that of the node.
	memo *memo
}

// Revision is of the last change that the view has.
func (v *View) Revision() feed.Revision { return v.revision }

// Cursor is Revision with the epoch.
func (v *View) Cursor() feed.Cursor {
	return feed.Cursor{Epoch: v.catalog.options.Epoch, Revision: v.revision}
}

// with gives a view of the same revision with other contents: what would be
// after a dry run, what was.
func (v *View) with(s *said, r *registry.Snapshot) *View {
	next := *v
	next.said, next.registry = s, r
	if r != v.registry {
		next.memo = &memo{made: map[registry.Subject]*logical{}}
	}
	return &next
}

// Registry is the registry at the same revision.
func (v *View) Registry() *registry.Snapshot { return v.registry }

// Subjects gives the subjects of a context (or of all, ""), in order, those
// whose names begin with prefix, with soft-deleted ones if asked.
func (v *View) Subjects(ctx context.Context, in registry.Context, prefix string, deleted bool) iter.Seq[registry.Subject] {
	return func(yield func(registry.Subject) bool) {
		v.eachSubject(in, prefix, deleted, func(s registry.Subject) bool {
			return !v.mayRead(ctx, subjectRef(s)) || yield(s)
		})
	}
}

// SubjectsFrom is Subjects from a name on: what a cursor goes on with.
func (v *View) SubjectsFrom(ctx context.Context, from registry.Subject, deleted bool) iter.Seq[registry.Subject] {
	return func(yield func(registry.Subject) bool) {
		for s, live := range v.registry.SubjectsFrom(from.Context, from.Name) {
			if (deleted || live > 0) && v.mayRead(ctx, subjectRef(s)) && !yield(s) {
				return
			}
		}
	}
}

// eachSubject asks nobody.
func (v *View) eachSubject(in registry.Context, prefix string, deleted bool, yield func(registry.Subject) bool) {
	for c := range v.registry.Contexts() {
		if in != "" && c != in {
			continue
		}
		for s, live := range v.registry.SubjectsFrom(c, prefix) {
			if !beginsWith(s.Name, prefix) {
				break
			}
			if (deleted || live > 0) && !yield(s) {
				return
			}
		}
	}
}

func beginsWith(name, prefix string) bool {
	return len(name) >= len(prefix) && name[:len(prefix)] == prefix
}

func subjectRef(s registry.Subject) Ref {
	return Ref{Kind: KindSubject, Scope: string(s.Context), Name: s.Name}
}

// Versions gives the versions of a subject, oldest first, soft-deleted ones
// included.
func (v *View) Versions(ctx context.Context, s registry.Subject) ([]Version, error) {
	return v.AppendVersions(ctx, nil, s)
}

func versionOf(row registry.VersionRow) Version {
	return Version{
		Subject: row.Subject, Version: row.Version, ID: row.ID, Deleted: row.Deleted, At: row.At, By: row.By, Client: row.Client,
		Revision: int64(row.Revision),
	}
}

// VersionsOfSchema gives the versions that hold an id of a context, by subject,
// then version.
func (v *View) VersionsOfSchema(ctx context.Context, in registry.Context, id int32) ([]Version, error) {
	x, ok := v.registry.ContentOf(in, id)
	if !ok {
		return nil, &NotFoundError{schemaRef(in, id)}
	}
	return v.AppendHolders(ctx, nil, in, x)
}

// mayRead says whether the caller may read an entity.
func (v *View) mayRead(ctx context.Context, ref Ref) bool { return v.askRead(ctx, ref) == nil }

// askRead answers *auth.DeniedError when the caller may not read an entity. A
// topic that nothing but subjects tells of is seen through them: who may read
// none of them does not hear of it.
func (v *View) askRead(ctx context.Context, ref Ref) error {
	if v.catalog.allowsAll() {
		return nil
	}
	resource := resourceOf(ref)
	switch ref.Kind {
	case KindSchema:
		return v.askSchema(ctx, ref)
	case KindTopic:
		if err := v.catalog.options.Auth.Authorize(ctx, auth.Read, resource); err != nil {
			return err
		}
		return v.askTopic(ctx, ref)
	}
	return v.catalog.options.Auth.Authorize(ctx, auth.Read, resource)
}

// askSchema allows a schema to whom any of the subjects is allowed that hold
// it.
func (v *View) askSchema(ctx context.Context, ref Ref) error {
	x, ok := v.schemaOf(ref)
	if !ok {
		return v.catalog.options.Auth.Authorize(ctx, auth.Read, resourceOf(ref))
	}
	var denied error
	held := false
	for row := range x.Holders(registry.Context(ref.Scope)) {
		held = true
		err := v.askRead(ctx, subjectRef(row.Subject))
		if err == nil {
			return nil
		}
		denied = err
	}
	if !held {
		return v.catalog.options.Auth.Authorize(ctx, auth.Read, resourceOf(ref))
	}
	return denied
}

func (v *View) askTopic(ctx context.Context, ref Ref) error {
	links := v.topics.get().links(ref)
	if len(links) == 0 || v.said.speaksOf(ref) {
		return nil
	}
	var denied error
	for _, l := range links {
		if denied = v.askRead(ctx, subjectRef(l.Subject)); denied == nil {
			return nil
		}
	}
	return denied
}

// allowsAll says that nobody needs to be asked.
func (c *Catalog) allowsAll() bool {
	_, all := c.options.Auth.(auth.AllowAll)
	return all
}

package diff

import (
	"context"
	"strconv"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// VersionDiff is the diff of two versions of a subject.
type VersionDiff struct {
	Subject  registry.Subject
	From, To int32
	*Diff
}

// Versions compares two versions of a subject, soft-deleted ones included, at
// the level and the policy in its scope. registry.LatestVersion is the newest
// that is not soft-deleted, and Previous the one before To. From may be the
// newer one. Whoever asks must be allowed to read the subject (a
// *auth.DeniedError otherwise); what is not there is a *catalog.NotFoundError,
// and the errors of Between come back too.
func Versions(ctx context.Context, v *catalog.View, r *registry.Registry, s registry.Subject, from, to registry.VersionArg) (*VersionDiff, error) {
	list, err := v.Versions(ctx, s)
	if err != nil {
		return nil, err
	}
	after, err := find(list, s, to)
	if err != nil {
		return nil, err
	}
	before := after
	if from == Previous {
		before = previous(list, after)
	} else if before, err = find(list, s, from); err != nil {
		return nil, err
	}
	a, err := sideOf(ctx, v.Registry(), r, before)
	if err != nil {
		return nil, err
	}
	b, err := sideOf(ctx, v.Registry(), r, after)
	if err != nil {
		return nil, err
	}
	d, err := Between(ctx, a, b, optionsOf(v.Registry(), r, s))
	if err != nil {
		return nil, err
	}
	return &VersionDiff{Subject: s, From: before.Version, To: after.Version, Diff: d}, nil
}

// Previous is, for From, the version before To that is not soft-deleted; To
// itself when there is none.
const Previous registry.VersionArg = -2

// Proposed compares the newest version of a subject with a schema that is not
// registered yet: what registering it would change. Its refusals of the text
// are those of a registration (*registry.Error). From is 0 where the subject
// has no version yet: then there is nothing to compare, and no change.
func Proposed(ctx context.Context, v *catalog.View, r *registry.Registry, s registry.Subject, body registry.SchemaBody) (*VersionDiff, error) {
	parsed, err := r.ParsedBody(ctx, v.Registry(), s, body)
	if err != nil {
		return nil, err
	}
	o := optionsOf(v.Registry(), r, s)
	d := &VersionDiff{Subject: s, Diff: &Diff{Compatible: true, Level: o.level()}}
	latest, ok := v.Registry().LatestOf(s)
	if !ok {
		return d, nil
	}
	list, err := v.Versions(ctx, s)
	if err != nil {
		return nil, err
	}
	before, err := find(list, s, registry.VersionArg(latest.Version))
	if err != nil {
		return nil, err
	}
	a, err := sideOf(ctx, v.Registry(), r, before)
	if err != nil {
		return nil, err
	}
	d.From = before.Version
	d.Diff, err = Between(ctx, a, Side{Schema: parsed, Metadata: body.Metadata, Rules: body.Rules}, o)
	return d, err
}

// find gives a version of a list, oldest first.
func find(list []catalog.Version, s registry.Subject, want registry.VersionArg) (*catalog.Version, error) {
	for i := len(list) - 1; i >= 0; i-- {
		v := &list[i]
		if want == registry.LatestVersion && !v.Deleted || int32(want) == v.Version {
			return v, nil
		}
	}
	ref := catalog.Ref{Kind: catalog.KindSchemaVersion, Scope: string(s.Context), Name: s.Name, Part: "latest"}
	if want != registry.LatestVersion {
		ref.Part = strconv.Itoa(int(want))
	}
	return nil, &catalog.NotFoundError{Ref: ref}
}

// previous gives the live version before one.
func previous(list []catalog.Version, of *catalog.Version) *catalog.Version {
	found := of
	for i := range list {
		if list[i].Version >= of.Version {
			break
		}
		if !list[i].Deleted {
			found = &list[i]
		}
	}
	return found
}

func sideOf(ctx context.Context, s *registry.Snapshot, r *registry.Registry, v *catalog.Version) (Side, error) {
	x, ok := s.ContentOf(v.Subject.Context, v.ID)
	if !ok {
		return Side{}, &catalog.NotFoundError{Ref: catalog.Ref{
			Kind: catalog.KindSchema, Scope: string(v.Subject.Context), Name: strconv.Itoa(int(v.ID)),
		}}
	}
	parsed, err := r.ParsedContent(ctx, s, v.Subject.Context, x)
	if err != nil {
		return Side{}, err
	}
	return Side{Schema: parsed, Metadata: x.Metadata(), Rules: x.Rules()}, nil
}

func optionsOf(s *registry.Snapshot, r *registry.Registry, scope registry.Subject) Options {
	return Options{Level: r.CompatibilityOf(s, scope).Level, Policy: r.PolicyOf(s, scope)}
}

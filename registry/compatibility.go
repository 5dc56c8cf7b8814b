package registry

import (
	"context"
	"errors"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/compat"
)

// CompatOptions are how a compatibility check is asked for.
type CompatOptions struct {
	Normalize bool
	// Verbose answers a schema that is none with a verdict, too.
	Verbose bool
	// Warnings asks for what is worth a warning beside the verdict
	// (compatibility.md 9.2).
	Warnings bool
}

// Compatibility is POST /compatibility/... (registry-api.md 5.8); v nil
// compares with all versions by the level in scope.
func (r *Registry) Compatibility(ctx context.Context, s Subject, v *VersionArg, body SchemaBody, o CompatOptions) (CompatAnswer, error) {
	if err := r.authorizeSubject(ctx, auth.Read, s); err != nil {
		return CompatAnswer{}, err
	}
	snap := r.Snapshot()
	versions, err := snap.compared(s, v)
	if err != nil {
		return CompatAnswer{}, err
	}
	answer, err := r.check(ctx, snap, s, versions, body, o)
	var refusal *Error
	if o.Verbose && errors.As(err, &refusal) && refusal.Code == CodeInvalidSchema {
		return CompatAnswer{Messages: []string{refusal.Message}}, nil
	}
	return answer, err
}

// compared gives the versions to compare with, newest first.
func (s *Snapshot) compared(name Subject, v *VersionArg) ([]*version, error) {
	sub := s.subject(name)
	var versions []*version
	switch {
	case v == nil:
		for v := range sub.newestFirst(false) {
			versions = append(versions, v)
		}
	case *v == LatestVersion:
		if latest, ok := sub.latest(); ok {
			versions = []*version{latest}
		}
	default:
		named, ok := sub.find(int32(*v))
		if !ok || named.deleted {
			return nil, versionNotFound(int32(*v))
		}
		versions = []*version{named}
	}
	return versions, nil
}

func (r *Registry) check(ctx context.Context, snap *Snapshot, s Subject, versions []*version, body SchemaBody, o CompatOptions) (CompatAnswer, error) {
	if err := r.knownType(body.Type); err != nil {
		return CompatAnswer{}, err
	}
	if body.blank() {
		return CompatAnswer{}, invalidSchema("Empty schema")
	}
	rules := r.rulesFor(snap, s)
	c, err := r.read(ctx, snap, s, body, reading{
		strict: rules.validateNew, validateFields: rules.validateFields, normalize: o.Normalize || rules.normalize,
	})
	if err != nil {
		return CompatAnswer{}, err
	}
	return r.compare(ctx, snap, s, &wanted{canon: c, metadata: body.Metadata, rules: body.Rules}, &rules, versions, o.Warnings)
}

// CompatAnswer is the answer of a compatibility check (registry-api.md 5.8).
type CompatAnswer struct {
	Compatible bool
	// Messages are the wire's texts, in order; filled whenever the verdict is
	// no, or when verbose was asked (then maybe empty).
	Messages []string
	// Result is what the check found, for the structured twin.
	Result compat.Result
}

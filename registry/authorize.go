package registry

import (
	"context"

	"github.com/weir-registry/weir/auth"
)

// authorizeSubject asks whether the caller may do something to a subject.
func (r *Registry) authorizeSubject(ctx context.Context, action auth.Action, s Subject) error {
	return r.opts.Auth.Authorize(ctx, action, auth.Resource{Kind: "subject", Name: s.String()})
}

// authorizeKind asks about anything else.
func (r *Registry) authorizeKind(ctx context.Context, action auth.Action, kind, name string) error {
	return r.opts.Auth.Authorize(ctx, action, auth.Resource{Kind: kind, Name: name})
}

// storeFailed makes the refusal of what the database could not do.
func storeFailed(err error) error {
	return &Error{CodeStore, "The store is not available", err}
}

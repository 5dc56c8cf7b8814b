package registry

import (
	"context"
	"errors"
	"fmt"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
)

// authorizeSubject asks whether the caller may do something to a subject.
func (r *Registry) authorizeSubject(ctx context.Context, action auth.Action, s Subject) error {
	return r.opts.Auth.Authorize(ctx, action, auth.Resource{Kind: "subject", Name: s.String()})
}

// authorizeKind asks about anything else.
func (r *Registry) authorizeKind(ctx context.Context, action auth.Action, kind, name string) error {
	return r.opts.Auth.Authorize(ctx, action, auth.Resource{Kind: kind, Name: name})
}

// storeFailed says that the database could not be asked: the caller may try
// again, and must not take it for "not there".
func storeFailed(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, feed.ErrUnavailable) {
		return err
	}
	return fmt.Errorf("%w: %w", feed.ErrUnavailable, err)
}

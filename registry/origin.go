package registry

import (
	"context"

	"github.com/weir-registry/weir/feed"
)

type originKey struct{}

type revisionKey struct{}

// WithOrigin gives a context that says who asks, for the audit trail and for
// the "by" and "client" of new versions.
func WithOrigin(ctx context.Context, o feed.Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// OriginOf gives who asks, empty when nobody said.
func OriginOf(ctx context.Context) feed.Origin {
	o, _ := ctx.Value(originKey{}).(feed.Origin)
	return o
}

// WithRevision gives a context that makes a write report where it was
// committed: every command that commits under it sets *at (the last one wins).
// It stays zero when nothing was written.
func WithRevision(ctx context.Context, at *feed.Cursor) context.Context {
	return context.WithValue(ctx, revisionKey{}, at)
}

// ReportRevision tells whoever asked by WithRevision where a command was
// committed.
func ReportRevision(ctx context.Context, at feed.Cursor) {
	if p, ok := ctx.Value(revisionKey{}).(*feed.Cursor); ok && p != nil {
		*p = at
	}
}

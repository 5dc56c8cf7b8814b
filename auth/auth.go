// Package auth says who asks, and whether they may.
//
// The edge puts a [Principal] into the context ([With]); every domain method
// asks [Authorizer.Authorize] before it does anything. Until access rules are
// configured everything is allowed ([AllowAll]). The package knows no
// transport and no domain.
package auth

import "context"

// Principal is who asks.
type Principal struct {
	// Name is empty for an anonymous caller.
	Name string
}

// Action is what is asked for.
type Action string

// The actions that the registry asks about.
const (
	Read   Action = "read"
	Write  Action = "write"
	Delete Action = "delete"
	Admin  Action = "admin"
)

// Resource is what the action touches: a kind and a name in that kind's terms.
type Resource struct {
	Kind string // "subject", "config", "mode", "context", "association", "kek", "exporter"
	Name string // qualified name; empty for all
}

// Authorizer decides.
type Authorizer interface {
	// Authorize answers nil, or *DeniedError.
	Authorize(ctx context.Context, action Action, resource Resource) error
}

// DeniedError is the answer no.
type DeniedError struct {
	Principal Principal
	Action    Action
	Resource  Resource
}

func (e *DeniedError) Error() string {
	return "principal " + e.Principal.Name + " may not " + string(e.Action) + " " + e.Resource.Kind + " " + e.Resource.Name
}

// AllowAll allows everything: what holds until access rules are configured.
type AllowAll struct{}

// Authorize allows.
func (AllowAll) Authorize(context.Context, Action, Resource) error { return nil }

type contextKey struct{}

// With gives a context that carries the principal.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// From gives the principal of a context, anonymous when there is none.
func From(ctx context.Context) Principal {
	p, _ := ctx.Value(contextKey{}).(Principal)
	return p
}

package model

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
)

// Principal is the GraphQL type of that name.
type Principal struct {
	ID   string
	Name string
	Kind string
}

// The kinds of principals.
const (
	principalUser      = "USER"
	principalAnonymous = "ANONYMOUS"
	principalSystem    = "SYSTEM"
)

// systemName is who made what nobody asked for (catalog-api.md section 9).
const systemName = "system"

// principalOf gives who said something; nil for what a schema says.
func principalOf(name string) *Principal {
	if name == "" {
		return nil
	}
	return actor(name)
}

// actor gives who did something: an anonymous caller where there is no name.
func actor(name string) *Principal {
	kind := principalUser
	switch name {
	case "":
		kind = principalAnonymous
	case systemName:
		kind = principalSystem
	}
	return &Principal{IDOf(catalog.Ref{Kind: kindPrincipal, Name: name}), name, kind}
}

// Viewer is who asks.
func Viewer(ctx context.Context) *Principal { return actor(auth.From(ctx).Name) }

func compareText(a, b string) int { return strings.Compare(a, b) }

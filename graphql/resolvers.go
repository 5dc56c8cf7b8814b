package graphql

import "github.com/weir-registry/weir/graphql/generated"

// resolvers are the roots of the graph; everything below them is bound to
// package model.
type resolvers struct{ *server }

type (
	queries       struct{ *server }
	mutations     struct{ *server }
	subscriptions struct{ *server }
)

// Query implements [generated.ResolverRoot].
func (r *resolvers) Query() generated.QueryResolver { return &queries{r.server} }

// Mutation implements [generated.ResolverRoot].
func (r *resolvers) Mutation() generated.MutationResolver { return &mutations{r.server} }

// Subscription implements [generated.ResolverRoot].
func (r *resolvers) Subscription() generated.SubscriptionResolver { return &subscriptions{r.server} }

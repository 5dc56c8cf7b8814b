// Package confluent serves /catalog/graphql: the read-only subset of
// Confluent's catalog over GraphQL that its clients ask for (catalog-api.md
// section 8). It is an executable schema of its own; nothing of its shape is in
// our /graphql.
//
// # What comes in
//
// Operations over POST and GET, through graphql/request. The root fields are
// types of entities; their arguments say which: where (criteria.go), tags,
// business_metadata, deleted, in which order (order.go) and which page
// (page.go).
//
// # What goes out
//
// Lists of entities out of one view of the catalog, made by catalog/confluent
// and bound to GraphQL types in the package entity below. Entities are made one
// by one as the catalog's listing gives them, and no more of them than the page
// needs; only order_by looks at all that are meant, and keeps the page.
//
// # Limits
//
// A page has 100 entities when no limit is given and 1,000 at most. An
// operation is bounded in bytes, tokens, depth, aliases, complexity, entities
// reached through relations, and time ([Limits]). There are no mutations, no
// subscriptions and no batches.
//
// # How it is made
//
// schemagen writes the schema from the types and attributes of
// catalog/confluent; gqlgen writes generated from that, where package lists
// makes the lists. Both are checked in, and `make check` compares.
//
// rest mounts [New]'s handler and knows no more of it than that; who asks comes
// in the request's context.
package confluent

//go:generate go run ./schemagen
//go:generate go tool gqlgen generate --config gqlgen.yml
//go:generate go run ../lists/listgen generated

// Package graphql is weir's own GraphQL API, served at /graphql: all that the
// catalog and the registry know, in one graph, and all that people may change of
// it. (The compatibility subset of /catalog/graphql is package confluent below.)
//
// In come requests over HTTP: queries and mutations as POST, subscriptions as
// POST that accept server-sent events, queries that were sent before as GET with
// their hash; a browser that opens the page gets an explorer, which needs no
// network. Out go answers of catalog-api.md section 10.
//
// The schema is written first, in the *.graphqls files; gqlgen makes
// graphql/generated of it, where package lists makes the lists. Package model
// has the types, with the fields that are looked up in memory; the resolvers
// here are the roots: queries, mutations and the subscription, by noun. They
// read one view of the catalog for each operation and parse no schema. What a
// caller did wrong in a mutation is data (UserError); everything else that fails
// is an error with a code, by the one table of errors.go.
//
// What may be asked is limited before it runs ([Limits]): bytes, tokens, depth,
// aliases, fields, cost, time.
//
// The package knows catalog, registry and gqlgen; rest mounts its handler and
// knows nothing of it.
package graphql

//go:generate go tool github.com/99designs/gqlgen generate --config gqlgen.yml
//go:generate go run ./lists/listgen generated

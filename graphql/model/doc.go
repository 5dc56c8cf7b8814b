// Package model is what the types of the GraphQL schema are in Go: a struct for
// each, whose fields and methods gqlgen binds the fields of the schema to
// (graphql/gqlgen.yml).
//
// In come refs and what package catalog says of them; out go values that
// graphql/generated writes. A [Reader] reads one view for one operation, so that
// all of an answer is of one revision. Methods that only look into memory take
// no context, since gqlgen runs a method that takes one in a goroutine of its
// own; they use that of the operation, which the Reader carries. The few that ask
// the change log take theirs.
//
// It knows catalog and registry, and is known to graphql and graphql/generated.
// It parses no schema.
//
// The rules are those of catalog-api.md section 10.
package model

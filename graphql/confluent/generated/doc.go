// Package generated is what gqlgen makes of the schema of /catalog/graphql: it
// reads arguments, calls the resolvers, marshals what they give, and answers
// introspection. Only this comment is written by hand; `go generate` of
// graphql/confluent, which alone imports the package, writes the rest.
package generated

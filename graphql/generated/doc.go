// Package generated is what gqlgen writes from graphql/*.graphqls: the executable
// schema and its input types. In goes an operation that was checked, out come
// calls of package graphql's resolvers; nobody else uses it and nobody edits it
// ("go generate ./graphql", which make check compares).
package generated

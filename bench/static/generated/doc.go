// Package generated is what gqlgen makes of bench/static's schema: the executor
// of the limit of bench's row G1. In come resolvers, out goes an executable
// schema. Only package bench uses it; nobody edits it.
package generated

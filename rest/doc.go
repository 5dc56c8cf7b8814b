// Package rest is the registry's wire: HTTP in, the domain's methods called,
// HTTP out, byte for byte what a Confluent client expects
// (wire/registry-api.md, cited by section); and that of Confluent's catalog
// under /catalog/v1 (wire/catalog-api.md; the files catalog_*).
//
// In come requests; each is taken apart by hand (path.go, prefix.go, query.go,
// media.go, body.go), finds its endpoint in one table (routes.go), calls one
// method of registry.Registry, and is answered with appended bytes
// (answer.go, the encode files). What the domain refuses becomes status,
// error_code and message in one place (errors.go). One middleware, [Server]'s
// ServeHTTP, does request id, authentication, metrics and access log.
//
// The router is our own and not net/http's ServeMux, because the wire asks for
// what a ServeMux does otherwise: encoded slashes and points stay inside their
// segment, a segment may be "." and is not folded away, matrix parameters are
// cut off, a trailing slash is the same path, 405 comes without a list and
// OPTIONS with one in a fixed order, and the prefix /contexts/{c} and the
// aliases of subjects rewrite segments before a path is looked up.
//
// The package knows registry, catalog, feed (only how far the node has come),
// auth and net/http; it knows neither a store nor a file. cmd/weir makes a
// [Server] and runs it.
package rest

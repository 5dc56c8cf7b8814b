// Package registry is the schema registry itself: contexts, subjects,
// versions, ids, configs, modes and associations, and the rules of who may
// follow whom.
//
// Reads answer from an immutable [Snapshot] that is loaded at start and then
// follows the feed change by change; they touch neither lock nor database.
// Writes check a request against the snapshot and propose a [feed.Command],
// which the store commits under the commit lock. What goes in and out are
// plain values and typed errors (error.go); package rest turns them into the
// wire's bodies. The package knows package schema (to parse), compat (to
// judge), feed (to commit and follow) and auth; it knows no SQL and no HTTP.
//
// The rules are those of wire/registry-api.md, cited by section.
package registry

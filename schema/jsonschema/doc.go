// Package jsonschema reads JSON Schema texts of draft-04, 06, 07, 2019-09 and
// 2020-12.
//
// In comes a text with the texts that it refers to; out comes a [Schema] with
// its canonical text, its tags and outline, and the tree of [Node] values by
// which package compat compares two schemas. A text passes four stages:
//
//	text ── scanDepth ── reader ──> Value ── classic or modern ──> Node
//
// The scanner bounds the nesting before anything recurses; the reader takes
// JSON as the real registry's reader does and keeps places and the text of
// numbers; the loader of the dialect (drafts 4 to 7, or the two newer ones)
// checks each keyword that it reads, follows references among the texts at
// hand and the bundled meta-schemas, and builds the tree.
//
// The rules are those of wire/compatibility.md 2.1, 2.3, 3, 4 and 7.1 and of
// wire/registry-api.md 14; oddities of the two Java loaders are rules here,
// because they decide what is accepted and what counts as a change. Nothing is
// ever read from the network or from a file.
package jsonschema

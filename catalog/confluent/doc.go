// Package confluent says the catalog in Confluent's words: entity types
// (sr_field, kafka_topic …), qualified names, attributes (catalog-api.md
// section 6). The REST of /catalog/v1 and the GraphQL of /catalog/graphql both
// stand on it, so that they cannot differ.
//
// # What comes in
//
// A type and a qualified name in any spelling that clients use ([Names.Parse]),
// or a [Selection] of entities; and the [catalog.View] to look in.
//
// # What goes out
//
// A [Name] taken apart, with its one canonical spelling ([Names.Format]); the
// [Entity] that it names, with attributes, tags and business metadata; and its
// catalog.Refs, on which writes hang.
//
// The two catalogs are cut differently. Confluent's sr_schema, sr_record and
// sr_field belong to a schema id, and an id may be used by several subjects and
// a field live through many ids. Ours hangs what people say on the subject, the
// record, the logical field. So a name with a schema id stands for the things
// of every subject that uses the id ([Entity.Refs]), and what is said there is
// seen under every id that has the thing (section 9, rule 3): tags follow to
// later versions, as Confluent's do. Only tags that stand in a schema's text
// are those of the id asked for.
//
// # Who may know it
//
// rest and graphql/confluent. It knows catalog and registry, no transport.
package confluent

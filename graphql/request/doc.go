// Package request reads GraphQL requests off HTTP and refuses what is too much:
// the part that the servers of /graphql and /catalog/graphql have in common.
//
// In come HTTP requests; [Post], [Get] and [Stream] take them apart, ask a gqlgen
// executor, and write its answer. They stand in for gqlgen's own transports,
// which read bodies of any length and repeat a body that they cannot decode
// (catalog-api.md section 10: never echo it). [Limits] refuses documents that
// are too deep, have too many aliases, or grow too large when their fragments
// are put in (wire/validation.md section 9); gqlgen has none of the three.
//
// What is refused before it runs carries a code in extensions.code; a limit
// is answered 400 (validation.md has it so for the length of the body too),
// another media type 415. Documents that do not parse or fit the schema are 200 with errors for those who ask for
// application/json, as GraphQL over HTTP has it for that type, and 400 for those
// who ask for application/graphql-response+json.
//
// The package knows gqlgen and net/http, and no schema.
package request

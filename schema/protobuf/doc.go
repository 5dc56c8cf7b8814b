// Package protobuf reads Protobuf schemas as the recorded registry does.
//
// In comes a [schema.Source]: the text of a .proto file, or a
// FileDescriptorProto in base64, with the texts that it refers to. Out comes a
// [Schema]: a syntax tree ([File]) whose type names resolve, its canonical
// text, its normal form, its descriptor, its tags and its outline. Package
// compat compares trees; nothing else looks inside them.
//
// The text reader is hand-written to the rules of wire/compatibility.md 2.4,
// because they are both looser and stranger than the language: words may hold
// hyphens and stand in brackets, numbers are not checked, a comment behind a
// field must end its line. In outline:
//
//	file     = { ";" | syntax | package | import | option | message | enum |
//	             extend | service | reserved } .
//	message  = "message" name "{" { ";" | field | oneof | option | reserved |
//	             extensions | extend | message | enum } "}" .
//	field    = [ label ] ( type name | "group" word ) "=" int ... .
//	type     = word { "." word } | "map" "<" type "," type ">" .
//	option   = "option" name { "." name } "=" value ";" .
//	value    = word | string { string } | "{" { name [ ":" ] value [ "," | ";" ] } "}" |
//	             "[" [ value { "," value } [ "," ] ] "]" .
//	name     = word | "(" word ")" | "[" word "]" .
//	word     = ( letter | digit | "_" | "-" | "." ) { ... } .
//
// Descriptors are read and written with the Protobuf runtime, and the bundled
// google/protobuf imports come from bufbuild/protocompile, which also links a
// descriptor whose custom options have to be read. A scanner bounds size and
// depth before anything else sees a text (wire/validation.md 9). The package
// reads no file and no network and keeps no state but the bundle of a
// [Parser].
package protobuf

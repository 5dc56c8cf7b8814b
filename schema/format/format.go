// Package format puts the three schema languages together, for those who have
// a type and a text: what comes out is a [schema.Formats] that reads any of
// them. It is the one package that knows all three; nothing below cmd, tests
// and bench imports it.
package format

import (
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
	"github.com/weir-registry/weir/schema/jsonschema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// All are the languages of the wire (registry-api.md 7.2).
func All() schema.Formats {
	return schema.Formats{
		schema.Avro:     avro.Parser{},
		schema.JSON:     jsonschema.Parser{},
		schema.Protobuf: &protobuf.Parser{},
	}
}

package compat

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/schema/avro"
)

// hint is the smallest change to the new schema that would pass. NewReads says
// that the new schema is the reader of the difference.
func (d *avroDiff) hint(newReads bool) string {
	if newReads {
		return d.hintForReader()
	}
	return d.hintForWriter()
}

func (d *avroDiff) hintForReader() string {
	switch d.code {
	case fieldMissingDefault:
		return fmt.Sprintf("Give the field %q of %s a default, such as \"default\": %s.",
			d.field.Name, d.reader.Named.Full, sampleDefault(d.field.Type))
	case nameMismatch:
		return fmt.Sprintf("Add %q to the aliases of %s.", d.writer.Named.Full, d.reader.Named.Full)
	case fixedSizeMismatch:
		return fmt.Sprintf("Keep the size %d of %s.", d.writer.Named.Size, d.reader.Named.Full)
	case missingEnumSymbols:
		return fmt.Sprintf("Keep the symbols %s in %s, or give the enum a default.", some(d.symbols), d.reader.Named.Full)
	case missingUnionBranch:
		if d.cause != nil {
			return fmt.Sprintf("The union has the branch %s, but that does not read the old one: %s",
				d.writer.FullName(), d.cause.hintForReader())
		}
		return fmt.Sprintf("Add %s to the union.", d.writer.Fragment())
	}
	return fmt.Sprintf("Keep the type %s, or make it a union that has it beside %s.", d.writer.Fragment(), d.reader.Fragment())
}

func (d *avroDiff) hintForWriter() string {
	switch d.code {
	case fieldMissingDefault:
		return fmt.Sprintf("Keep the field %q in %s: the old schema has no default for it.", d.field.Name, d.writer.Named.Full)
	case nameMismatch:
		return fmt.Sprintf("Keep the name %s: an alias in the new schema does not help the old one to read.", d.reader.Named.Full)
	case fixedSizeMismatch:
		return fmt.Sprintf("Keep the size %d of %s.", d.reader.Named.Size, d.writer.Named.Full)
	case missingEnumSymbols:
		return fmt.Sprintf("Leave the symbols %s out of %s: the old schema does not know them and has no default for the enum.",
			some(d.symbols), d.writer.Named.Full)
	case missingUnionBranch:
		if d.cause != nil {
			return fmt.Sprintf("The old union has the branch %s, but that does not read the new one: %s",
				d.writer.FullName(), d.cause.hintForWriter())
		}
		return fmt.Sprintf("Leave out the type %s: the old schema reads only %s there.", d.writer.Fragment(), d.reader.Fragment())
	}
	return fmt.Sprintf("Keep a type that the old schema reads as %s.", d.reader.Fragment())
}

// some lists words, but not very many.
func some(words []string) string {
	const most = 10
	if len(words) > most {
		return strings.Join(words[:most], ", ") + ", …"
	}
	return strings.Join(words, ", ")
}

// sampleDefault is a default that fits a type.
func sampleDefault(t *avro.Type) string {
	switch t.Kind {
	case avro.Null:
		return "null"
	case avro.Boolean:
		return "false"
	case avro.Int, avro.Long:
		return "0"
	case avro.Float, avro.Double:
		return "0.0"
	case avro.Array:
		return "[]"
	case avro.Map:
		return "{}"
	case avro.Record:
		return "{…}"
	case avro.Enum:
		if len(t.Named.Symbols) > 0 {
			return `"` + t.Named.Symbols[0] + `"`
		}
	case avro.Fixed:
		return fmt.Sprintf(`"…" (%d bytes)`, t.Named.Size)
	case avro.Union:
		if len(t.Branches) > 0 {
			return sampleDefault(t.Branches[0])
		}
	}
	return `""`
}

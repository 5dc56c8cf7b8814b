package compat

import "fmt"

// describeProtobuf words a difference of Protobuf (compatibility.md 5.3).
func describeProtobuf(d Difference, reader, writer string) string {
	var text string
	switch d.Code {
	case "PACKAGE_CHANGED":
		text = "The package at '%[1]s' in the %[2]s schema does not match the package in the %[3]s schema"
	case "MESSAGE_REMOVED":
		text = "The %[2]s schema is missing a MESSAGE type at path '%[1]s' in the %[3]s schema"
	case "FIELD_KIND_CHANGED":
		text = "The type of a field at path '%[1]s' in the %[2]s schema does not match the %[3]s schema"
	case "FIELD_SCALAR_KIND_CHANGED":
		text = "The kind of a SCALAR field at path '%[1]s' in the %[2]s schema does not match its kind in the %[3]s schema"
	case "FIELD_NAMED_TYPE_CHANGED":
		text = "The type of a MESSAGE field at path '%[1]s' in the %[2]s schema does not match its type in the %[3]s schema"
	case "FIELD_NUMERIC_LABEL_CHANGED":
		text = "The label for a NUMERIC field at path '%[1]s' in the %[2]s schema does not match its label in the %[3]s schema"
	case "REQUIRED_FIELD_ADDED":
		// The two blanks are the wire's.
		text = "A required field  at path '%[1]s' in the %[2]s schema is missing in the %[3]s schema"
	case "REQUIRED_FIELD_REMOVED":
		text = "The %[2]s schema is missing a required field at path: '%[1]s' in the %[3]s schema"
	case "ONEOF_FIELD_REMOVED":
		text = "The %[2]s schema is missing a oneof field at path '%[1]s' in the %[3]s schema"
	case "MULTIPLE_FIELDS_MOVED_TO_ONEOF":
		text = "Multiple fields in the oneof at path '%[1]s' in the %[2]s schema are outside a oneof in the %[3]s schema"
	case "FIELD_MOVED_TO_EXISTING_ONEOF":
		text = "A field in the oneof at path '%[1]s' in the %[2]s schema is outside an existing oneof in the %[3]s schema"
	default:
		return ""
	}
	return fmt.Sprintf(text, d.Path, reader, writer)
}

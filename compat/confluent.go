package compat

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// maxOldSchema is how much of an older schema a message shows, in UTF-16
// units.
const maxOldSchema = 10240

// Messages gives the texts of a check as the wire lists them
// (compatibility.md 5): the faults of reserved fields, made by ReservedRemoved
// and ReservedConflict, then each version's differences with its number and
// text, and at the end the setting and the level. The list is empty when
// nothing is wrong.
func Messages(result Result, level Level, validateFields bool, reserved ...string) []string {
	messages := append([]string{}, reserved...)
	for _, r := range result.Reports {
		messages = append(messages, reportMessages(result.Type, level, r)...)
	}
	if len(messages) == 0 {
		return messages
	}
	return append(messages, fmt.Sprintf("{validateFields: '%t', compatibility: '%s'}", validateFields, level))
}

// ConflictMessage is the text of the 409 that refuses a registration.
func ConflictMessage(subject string, messages []string) string {
	return `Schema being registered is incompatible with an earlier schema for subject "` + subject +
		`", details: [` + strings.Join(messages, ", ") + "]"
}

// ReservedRemoved says that a field is no longer reserved (registry-api.md
// 10.5).
func ReservedRemoved(field string) string {
	return fmt.Sprintf("The new schema has reserved field %s removed from its metadata which is present in the old schema's metadata.", field)
}

// ReservedConflict says that a field has a reserved name.
func ReservedConflict(field string) string {
	return fmt.Sprintf("The new schema has field that conflicts with the reserved field %s.", field)
}

// reportMessages are the texts of one version. The version's number and text
// follow the list of its last direction, so at FULL only when the second half
// (new reads old) has something to say.
func reportMessages(language schema.Type, level Level, r Report) []string {
	if r.TypeChanged {
		return []string{"Incompatible because of different schema type"}
	}
	forward := directionMessages(language, r.Forward, r.ForwardFault)
	backward := directionMessages(language, r.Backward, r.BackwardFault)
	last := backward
	if directions := directionsOf(level); len(directions) > 0 && directions[len(directions)-1] == OldReadsNew {
		last = forward
	}
	messages := append(forward, backward...)
	if len(last) > 0 {
		messages = append(messages, fmt.Sprintf("{oldSchemaVersion: %d}", r.Version), oldSchemaMessage(r.OldText))
	}
	return messages
}

func directionMessages(language schema.Type, diffs []Difference, fault string) []string {
	if fault != "" {
		return []string{"Unexpected exception during compatibility check: " + fault}
	}
	var messages []string
	for _, d := range diffs {
		if !d.Compatible {
			messages = append(messages, differenceMessage(language, d))
		}
	}
	return messages
}

// oldSchemaMessage shows the older schema, cut at maxOldSchema.
func oldSchemaMessage(text string) string {
	if shown, whole := cutUTF16(text, maxOldSchema); !whole {
		return "{oldSchema: <truncated> '" + shown + "...'}"
	}
	return "{oldSchema: '" + text + "'}"
}

// cutUTF16 gives the first units of a text in UTF-16, never half a pair, and
// says whether that is all of it.
func cutUTF16(text string, units int) (string, bool) {
	if len(text) <= units {
		return text, true
	}
	for i, r := range text {
		width := 1
		if r > 0xFFFF {
			width = 2
		}
		if units -= width; units < 0 {
			return text[:i], false
		}
	}
	return text, true
}

// differenceMessage is the text of one difference: the words "new" and "old"
// stand for reader and writer (compatibility.md 5.1 to 5.3).
func differenceMessage(language schema.Type, d Difference) string {
	reader, writer := "new", "old"
	if d.Direction == OldReadsNew {
		reader, writer = "old", "new"
	}
	switch language {
	case schema.JSON:
		// The text ends with a single quote where a double one belongs.
		return fmt.Sprintf("{errorType:\"%s\", description:\"%s'}", d.Code, describeJSON(d, reader, writer))
	case schema.Protobuf:
		return fmt.Sprintf("{errorType:\"%s\", description:\"%s\"}", d.Code, describeProtobuf(d, reader, writer))
	}
	return fmt.Sprintf("{errorType:'%s', description:'%s', additionalInfo:'%s'}", d.Code, describeAvro(d, reader, writer), d.Info)
}

// describeAvro words a difference of Avro (compatibility.md 5.1).
func describeAvro(d Difference, reader, writer string) string {
	switch d.Code {
	case nameMismatch:
		return fmt.Sprintf("The name of the schema has changed (path '%s')", d.Path)
	case fixedSizeMismatch:
		return fmt.Sprintf("The size of FIXED type field at path '%s' in the %s schema does not match with the %s schema", d.Path, reader, writer)
	case missingEnumSymbols:
		return fmt.Sprintf("The %s schema is missing enum symbols '%s' at path '%s' in the %s schema", reader, d.Info, d.Path, writer)
	case fieldMissingDefault:
		return fmt.Sprintf("The field '%s' at path '%s' in the %s schema has no default value and is missing in the %s schema", d.Info, d.Path, reader, writer)
	case typeMismatch:
		return fmt.Sprintf("The type (path '%s') of a field in the %s schema does not match with the %s schema", d.Path, reader, writer)
	case missingUnionBranch:
		return fmt.Sprintf("The %s schema is missing a type inside a union field at path '%s' in the %s schema", reader, d.Path, writer)
	}
	return ""
}

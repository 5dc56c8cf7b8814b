package compat

import "fmt"

// protoHint names the smallest change to the new schema that would take a
// difference away. Old and new are the fragments of the two schemas; newReads
// says that the new schema is the reader, which decides what an addition is.
func protoHint(code, old, now string, newReads bool) string {
	switch code {
	case packageChanged:
		if old == "" {
			return "Leave out the package, as the old schema does."
		}
		return fmt.Sprintf("Declare \"%s\" as the old schema does.", old)
	case messageRemoved:
		if newReads {
			return fmt.Sprintf("Keep %s under its name and in its place of nesting.", old)
		}
		return fmt.Sprintf("Leave out %s: the old schema does not know it.", now)
	case requiredFieldAdded, requiredFieldRemoved:
		if now == "" {
			return fmt.Sprintf("Keep the required field \"%s\".", old)
		}
		return fmt.Sprintf("Make the new field \"%s\" optional.", now)
	case fieldKindChanged, fieldScalarKindChanged, fieldNamedTypeChanged:
		return fmt.Sprintf("Keep the type of \"%s\", or give the new field another number.", old)
	case fieldNumericLabel:
		return fmt.Sprintf("Keep the label of \"%s\", or give the new field another number.", old)
	case oneofFieldRemoved:
		if now == "" {
			return fmt.Sprintf("Keep \"%s\" in the message.", old)
		}
		return fmt.Sprintf("Put the new field \"%s\" outside of the oneof.", now)
	case multipleFieldsToOneof, fieldMovedToOneof:
		if newReads {
			return fmt.Sprintf("Move at most one field into a new oneof, and none into %s.", now)
		}
		return "Keep the fields of the old oneof together."
	}
	return ""
}

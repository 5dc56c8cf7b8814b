package compat

import (
	"fmt"
	"strings"
)

// jsonHint says in one sentence what would make a difference pass. The new
// schema is the update when it reads the old one, and the original when the
// old one reads it; only the new one can be changed.
func jsonHint(item jsonItem, d Difference, newReads bool) string {
	what := fmt.Sprintf("%q", item.keyword)
	if item.name != "" {
		what = fmt.Sprintf("%q under %q", item.name, item.keyword)
	}
	if strings.Contains(item.code, "PROPERTY_") || strings.HasPrefix(item.code, "ITEM_") {
		return modelHint(item, newReads)
	}
	if hint := typeHint(item.code, newReads); hint != "" {
		return hint
	}
	switch jsonClassOf(item.code) {
	case keywordMissing, fewerElements, moreElements:
		switch {
		case d.Old == "":
			return "Drop " + what + " from the new schema."
		case d.New == "":
			return "Give the new schema " + what + " as the old one has it."
		}
	}
	switch {
	case d.Old == "":
		return "Drop " + what + " from the new schema."
	case newReads:
		return fmt.Sprintf("Set %s back to %s, or let it allow more than that.", what, d.Old)
	}
	return fmt.Sprintf("Set %s back to %s, or let it allow less than that.", what, d.Old)
}

// typeHint words what concerns a whole type.
func typeHint(code string, newReads bool) string {
	switch code {
	case schemaAdded:
		if newReads {
			return "Drop the schema here: the old one allows anything in this place."
		}
		return "Give the new schema in this place what the old one has: it allows anything now."
	case typeChanged:
		if newReads {
			return "Keep the type of the old schema, or allow both with anyOf."
		}
		return "Keep a type that the old schema allows."
	case "TYPE_NARROWED":
		if newReads {
			return `Let the type stay "number".`
		}
		return `Let the type stay "integer".`
	case "COMBINED_TYPE_CHANGED":
		return "Keep the keyword that joins the branches (allOf, anyOf or oneOf) as the old schema has it."
	case "COMBINED_TYPE_SUBSCHEMAS_CHANGED":
		return "Let each branch of the smaller side fit a branch of its own on the other side."
	case sumTypeNarrowed:
		if newReads {
			return "Keep all branches of the old schema."
		}
		return "Drop the branches that the old schema does not have."
	case productTypeExtended:
		if newReads {
			return "Drop the branches of allOf that the old schema does not have."
		}
		return "Keep all branches of allOf that the old schema has."
	case notTypeExtended:
		if newReads {
			return `Let "not" forbid no more than in the old schema.`
		}
		return `Let "not" forbid no less than in the old schema.`
	}
	return ""
}

// lenientAdvice ends a hint about what the other policy lets pass.
const lenientAdvice = `, or check with compatibilityPolicy LENIENT`

// modelHint words what concerns content models: whether an object or array
// takes what it does not list decides whether something may be added to it or
// taken from it.
func modelHint(item jsonItem, newReads bool) string {
	thing, rest := fmt.Sprintf("the property %q", item.name), `"additionalProperties"`
	if item.keyword == "items" {
		thing, rest = "the item "+item.name, `"additionalItems"`
	}
	added := strings.Contains(item.code, "_ADDED")
	lenient := ""
	if compatibleJSON(item.code, true) {
		lenient = lenientAdvice
	}
	switch {
	case strings.Contains(item.code, "REQUIRED_PROPERTY_ADDED_TO_UNOPEN") && newReads:
		return fmt.Sprintf("Let %s be optional, or give it a default.", thing)
	case added && strings.Contains(item.code, "_NOT_COVERED_") && newReads:
		return fmt.Sprintf("Let %s allow what the old schema allows for what it does not list%s.", thing, lenient)
	case added && strings.Contains(item.code, "_NOT_COVERED_"):
		return fmt.Sprintf("Keep %s as the old schema has it%s.", thing, lenient)
	case added && newReads:
		return fmt.Sprintf("The old schema allows anything for %s: give it the empty schema {} or drop it%s.", thing, lenient)
	case added:
		return fmt.Sprintf("Keep %s, or set %s to false in the new schema%s.", thing, rest, lenient)
	case strings.Contains(item.code, "_NOT_COVERED_") && newReads:
		return fmt.Sprintf("Keep %s, or let what the new schema says of what it does not list allow it%s.", thing, lenient)
	case newReads:
		return fmt.Sprintf("Keep %s, or do not set %s to false%s.", thing, rest, lenient)
	}
	return fmt.Sprintf("Drop %s, which the old schema does not allow%s.", thing, lenient)
}

package compat

import (
	"fmt"
	"strings"
)

// jsonClass is how the wire words a difference of JSON Schema: a row of
// compatibility.md 5.2.
type jsonClass int

const (
	unworded jsonClass = iota
	keywordMissing
	valueMore
	valueLess
	valueDifferent
	fewerElements
	moreElements
	typeDifferent
	openModel
	unopenModel
	closedModel
	removedUncovered
	addedUncovered
)

// jsonClassOf gives the class of a difference, by the table of
// compatibility.md 7.3.
func jsonClassOf(code string) jsonClass {
	switch code {
	case "TYPE_CHANGED", "TYPE_NARROWED", "COMBINED_TYPE_CHANGED", "COMBINED_TYPE_SUBSCHEMAS_CHANGED", "ENUM_ARRAY_CHANGED":
		return typeDifferent
	case "ENUM_ARRAY_NARROWED", "SUM_TYPE_NARROWED", "ADDITIONAL_PROPERTIES_NARROWED", "UNEVALUATED_PROPERTIES_NARROWED",
		"ADDITIONAL_ITEMS_NARROWED", "UNEVALUATED_ITEMS_NARROWED":
		return fewerElements
	case "PRODUCT_TYPE_EXTENDED", "NOT_TYPE_EXTENDED", "DEPENDENCY_ARRAY_EXTENDED":
		return moreElements
	case "REQUIRED_ATTRIBUTE_ADDED", "DEPENDENCY_ARRAY_ADDED", "DEPENDENCY_SCHEMA_ADDED", "ADDITIONAL_PROPERTIES_REMOVED",
		"UNEVALUATED_PROPERTIES_REMOVED", "ADDITIONAL_ITEMS_REMOVED", "UNEVALUATED_ITEMS_REMOVED":
		return keywordMissing
	case "PATTERN_CHANGED", "MULTIPLE_OF_CHANGED", "DEPENDENCY_ARRAY_CHANGED":
		return valueDifferent
	case "MULTIPLE_OF_EXPANDED":
		return valueMore
	case "REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL",
		"OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", "ITEM_ADDED_TO_OPEN_CONTENT_MODEL":
		return openModel
	case "REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL":
		return unopenModel
	case "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL", "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL":
		return closedModel
	case "PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL", "ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL":
		return removedUncovered
	case "PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL", "ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL":
		return addedUncovered
	}
	return jsonLimitClass(code)
}

// jsonLimitClass is the class of a limit that was added or moved.
func jsonLimitClass(code string) jsonClass {
	limit := func(suffix string, names ...string) bool {
		name, ok := strings.CutSuffix(code, suffix)
		for _, n := range names {
			if ok && n == name {
				return true
			}
		}
		return false
	}
	lower := []string{"MIN_LENGTH", "MINIMUM", "EXCLUSIVE_MINIMUM", "MIN_PROPERTIES", "MIN_ITEMS", "MIN_CONTAINS"}
	upper := []string{"MAX_LENGTH", "MAXIMUM", "EXCLUSIVE_MAXIMUM", "MAX_PROPERTIES", "MAX_ITEMS", "MAX_CONTAINS"}
	switch {
	case limit("_INCREASED", lower...):
		return valueMore
	case limit("_DECREASED", upper...):
		return valueLess
	case limit("_ADDED", lower...), limit("_ADDED", upper...), limit("_ADDED", "PATTERN", "MULTIPLE_OF", "UNIQUE_ITEMS"):
		return keywordMissing
	}
	return unworded
}

// describeJSON words a difference of JSON Schema (compatibility.md 5.2).
func describeJSON(d Difference, reader, writer string) string {
	var text string
	switch jsonClassOf(d.Code) {
	case keywordMissing:
		text = "The keyword at path '%[1]s' in the %[2]s schema is not present in the %[3]s schema"
	case valueMore:
		text = "The value at path '%[1]s' in the %[2]s schema is more than its value in the %[3]s schema"
	case valueLess:
		text = "The value at path '%[1]s' in the %[2]s schema is less than its value in the %[3]s schema"
	case valueDifferent:
		text = "The value at path '%[1]s' is different between the %[2]s and %[3]s schema"
	case fewerElements:
		text = "An array or combined type at path '%[1]s' has fewer elements in the %[2]s schema than the %[3]s schema"
	case moreElements:
		text = "An array or combined type at path '%[1]s' has more elements in the %[2]s schema than the %[3]s schema"
	case typeDifferent:
		text = "A type at path '%[1]s' is different between the %[2]s schema and the %[3]s schema"
	case openModel:
		text = "The %[2]s schema has an open content model and has a property or item at path '%[1]s' which is missing in the %[3]s schema"
	case unopenModel:
		text = "The %[2]s schema has an unopen content model and has a required property at path '%[1]s' which is missing in the %[3]s schema"
	case closedModel:
		text = "The %[2]s has a closed content model and is missing a property or item present at path '%[1]s' in the %[3]s schema"
	case removedUncovered:
		text = "A property or item is missing in the %[2]s schema but present at path '%[1]s' in the %[3]s schema and is not covered by its partially open content model"
	case addedUncovered:
		text = "The %[2]s schema has a property or item at path '%[1]s' which is missing in the %[3]s schema and is not covered by its partially open content model"
	default:
		return ""
	}
	return fmt.Sprintf(text, d.Path, reader, writer)
}

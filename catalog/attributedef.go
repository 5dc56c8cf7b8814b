package catalog

import (
	"encoding/json"
	"math"
	"slices"
	"unicode/utf8"
)

// fillAttributes gives attribute definitions as they are kept, with what the
// service fills in (catalog-api.md section 3): for business metadata the
// options too.
func fillAttributes(given []AttributeDefinition, metadata bool) []AttributeDefinition {
	filled := slices.Clone(given)
	for i := range filled {
		a := &filled[i]
		if a.TypeName == "" {
			a.TypeName = "string"
		}
		if a.Cardinality == "" {
			a.Cardinality = "SINGLE"
		}
		if a.ValuesMinCount == 0 && !a.IsOptional {
			a.ValuesMinCount = 1
		}
		if a.ValuesMaxCount == 0 {
			a.ValuesMaxCount = 1
			if a.Cardinality != "SINGLE" {
				a.ValuesMaxCount = math.MaxInt32
			}
		}
		if a.SearchWeight == 0 {
			a.SearchWeight = -1
		}
		if metadata && len(a.Options) == 0 {
			a.Options = map[string]string{optionAppliesTo: `["cf_entity"]`, optionLength: "5000"}
		}
	}
	return filled
}

// checkAttributes checks attribute definitions by themselves, and against those
// that the definition had (catalog-api.md section 1): none may go, a new one
// must be optional, and none may become mandatory or, while it is used, take
// another type.
func checkAttributes(ref Ref, old, next []AttributeDefinition, used bool) error {
	invalid := func(reason Reason, name, message string) error {
		return &InvalidError{Reason: reason, Ref: ref, Path: []string{"attributeDefs", name}, Message: message}
	}
	at := func(list []AttributeDefinition, name string) int {
		return slices.IndexFunc(list, func(a AttributeDefinition) bool { return a.Name == name })
	}
	for i := range next {
		a := &next[i]
		_, known := a.valueType()
		switch {
		case a.Name == "" || len(a.Name) > maxName || !utf8.ValidString(a.Name):
			return invalid(BadName, a.Name, "an attribute needs a name")
		case at(next, a.Name) != i:
			return invalid(BadName, a.Name, "the attribute "+a.Name+" stands there twice")
		case !known:
			return invalid(BadValue, a.Name, "attribute "+a.Name+": there is no type named "+a.TypeName)
		case !slices.Contains([]string{"SINGLE", "LIST", "SET"}, a.Cardinality):
			return invalid(BadValue, a.Name, "attribute "+a.Name+": there is no cardinality named "+a.Cardinality)
		case slices.ContainsFunc(a.Constraints, func(c json.RawMessage) bool { return !json.Valid(c) }):
			return invalid(BadValue, a.Name, "attribute "+a.Name+": a constraint is not JSON")
		}
		if err := checkTypes(ref, a.appliesTo(), optionAppliesTo); err != nil {
			return err
		}
		if _, ok := a.defaulted(); a.DefaultValue != "" && !ok {
			return invalid(BadValue, a.Name, "attribute "+a.Name+": the default is no "+a.typeText())
		}
		if old == nil {
			continue
		}
		was := at(old, a.Name)
		switch {
		case !a.IsOptional && (was < 0 || old[was].IsOptional):
			return invalid(AttributeMandatory, a.Name, "the attribute "+a.Name+" of an existing type must be optional")
		case was >= 0 && used && old[was].typeText() != a.typeText():
			return invalid(BadValue, a.Name, "the type of the attribute "+a.Name+" cannot change while it is used")
		}
	}
	for i := range old {
		if at(next, old[i].Name) < 0 {
			return invalid(AttributeRemoved, old[i].Name, "the attribute "+old[i].Name+" cannot be removed from an existing type")
		}
	}
	return nil
}

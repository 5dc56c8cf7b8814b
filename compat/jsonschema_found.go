package compat

import "github.com/weir-registry/weir/schema/jsonschema"

// jsonFound is what one pair of nodes gives. The differences of pairs inside
// are joined with the step that leads there and not copied: recursive schemas
// share them, and only what is asked for in the end is written out.
type jsonFound struct {
	pair  jsonPair
	items []jsonItem
	// harmful says that a difference in it, at any depth, is not compatible
	// under the policy.
	harmful bool
	lenient bool
	// quiet leaves out what does no harm.
	quiet bool
	// warn keeps doubts, and doubtful says that one is in it, at any depth.
	warn, doubtful bool
}

// jsonItem is a difference, or the differences of a pair inside.
type jsonItem struct {
	// step leads from the pair to the difference: "maxLength", "properties/a".
	step string
	// inside is what a pair inside gave, which is reached through the pair via:
	// references are not yet followed there.
	inside *jsonFound
	via    jsonPair

	code string
	// keyword is where the difference is written, name the entry in it.
	keyword, name string

	// doubt says that it is none for the wire; of a pair inside, that the
	// wire does not look there.
	doubt bool
}

func (c *jsonCheck) found(p jsonPair) *jsonFound {
	return &jsonFound{pair: p, lenient: c.lenient, quiet: !c.w.compatible, warn: c.warn}
}

// add notes a difference.
func (f *jsonFound) add(code, step, keyword string) { f.addNamed(code, step, keyword, "") }

func (f *jsonFound) addNamed(code, step, keyword, name string) {
	if compatibleJSON(code, f.lenient) {
		if f.quiet {
			return
		}
	} else {
		f.harmful = true
	}
	f.items = append(f.items, jsonItem{step: step, code: code, keyword: keyword, name: name})
}

// join takes the differences of a pair inside.
func (f *jsonFound) join(step string, inside *jsonFound, via jsonPair) {
	f.harmful = f.harmful || inside.harmful
	f.doubtful = f.doubtful || inside.doubtful
	if len(inside.items) > 0 {
		f.items = append(f.items, jsonItem{step: step, inside: inside, via: via})
	}
}

// Names of differences that are used in more than one place.
const (
	schemaAdded         = "SCHEMA_ADDED"
	schemaRemoved       = "SCHEMA_REMOVED"
	typeChanged         = "TYPE_CHANGED"
	sumTypeExtended     = "SUM_TYPE_EXTENDED"
	sumTypeNarrowed     = "SUM_TYPE_NARROWED"
	productTypeExtended = "PRODUCT_TYPE_EXTENDED"
	productTypeNarrowed = "PRODUCT_TYPE_NARROWED"
	notTypeExtended     = "NOT_TYPE_EXTENDED"
	notTypeNarrowed     = "NOT_TYPE_NARROWED"
)

// compatibleJSON says whether a difference does no harm (compatibility.md
// 7.3): the wire has words for those that do, except for SCHEMA_ADDED.
func compatibleJSON(code string, lenient bool) bool {
	if jsonClassOf(code) == unworded {
		return code != schemaAdded
	}
	if !lenient {
		return false
	}
	switch code {
	case "ADDITIONAL_PROPERTIES_REMOVED", "UNEVALUATED_PROPERTIES_REMOVED",
		"ADDITIONAL_PROPERTIES_NARROWED", "UNEVALUATED_PROPERTIES_NARROWED",
		"REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL", "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL",
		"PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL",
		"PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
		"PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL":
		return true
	}
	return false
}

// notes compares the annotations of two nodes.
func (f *jsonFound) notes() {
	if f.quiet {
		return
	}
	none := &jsonschema.Notes{}
	o, u := f.pair.original.Notes, f.pair.update.Notes
	if o == nil {
		o = none
	}
	if u == nil {
		u = none
	}
	for _, x := range []struct {
		code, keyword    string
		original, update *jsonschema.Value
	}{
		{"ID_CHANGED", "$id", o.ID, u.ID},
		{"TITLE_CHANGED", "title", o.Title, u.Title},
		{"DESCRIPTION_CHANGED", "description", o.Description, u.Description},
		{"DEFAULT_CHANGED", "default", o.Default, u.Default},
	} {
		if (x.original == nil) != (x.update == nil) || x.original != nil && !x.original.Equal(x.update) {
			f.add(x.code, "", x.keyword)
		}
	}
}

package compat

import (
	"slices"

	"github.com/weir-registry/weir/schema/jsonschema"
)

// unread adds what the loaders do not hand on of two schemas: format, and what
// is lost. Nodes that come from one object share its keywords, so this may be
// found more than once; it is told once.
func (c *jsonCheck) unread(f *jsonFound, p jsonPair) *jsonFound {
	// What was found may be that of a branch, and shared.
	own := c.found(p)
	own.formats()
	if c.loses {
		own.lost()
	}
	if !own.doubtful {
		return f
	}
	own.join("", f, p)
	return own
}

// formats doubts a format that only the update asks for, or another one.
func (f *jsonFound) formats() {
	is := formatOf(f.pair.update)
	if is == "" || !takesStrings(f.pair.update) {
		return
	}
	switch was := formatOf(f.pair.original); was {
	case is:
	case "":
		f.doubt(formatAdded, "format", "format", "")
	default:
		f.doubt(formatChanged, "format", "format", "")
	}
}

// lost doubts keywords that the loader of the newer dialects loses on an array
// or an object that has an unknown keyword, or $defs, beside them
// (compatibility.md 7.1, loss).
func (f *jsonFound) lost() {
	was, is := lostOf(f.pair.original), lostOf(f.pair.update)
	for i, keyword := range []string{"minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties"} {
		if !was[i] && !is[i] {
			continue
		}
		entry := []string{keyword}
		if v := f.pair.update.Entry(entry, ""); v != nil && asksMore(keyword, f.pair.original.Entry(entry, ""), v) {
			f.doubt(lostKeywordChanged, keyword, keyword, "")
		}
	}
}

// lostOf says which of the four keywords a node has lost.
func lostOf(n *jsonschema.Node) (lost [4]bool) {
	has := func(keyword string) bool { return n.Entry([]string{keyword}, "") != nil }
	switch r := n.Rules.(type) {
	case *jsonschema.ArrayRules:
		counts := has("contains")
		lost[0] = counts && has("minContains") && !r.MinContains.Set
		lost[1] = counts && has("maxContains") && !r.MaxContains.Set
		lost[2] = has("unevaluatedItems") && r.Unevaluated == nil
	case *jsonschema.ObjectRules:
		lost[3] = has("unevaluatedProperties") && r.Unevaluated == nil
	}
	return lost
}

// asksMore says whether a keyword may refuse what it did not refuse before.
func asksMore(keyword string, was, is *jsonschema.Value) bool {
	number := func(v *jsonschema.Value) bool { return v != nil && v.Kind() == jsonschema.NumberValue }
	switch {
	case was != nil && was.Equal(is), is.Kind() == jsonschema.TrueValue:
		return false
	case keyword == "minContains" && number(is):
		// One is asked for where nothing is said.
		least := 1.0
		if number(was) {
			least = was.Float()
		}
		return is.Float() > least
	case keyword == "maxContains" && number(is) && number(was):
		return is.Float() < was.Float()
	}
	return true
}

func formatOf(n *jsonschema.Node) string {
	if v := n.Entry([]string{"format"}, ""); v != nil && n.Source.Kind() == jsonschema.ObjectValue && v.Kind() == jsonschema.StringValue {
		return v.String()
	}
	return ""
}

// takesStrings says whether strings are among what a node speaks of: a format
// says nothing of other values.
func takesStrings(n *jsonschema.Node) bool {
	// Drafts 4 to 7 take a format for a further kind beside the named one.
	if named := n.Source.Get("type"); named != nil && !slices.ContainsFunc(append(slices.Clone(named.Items()), named), isStringWord) {
		return false
	}
	switch n.Kind {
	case jsonschema.Empty, jsonschema.String, jsonschema.Combined, jsonschema.Not, jsonschema.Conditional:
		return true
	}
	return false
}

func isStringWord(v *jsonschema.Value) bool {
	return v.Kind() == jsonschema.StringValue && v.String() == "string"
}

// contains compares the schemas of contains. What was counted before must be
// counted still, and, where there is a most, nothing else may be.
func (c *jsonCheck) contains(f *jsonFound, o, u *jsonschema.ArrayRules) error {
	if u.Contains == nil {
		return nil
	}
	if o.Contains == nil {
		// In the newer dialects the wire compares how many are asked for, one
		// where nothing is said, unless that was lost.
		asks := !u.MinContains.Set || u.MinContains.N > 0
		if asks && !(u.MinContains.Set && !o.MinContains.Set) {
			f.doubt(containsAdded, "contains", "contains", "")
		}
		return nil
	}
	if !u.MinContains.Set || u.MinContains.N > 0 {
		if err := c.intoUnseen(f, "contains", o.Contains, u.Contains); err != nil {
			return err
		}
	}
	if !u.MaxContains.Set {
		return nil
	}
	wider, err := c.compare(u.Contains, o.Contains)
	if err != nil {
		return err
	}
	if wider.harmful || wider.doubtful {
		f.doubt(containsWidened, "contains", "contains", "")
	}
	return nil
}

// conditions compares if, then and else. Where both ask the same, what they
// then want is compared; where they do not, nothing is sure.
func (c *jsonCheck) conditions(f *jsonFound, o, u *jsonschema.Condition) error {
	if u.If == nil || says(u.Then) == says(u.Else) && !says(u.Then) {
		return nil
	}
	there, err := c.compare(o.If, u.If)
	if err != nil {
		return err
	}
	back, err := c.compare(u.If, o.If)
	if err != nil {
		return err
	}
	if there.harmful || there.doubtful || back.harmful || back.doubtful {
		f.doubt(conditionChanged, "if", "if", "")
		return nil
	}
	if err := c.intoUnseen(f, "then", o.Then, u.Then); err != nil {
		return err
	}
	return c.intoUnseen(f, "else", o.Else, u.Else)
}

// says whether a schema that may be missing forbids anything.
func says(n *jsonschema.Node) bool { return n != nil && n.Kind != jsonschema.Empty }

// doubtLimits doubts limits that the wire does not see: an exclusiveMaximum
// that was lowered under a maximum at or above the old one, where the original
// did let values between the two pass, and draft-04's booleans.
func (f *jsonFound) doubtLimits(o, u *jsonschema.NumberRules, hidden bool) {
	if hidden && (o.Maximum == nil || o.Maximum.Float() >= u.ExclusiveMaximum.Float()) {
		f.doubt("EXCLUSIVE_MAXIMUM_DECREASED", "exclusiveMaximum", "exclusiveMaximum", "")
	}
	if u.BelowMaximum && !o.BelowMaximum && sameLimit(o.Maximum, u.Maximum) {
		f.doubt("EXCLUSIVE_MAXIMUM_ADDED", "exclusiveMaximum", "exclusiveMaximum", "")
	}
	if u.AboveMinimum && !o.AboveMinimum && sameLimit(o.Minimum, u.Minimum) {
		f.doubt("EXCLUSIVE_MINIMUM_ADDED", "exclusiveMinimum", "exclusiveMinimum", "")
	}
}

func sameLimit(o, u *jsonschema.Value) bool { return o != nil && u != nil && o.Float() == u.Float() }

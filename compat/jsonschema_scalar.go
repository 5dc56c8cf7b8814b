package compat

import (
	"math/big"

	"github.com/weir-registry/weir/schema/jsonschema"
)

// strings compares the keywords of strings; format is not looked at.
func (f *jsonFound) strings(o, u *jsonschema.StringRules) {
	f.count("MAX_LENGTH", "maxLength", o.MaxLength, u.MaxLength)
	f.count("MIN_LENGTH", "minLength", o.MinLength, u.MinLength)
	switch {
	case !o.HasPattern && u.HasPattern:
		f.add("PATTERN_ADDED", "pattern", "pattern")
	case o.HasPattern && !u.HasPattern:
		f.add("PATTERN_REMOVED", "pattern", "pattern")
	case o.Pattern != u.Pattern:
		f.add("PATTERN_CHANGED", "pattern", "pattern")
	}
}

// count compares a length or a number of things.
func (f *jsonFound) count(code, keyword string, o, u jsonschema.Count) {
	f.limit(code, keyword, o.Set, u.Set, float64(o.N), float64(u.N))
}

// limit compares a limit that each side may lack.
func (f *jsonFound) limit(code, keyword string, hasOriginal, hasUpdate bool, original, update float64) {
	switch {
	case !hasOriginal && !hasUpdate:
	case !hasOriginal:
		f.add(code+"_ADDED", keyword, keyword)
	case !hasUpdate:
		f.add(code+"_REMOVED", keyword, keyword)
	case update > original:
		f.add(code+"_INCREASED", keyword, keyword)
	case update < original:
		f.add(code+"_DECREASED", keyword, keyword)
	}
}

// value compares a limit as a double.
func (f *jsonFound) value(code, keyword string, o, u *jsonschema.Value) {
	f.limit(code, keyword, o != nil, u != nil, floatOrZero(o), floatOrZero(u))
}

func floatOrZero(v *jsonschema.Value) float64 {
	if v == nil {
		return 0
	}
	return v.Float()
}

// numbers compares the keywords of numbers.
func (f *jsonFound) numbers(o, u *jsonschema.NumberRules) {
	f.value("MAXIMUM", "maximum", o.Maximum, u.Maximum)
	f.value("MINIMUM", "minimum", o.Minimum, u.Minimum)
	// A lower exclusiveMaximum shows only when the original's is above the
	// update's maximum, where there is one (compatibility.md 7.2, numbers;
	// 9.3 for an update without).
	hidden := o.ExclusiveMaximum != nil && u.ExclusiveMaximum != nil && u.Maximum != nil &&
		u.ExclusiveMaximum.Float() < o.ExclusiveMaximum.Float() && o.ExclusiveMaximum.Float() <= u.Maximum.Float()
	if f.warn {
		f.doubtLimits(o, u, hidden)
	}
	if !hidden {
		f.value("EXCLUSIVE_MAXIMUM", "exclusiveMaximum", o.ExclusiveMaximum, u.ExclusiveMaximum)
	}
	f.value("EXCLUSIVE_MINIMUM", "exclusiveMinimum", o.ExclusiveMinimum, u.ExclusiveMinimum)
	f.multipleOf(o.MultipleOf, u.MultipleOf)
	switch {
	case o.Integer && !u.Integer:
		f.add("TYPE_EXTENDED", "", "type")
	case !o.Integer && u.Integer:
		f.add("TYPE_NARROWED", "", "type")
	}
}

// multipleOf compares by decimal value. A division by 0 is left out.
func (f *jsonFound) multipleOf(o, u *jsonschema.Value) {
	const keyword = "multipleOf"
	switch {
	case o == nil && u == nil:
		return
	case o == nil:
		f.add("MULTIPLE_OF_ADDED", keyword, keyword)
		return
	case u == nil:
		f.add("MULTIPLE_OF_REMOVED", keyword, keyword)
		return
	}
	original, update := o.Rat(), u.Rat()
	switch {
	case original == nil || update == nil:
		if o.String() != u.String() {
			f.add("MULTIPLE_OF_CHANGED", keyword, keyword)
		}
	case original.Cmp(update) == 0:
	case isMultiple(update, original):
		f.add("MULTIPLE_OF_EXPANDED", keyword, keyword)
	case isMultiple(original, update):
		f.add("MULTIPLE_OF_REDUCED", keyword, keyword)
	default:
		f.add("MULTIPLE_OF_CHANGED", keyword, keyword)
	}
}

// isMultiple says whether x is a whole number of times y.
func isMultiple(x, y *big.Rat) bool {
	return y.Sign() != 0 && new(big.Rat).Quo(x, y).IsInt()
}

// values compares two enums as sets, or two consts.
func (f *jsonFound) values(o, u *jsonschema.Values) {
	if f.pair.original.Kind == jsonschema.Const {
		if !o.List[0].Equal(u.List[0]) {
			f.add("ENUM_ARRAY_CHANGED", "const", "const")
		}
		return
	}
	was, is := keysOfValues(o.List), keysOfValues(u.List)
	f.sets("ENUM_ARRAY", "enum", "enum", "", was, is)
}

func keysOfValues(list []*jsonschema.Value) map[string]bool {
	keys := make(map[string]bool, len(list))
	for _, v := range list {
		keys[v.Key()] = true
	}
	return keys
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}

// sets says how a set changed.
func (f *jsonFound) sets(code, step, keyword, name string, was, is map[string]bool) {
	lost, gained := 0, 0
	for k := range was {
		if !is[k] {
			lost++
		}
	}
	for k := range is {
		if !was[k] {
			gained++
		}
	}
	switch {
	case lost == 0 && gained == 0:
	case lost == 0:
		f.addNamed(code+"_EXTENDED", step, keyword, name)
	case gained == 0:
		f.addNamed(code+"_NARROWED", step, keyword, name)
	default:
		f.addNamed(code+"_CHANGED", step, keyword, name)
	}
}

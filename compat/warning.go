package compat

import (
	"slices"

	"github.com/weir-registry/weir/schema"
)

// Warning is something that the verdict lets pass and that may do harm all the
// same (compatibility.md 9.2). It never decides.
type Warning struct {
	// Code is the rule: a name of our own, or that of the difference that a
	// sound comparison finds.
	Code string
	// Path leads to the place as the paths of differences do; Info says more
	// where that needs saying.
	Path, Info string
	// Category is what suffers.
	Category Category
	// Confidence is how sure the warning is; the hint begins with it.
	Confidence Confidence
	// Position is the place in the text of the new schema; zero when only an
	// old one has it.
	Position schema.Position
	// Old and New are the fragments that differ, empty where a side lacks it.
	Old, New string
	// Hint says in one or two sentences what may happen and what would
	// prevent it.
	Hint string
	// Versions are the older versions that it is about, newest first; none for
	// a fault of the new schema alone.
	Versions []int32
	// Backward says that the new schema meets it as the reader, Forward the
	// old one; neither is set where nobody's reading is meant.
	Backward, Forward bool
}

// Category is what suffers: separate verdicts, as tools that lint Protobuf
// know them.
type Category string

// The categories.
const (
	// Wire: data that was written is read as something else, or refused.
	Wire Category = "WIRE"
	// JSONForm: the same, but only where data travels as JSON.
	JSONForm Category = "JSON"
	// Source: data is safe, programs with generated code are not.
	Source Category = "SOURCE"
)

// Confidence says how sure a warning is.
type Confidence string

// The levels of confidence.
const (
	// Certain: there is data for which it happens.
	Certain Confidence = "certain"
	// Likely: it happens unless something that no schema tells prevents it.
	Likely Confidence = "likely"
	// Possible: what would decide it is not worked out here.
	Possible Confidence = "possible"
)

// lead begins a hint.
func (c Confidence) lead() string {
	switch c {
	case Certain:
		return "Certain: "
	case Likely:
		return "Likely: "
	}
	return "Possible: "
}

// maxWarnings is how many warnings one check gives.
const maxWarnings = 1000

// warnings collects those of one check.
type warnings struct {
	list []Warning
	// known finds what is in the list already.
	known map[warningKey]int
	// versions and direction are set while a version is compared; both is set
	// where the direction does not count.
	versions  []int32
	direction Direction
	directed  bool
	cut       bool
}

// warningKey is what makes two warnings one.
type warningKey struct {
	code, path, info, old, new, hint string
	offset                           int
}

// add takes a warning in, or adds its version and direction to the same one.
// Its hint gets its lead here.
func (o *warnings) add(x Warning) {
	x.Hint = x.Confidence.lead() + x.Hint
	key := warningKey{x.Code, x.Path, x.Info, x.Old, x.New, x.Hint, x.Position.Offset}
	at, again := o.known[key]
	if !again {
		if len(o.list) >= maxWarnings {
			o.cut = true
			return
		}
		if o.known == nil {
			o.known = make(map[warningKey]int)
		}
		at = len(o.list)
		o.known[key] = at
		o.list = append(o.list, x)
	}
	one := &o.list[at]
	for _, v := range o.versions {
		if !slices.Contains(one.Versions, v) {
			one.Versions = append(one.Versions, v)
		}
	}
	if o.directed {
		one.Backward = one.Backward || o.direction == NewReadsOld
		one.Forward = one.Forward || o.direction == OldReadsNew
	}
}

package compat

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsonschema"
)

// jsonWarnRender writes the doubts out. What a pair found is written once, with
// the first path that leads to it, and so is what two places of the texts
// found.
type jsonWarnRender struct {
	jsonRender
	out  *warnings
	seen map[jsonSeen]bool
	told map[jsonPlace]bool
}

// jsonSeen is what was written; unseen says that the wire does not look there.
type jsonSeen struct {
	found  *jsonFound
	unseen bool
}

// jsonPlace is where a doubt stands in the texts.
type jsonPlace struct {
	code, keyword, name string
	older, newer        *jsonschema.Value
}

// under writes the doubts of a pair whose path is given, as jsonRender.under
// writes differences.
func (r *jsonWarnRender) under(path string, f *jsonFound, from schema.Position, unseen bool) error {
	if !f.doubtful && !unseen || r.seen[jsonSeen{f, unseen}] {
		return nil
	}
	r.seen[jsonSeen{f, unseen}] = true
	for _, item := range f.items {
		at := path
		if item.step != "" && len(path) > len("#/") {
			at += "/"
		}
		at += item.step
		if err := r.w.steps(1 + len(at)/pathBytesPerStep); err != nil {
			return err
		}
		if item.inside != nil {
			leads := from
			if node := r.newNode(item.via); node != nil && node.Document.Main() {
				leads = node.Position()
			}
			if err := r.under(at, item.inside, leads, unseen || item.doubt); err != nil {
				return err
			}
			continue
		}
		harmful := !item.doubt && !compatibleJSON(item.code, r.lenient)
		if item.doubt || unseen && harmful {
			if err := r.tell(at, f, item, from); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *jsonWarnRender) tell(path string, f *jsonFound, item jsonItem, from schema.Position) error {
	source := func(n *jsonschema.Node) *jsonschema.Value {
		if n == nil {
			return nil
		}
		return n.Source
	}
	place := jsonPlace{item.code, item.keyword, item.name, source(f.pair.original), source(f.pair.update)}
	if r.told[place] {
		return nil
	}
	r.told[place] = true
	if err := r.w.steps(stepsPerDifference); err != nil {
		return err
	}
	d := r.difference(path, f, item, from)
	x := Warning{Code: d.Code, Path: d.Path, Category: Wire, Position: d.Position, Old: d.Old, New: d.New}
	if item.doubt {
		x.Confidence, x.Hint = doubtHint(item, r.newReads)
	} else {
		x.Confidence = Likely
		x.Hint = "the rules do not look here; elsewhere they refuse this change. " +
			strings.ReplaceAll(d.Hint, lenientAdvice, "")
	}
	r.out.add(x)
	return nil
}

// doubtHint says what a doubt is about, and how sure it is.
func doubtHint(item jsonItem, newReads bool) (Confidence, string) {
	reader, writer := "new", "old"
	if !newReads {
		reader, writer = writer, reader
	}
	switch item.code {
	case patternPropertyAdded:
		return Likely, fmt.Sprintf("the %s schema may allow values under names with the pattern %q that the %s one refuses. "+
			"Let the pattern allow what was allowed for such names.", writer, item.name, reader)
	case patternPropertyRemoved:
		return Likely, fmt.Sprintf("the %s schema allows properties with the pattern %q, and the %s one may allow none of them. "+
			"Keep the pattern, or allow additional properties.", writer, item.name, reader)
	case propertyNamesAdded:
		return Likely, fmt.Sprintf("the %s schema allows any name, the %s one does not. Drop \"propertyNames\", or let it allow all names that are in use.", writer, reader)
	case requiredNameAdded:
		return Likely, fmt.Sprintf("an object without %q fits the %s schema and not the %s one. Let %q be optional in both, or required in both.",
			item.name, writer, reader, item.name)
	case containsAdded:
		return Likely, fmt.Sprintf("an array without such an item fits the %s schema and not the %s one. Have \"contains\" in both or in none.", writer, reader)
	case containsWidened:
		return Possible, fmt.Sprintf("the %s schema counts items that the %s one does not, and may find more than \"maxContains\". Keep the schema in \"contains\".", reader, writer)
	case conditionChanged:
		return Possible, "another condition decides what is wanted, and the rules do not look at it. Keep \"if\", or check with data that is in use."
	case formatAdded, formatChanged:
		return Possible, fmt.Sprintf("a text that fits the %s schema may not have the format that the %s one asks for, where validators check formats. Keep the format.", writer, reader)
	case lostKeywordChanged:
		return Possible, fmt.Sprintf("the rules lose %q beside a keyword that they do not know, or beside \"$defs\", and do not compare it. "+
			"Keep it, or check with data that is in use.", item.keyword)
	case sumTypeExtended:
		return Possible, "a value that fits a further branch of \"oneOf\" too fits no longer exactly one. Use \"anyOf\", or let the branches exclude each other."
	case notTypeExtended:
		return Possible, "what \"not\" forbids changed where the rules do not look. Let it forbid no more than before."
	case "EXCLUSIVE_MAXIMUM_DECREASED":
		return Certain, "values between the two limits fitted and fit no longer; the rules see only \"maximum\". Keep \"exclusiveMaximum\"."
	case "EXCLUSIVE_MAXIMUM_ADDED", "EXCLUSIVE_MINIMUM_ADDED":
		return Certain, "the limit itself fitted and fits no longer. Keep it inclusive."
	}
	return Likely, fmt.Sprintf("validators do not fill in the default, so data without %q fits the %s schema and not the %s one. Let %q be optional.",
		item.name, writer, reader, item.name)
}

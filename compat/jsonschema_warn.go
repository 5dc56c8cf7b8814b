package compat

import (
	"fmt"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsonschema"
)

// jsonWarner warns of JSON Schemas. It compares once more, by the rules of the
// wire and in all the places where they do not look: what is found there, and
// what the rules let pass although it may do harm, is a doubt. Doubts do not
// decide which branches belong together, but of several that fit one without a
// doubt is taken.
type jsonWarner struct{}

func (jsonWarner) alone(schema.Schema, *work, *warnings) error { return nil }

func (jsonWarner) history(schema.Schema, []*compared, *work, *warnings) error { return nil }

func (jsonWarner) pair(reader, writer schema.Schema, policy Policy, w *work, out *warnings) error {
	update, ok := reader.(*jsonschema.Schema)
	original, isJSON := writer.(*jsonschema.Schema)
	if !ok || !isJSON {
		return fmt.Errorf("compat: %T and %T are no JSON Schemas", reader, writer)
	}
	c := &jsonCheck{
		w: w, lenient: policy == Lenient, identities: make(map[*jsonschema.Node]string), nothing: &jsonFound{},
		warn: true, loses: update.Dialect() >= jsonschema.Draft201909 && original.Dialect() >= jsonschema.Draft201909,
	}
	roots := jsonPair{original.Root(), update.Root()}
	found, err := c.passes(roots.original, roots.update)
	if err != nil {
		return err
	}
	r := jsonWarnRender{
		jsonRender: jsonRender{w: w, lenient: c.lenient, newReads: w.direction == NewReadsOld},
		out:        out, seen: make(map[jsonSeen]bool), told: make(map[jsonPlace]bool),
	}
	return r.under("#/", found, r.newNode(roots).Position(), false)
}

// Doubts that the wire has no name for.
const (
	patternPropertyAdded   = "PATTERN_PROPERTY_ADDED"
	patternPropertyRemoved = "PATTERN_PROPERTY_REMOVED"
	propertyNamesAdded     = "PROPERTY_NAMES_ADDED"
	requiredNameAdded      = "REQUIRED_NAME_ADDED"
	containsAdded          = "CONTAINS_ADDED"
	containsWidened        = "CONTAINS_WIDENED"
	conditionChanged       = "CONDITION_CHANGED"
	formatAdded            = "FORMAT_ADDED"
	formatChanged          = "FORMAT_CHANGED"
	lostKeywordChanged     = "LOST_KEYWORD_CHANGED"
)

// doubt notes something that the wire lets pass.
func (f *jsonFound) doubt(code, step, keyword, name string) {
	if f.warn {
		f.doubtful = true
		f.items = append(f.items, jsonItem{step: step, code: code, keyword: keyword, name: name, doubt: true})
	}
}

// doubtDefault doubts a required property that was added with a default, where
// the policy lets it pass: validators do not fill defaults in.
func (f *jsonFound) doubtDefault(code, step, name string) {
	switch code {
	case "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL", "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_UNOPEN_CONTENT_MODEL":
		if compatibleJSON(code, f.lenient) {
			f.doubt(code, step, "properties", name)
		}
	}
}

// unseen takes the differences of a pair inside that the wire does not look
// at.
func (f *jsonFound) unseen(step string, inside *jsonFound, via jsonPair) {
	if inside.harmful || inside.doubtful {
		f.doubtful = true
		f.items = append(f.items, jsonItem{step: step, inside: inside, via: via, doubt: true})
	}
}

// intoUnseen compares a pair inside that the wire does not look at. An update
// that allows everything is no change.
func (c *jsonCheck) intoUnseen(f *jsonFound, step string, original, update *jsonschema.Node) error {
	if original == nil && update != nil && update.Kind == jsonschema.Empty {
		return nil
	}
	inside, err := c.compare(original, update)
	if err != nil {
		return err
	}
	f.unseen(step, inside, jsonPair{original, update})
	return nil
}

// betterThan says whether what a branch gave is to be taken, rather than what
// an earlier one gave.
func (f *jsonFound) betterThan(taken *jsonFound) bool {
	return !f.harmful && (taken == nil || taken.doubtful && !f.doubtful)
}

// maxHops is how many references in a row are followed.
const maxHops = 100

func isReference(n *jsonschema.Node) bool { return n != nil && n.Kind == jsonschema.Reference }

// behind compares what stands behind references to references, where the wire
// stops (compatibility.md 7.1, references).
func (c *jsonCheck) behind(p jsonPair) (*jsonFound, error) {
	end := jsonPair{p.original, p.update}
	for _, n := range []**jsonschema.Node{&end.original, &end.update} {
		for range maxHops {
			if isReference(*n) {
				*n = follow(*n)
			}
		}
		if *n == nil || isReference(*n) {
			return c.nothing, nil
		}
	}
	inside, err := c.compare(end.original, end.update)
	if err != nil {
		return nil, err
	}
	f := c.found(p)
	f.unseen("", inside, end)
	return f, nil
}

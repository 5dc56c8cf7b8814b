package compat

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsonschema"
)

// maxJSONDepth is how deeply a comparison may follow schemas into each other.
// Two long circles of references of different lengths meet in as many pairs as
// the product of their lengths.
const maxJSONDepth = 10_000

// diffJSON compares two JSON Schemas by wire/compatibility.md section 7. A
// recursive schema is gone through in passes: a pair that is met while it is
// being compared counts as harmless at first, and as what the pass before
// found of it afterwards, until the set of such pairs that do harm no longer
// changes. The last pass counts.
func diffJSON(_ context.Context, reader, writer schema.Schema, policy Policy, w *work) ([]Difference, string, error) {
	update, ok := reader.(*jsonschema.Schema)
	if !ok {
		return nil, "", fmt.Errorf("compat: the reader is a %T, not a JSON Schema", reader)
	}
	original, ok := writer.(*jsonschema.Schema)
	if !ok {
		return nil, "", fmt.Errorf("compat: the writer is a %T, not a JSON Schema", writer)
	}
	c := &jsonCheck{w: w, lenient: policy == Lenient, identities: make(map[*jsonschema.Node]string), nothing: &jsonFound{}}
	roots := jsonPair{original.Root(), update.Root()}
	found, err := c.passes(roots.original, roots.update)
	if err != nil {
		return nil, "", err
	}
	r := jsonRender{w: w, lenient: c.lenient, newReads: w.direction == NewReadsOld}
	diffs, err := r.all(found, roots)
	return diffs, "", err
}

// jsonPair are two nodes that are compared: the original wrote, the update
// reads.
type jsonPair struct{ original, update *jsonschema.Node }

// jsonCheck is one comparison of two schemas.
type jsonCheck struct {
	w       *work
	lenient bool
	// warn looks where the wire's rules do not, and finds doubts besides
	// (jsonschema_warn.go).
	warn bool
	// loses says that both schemas are of a dialect whose loader loses
	// keywords.
	loses bool
	// memo holds the pairs of this pass; one without a result is being
	// compared.
	memo map[jsonPair]*jsonFound
	// met are the pairs that were met while they were being compared, and
	// before holds those of the last pass that did harm.
	met    map[jsonPair]bool
	before map[jsonPair]*jsonFound
	// nothing is shared by all pairs without a difference.
	nothing    *jsonFound
	depth      int
	identities map[*jsonschema.Node]string
}

// passes compares until nothing changes any more.
func (c *jsonCheck) passes(original, update *jsonschema.Node) (*jsonFound, error) {
	for {
		c.memo, c.met = make(map[jsonPair]*jsonFound), make(map[jsonPair]bool)
		found, err := c.compare(original, update)
		if err != nil {
			return nil, err
		}
		harmful := make(map[jsonPair]*jsonFound)
		same := true
		for pair := range c.met {
			if f := c.memo[pair]; f.harmful {
				harmful[pair] = f
				same = same && c.before[pair] != nil
			}
		}
		if same && len(harmful) == len(c.before) {
			return found, nil
		}
		c.before = harmful
	}
}

// compare gives the differences of two nodes, either of which may be missing.
// References are followed once on each side.
func (c *jsonCheck) compare(original, update *jsonschema.Node) (*jsonFound, error) {
	if err := c.w.step(); err != nil {
		return nil, err
	}
	switch {
	case original == nil && update == nil:
		return c.nothing, nil
	case original == nil:
		f := c.found(jsonPair{nil, update})
		f.add(schemaAdded, "", "")
		return f, nil
	case update == nil:
		f := c.found(jsonPair{original, nil})
		f.add(schemaRemoved, "", "")
		return f, nil
	}
	pair := jsonPair{follow(original), follow(update)}
	if c.warn && (isReference(pair.original) || isReference(pair.update)) {
		return c.behind(pair)
	}
	if pair.original == nil || pair.update == nil {
		return c.nothing, nil
	}
	if f, met := c.memo[pair]; met {
		if f != nil {
			return f, nil
		}
		c.met[pair] = true
		if f = c.before[pair]; f != nil {
			return f, nil
		}
		return c.nothing, nil
	}
	if c.depth++; c.depth > maxJSONDepth {
		return nil, &BudgetError{Version: c.w.version, Reason: "the references lead too deeply into each other"}
	}
	c.memo[pair] = nil
	f, err := c.pair(pair)
	if c.warn && err == nil {
		f = c.unread(f, pair)
	}
	c.depth--
	if f != nil && len(f.items) == 0 && !f.harmful {
		f = c.nothing
	}
	c.memo[pair] = f
	return f, err
}

// into compares a pair inside another, one step further.
func (c *jsonCheck) into(f *jsonFound, step string, original, update *jsonschema.Node) error {
	inside, err := c.compare(original, update)
	if err != nil {
		return err
	}
	f.join(step, inside, jsonPair{original, update})
	return nil
}

// follow goes over one reference.
func follow(n *jsonschema.Node) *jsonschema.Node {
	if link, ok := n.Rules.(*jsonschema.Link); ok {
		return link.Target()
	}
	return n
}

// pair compares two nodes (compatibility.md 7.2, rules 2 to 5).
func (c *jsonCheck) pair(p jsonPair) (*jsonFound, error) {
	o, oCombined := p.original.Rules.(*jsonschema.Combination)
	u, uCombined := p.update.Rules.(*jsonschema.Combination)
	switch {
	case uCombined && !oCombined:
		f, err := c.intoChoice(p, u)
		if f != nil || err != nil {
			return f, err
		}
	case oCombined && !uCombined:
		f, err := c.outOfChoice(p, o)
		if f != nil || err != nil {
			return f, err
		}
	}
	f := c.found(p)
	if p.original.Kind != p.update.Kind {
		if p.original.Kind == jsonschema.False || p.update.Kind == jsonschema.Empty || bothBytes(p) {
			return f, nil
		}
		f.add(typeChanged, "", "")
		return f, nil
	}
	f.notes()
	switch rules := p.original.Rules.(type) {
	case *jsonschema.StringRules:
		f.strings(rules, p.update.Rules.(*jsonschema.StringRules))
	case *jsonschema.NumberRules:
		f.numbers(rules, p.update.Rules.(*jsonschema.NumberRules))
	case *jsonschema.Values:
		f.values(rules, p.update.Rules.(*jsonschema.Values))
	case *jsonschema.Node:
		return f, c.not(f, rules, p.update.Rules.(*jsonschema.Node))
	case *jsonschema.ArrayRules:
		return f, c.arrays(f, rules, p.update.Rules.(*jsonschema.ArrayRules))
	case *jsonschema.ObjectRules:
		return f, c.objects(f, rules, p.update.Rules.(*jsonschema.ObjectRules))
	case *jsonschema.Combination:
		return f, c.combinations(f, rules, p.update.Rules.(*jsonschema.Combination))
	case *jsonschema.Condition:
		if c.warn {
			return f, c.conditions(f, rules, p.update.Rules.(*jsonschema.Condition))
		}
	}
	return f, nil
}

func bothBytes(p jsonPair) bool {
	return p.original.Notes != nil && p.update.Notes != nil && p.original.Notes.ConnectBytes && p.update.Notes.ConnectBytes
}

// intoChoice compares a plain node with the branches of a combined update; nil
// when none of them takes it up.
func (c *jsonCheck) intoChoice(p jsonPair, u *jsonschema.Combination) (*jsonFound, error) {
	if len(u.Branches) != 1 && u.Criterion == jsonschema.AllOf {
		return nil, nil
	}
	fits, of, err := bestBranch(u.Branches, func(branch *jsonschema.Node) (*jsonFound, error) { return c.compare(p.original, branch) })
	if err != nil || fits == nil || len(u.Branches) == 1 {
		return fits, err
	}
	taken := c.found(p)
	taken.join("", fits, jsonPair{p.original, of})
	taken.add(sumTypeExtended, "", u.Criterion.String())
	if c.warn && u.Criterion == jsonschema.OneOf {
		return taken, c.furtherBranches(taken, u.Branches, map[*jsonschema.Node]bool{of: true})
	}
	return taken, nil
}

// bestBranch gives what comparing the branches of a combination finds best, and
// in which; nil when none fits. It stops at the first that fits without a doubt.
func bestBranch(
	branches []*jsonschema.Node, compare func(*jsonschema.Node) (*jsonFound, error),
) (fits *jsonFound, of *jsonschema.Node, err error) {
	for _, branch := range branches {
		f, err := compare(branch)
		if err != nil {
			return nil, nil, err
		}
		if f.betterThan(fits) {
			fits, of = f, branch
		}
		if fits != nil && !fits.doubtful {
			break
		}
	}
	return fits, of, nil
}

// outOfChoice compares the branches of a combined original with a plain node;
// nil when it takes up none of them.
func (c *jsonCheck) outOfChoice(p jsonPair, o *jsonschema.Combination) (*jsonFound, error) {
	if len(o.Branches) != 1 && o.Criterion != jsonschema.AllOf {
		return nil, nil
	}
	fits, of, err := bestBranch(o.Branches, func(branch *jsonschema.Node) (*jsonFound, error) { return c.compare(branch, p.update) })
	if err != nil || fits == nil || len(o.Branches) == 1 {
		return fits, err
	}
	taken := c.found(p)
	taken.join("", fits, jsonPair{of, p.update})
	taken.add(productTypeNarrowed, "", o.Criterion.String())
	return taken, nil
}

// not compares what two schemas forbid, the other way round; nothing of the
// inner differences is told.
func (c *jsonCheck) not(f *jsonFound, original, update *jsonschema.Node) error {
	inner, err := c.compare(update, original)
	if err != nil {
		return err
	}
	if inner.harmful {
		f.add(notTypeExtended, "not", "not")
	} else {
		f.add(notTypeNarrowed, "not", "not")
	}
	if inner.doubtful && !inner.harmful {
		f.doubt(notTypeExtended, "not", "not", "")
	}
	return nil
}

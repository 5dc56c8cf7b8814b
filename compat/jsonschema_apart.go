package compat

import (
	"slices"

	"github.com/weir-registry/weir/schema/jsonschema"
)

// furtherBranches doubts a oneOf that has branches beyond those that the
// original's fit: a value that fits one of them too fits no longer exactly
// one. Branches that no value can fit together do no harm.
func (c *jsonCheck) furtherBranches(f *jsonFound, branches []*jsonschema.Node, matched map[*jsonschema.Node]bool) error {
	for _, further := range branches {
		if matched[further] {
			continue
		}
		for _, other := range branches {
			if other == further || !matched[other] {
				continue
			}
			apart, err := c.apart(further, other, apartDepth)
			if err != nil {
				return err
			}
			if !apart {
				f.doubt(sumTypeExtended, "", "oneOf", "")
				return nil
			}
		}
	}
	return nil
}

// apartDepth is how deeply it is looked whether two schemas can meet.
const apartDepth = 6

// apart says that no value can fit both schemas, where that is easy to see:
// other types, other values, or objects of which one asks for what the other
// refuses. False means that nothing was seen.
func (c *jsonCheck) apart(a, b *jsonschema.Node, depth int) (bool, error) {
	if err := c.w.step(); err != nil || depth == 0 {
		return false, err
	}
	a, b = follow(a), follow(b)
	if a == nil || b == nil {
		return false, nil
	}
	if a.Kind == jsonschema.False || b.Kind == jsonschema.False {
		return true, nil
	}
	for _, x := range [][2]*jsonschema.Node{{a, b}, {b, a}} {
		if of, ok := x[0].Rules.(*jsonschema.Combination); ok {
			return c.branchesApart(of, x[1], depth-1)
		}
	}
	av, aValues := a.Rules.(*jsonschema.Values)
	bv, bValues := b.Rules.(*jsonschema.Values)
	switch {
	case aValues && bValues:
		return c.valuesApart(av.List, bv.List)
	case aValues:
		return b.Typed && !slices.ContainsFunc(av.List, func(v *jsonschema.Value) bool { return kindOfValue(v) == b.Kind }), nil
	case bValues:
		return a.Typed && !slices.ContainsFunc(bv.List, func(v *jsonschema.Value) bool { return kindOfValue(v) == a.Kind }), nil
	case a.Typed && b.Typed && a.Kind != b.Kind:
		return true, nil
	}
	ao, aObject := a.Rules.(*jsonschema.ObjectRules)
	bo, bObject := b.Rules.(*jsonschema.ObjectRules)
	if aObject && bObject && a.Typed && b.Typed {
		return c.objectsApart(ao, bo, depth-1)
	}
	return false, nil
}

// branchesApart says whether a combined schema has nothing in common with
// another: one branch of allOf is enough, of the others it must be all.
func (c *jsonCheck) branchesApart(of *jsonschema.Combination, n *jsonschema.Node, depth int) (bool, error) {
	all := of.Criterion != jsonschema.AllOf
	for _, branch := range of.Branches {
		apart, err := c.apart(branch, n, depth)
		if err != nil {
			return false, err
		}
		if apart != all {
			return apart, nil
		}
	}
	return all && len(of.Branches) > 0, nil
}

// valuesApart says whether two lists of values have none in common. Numbers
// count by value; what could hold numbers inside is not looked into.
func (c *jsonCheck) valuesApart(a, b []*jsonschema.Value) (bool, error) {
	if err := c.w.steps((len(a) + len(b)) / 4); err != nil {
		return false, err
	}
	keys := make(map[string]bool, len(a))
	for _, v := range a {
		key, ok := valueKey(v)
		if !ok {
			return false, nil
		}
		keys[key] = true
	}
	for _, v := range b {
		if key, ok := valueKey(v); !ok || keys[key] {
			return false, nil
		}
	}
	return true, nil
}

func valueKey(v *jsonschema.Value) (string, bool) {
	switch v.Kind() {
	case jsonschema.NumberValue:
		n := v.Rat()
		if n == nil {
			return "", false
		}
		return n.RatString(), true
	case jsonschema.ArrayValue, jsonschema.ObjectValue:
		return "", false
	}
	return v.Key(), true
}

func kindOfValue(v *jsonschema.Value) jsonschema.Kind {
	switch v.Kind() {
	case jsonschema.NullValue:
		return jsonschema.Null
	case jsonschema.TrueValue, jsonschema.FalseValue:
		return jsonschema.Boolean
	case jsonschema.NumberValue:
		return jsonschema.Number
	case jsonschema.StringValue:
		return jsonschema.String
	case jsonschema.ArrayValue:
		return jsonschema.Array
	}
	return jsonschema.Object
}

// objectsApart says whether one object asks for a property that the other
// refuses, or both for one whose schemas are apart.
func (c *jsonCheck) objectsApart(a, b *jsonschema.ObjectRules, depth int) (bool, error) {
	for _, x := range [][2]*jsonschema.ObjectRules{{a, b}, {b, a}} {
		asks, other := x[0], x[1]
		if err := c.w.steps(1 + len(asks.Required)/4); err != nil {
			return false, err
		}
		closed := other.Additional.Forbidden && len(other.Patterns) == 0
		for _, name := range asks.Required {
			theirs := other.Property(name)
			if theirs == nil && closed {
				return true, nil
			}
			ours := asks.Property(name)
			if ours == nil || theirs == nil {
				continue
			}
			// The other need not ask for it: where it is there, it must fit
			// both.
			if apart, err := c.apart(ours, theirs, depth); apart || err != nil {
				return apart, err
			}
		}
	}
	return false, nil
}

package compat

import (
	"strconv"

	"github.com/weir-registry/weir/schema/jsonschema"
)

// combinations compares two combined schemas (compatibility.md 7.2, combined
// pair).
func (c *jsonCheck) combinations(f *jsonFound, o, u *jsonschema.Combination) error {
	if o.Criterion != u.Criterion {
		if !extends(o, u) {
			f.add("COMBINED_TYPE_CHANGED", "", u.Criterion.String())
			return nil
		}
		f.add("COMBINED_TYPE_EXTENDED", "", u.Criterion.String())
	}
	was, err := c.distinct(o.Branches)
	if err != nil {
		return err
	}
	is, err := c.distinct(u.Branches)
	if err != nil {
		return err
	}
	switch {
	case len(was) < len(is) && u.Criterion == jsonschema.AllOf:
		f.add(productTypeExtended, "", u.Criterion.String())
	case len(was) < len(is):
		f.add(sumTypeExtended, "", u.Criterion.String())
	case len(was) > len(is) && o.Criterion == jsonschema.AllOf:
		f.add(productTypeNarrowed, "", o.Criterion.String())
	case len(was) > len(is):
		f.add(sumTypeNarrowed, "", o.Criterion.String())
	}
	m := matching{found: make([][]*jsonFound, len(was)), of: make([]int, len(is))}
	for i, branch := range was {
		m.found[i] = make([]*jsonFound, len(is))
		for j, other := range is {
			if m.found[i][j], err = c.compare(branch, other); err != nil {
				return err
			}
		}
	}
	m.doubts = c.warn
	pairs := m.pairs()
	for i := range was {
		if j, ok := pairs[i]; ok {
			f.join(o.Criterion.String()+"/"+strconv.Itoa(i), m.found[i][j], jsonPair{was[i], is[j]})
		}
	}
	if len(pairs) < min(len(was), len(is)) {
		f.add("COMBINED_TYPE_SUBSCHEMAS_CHANGED", "", u.Criterion.String())
	}
	if c.warn && u.Criterion == jsonschema.OneOf && len(was) < len(is) {
		matched := make(map[*jsonschema.Node]bool, len(pairs))
		for _, j := range pairs {
			matched[is[j]] = true
		}
		return c.furtherBranches(f, is, matched)
	}
	return nil
}

// extends says whether a change of the criterion lets everything pass that
// passed before. All branches count here, equal ones too.
func extends(o, u *jsonschema.Combination) bool {
	one := len(o.Branches) == 1
	still := len(u.Branches) == 1
	return u.Criterion == jsonschema.AnyOf || one && still ||
		one && u.Criterion == jsonschema.OneOf || still && o.Criterion == jsonschema.AllOf
}

// distinct drops branches that equal an earlier one.
func (c *jsonCheck) distinct(branches []*jsonschema.Node) ([]*jsonschema.Node, error) {
	seen := make(map[string]bool, len(branches))
	list := make([]*jsonschema.Node, 0, len(branches))
	for _, b := range branches {
		id, ok := c.identities[b]
		if !ok {
			id = b.Identity()
			c.identities[b] = id
			if err := c.w.steps(len(id) / 64); err != nil {
				return nil, err
			}
		}
		if !seen[id] {
			seen[id] = true
			list = append(list, b)
		}
	}
	return list, nil
}

// matching pairs the branches of two sides so that as many as possible are
// compatible (augmenting paths).
type matching struct {
	// found holds what each pair of branches gave.
	found [][]*jsonFound
	// of is the original branch, counted from 1, that an update branch is
	// paired with.
	of   []int
	seen []bool
	// doubts asks for pairs without a doubt before others; sure is set while
	// only such count.
	doubts, sure bool
}

// pairs gives the update branch of each original branch that has one.
func (m *matching) pairs() map[int]int {
	var done []bool
	if m.doubts {
		m.sure, done = true, make([]bool, len(m.found))
		m.all(done)
		m.sure = false
	}
	m.all(done)
	pairs := make(map[int]int)
	for j, i := range m.of {
		if i > 0 {
			pairs[i-1] = j
		}
	}
	return pairs
}

// all looks for a branch for each that is not done yet; one that was found may
// change, but is never lost. Nothing is kept in a nil list.
func (m *matching) all(done []bool) {
	for i := range m.found {
		if done != nil && done[i] {
			continue
		}
		m.seen = make([]bool, len(m.of))
		if found := m.augment(i); done != nil {
			done[i] = found
		}
	}
}

func (m *matching) augment(i int) bool {
	for j, f := range m.found[i] {
		if f.harmful || m.sure && f.doubtful || m.seen[j] {
			continue
		}
		m.seen[j] = true
		if m.of[j] == 0 || m.augment(m.of[j]-1) {
			m.of[j] = i + 1
			return true
		}
	}
	return false
}

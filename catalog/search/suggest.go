package search

import (
	"cmp"
	"slices"
	"strings"
)

// Suggestion is a name that begins with what was typed, on the best document
// that has it.
type Suggestion struct {
	Ref
	Kind   Kind
	Member bool
	Name   string
	Path   string
}

// Completion is a question as it is typed.
type Completion struct {
	Prefix string
	Kinds  []Kind
	// Limit is how many to give: 0 means 10, more than 100 means 100.
	Limit   int
	Allowed func(Ref) bool
}

const (
	defaultLimit = 10
	mostLimit    = 100
)

// Suggest completes what is being typed: names that begin with it, each once,
// the shorter first and then in the order of the alphabet; each stands for the
// most used document that has it.
func (ix *Index) Suggest(c Completion) []Suggestion {
	limit := c.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, mostLimit)
	prefix := fold(c.Prefix)
	if prefix == "" {
		return nil
	}
	q := Query{Filter: Filter{Kinds: c.Kinds}, Allowed: c.Allowed}
	var list []suggested
	for _, v := range ix.published.Load().views {
		list = append(list, v.visible(&q).suggest(prefix, limit)...)
	}
	slices.SortFunc(list, func(a, b suggested) int { return a.compare(&b) })
	var out []Suggestion
	for i, s := range list {
		if i > 0 && s.name == list[i-1].name {
			continue
		}
		if len(out) == limit {
			break
		}
		out = append(out, Suggestion{Ref: s.ref, Kind: s.kind, Member: s.member, Name: s.name, Path: s.path})
	}
	return out
}

type suggested struct{ position }

func (s *suggested) compare(o *suggested) int {
	return cmp.Or(
		cmp.Compare(len(s.fold), len(o.fold)), strings.Compare(s.fold, o.fold), strings.Compare(s.name, o.name),
		s.position.compare(o.position),
	)
}

// suggest gives the first names of a view, each on its best document.
func (v *visible) suggest(prefix string, limit int) []suggested {
	from, to := v.prefixed(prefix)
	// Those of one length stand in the range in their order, so the names are
	// dealt out by length; where every name has a visible document, no more of a
	// length are of use than are asked for.
	all := v.asked == nil && v.own == nil && v.dead == nil // a Completion filters by nothing else
	byLength := make([][]uint32, 0, 64)
	for name := from; name < to; name++ {
		n := len(v.folds.at(name)) - len(prefix)
		for len(byLength) <= n {
			byLength = append(byLength, nil)
		}
		if !all || len(byLength[n]) < limit && len(v.segment.documents[inName].at(name)) > 0 {
			byLength[n] = append(byLength[n], name)
		}
	}
	var list []suggested
	for _, names := range byLength {
		for _, name := range names {
			if len(list) == limit {
				return list
			}
			if r, ok := v.bestOf(name); ok {
				list = append(list, suggested{v.position(r)})
			}
		}
	}
	return list
}

// bestOf is the most used visible document that has a name.
func (v *visible) bestOf(name uint32) (ranked, bool) {
	var first ranked
	ok := false
	for _, doc := range v.segment.documents[inName].at(name) {
		if !v.has(doc) {
			continue
		}
		r := ranked{key: rankKey(0, 0, v.uses[v.entityOf(doc)], name), doc: doc}
		if !ok || v.before(r, first) {
			first, ok = r, true
		}
	}
	return first, ok
}

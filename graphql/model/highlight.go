package model

import "github.com/weir-registry/weir/catalog/search"

// Highlight is the GraphQL type of that name.
type Highlight struct {
	Field    string
	Fragment string
	marks    [][2]int
}

// HighlightPart is the GraphQL type of that name.
type HighlightPart struct {
	Text   string
	Marked bool
}

func highlightsOf(list []search.Highlight) []*Highlight {
	out := make([]*Highlight, len(list))
	for i, h := range list {
		out[i] = &Highlight{h.Field, h.Fragment, h.Marks}
	}
	return out
}

// Parts are the fragment cut where what was found begins and ends.
func (h *Highlight) Parts() []*HighlightPart {
	var parts []*HighlightPart
	at := 0
	add := func(to int, marked bool) {
		if to = min(to, len(h.Fragment)); to > at {
			parts = append(parts, &HighlightPart{h.Fragment[at:to], marked})
			at = to
		}
	}
	for _, mark := range h.marks {
		add(mark[0], false)
		add(mark[1], true)
	}
	add(len(h.Fragment), false)
	return parts
}

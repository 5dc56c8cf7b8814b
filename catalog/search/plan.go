package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// enough is how many visible documents a word needs for no typo to be thought of.
const enough = 3

// plan is what a query looks for, in all segments.
type plan struct {
	*Query
	all     bool // the text is empty
	fold    string
	words   []word // without those that were dropped
	dropped []string
	// didYouMean is the text with better words.
	didYouMean string
}

// word is a word of a query and what stands for it.
type word struct {
	text string
	near []nearWord // by distance
}

// nearWord is a word of the index not far from one of a query.
type nearWord struct {
	text     string
	distance int
}

// distance is how far the farthest of the words is that stand for a query's.
func (p *plan) distance() int {
	d := 0
	for _, w := range p.words {
		for _, n := range w.near {
			d = max(d, n.distance)
		}
	}
	return d
}

func (q *Query) plan(views []*visible, s *scratch) *plan {
	p := &plan{Query: q, all: strings.TrimSpace(q.Text) == "", fold: fold(q.Text)}
	texts := queryWords(q.Text)
	named := 0
	if p.fold != "" {
		named = countNamed(views, p.fold)
	}
	better := map[string]string{}
	for _, text := range texts {
		w := word{text: text}
		if named >= enough {
			p.words = append(p.words, w)
			continue
		}
		have := 0
		for _, v := range views {
			have += v.withWord(text, enough)
		}
		var correction string
		if have < enough {
			w.near, correction = nearWords(views, text, s)
		}
		switch {
		case have == 0 && len(w.near) == 0 && named == 0:
			p.dropped = append(p.dropped, text)
			continue
		case have == 0 && named == 0:
			better[text] = correction
		}
		p.words = append(p.words, w)
	}
	if len(better) > 0 {
		p.didYouMean = replaceWords(q.Text, better)
	}
	return p
}

// countNamed counts the visible documents whose name begins with a text, until
// there are enough.
func countNamed(views []*visible, fold string) int {
	n := 0
	for _, v := range views {
		var docs []uint32
		from, to := v.prefixed(fold)
		for name := from; name < to && n+len(docs) < enough; name++ {
			docs = v.mostNamed(docs, enough, name)
		}
		n += len(docs)
	}
	return n
}

// allowance is how many edits a word may be off.
func allowance(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n >= 8:
		return 2
	case n >= 4:
		return 1
	}
	return 0
}

// nearWords are the words near another that visible documents have, and the
// best of them: the nearest, then the one that most documents have.
func nearWords(views []*visible, text string, s *scratch) (near []nearWord, correction string) {
	most := allowance(text)
	if most == 0 {
		return nil, ""
	}
	distances := map[string]int{}
	d := newDistance(text)
	bits := letters(text)
	for _, v := range views {
		for w, l := range v.words.letters {
			if w > 0 && onesCount(l^bits) <= 2*most {
				d.near(distances, string(v.words.at(uint32(w))), most)
			}
		}
		for name, l := range v.letters {
			if onesCount(l^bits) <= 2*most {
				d.near(distances, v.folds.at(uint32(name)), most)
			}
		}
	}
	type counted struct {
		nearWord
		count int
	}
	var list []counted
	for candidate, n := range distances {
		c := counted{nearWord: nearWord{candidate, n}}
		for _, v := range views {
			c.count += v.countWord(candidate, s)
		}
		if c.count > 0 {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b counted) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(b.count, a.count), strings.Compare(a.text, b.text))
	})
	if len(list) == 0 {
		return nil, ""
	}
	for _, c := range list {
		near = append(near, c.nearWord)
	}
	return near, near[0].text
}

// replaceWords puts better words into a text and leaves the rest as it is.
func replaceWords(text string, better map[string]string) string {
	var b strings.Builder
	at := 0
	for _, sp := range appendSpans(nil, text) {
		if sp.whole {
			continue
		}
		with, ok := better[string(appendLower(nil, text[sp.from:sp.to]))]
		if !ok {
			continue
		}
		b.WriteString(text[at:sp.from])
		b.WriteString(with)
		at = sp.to
	}
	b.WriteString(text[at:])
	return b.String()
}

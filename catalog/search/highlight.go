package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Highlight is a piece of a document in which words of the query stand.
type Highlight struct {
	// Field is where: "name", "path", "description", "tag", "term" or "type".
	Field    string
	Fragment string
	// Marks are where the words are in Fragment, as byte ranges.
	Marks [][2]int
}

// aFragment is how many bytes of a long text are shown on each side.
const aFragment = 80

var sortNames = [sorts]string{inName: "name", inPath: "path", inDescription: "description", inLabel: "tag", inType: "type"}

func (f *found) highlights(p *plan) []Highlight {
	if p.all {
		return nil
	}
	var list []Highlight
	add := func(field, text string) {
		if h, ok := p.highlight(field, text); ok {
			list = append(list, h)
		}
	}
	name := f.names.at(f.row(f.doc).name)
	if tier := keyTier(f.rank); tier == tierExact || tier == tierPrefix {
		list = append(list, Highlight{"name", name, [][2]int{{0, foldedLength(name, len(p.fold))}}})
	} else {
		add("name", name)
	}
	add("path", f.paths.at(f.path.at(f.doc)))
	add("description", f.descriptions.at(f.row(f.doc).description))
	own := f.row(f.doc).own
	for _, tag := range f.ownSets.texts(own, facetTag) {
		add("tag", tag)
	}
	for _, term := range f.ownSets.texts(own, facetTerm) {
		add("term", term)
	}
	add("type", f.types.at(f.row(f.doc).typ))
	return list
}

// foldedLength is how much of a text folds to so many bytes.
func foldedLength(text string, folded int) int {
	var buf []byte
	at := 0
	for at < len(text) && len(buf) < folded {
		_, size := decode(text, at)
		buf = appendFold(buf, text[at:at+size])
		at += size
	}
	return at
}

// stands says which word of the query a word of a text answers.
func (p *plan) stands(text string) (word, nearWord, bool) {
	for _, w := range p.words {
		if w.text == text {
			return w, nearWord{text: text}, true
		}
		for _, n := range w.near {
			if n.text == text {
				return w, n, true
			}
		}
	}
	return word{}, nearWord{}, false
}

func (p *plan) highlight(field, text string) (Highlight, bool) {
	var marks [][2]int
	for _, sp := range appendSpans(nil, text) {
		if _, _, ok := p.stands(string(appendLower(nil, text[sp.from:sp.to]))); ok {
			marks = append(marks, [2]int{sp.from, sp.to})
		}
	}
	if field == "name" && len(marks) == 0 {
		if _, _, ok := p.stands(fold(text)); ok {
			marks = append(marks, [2]int{0, len(text)})
		}
	}
	if len(marks) == 0 {
		return Highlight{}, false
	}
	from, to := window(text, marks[0])
	h := Highlight{Field: field, Fragment: text[from:to]}
	for _, m := range marks {
		if m[0] >= from && m[1] <= to {
			h.Marks = append(h.Marks, [2]int{m[0] - from, m[1] - from})
		}
	}
	return h, true
}

// window is the part of a text around a mark, cut between characters.
func window(text string, mark [2]int) (from, to int) {
	from, to = max(0, mark[0]-aFragment), min(len(text), mark[1]+aFragment)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return from, to
}

// why tells what put a hit in its place, in the order in which it counts.
func (f *found) why(p *plan) string {
	var parts []string
	tier := keyTier(f.rank)
	switch {
	case tier == tierAll:
		parts = append(parts, "no words: everything")
	case tier == tierExact:
		parts = append(parts, "the name is the query")
	case tier == tierPrefix:
		parts = append(parts, "the name begins with the query")
	case (tier-tierNames)%2 == 0:
		parts = append(parts, "all words in name and path")
	default:
		parts = append(parts, "all words in name, path, description, tags, terms and type")
	}
	if d := (tier - tierNames) / 2; tier >= tierNames && d > 0 {
		parts[0] += fmt.Sprintf(", up to %d letters off", d)
	}
	for _, w := range p.words {
		if places := f.places(w); places != "" {
			parts = append(parts, places)
		}
	}
	parts = append(parts, fmt.Sprintf("further words in the name: %d", keyExtra(f.rank)), fmt.Sprintf("uses: %d", keyUses(f.rank)))
	return strings.Join(parts, "; ")
}

// places tells where a word of the query stands in the document.
func (f *found) places(w word) string {
	numbers := [sorts]uint32{
		f.row(f.doc).name, f.path.at(f.doc), f.row(f.doc).description,
		f.row(f.doc).own, f.row(f.doc).typ,
	}
	one := &plan{words: []word{w}}
	var places []string
	for sort, id := range numbers {
		var r wordReader
		see := func(text []byte, _ bool) {
			_, n, ok := one.stands(string(text))
			if !ok {
				return
			}
			place := fmt.Sprintf("%q in %s", w.text, sortNames[sort])
			if n.distance > 0 {
				place = fmt.Sprintf("%q as %q in %s", w.text, n.text, sortNames[sort])
			}
			if !slices.Contains(places, place) {
				places = append(places, place)
			}
		}
		text := f.text(sort, id)
		r.each(text, see)
		if sort == inName && len(places) == 0 {
			see([]byte(fold(text)), true)
		}
	}
	return strings.Join(places, ", ")
}

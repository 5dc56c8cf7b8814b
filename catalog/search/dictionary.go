package search

import (
	"strings"
	"unicode/utf8"
)

// dictionary numbers the words of a segment's texts. Whole names, folded, are
// not in it: the sorted names are searched for them.
type dictionary struct {
	interner
	found  [sorts]lists // by text: its words
	list   [][]byte     // of words to number
	upTo   []int        // of the texts that were read: where their words end
	stamps []uint32     // by word: the text that had it last, doubled; the lowest bit says that it is a word of its own there
	reader wordReader
}

func newDictionary() *dictionary {
	return &dictionary{interner: newInterner(), stamps: make([]uint32, 1)}
}

// read finds the words of all texts of some sorts.
func (d *dictionary) read(s *segment, from ...int) {
	for _, sort := range from {
		if sort == inName {
			s.nameWords = make([]uint8, s.names.len())
		}
		clear(d.stamps)
		n := uint32(s.distinct(sort))
		d.found[sort].ends = make([]uint32, 0, n)
		for text := range n {
			d.reader.read(s.text(sort, text))
			if sort == inName {
				d.dropWhole(s.folds.at(text))
			}
			d.upTo = append(d.upTo, len(d.reader.spans))
			if len(d.reader.spans) >= wordsAtOnce {
				d.flush(s, sort)
			}
		}
		d.flush(s, sort)
	}
}

// dropWhole drops the last word if it is all of the name that was read: names
// are found by their folds.
func (d *dictionary) dropWhole(fold string) {
	spans := d.reader.spans
	if n := len(spans) - 1; n >= 0 && spans[n].whole && spans[n].to-spans[n].from == len(fold) {
		d.reader.spans = spans[:n]
	}
}

// wordsAtOnce is of how many words the numbers are asked for at once.
const wordsAtOnce = 128

// flush numbers the words of the texts that were read.
func (d *dictionary) flush(s *segment, sort int) {
	const ofItsOwn = 1
	r := &d.reader
	d.list = d.list[:0]
	for _, sp := range r.spans {
		d.list = append(d.list, r.low[sp.from:sp.to])
	}
	ids := d.ids(d.list)
	for len(d.stamps) < d.len() {
		d.stamps = append(d.stamps, 0)
	}
	l := &d.found[sort]
	l.of = room(l.of, len(ids))
	from := 0
	for _, to := range d.upTo {
		text := uint32(len(l.ends))
		for i := from; i < to; i++ {
			id := ids[i]
			stamp := d.stamps[id]
			if stamp>>1 != text+1 {
				l.of = append(l.of, id)
				stamp = (text + 1) << 1
			}
			if sort == inName && !r.spans[i].whole && stamp&ofItsOwn == 0 {
				stamp |= ofItsOwn
				if s.nameWords[text] < 255 {
					s.nameWords[text]++
				}
			}
			d.stamps[id] = stamp
		}
		l.ends = append(l.ends, uint32(len(l.of)))
		from = to
	}
	r.spans, r.low, d.upTo = r.spans[:0], r.low[:0], d.upTo[:0]
}

// room makes room for more at the end of a list, doubling it.
func room[T uint8 | uint32](list []T, more int) []T {
	if len(list)+more <= cap(list) {
		return list
	}
	grown := make([]T, 2*len(list)+more)
	return grown[:copy(grown, list)]
}

// vocabulary makes the words as a segment keeps them.
func (d *dictionary) vocabulary() vocabulary {
	w := vocabulary{interner: d.interner}
	w.letters = make([]uint32, w.len())
	for i := 1; i < len(w.letters); i++ {
		w.letters[i] = letters(w.at(uint32(i)))
	}
	return w
}

// vocabulary are the words of a segment by number, from 1.
type vocabulary struct {
	interner
	letters []uint32 // which letters they hold, as bits
}

// distinct is how many different texts of a sort there are.
func (s *segment) distinct(sort int) int {
	switch sort {
	case inName:
		return s.names.len()
	case inPath:
		return s.paths.len()
	case inDescription:
		return s.descriptions.len()
	case inType:
		return s.types.len()
	}
	return s.own.len()
}

// text is a text that documents are found by.
func (s *segment) text(sort int, id uint32) string {
	switch sort {
	case inName:
		return s.names.at(id)
	case inPath:
		return s.paths.at(id)
	case inDescription:
		return s.descriptions.at(id)
	case inType:
		return s.types.at(id)
	}
	return s.label(id)
}

// label is the tags and terms of an own set as a text.
func (s *segment) label(set uint32) string {
	var b strings.Builder
	for _, v := range s.own.at(set) {
		if f := s.own.values[v].field; f == facetTag || f == facetTerm {
			b.WriteString(s.own.values[v].value)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// letters are the letters of a word as bits: two words that one edit parts
// differ in at most two of them.
func letters[T string | []byte](word T) uint32 {
	var bits uint32
	for i := 0; i < len(word); {
		if word[i] < utf8.RuneSelf {
			bits |= 1 << (word[i] % 32)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(string(word[i:]))
		bits |= 1 << (uint32(r) % 32)
		i += size
	}
	return bits
}

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
		l := &d.found[sort]
		l.ends = make([]uint32, n)
		for text := range n {
			d.readText(s, l, sort, text)
			l.ends[text] = uint32(len(l.of))
		}
	}
}

func (d *dictionary) readText(s *segment, l *lists, sort int, text uint32) {
	const ofItsOwn = 1
	whole := -1 // how long the word is that is the whole name
	if sort == inName {
		whole = len(s.folds.at(text))
	}
	low, spans := d.reader.read(s.text(sort, text))
	for i := range spans {
		sp := &spans[i]
		if sp.whole && sp.to-sp.from == whole {
			continue
		}
		id := d.id(low[sp.from:sp.to])
		if id == uint32(len(d.stamps)) {
			d.stamps = append(d.stamps, 0)
		}
		stamp := d.stamps[id]
		if stamp>>1 != text+1 {
			l.of = append(l.of, id)
			stamp = (text + 1) << 1
		}
		if !sp.whole && stamp&ofItsOwn == 0 {
			stamp |= ofItsOwn
			if sort == inName && s.nameWords[text] < 255 {
				s.nameWords[text]++
			}
		}
		d.stamps[id] = stamp
	}
}

// vocabulary makes the words as a segment keeps them.
func (d *dictionary) vocabulary() vocabulary {
	w := vocabulary{interner: d.interner}
	w.block = append(make([]byte, 0, len(w.block)), w.block...)
	w.ends = append(make([]uint32, 0, len(w.ends)), w.ends...)
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

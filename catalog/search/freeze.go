package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// freeze makes the segment of what was added. The builder is spent.
func (b *Builder) freeze() *segment {
	b.sortEntities()
	s := &segment{}
	b.layOut(s)
	s.paths, s.descriptions, s.types = newTexts(b.paths.list), newTexts(b.descriptions.list), newTexts(b.types.list)
	s.inherited, s.own = b.inherited.sets, b.own.sets
	if s.size() < sideBySide {
		b.sortNames(s)
		s.invertColumns()
		s.indexWords(nil)
		return s
	}
	// Two cores: one for the words of all texts, where names come last since
	// they have their numbers only when they are sorted.
	sorted, inverted := make(chan struct{}), make(chan struct{})
	go func() {
		b.sortNames(s)
		close(sorted)
		s.invertColumns()
		close(inverted)
	}()
	s.indexWords(sorted)
	<-inverted
	return s
}

// sideBySide is from how many documents two cores are worth it.
const sideBySide = 10_000

// invertColumns makes the postings from texts to documents.
func (s *segment) invertColumns() {
	const none = ^uint32(0)
	s.documents = [sorts]postings{
		inName:        invert(s.name, uint32(s.names.len()), none),
		inPath:        invert(s.path, uint32(s.paths.len()), 0),
		inDescription: invert(s.description, uint32(s.descriptions.len()), 0),
		inLabel:       invert(s.columns.own, uint32(s.own.len()), none),
		inType:        invert(s.typ, uint32(s.types.len()), 0),
	}
}

// layOut puts the documents in their order.
func (b *Builder) layOut(s *segment) {
	size := len(b.entities)
	for _, e := range b.entities {
		size += e.members
	}
	s.columns.each(&s.columns, func(column, _ *[]uint32) { *column = make([]uint32, 0, size) })
	s.uses = make([]uint32, len(b.entities))
	s.first = make([]uint32, len(b.entities)+1)
	s.owner = make([]uint32, 0, size-len(b.entities))
	ids := make([]string, len(b.entities))
	for i, e := range b.entities {
		s.columns.append(e.row)
		s.uses[i], ids[i] = e.uses, e.ref.ID
		if n := len(s.kinds); n == 0 || s.kinds[n-1] != string(e.ref.Kind) {
			s.kinds = append(s.kinds, strings.Clone(string(e.ref.Kind)))
			s.kindEnds = append(s.kindEnds, 0)
		}
		s.kindEnds[len(s.kindEnds)-1] = uint32(i + 1)
	}
	s.ids = newTexts(ids)
	for i, e := range b.entities {
		s.first[i] = uint32(s.columns.len())
		s.columns.each(&b.members, func(column, members *[]uint32) {
			*column = append(*column, (*members)[e.first:e.first+e.members]...)
		})
		for range e.members {
			s.owner = append(s.owner, uint32(i))
		}
	}
	s.first[len(b.entities)] = uint32(s.columns.len())
	b.members = columns{}
}

// sortNames orders the names by fold, so that those that begin alike stand
// together and comparing numbers is comparing names.
func (b *Builder) sortNames(s *segment) {
	type folded struct {
		fold, name string
		id         uint32
	}
	list := make([]folded, len(b.names.list))
	var buf []byte
	for i, name := range b.names.list {
		buf = appendFold(buf[:0], name)
		f := folded{name: name, id: uint32(i)}
		if string(buf) == name {
			f.fold = name
		} else {
			f.fold = string(buf)
		}
		list[i] = f
	}
	slices.SortFunc(list, func(x, y folded) int {
		if c := strings.Compare(x.fold, y.fold); c != 0 {
			return c
		}
		return strings.Compare(x.name, y.name)
	})
	names, folds := make([]string, len(list)), make([]string, len(list))
	number := make([]uint32, len(list))
	for i, f := range list {
		names[i], folds[i], number[f.id] = f.name, f.fold, uint32(i)
	}
	s.names, s.folds = newTexts(names), newTexts(folds)
	for i, id := range s.name {
		s.name[i] = number[id]
	}
}

// indexWords makes the dictionary of words and their postings. Names are read
// when they are sorted.
func (s *segment) indexWords(named <-chan struct{}) {
	in := newInterner()
	var found [sorts]pairs
	for sort := inPath; sort < sorts; sort++ {
		s.readWords(&in, &found[sort], sort)
	}
	if named != nil {
		<-named
	}
	s.nameWords = make([]uint8, s.names.len())
	s.readWords(&in, &found[inName], inName)
	order := make([]uint32, len(in.list))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(in.list[x], in.list[y]) })
	sorted, number := make([]string, len(order)), make([]uint32, len(order))
	s.letters = make([]uint32, len(order))
	for i, id := range order {
		sorted[i], number[id] = in.list[id], uint32(i)
		s.letters[i] = letters(in.list[id])
	}
	s.words = newTexts(sorted)
	for sort := range sorts {
		p := &found[sort]
		for i, id := range p.keys {
			p.keys[i] = number[id]
		}
		s.texts[sort] = p.invert(uint32(len(sorted)))
	}
}

// readWords numbers the words of the texts of a sort.
func (s *segment) readWords(in *interner, p *pairs, sort int) {
	// Texts begin alike more often than not: the numbers of the words of the
	// last one are tried before the table.
	var last, now []uint32
	var w wordReader
	for text := range uint32(s.distinct(sort)) {
		from := len(p.keys)
		last, now = now, last[:0]
		add := func(word []byte, whole bool) {
			var id uint32
			if at := len(now); at < len(last) && in.list[last[at]] == string(word) {
				id = last[at]
			} else {
				id = in.idBytes(word)
			}
			now = append(now, id)
			if slices.Contains(p.keys[from:], id) {
				return
			}
			p.keys = append(p.keys, id)
			p.places = append(p.places, text)
			if sort == inName && !whole && s.nameWords[text] < 255 {
				s.nameWords[text]++
			}
		}
		w.each(s.text(sort, text), add)
		if sort == inName {
			w.buf = append(w.buf[:0], s.folds.at(text)...)
			if len(w.buf) > 0 {
				add(w.buf, true)
			}
		}
	}
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
func letters(word string) uint32 {
	var bits uint32
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRuneInString(word[i:])
		bits |= 1 << (uint32(r) % 32)
		i += size
	}
	return bits
}

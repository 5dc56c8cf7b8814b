package search

import "strings"

// freeze makes the segment of what was added, on up to two cores unless it is
// to keep to one. The builder is spent.
func (b *Builder) freeze(oneCore bool) *segment {
	s := &segment{}
	inOrder := func() {
		b.sortEntities()
		s.layOut(b, s.sortNames(&b.names))
		s.invertColumns()
	}
	s.paths, s.descriptions, s.types = b.paths.texts(), b.descriptions.texts(), b.types.texts()
	s.inherited, s.own = b.inherited.sets, b.own.sets
	d := newDictionary()
	if oneCore || b.members.n < sideBySide {
		inOrder()
		d.read(s, inPath, inDescription, inLabel, inType)
	} else {
		done := make(chan struct{})
		go func() {
			inOrder()
			close(done)
		}()
		d.read(s, inPath, inDescription, inLabel, inType)
		<-done
	}
	// Names have their numbers only when they are sorted.
	d.read(s, inName)
	s.words = d.vocabulary()
	for sort := range sorts {
		s.texts[sort] = d.found[sort].invert(s.words.len())
	}
	return s
}

// sideBySide is from how many members two cores are worth it.
const sideBySide = 10_000

// invertColumns makes the lists from texts to documents. Texts that no document
// is found by have none: the empty one, sets without tags and terms.
func (s *segment) invertColumns() {
	paths, labelled := make([]bool, s.paths.len()), make([]bool, s.own.len())
	for path := 1; path < len(paths); path++ {
		paths[path] = true
	}
	for set := range labelled {
		labelled[set] = s.label(uint32(set)) != ""
	}
	s.documents = [sorts]lists{
		inName:        invert(s.name, s.names.len(), 0),
		inPath:        invertRuns(s.path, paths),
		inDescription: invert(s.description, s.descriptions.len(), 1),
		inLabel:       invertRuns(s.columns.own, labelled),
		inType:        invert(s.typ, s.types.len(), 1),
	}
}

// layOut puts the documents in their order.
func (s *segment) layOut(b *Builder, number []uint32) {
	size, seen := len(b.entities), false
	for i := range b.entities {
		size += b.entities[i].members
		seen = seen || b.entities[i].lastSeen > 0
	}
	for _, column := range s.columns.all() {
		*column = make([]uint32, size)
	}
	s.uses = make([]uint32, len(b.entities))
	if seen {
		s.lastSeen = make([]uint32, len(b.entities))
	}
	s.first = make([]uint32, len(b.entities)+1)
	s.owner = make([]uint32, size-len(b.entities))
	ids := make([]string, len(b.entities))
	doc := uint32(len(b.entities))
	for i := range b.entities {
		e := &b.entities[i]
		s.columns.set(uint32(i), []row{e.row}, number)
		s.uses[i], ids[i] = e.uses, e.ref.ID
		if seen {
			s.lastSeen[i] = e.lastSeen
		}
		if n := len(s.kinds); n == 0 || s.kinds[n-1] != string(e.ref.Kind) {
			s.kinds = append(s.kinds, strings.Clone(string(e.ref.Kind)))
			s.kindEnds = append(s.kindEnds, 0)
		}
		s.kindEnds[len(s.kindEnds)-1] = uint32(i + 1)
		s.first[i] = doc
		b.members.each(e.first, e.members, func(rows []row) {
			s.columns.set(doc, rows, number)
			owner := s.owner[doc-uint32(len(b.entities)):][:len(rows)]
			for j := range owner {
				owner[j] = uint32(i)
			}
			doc += uint32(len(rows))
		})
	}
	s.first[len(b.entities)] = doc
	s.ids = newTexts(ids)
	b.members = rows{}
}

// sortNames orders the names by fold, so that those that begin alike stand
// together and comparing numbers is comparing names. It gives the new numbers.
func (s *segment) sortNames(in *interner) []uint32 {
	names := in.texts()
	folds := texts{ends: make([]uint32, names.len())}
	block := make([]uint8, len(names.block))[:0]
	for i := range folds.ends {
		block = appendFold(block, names.at(uint32(i)))
		folds.ends[i] = uint32(len(block))
	}
	folds = textsOf(block, folds.ends)
	order := sortTexts(names.len(), folds.at)
	for from := 0; from < len(order); {
		to := from + 1
		for fold := folds.at(order[from]); to < len(order) && folds.at(order[to]) == fold; {
			to++
		}
		if part := order[from:to]; len(part) > 1 {
			sorted := sortTexts(len(part), func(i uint32) string { return names.at(part[i]) })
			for i, at := range sorted {
				sorted[i] = part[at]
			}
			copy(part, sorted)
		}
		from = to
	}
	s.names, s.folds = names.pick(order), folds.pick(order)
	s.letters = make([]uint32, len(order))
	for i := range s.letters {
		s.letters[i] = letters(s.folds.at(uint32(i)))
	}
	number := make([]uint32, len(order))
	for i, id := range order {
		number[id] = uint32(i)
	}
	return number
}

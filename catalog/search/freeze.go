package search

import "strings"

// freeze makes the segment of what was added, on up to two cores unless it is
// to keep to one. The builder is spent.
func (b *Builder) freeze(oneCore bool) *segment {
	s := &segment{
		paths: b.paths.texts(), descriptions: b.descriptions.texts(), types: b.types.texts(),
		inheritedSets: b.inherited.sets, ownSets: b.own.sets,
	}
	names := b.names.texts()
	var number []uint32
	inOrder := func() {
		b.sortEntities()
		number = s.sortNames(&names)
		s.layOut(b, number)
		s.invertColumns()
	}
	d := newDictionary()
	read := func() {
		d.read(inName, names.len(), names.at)
		d.readPaths(&s.paths, b.tails, b.parents)
		d.read(inDescription, s.descriptions.len(), s.descriptions.at)
		d.read(inLabel, s.ownSets.len(), s.label)
		d.read(inType, s.types.len(), s.types.at)
		s.words = d.vocabulary()
	}
	if oneCore || b.members.n < sideBySide {
		inOrder()
		read()
	} else {
		done := make(chan struct{})
		go func() {
			inOrder()
			close(done)
		}()
		read()
		<-done
	}
	s.nameWords = make([]uint8, names.len())
	for i, n := range d.nameWords {
		s.nameWords[number[i]] = n
	}
	tails := make([]uint32, len(b.tails))
	for path, name := range b.tails {
		tails[path] = number[name]
	}
	s.tails = invert(tails, names.len(), 1)
	s.texts[inName] = d.texts(inName, number)
	for sort := inPath; sort < sorts; sort++ {
		s.texts[sort] = d.texts(sort, nil)
	}
	return s
}

// sideBySide is from how many members two cores are worth it.
const sideBySide = 10_000

// invertColumns makes the lists from texts to documents. Texts that no document
// is found by have none: the empty one, sets without tags and terms.
func (s *segment) invertColumns() {
	labelled := make([]bool, s.ownSets.len())
	for set := range labelled {
		labelled[set] = s.label(uint32(set)) != ""
	}
	var labels runs
	for i, set := range s.own {
		if !labelled[set] {
			continue
		}
		labels.append(0, i-int(labels.size))
		labels.append(set+1, 1)
	}
	s.documents = [sorts]lists{
		inName:        invert(s.name, s.names.len(), 0),
		inPath:        s.path.invert(s.paths.len()),
		inDescription: invert(s.description, s.descriptions.len(), 1),
		inLabel:       labels.invert(len(labelled) + 1),
		inType:        invert(s.typ, s.types.len(), 1),
	}
	s.documents[inLabel].ends = s.documents[inLabel].ends[1:]
}

// layOut puts the documents in their order.
func (s *segment) layOut(b *Builder, number []uint32) {
	size, seen := len(b.entities), false
	for i := range b.entities {
		size += int(b.entities[i].members)
		seen = seen || b.entities[i].lastSeen > 0
	}
	s.columns = makeColumns(size)
	s.inherited, s.uses = make([]uint32, len(b.entities)), make([]uint32, len(b.entities))
	if seen {
		s.lastSeen = make([]uint32, len(b.entities))
	}
	s.first = make([]uint32, len(b.entities)+1)
	s.owner = make([]uint32, size-len(b.entities))
	ids := make([]string, len(b.entities))
	for i := range b.entities {
		e := &b.entities[i]
		s.columns.set(uint32(i), []row{e.row}, number)
		s.path.append(e.path, 1)
		s.inherited[i], s.uses[i], ids[i] = e.inherited, e.uses, e.ref.ID
		if seen {
			s.lastSeen[i] = e.lastSeen
		}
		if n := len(s.kinds); n == 0 || s.kinds[n-1] != string(e.ref.Kind) {
			s.kinds = append(s.kinds, strings.Clone(string(e.ref.Kind)))
			s.kindEnds = append(s.kindEnds, 0)
		}
		s.kindEnds[len(s.kindEnds)-1] = uint32(i + 1)
	}
	s.ids = newTexts(ids)
	doc := uint32(len(b.entities))
	for i := range b.entities {
		e := &b.entities[i]
		s.first[i] = doc
		b.members.each(e.first, e.members, func(rows []row) {
			s.columns.set(doc, rows, number)
			owner := s.owner[doc-uint32(len(b.entities)):][:len(rows)]
			for j := range owner {
				owner[j] = uint32(i)
			}
			doc += uint32(len(rows))
		})
		for _, p := range b.memberPaths[e.firstPath:][:e.paths] {
			s.path.append(p.path, int(p.members))
		}
	}
	s.first[len(b.entities)] = doc
	s.depart(b)
	b.members = rows{}
}

// depart notes the members whose inherited set is not their entity's.
func (s *segment) depart(b *Builder) {
	if len(b.departing) == 0 {
		return
	}
	s.departing = make([]uint32, len(s.owner))
	for i, entity := range s.owner {
		s.departing[i] = s.inherited[entity]
	}
	for i := range b.entities {
		e := &b.entities[i]
		for _, m := range b.departing[e.firstDeparting:][:e.departing] {
			s.departing[int(s.first[i])-len(b.entities)+int(m.member)] = m.inherited
		}
	}
}

// sortNames orders the names by fold, so that those that begin alike stand
// together and comparing numbers is comparing names. It gives the new numbers.
func (s *segment) sortNames(names *texts) []uint32 {
	block, ends := make([]uint8, 0, len(names.block)), make([]uint32, names.len())
	for i := range ends {
		block = appendFold(block, names.at(uint32(i)))
		ends[i] = uint32(len(block))
	}
	folds := textsOf(block, ends)
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

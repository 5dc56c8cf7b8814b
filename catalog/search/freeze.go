package search

import "strings"

// freeze makes the segment of what was added, on up to two cores unless it is
// to keep to one. The builder is spent.
func (b *Builder) freeze(oneCore bool) *segment {
	b.Flush()
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
	names := make([]uint32, s.names.len()+1)
	descriptions, types := make([]uint32, s.descriptions.len()+1), make([]uint32, s.types.len()+1)
	s.eachRows(func(doc uint32, part []row) {
		for i := range part {
			r := &part[i]
			names[r.name+1]++
			descriptions[r.description+1]++
			types[r.typ+1]++
			if labelled[r.own] {
				labels.append(0, int(doc)+i-int(labels.size))
				labels.append(r.own+1, 1)
			}
		}
	})
	descriptions[1], types[1] = 0, 0
	named, described, typed := make([]uint32, sum(names)), make([]uint32, sum(descriptions)), make([]uint32, sum(types))
	s.eachRows(func(doc uint32, part []row) {
		for i := range part {
			r, at := &part[i], doc+uint32(i)
			named[names[r.name]] = at
			names[r.name]++
			if r.description > 0 {
				described[descriptions[r.description]] = at
				descriptions[r.description]++
			}
			if r.typ > 0 {
				typed[types[r.typ]] = at
				types[r.typ]++
			}
		}
	})
	// What was where a list starts is now where it ends.
	s.documents = [sorts]lists{
		inName:        {names[:len(names)-1], named},
		inPath:        s.path.invert(s.paths.len()),
		inDescription: {descriptions[:len(descriptions)-1], described},
		inLabel:       labels.invert(len(labelled) + 1),
		inType:        {types[:len(types)-1], typed},
	}
	s.documents[inLabel].ends = s.documents[inLabel].ends[1:]
}

// layOut puts the documents in their order.
func (s *segment) layOut(b *Builder, number []uint32) {
	n, seen := len(b.entities), false
	for i := range b.entities {
		seen = seen || b.entities[i].lastSeen > 0
	}
	s.entityRows, s.inherited, s.uses = make([]row, n), make([]uint32, n), make([]uint32, n)
	if seen {
		s.lastSeen = make([]uint32, n)
	}
	mostRuns := n + len(b.memberPaths)
	s.path.from, s.path.keys = make([]uint32, 0, mostRuns), make([]uint32, 0, mostRuns)
	ids := make([]string, n)
	for i := range b.entities {
		e := &b.entities[i]
		s.path.append(e.path, 1)
		s.entityRows[i], s.inherited[i], s.uses[i], ids[i] = e.row, e.inherited, e.uses, e.ref.ID
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
	s.memberRows = b.membersInOrder()
	s.first, s.owner = make([]uint32, n+1), make([]uint32, 0, s.memberRows.n)
	for i := range b.entities {
		e := &b.entities[i]
		s.first[i] = uint32(n + len(s.owner))
		for range e.members {
			s.owner = append(s.owner, uint32(i))
		}
		for _, p := range b.memberPaths[e.firstPath:][:e.paths] {
			s.path.append(p.path, int(p.members))
		}
	}
	s.first[n] = uint32(n + len(s.owner))
	s.depart(b)
	s.eachRows(func(_ uint32, part []row) {
		for i := range part {
			part[i].name = number[part[i].name]
		}
	})
}

// membersInOrder are the rows of all members in the order of the entities: the
// builder's own where they were added in that order.
func (b *Builder) membersInOrder() rows {
	next, inOrder := uint32(0), true
	for i := range b.entities {
		e := &b.entities[i]
		inOrder = inOrder && e.first == next
		next += e.members
	}
	if inOrder && next == b.members.n {
		return b.members
	}
	var sorted rows
	for i := range b.entities {
		b.members.each(b.entities[i].first, b.entities[i].members, func(part []row) {
			for _, r := range part {
				sorted.append(r)
			}
		})
	}
	return sorted
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

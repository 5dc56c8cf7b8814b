package search

// sort of text that documents are found by.
const (
	inName = iota
	inPath
	inDescription
	inLabel // tags and terms
	inType
	sorts
)

// inRuns says of which sorts documents that stand together have the same text.
var inRuns = [sorts]bool{inPath: true, inLabel: true}

// segment is an immutable part of the index. Documents are numbered: first the
// entities by kind and id, then the members of the first entity, and so on.
type segment struct {
	ids   texts    // of entities
	kinds []string // of the runs of entities of one kind
	// kindEnds are where those runs end.
	kindEnds []uint32
	uses     []uint32 // of entities
	lastSeen []uint32 // of entities, in seconds since the epoch, 0 for never; nil when all are never
	first    []uint32 // of entities: their first member; one more at the end
	owner    []uint32 // of members: their entity

	columns

	// names are sorted by fold and then as they are; folds goes with them.
	names, folds, paths, descriptions, types texts
	inherited, own                           sets
	nameWords                                []uint8  // how many words a name has, wholes left out
	letters                                  []uint32 // of folds: which letters they hold, as bits

	documents [sorts]lists // by text: the documents that have it; runs of them for inRuns
	words     vocabulary
	texts     [sorts]lists // by word: the texts that have it
}

// columns are what is known of each document: the numbers of its texts and
// sets.
type columns struct{ name, path, description, typ, inherited, own []uint32 }

func (c *columns) len() int { return len(c.name) }

func (c *columns) all() [6]*[]uint32 {
	return [...]*[]uint32{&c.name, &c.path, &c.description, &c.typ, &c.inherited, &c.own}
}

// set fills the rows of documents from one on; number gives the numbers of
// names.
func (c *columns) set(doc uint32, rows []row, number []uint32) {
	name, path, description := c.name[doc:][:len(rows)], c.path[doc:][:len(rows)], c.description[doc:][:len(rows)]
	typ, inherited, own := c.typ[doc:][:len(rows)], c.inherited[doc:][:len(rows)], c.own[doc:][:len(rows)]
	for i := range rows {
		r := &rows[i]
		name[i], path[i], description[i] = number[r.name], r.path, r.description
		typ[i], inherited[i], own[i] = r.typ, r.inherited, r.own
	}
}

func (s *segment) entities() uint32 { return uint32(len(s.uses)) }
func (s *segment) size() int        { return s.columns.len() }

// entityOf is the entity that a document is or belongs to.
func (s *segment) entityOf(doc uint32) uint32 {
	if n := s.entities(); doc >= n {
		return s.owner[doc-n]
	}
	return doc
}

func (s *segment) ref(entity uint32) Ref {
	for i, end := range s.kindEnds {
		if entity < end {
			return Ref{Kind(s.kinds[i]), s.ids.at(entity)}
		}
	}
	return Ref{}
}

// seenAt is when an entity was last seen, in seconds since the epoch.
func (s *segment) seenAt(entity uint32) uint32 {
	if s.lastSeen == nil {
		return 0
	}
	return s.lastSeen[entity]
}

// find is where an entity stands or would stand, and whether it is there.
func (s *segment) find(ref Ref) (uint32, bool) {
	lo, hi := uint32(0), s.entities()
	for lo < hi {
		mid := (lo + hi) / 2
		if compareRefs(s.ref(mid), ref) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < s.entities() && s.ref(lo) == ref
}

// kindOf is the kind of a document.
func (s *segment) kindOf(doc uint32) Kind {
	return Kind(s.own.text(s.columns.own[doc], facetKind))
}

// document gives back what was added.
func (s *segment) document(entity uint32) Document {
	in := s.columns.inherited[entity]
	d := Document{
		Ref: s.ref(entity), Name: s.names.at(s.name[entity]), Path: s.paths.at(s.path[entity]),
		Description: s.descriptions.at(s.description[entity]), Uses: s.uses[entity],
		Context: s.inherited.text(in, facetContext), Cluster: s.inherited.text(in, facetCluster),
		Format: s.inherited.text(in, facetFormat), Compatibility: s.inherited.text(in, facetCompatibility),
		Attributes: s.attributes(entity), LastSeen: micros(s.seenAt(entity)),
	}
	for doc := s.first[entity]; doc < s.first[entity+1]; doc++ {
		m := Member{
			Kind: s.kindOf(doc), Name: s.names.at(s.name[doc]), Path: s.paths.at(s.path[doc]),
			Type: s.types.at(s.typ[doc]), Description: s.descriptions.at(s.description[doc]),
		}
		if s.columns.inherited[doc] == in {
			own := s.columns.own[doc]
			m.Tags, m.Terms = s.own.texts(own, facetTag), s.own.texts(own, facetTerm)
		} else {
			m.Attributes = s.attributes(doc)
		}
		d.Members = append(d.Members, m)
	}
	return d
}

func (s *segment) attributes(doc uint32) Attributes {
	in, own := s.columns.inherited[doc], s.columns.own[doc]
	return Attributes{
		Tags: s.own.texts(own, facetTag), Terms: s.own.texts(own, facetTerm),
		Owners: s.inherited.texts(in, facetOwner), Domains: s.inherited.texts(in, facetDomain),
		Status: s.inherited.text(in, facetStatus),
	}
}

package search

import "strings"

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

	entityRows []row
	memberRows rows
	path       runs     // of documents: most stand beside others of the same record
	inherited  []uint32 // of entities: the set that their members have too
	departing  []uint32 // of members: their inherited set; nil when all have their entity's

	// names are sorted by fold and then as they are; folds goes with them.
	names, folds, paths, descriptions, types texts
	inheritedSets, ownSets                   sets
	nameWords                                []uint8  // how many words a name has, wholes left out
	letters                                  []uint32 // of folds: which letters they hold, as bits

	documents [sorts]lists // by text: the documents that have it; runs of them for inRuns
	tails     lists        // by name: the paths of which it is the last part, and whose words are not read
	words     vocabulary
	texts     [sorts]lists // by word: the texts that have it
}

func (s *segment) entities() uint32 { return uint32(len(s.uses)) }
func (s *segment) size() int        { return len(s.entityRows) + int(s.memberRows.n) }

// row is what is known of a document.
func (s *segment) row(doc uint32) *row {
	if n := s.entities(); doc >= n {
		return s.memberRows.at(doc - n)
	}
	return &s.entityRows[doc]
}

// eachRows calls visit with the rows of all documents, some at a time.
func (s *segment) eachRows(visit func(doc uint32, part []row)) {
	visit(0, s.entityRows)
	doc := s.entities()
	s.memberRows.each(0, s.memberRows.n, func(part []row) {
		visit(doc, part)
		doc += uint32(len(part))
	})
}

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
	return Kind(s.ownSets.text(s.row(doc).own, facetKind))
}

// inheritedBy is the set that a document has from its entity, or in its place.
func (s *segment) inheritedBy(doc, entity uint32) uint32 {
	if s.departing == nil || doc == entity {
		return s.inherited[entity]
	}
	return s.departing[doc-s.entities()]
}

// document gives back what was added.
func (s *segment) document(entity uint32) Document {
	in := s.inherited[entity]
	d := Document{
		Ref: s.ref(entity), Name: s.names.at(s.row(entity).name), Path: s.paths.at(s.path.at(entity)),
		Description: s.descriptions.at(s.row(entity).description), Uses: s.uses[entity],
		Context: s.inheritedSets.text(in, facetContext), Cluster: s.inheritedSets.text(in, facetCluster),
		Format: s.inheritedSets.text(in, facetFormat), Compatibility: s.inheritedSets.text(in, facetCompatibility),
		Attributes: s.attributes(entity, in), LastSeen: micros(s.seenAt(entity)),
	}
	for doc := s.first[entity]; doc < s.first[entity+1]; doc++ {
		m := Member{
			Kind: s.kindOf(doc), Name: s.names.at(s.row(doc).name), Path: s.paths.at(s.path.at(doc)),
			Type: s.types.at(s.row(doc).typ), Description: s.descriptions.at(s.row(doc).description),
		}
		m.Attributes = s.attributes(doc, s.inheritedBy(doc, entity))
		if s.inheritedBy(doc, entity) == in {
			m.Attributes = Attributes{Tags: m.Tags, Terms: m.Terms}
		}
		d.Members = append(d.Members, m)
	}
	return d
}

func (s *segment) attributes(doc, in uint32) Attributes {
	own := s.row(doc).own
	return Attributes{
		Tags: s.ownSets.texts(own, facetTag), Terms: s.ownSets.texts(own, facetTerm),
		Owners: s.inheritedSets.texts(in, facetOwner), Domains: s.inheritedSets.texts(in, facetDomain),
		Status: s.inheritedSets.text(in, facetStatus),
	}
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
	for _, v := range s.ownSets.at(set) {
		if f := s.ownSets.values[v].field; f == facetTag || f == facetTerm {
			b.WriteString(s.ownSets.values[v].value)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

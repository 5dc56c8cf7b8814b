package search

import (
	"math/bits"
	"slices"
)

// tierDocs are the documents that reach a tier.
type tierDocs struct {
	tier uint64
	docs bitmap
}

// matcher finds the rows of a query in one view.
type matcher struct {
	*visible
	*plan
	scratch *scratch

	from, to uint32 // the names that begin with the query
	exact    uint32 // the end of those of them that are the query
	begin    bitmap // their documents
	tiers    []tierDocs
	masks    []uint16

	cut       *cut
	best      best
	hits      bitmap // in place of the best ones, for ByRef
	total     int    // rows
	documents int
	inherited []uint32 // hits by set
	own       []uint32
	ranges    [len(seenRanges) + 1]int // hits by range of the last time seen
	rangesToo bool
	group     ranked // the row of the entity whose members pass by
	member    bool
}

// run finds the rows.
func (m *matcher) run(after *position) {
	if m.Order == ByRef {
		m.hits = m.scratch.bitmap(m.size())
	} else if after != nil {
		c := m.segment.cut(*after)
		m.cut = &c
	}
	m.best = best{segment: m.segment, most: min(m.Offset, m.size()) + m.plan.first() + 1}
	if len(m.Facets) > 0 {
		m.inherited = m.scratch.counters(0, m.inheritedSets.len())
		m.own = m.scratch.counters(1, m.ownSets.len())
		m.rangesToo = slices.Contains(m.Facets, FacetLastSeen)
	}
	if m.all {
		for doc := range uint32(m.size()) {
			m.hit(doc, tierAll)
		}
		m.endGroup()
		return
	}
	if m.Order == ByRef {
		m.masks = make([]uint16, m.names.len()) // asked again when rows are made
	} else {
		m.masks = m.scratch.names(m.names.len())
	}
	m.findNamed()
	m.findWords()
	m.sweep()
	m.endGroup()
	m.scratch.clearNames()
}

// findNamed finds what begins with the query as a whole.
func (m *matcher) findNamed() {
	if m.fold == "" {
		return
	}
	m.from, m.to = m.prefixed(m.fold)
	for m.exact = m.from; m.exact < m.to && m.folds.at(m.exact) == m.fold; {
		m.exact++
	}
	if m.from == m.to {
		return
	}
	m.begin = m.scratch.bitmap(m.size())
	m.begin.add(m.segment.documents[inName].between(m.from, m.to))
}

// findWords finds what has all words, first as they are, then farther off.
func (m *matcher) findWords() {
	if len(m.words) == 0 {
		return
	}
	for distance := range m.distance() + 1 {
		names := m.scratch.bitmap(m.size())
		texts := m.scratch.bitmap(m.size())
		any := true
		for i := range m.words {
			n, t := names, texts
			if i > 0 {
				n, t = m.scratch.bitmap(m.size()), m.scratch.bitmap(m.size())
			}
			if !m.addWithin(n, t, i, distance) {
				any = false
			}
			if i > 0 {
				names.and(n)
				texts.and(t)
				m.scratch.used -= 2
			}
		}
		if any {
			m.tiers = append(m.tiers, tierDocs{tierOf(distance, true), names}, tierDocs{tierOf(distance, false), texts})
		}
	}
}

// addWithin adds the documents that have a word of the query, or one that
// stands for it within a distance, in names and paths or anywhere. It says
// whether the view has any such word.
func (m *matcher) addWithin(names, texts bitmap, i, distance int) bool {
	any := false
	add := func(text string) {
		for name := range m.segment.namesWith(text) {
			any = true
			if m.Order != ByRef {
				m.scratch.touched = append(m.scratch.touched, name)
			}
			m.masks[name] |= 1 << i
			names.add(m.segment.documents[inName].at(name))
		}
		m.addWord(names, inPath, text)
		for sort := inDescription; sort < sorts; sort++ {
			m.addWord(texts, sort, text)
		}
		any = any || m.segment.words.find(text) > 0
	}
	add(m.words[i].text)
	for _, n := range m.words[i].near {
		if n.distance <= distance {
			add(n.text)
		}
	}
	texts.or(names)
	return any
}

// sweep visits what was found in the order of the documents.
func (m *matcher) sweep() {
	for i := range words(m.size()) {
		var found uint64
		if m.begin != nil {
			found = m.begin[i]
		}
		for _, t := range m.tiers {
			found |= t.docs[i]
		}
		for ; found != 0; found &= found - 1 {
			doc := uint32(i)*64 + uint32(bits.TrailingZeros64(found))
			m.hit(doc, m.tier(doc))
		}
	}
}

func (m *matcher) tier(doc uint32) uint64 {
	if m.all {
		return tierAll
	}
	if name := m.segment.row(doc).name; name >= m.from && name < m.to {
		if name < m.exact {
			return tierExact
		}
		return tierPrefix
	}
	for _, t := range m.tiers {
		if t.docs.has(doc) {
			return t.tier
		}
	}
	return tierAll
}

// hit counts a document, if it is visible, and makes or joins its row.
func (m *matcher) hit(doc uint32, tier uint64) {
	entity := m.entityOf(doc)
	if !m.passes(doc, entity) || !m.seen(entity) {
		return
	}
	m.documents++
	if m.own != nil {
		m.inherited[m.inheritedBy(doc, entity)]++
		m.own[m.segment.row(doc).own]++
		if m.rangesToo {
			m.ranges[m.seenRange(entity)]++
		}
	}
	if m.hits != nil {
		m.hits.set(doc)
	}
	if !m.Grouped && m.hits != nil {
		m.total++
		return
	}
	r := m.ranked(doc, entity, tier)
	if !m.Grouped || doc == entity {
		m.row(r)
		return
	}
	if m.member && m.entityOf(m.group.doc) == entity {
		if count := m.group.count + 1; m.before(r, m.group) {
			m.group = r
			m.group.count = count
		} else {
			m.group.count = count
		}
		return
	}
	m.endGroup()
	m.group, m.member = r, true
}

// ranked makes a row of one document.
func (m *matcher) ranked(doc, entity uint32, tier uint64) ranked {
	name := m.segment.row(doc).name
	extra := 0
	if !m.all {
		extra = max(0, int(m.nameWords[name])-bits.OnesCount16(m.masks[name]))
	}
	r := ranked{doc: doc, count: 1, rank: rankKey(tier, extra, m.uses[entity], name)}
	if r.key = r.rank; m.Order == ByName {
		r.key = rankKey(0, 0, mostUses, name)
	}
	return r
}

func (m *matcher) endGroup() {
	if m.member {
		m.member = false
		m.row(m.group)
	}
}

func (m *matcher) row(r ranked) {
	m.total++
	if m.hits == nil && (m.cut == nil || m.cut.passed(r)) {
		m.best.offer(r)
	}
}

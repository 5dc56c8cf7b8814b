package search

import (
	"cmp"
	"strings"
)

// Tiers of hits, best first. Those with a distance follow the exact ones: words
// at most one and at most two edits off.
const (
	tierAll   = iota // a query without text
	tierExact        // the name is the query
	tierPrefix
	tierNames // all words in names and paths
	tierTexts // all words somewhere
	// names and texts at distance 1, then at distance 2
)

func tierOf(distance int, names bool) uint64 {
	t := uint64(tierNames + 2*distance)
	if !names {
		t++
	}
	return t
}

// A key orders the documents of a segment: tier, further words, uses (more
// first) and number of the name.
const (
	extraBits = 6
	usesBits  = 22
	nameBits  = 32
	mostExtra = 1<<extraBits - 1
	mostUses  = 1<<usesBits - 1
)

func rankKey(tier uint64, extra int, uses, name uint32) uint64 {
	return tier<<(extraBits+usesBits+nameBits) |
		uint64(min(extra, mostExtra))<<(usesBits+nameBits) |
		uint64(mostUses-min(uses, mostUses))<<nameBits |
		uint64(name)
}

func keyTier(key uint64) int { return int(key >> (extraBits + usesBits + nameBits)) }
func keyExtra(key uint64) int {
	return int(key >> (usesBits + nameBits) & mostExtra)
}
func keyUses(key uint64) uint32 { return mostUses - uint32(key>>nameBits)&mostUses }

// ranked is a row in the making: its best document and how many it stands for.
type ranked struct {
	key   uint64 // what it is ordered by
	rank  uint64 // the same by rank
	doc   uint32
	count int
}

// before orders the rows of a segment.
func (s *segment) before(a, b ranked) bool {
	if a.key != b.key {
		return a.key < b.key
	}
	if x, y := s.entityOf(a.doc), s.entityOf(b.doc); x != y {
		return x < y
	}
	return s.position(a).tie(s.position(b)) < 0
}

// position is where a row stands, in terms that hold in every segment and after
// every change: it is what a cursor carries.
type position struct {
	tier, extra int
	uses        uint32
	fold, name  string
	ref         Ref
	member      bool
	path        string
	kind        Kind
}

func (s *segment) position(r ranked) position {
	e := s.entityOf(r.doc)
	name := s.row(r.doc).name
	return position{
		tier: keyTier(r.key), extra: keyExtra(r.key), uses: keyUses(r.key),
		fold: s.folds.at(name), name: s.names.at(name),
		ref: s.ref(e), member: e != r.doc, path: s.paths.at(s.path.at(r.doc)), kind: s.kindOf(r.doc),
	}
}

func (p position) compare(o position) int {
	if c := cmp.Or(cmp.Compare(p.tier, o.tier), cmp.Compare(p.extra, o.extra), cmp.Compare(o.uses, p.uses)); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(p.fold, o.fold), strings.Compare(p.name, o.name), compareRefs(p.ref, o.ref), p.tie(o))
}

// tie orders the documents of one entity that have the same name.
func (p position) tie(o position) int {
	if p.member != o.member {
		if o.member {
			return -1
		}
		return 1
	}
	return cmp.Or(strings.Compare(p.path, o.path), strings.Compare(string(p.kind), string(o.kind)))
}

// best keeps the first rows of many: a heap with the last one on top.
type best struct {
	*segment
	most int
	rows []ranked
}

func (b *best) offer(r ranked) {
	if len(b.rows) < b.most {
		b.rows = append(b.rows, r)
		for i := len(b.rows) - 1; i > 0; {
			up := (i - 1) / 2
			if !b.before(b.rows[up], b.rows[i]) {
				break
			}
			b.rows[up], b.rows[i] = b.rows[i], b.rows[up]
			i = up
		}
		return
	}
	if r.key > b.rows[0].key || !b.before(r, b.rows[0]) {
		return
	}
	b.rows[0] = r
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(b.rows) {
			return
		}
		if down+1 < len(b.rows) && b.before(b.rows[down], b.rows[down+1]) {
			down++
		}
		if !b.before(b.rows[i], b.rows[down]) {
			return
		}
		b.rows[i], b.rows[down] = b.rows[down], b.rows[i]
		i = down
	}
}

package registry

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/weir-registry/weir/registry/tree"
)

// loadedSpace is the rows of a context that a load has read, and what it makes
// of them. Nothing of it is published yet, so that it is changed in place.
type loadedSpace struct {
	*space
	rows      pieces[guidOrder]
	referring []*content // those with references
	versions  pieces[loadedVersion]
	names     stringPile
	built     []*subject // in order
	held      int        // how many contents a version holds
}

// guidOrder is a content and the part of its GUID that decides nearly every
// comparison: sorting must not visit the contents.
type guidOrder struct {
	begin uint64
	*content
}

// loadedVersion is a version before its subject is known.
type loadedVersion struct {
	name string
	version
}

// addContent adds a content.
func (sp *loadedSpace) addContent(o *tree.Owner, x *content) {
	sp.contents.put(o, x.id, x)
	sp.mark = max(sp.mark, x.id)
	sp.rows.add(guidOrder{binary.BigEndian.Uint64(x.guid[:]), x})
	if len(x.refs) > 0 {
		sp.referring = append(sp.referring, x)
	}
}

// addVersion adds a version; the name is only borrowed.
func (sp *loadedSpace) addVersion(name string, v version) {
	sp.listed = true
	// Versions of a subject mostly follow each other: they share its name.
	if n := len(sp.versions.last); n > 0 && sp.versions.last[n-1].name == name {
		name = sp.versions.last[n-1].name
	} else {
		name = sp.names.keep(name)
	}
	sp.versions.add(loadedVersion{name, v})
}

// buildGUIDs makes the tree of GUIDs.
func (sp *loadedSpace) buildGUIDs() {
	order := make([]guidOrder, 0, sp.rows.len())
	sp.rows.all(func(x *guidOrder) { order = append(order, *x) })
	slices.SortFunc(order, func(a, b guidOrder) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return cmp.Or(compareGUIDs(a.guid, b.guid), cmp.Compare(a.id, b.id))
	})
	guids := make([]GUID, 0, len(order))
	lists := make([]idList, 0, len(order))
	for _, x := range order {
		if n := len(guids); n > 0 && guids[n-1] == x.guid {
			lists[n-1] = lists[n-1].with(x.id)
			continue
		}
		guids, lists = append(guids, x.guid), append(lists, idList{first: x.id})
	}
	sp.guids.Build(guids, lists)
}

// nameOrder is a version and the part of its name that decides most
// comparisons, behind what all names have in common.
type nameOrder struct {
	begin uint64
	at    *loadedVersion
}

// buildSubjects makes the tree of subjects.
func (sp *loadedSpace) buildSubjects(l *line) {
	order := make([]nameOrder, 0, sp.versions.len())
	same := sp.commonPrefix()
	sp.versions.all(func(v *loadedVersion) { order = append(order, nameOrder{nameBegin(v.name[same:]), v}) })
	slices.SortFunc(order, func(a, b nameOrder) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return cmp.Or(compareNames(a.at.name, b.at.name), cmp.Compare(a.at.number, b.at.number))
	})
	var kept stringPile
	var subjects pile[subject]
	var versions pile[version]
	names := make([]string, 0, len(order))
	sp.built = make([]*subject, 0, len(order))
	for len(order) > 0 {
		n := 1
		for n < len(order) && order[n].begin == order[0].begin && order[n].at.name == order[0].at.name {
			n++
		}
		sub := &subjects.take(1)[0]
		sub.name = kept.keep(order[0].at.name)
		sub.versions = growing[version]{versions.take(n), l}
		for i, o := range order[:n] {
			sub.versions.items[i] = o.at.version
			if !o.at.deleted {
				sub.live++
			}
		}
		names, sp.built = append(names, sub.name), append(sp.built, sub)
		order = order[n:]
	}
	sp.subjects.Build(names, sp.built)
	sp.versions, sp.names = pieces[loadedVersion]{}, stringPile{}
}

// commonPrefix is how long the beginning is that all names share.
func (sp *loadedSpace) commonPrefix() int {
	first, same := "", math.MaxInt
	sp.versions.all(func(v *loadedVersion) {
		if same == math.MaxInt {
			first, same = v.name, len(v.name)
		}
		same = min(same, len(v.name))
		for v.name[:same] != first[:same] {
			same--
		}
	})
	return same
}

// nameBegin gives the first bytes of a name as a number in the order of
// compareNames.
func nameBegin(name string) uint64 {
	var begin [8]byte
	for i := range min(len(begin), len(name)) {
		begin[i] = unitOrder(name[i])
	}
	return binary.BigEndian.Uint64(begin[:])
}

// hold gives the contents their holders.
func (sp *loadedSpace) hold() {
	for _, sub := range sp.built {
		for _, v := range sub.versions.items {
			x := sp.content(v.id)
			if x == nil {
				continue
			}
			// Versions come by name and number, as holders stand.
			if x.holders == nil {
				x.holders = x.first[:0]
				sp.held++
			}
			x.holders = append(x.holders, holder{sub.name, v})
		}
	}
	sp.built = nil
}

// unheld gives the contents that no version holds.
func (sp *loadedSpace) unheld() []SchemaKey {
	var keys []SchemaKey
	if sp.held < sp.rows.len() {
		sp.contents.from(math.MinInt32, func(x *content) bool {
			if len(x.holders) == 0 {
				keys = append(keys, SchemaKey{sp.name, x.id})
			}
			return true
		})
	}
	return keys
}

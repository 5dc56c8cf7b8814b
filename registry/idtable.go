package registry

import "github.com/weir-registry/weir/registry/tree"

// pageSize is how many ids a page has.
const pageSize = 256

// idTable maps ids to contents: a persistent table in pages of pages, sparse,
// so that an IMPORT of id 2147483647 costs one page of each level. Edits copy
// one page of each level, once in a batch.
type idTable struct {
	owner *tree.Owner
	tops  *[pageSize]*idTop
}

type (
	idTop struct {
		owner *tree.Owner
		kids  [pageSize]*idLevel
	}
	idLevel struct {
		owner *tree.Owner
		kids  [pageSize]*idPage
	}
	idPage struct {
		owner *tree.Owner
		items [pageSize]*content
	}
)

// place gives the way to an id; negative ids come before 0.
func place(id int32) (a, b, c, d uint8) {
	u := uint32(id) ^ 1<<31
	return uint8(u >> 24), uint8(u >> 16), uint8(u >> 8), uint8(u)
}

// get finds the content of an id, nil when there is none.
func (t *idTable) get(id int32) *content {
	a, b, c, d := place(id)
	if t.tops == nil || t.tops[a] == nil || t.tops[a].kids[b] == nil || t.tops[a].kids[b].kids[c] == nil {
		return nil
	}
	return t.tops[a].kids[b].kids[c].items[d]
}

// put sets the content of an id, nil to take it away.
func (t *idTable) put(o *tree.Owner, id int32, x *content) {
	a, b, c, d := place(id)
	if t.owner != o || t.tops == nil {
		tops := new([pageSize]*idTop)
		if t.tops != nil {
			*tops = *t.tops
		}
		t.owner, t.tops = o, tops
	}
	top := own(o, &t.tops[a], func(p *idTop) *tree.Owner { return p.owner }, func(p *idTop) { p.owner = o })
	level := own(o, &top.kids[b], func(p *idLevel) *tree.Owner { return p.owner }, func(p *idLevel) { p.owner = o })
	page := own(o, &level.kids[c], func(p *idPage) *tree.Owner { return p.owner }, func(p *idPage) { p.owner = o })
	page.items[d] = x
}

// own makes sure that the batch may change what a slot points to.
func own[P any](o *tree.Owner, slot **P, ownerOf func(*P) *tree.Owner, take func(*P)) *P {
	if *slot != nil && ownerOf(*slot) == o {
		return *slot
	}
	copied := new(P)
	if *slot != nil {
		*copied = **slot
	}
	take(copied)
	*slot = copied
	return copied
}

// from calls each with every entry from an id on, in the order of ids, until it
// says no.
func (t *idTable) from(id int32, each func(*content) bool) {
	if t.tops == nil {
		return
	}
	// The way to id bounds what is looked at as long as each level is the one
	// that the way leads through.
	a, b, c, d := place(id)
	for i := int(a); i < pageSize; i, b, c, d = i+1, 0, 0, 0 {
		if t.tops[i] == nil {
			continue
		}
		for j := int(b); j < pageSize; j, c, d = j+1, 0, 0 {
			if t.tops[i].kids[j] == nil {
				continue
			}
			for k := int(c); k < pageSize; k, d = k+1, 0 {
				if page := t.tops[i].kids[j].kids[k]; page != nil && !page.from(d, each) {
					return
				}
			}
		}
	}
}

func (p *idPage) from(d uint8, each func(*content) bool) bool {
	for _, x := range p.items[d:] {
		if x != nil && !each(x) {
			return false
		}
	}
	return true
}

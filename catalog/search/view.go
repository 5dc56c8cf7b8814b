package search

import "slices"

// view is a segment as a snapshot sees it: without what was replaced since.
type view struct {
	*segment
	dead bitmap // entities; nil for none
	gone int    // how many are dead
}

func (v *view) alive() int { return int(v.entities()) - v.gone }

func (v *view) live(entity uint32) bool { return v.dead == nil || !v.dead.has(entity) }

// snapshot is what readers see: it never changes.
type snapshot struct {
	views    []*view // oldest first
	revision string
}

// kill gives the views without some entities, which stand in one view at most.
func kill(views []*view, refs []Ref) []*view {
	list := make([]*view, 0, len(views)+1)
	for _, v := range views {
		copied := false
		for _, ref := range refs {
			e, ok := v.find(ref)
			if !ok || !v.live(e) {
				continue
			}
			if !copied {
				n := &view{segment: v.segment, dead: slices.Clone(v.dead), gone: v.gone}
				if n.dead == nil {
					n.dead = make(bitmap, words(int(v.entities())))
				}
				v, copied = n, true
			}
			v.dead.set(e)
			v.gone++
		}
		if v.alive() > 0 {
			list = append(list, v)
		}
	}
	return list
}

// join makes one view of several.
func join(views []*view) *view {
	b := NewBuilder()
	alive := 0
	for _, v := range views {
		alive += v.alive()
	}
	b.Expect(alive)
	for _, v := range views {
		for e := range v.entities() {
			if v.live(e) {
				d := v.document(e)
				b.Add(&d)
			}
		}
	}
	return &view{segment: b.freeze(false)}
}

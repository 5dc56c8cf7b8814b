package search

import "strings"

// texts are strings by number, in one block.
type texts struct {
	block string
	ends  []uint32
}

func newTexts(list []string) texts {
	size := 0
	for _, s := range list {
		size += len(s)
	}
	var b strings.Builder
	b.Grow(size)
	t := texts{ends: make([]uint32, len(list))}
	for i, s := range list {
		b.WriteString(s)
		t.ends[i] = uint32(b.Len())
	}
	t.block = b.String()
	return t
}

func (t *texts) len() int { return len(t.ends) }

func (t *texts) at(i uint32) string {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.block[from:t.ends[i]]
}

// find is where s stands in sorted texts, and whether it is there.
func (t *texts) find(s string) (uint32, bool) {
	lo, hi := 0, len(t.ends)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.at(uint32(mid)) < s {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint32(lo), lo < len(t.ends) && t.at(uint32(lo)) == s
}

// interner numbers different strings in the order in which they come; the
// empty one is always 0.
type interner struct {
	ids  map[string]uint32
	list []string
}

func newInterner() interner {
	return interner{ids: map[string]uint32{"": 0}, list: []string{""}}
}

func (in *interner) id(s string) uint32 {
	if s == "" {
		return 0
	}
	id, ok := in.ids[s]
	if !ok {
		id = uint32(len(in.list))
		in.ids[s] = id
		in.list = append(in.list, s)
	}
	return id
}

// idBytes is id for a text in a buffer: it is copied only when it is new.
func (in *interner) idBytes(s []byte) uint32 {
	if id, ok := in.ids[string(s)]; ok {
		return id
	}
	return in.id(string(s))
}

package confluent

import (
	"bytes"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// Lists are in the order of qualified names, which is the order of their bytes.
// The registry keeps ids by number and subjects by name, so that most of a list
// could be read off as it stands; what differs ("10" before "9", "orders:1"
// after "orders-value:1") is mended here on the way, so that a page costs what
// it has and not what there is.

// contexts are the contexts in the order of what their names begin.
func contexts(s *registry.Snapshot) []registry.Context {
	list := slices.Collect(s.Contexts())
	slices.SortFunc(list, func(a, b registry.Context) int { return strings.Compare(string(a)+":", string(b)+":") })
	return list
}

// idsInOrder gives the contents of a context by their ids as texts, with a text
// after them, in the order of those: "10:" comes before "1:", but "1" before "10". Among
// numbers of as many digits the order is that of the numbers, so that it is a
// merge of ten. A text is good until the next.
func idsInOrder(s *registry.Snapshot, in registry.Context, after string) iter.Seq2[[]byte, registry.Content] {
	type head struct {
		registry.Content
		room [16]byte
		size int
		most int64 // the greatest number of as many digits
	}
	text := func(h *head) []byte { return h.room[:h.size] }
	set := func(h *head, c registry.Content) {
		h.Content = c
		h.size = len(append(strconv.AppendInt(h.room[:0], int64(c.ID()), 10), after...))
	}
	return func(yield func([]byte, registry.Content) bool) {
		var heads []head
		for least, most := int64(0), int64(9); least <= math.MaxInt32; least, most = most+1, most*10+9 {
			if c, ok := between(s, in, least, most); ok {
				heads = append(heads, head{most: most})
				set(&heads[len(heads)-1], c)
			}
		}
		for len(heads) > 0 {
			first := 0
			for i := range heads {
				if bytes.Compare(text(&heads[i]), text(&heads[first])) < 0 {
					first = i
				}
			}
			h := &heads[first]
			if !yield(text(h), h.Content) {
				return
			}
			if c, ok := between(s, in, int64(h.ID())+1, h.most); ok {
				set(h, c)
			} else {
				heads = slices.Delete(heads, first, first+1)
			}
		}
	}
}

// between gives the content with the least id of a range.
func between(s *registry.Snapshot, in registry.Context, least, most int64) (registry.Content, bool) {
	if least > math.MaxInt32 {
		return registry.Content{}, false
	}
	if c, ok := s.ContentOf(in, int32(least)); ok {
		return c, least <= most // the usual next one
	}
	for c := range s.ContentsFrom(in, int32(least)) {
		return c, int64(c.ID()) <= most
	}
	return registry.Content{}, false
}

// mendOrder orders things that come in the order of their names by longer texts
// that begin with the name. What is given is held back until no text that is
// still to come can be before it: as long as the next name is.
func mendOrder[T any](each iter.Seq2[string, []keyed[T]]) iter.Seq[keyed[T]] {
	return func(yield func(keyed[T]) bool) {
		var held held[T]
		for name, list := range each {
			for len(held) > 0 && held[0].key <= name {
				if !yield(held.pop()) {
					return
				}
			}
			for _, k := range list {
				held.push(k)
			}
		}
		for len(held) > 0 {
			if !yield(held.pop()) {
				return
			}
		}
	}
}

// held is a heap, the least key on top. Package heap would make an object of
// each.
type held[T any] []keyed[T]

func (h *held[T]) push(x keyed[T]) {
	list := append(*h, x)
	*h = list
	for at := len(list) - 1; at > 0; {
		above := (at - 1) / 2
		if list[above].key <= list[at].key {
			return
		}
		list[above], list[at] = list[at], list[above]
		at = above
	}
}

func (h *held[T]) pop() keyed[T] {
	list := *h
	top := list[0]
	last := len(list) - 1
	list[0], list[last] = list[last], keyed[T]{}
	list = list[:last]
	*h = list
	for at := 0; ; {
		below := 2*at + 1
		if below+1 < last && list[below+1].key < list[below].key {
			below++
		}
		if below >= last || list[at].key <= list[below].key {
			return top
		}
		list[at], list[below] = list[below], list[at]
		at = below
	}
}

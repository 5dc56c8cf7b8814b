package confluent

import (
	"container/heap"
	"iter"
	"math"
	"slices"
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
// merge of ten.
func idsInOrder(s *registry.Snapshot, in registry.Context, after string) iter.Seq2[string, registry.Content] {
	return func(yield func(string, registry.Content) bool) {
		type head struct {
			registry.Content
			text string
			most int64 // the greatest number of as many digits
		}
		var heads []head
		for least, most := int64(0), int64(9); least <= math.MaxInt32; least, most = most+1, most*10+9 {
			if c, ok := between(s, in, least, most); ok {
				heads = append(heads, head{c, itoa(c.ID()) + after, most})
			}
		}
		for len(heads) > 0 {
			first := 0
			for i := range heads {
				if heads[i].text < heads[first].text {
					first = i
				}
			}
			h := &heads[first]
			if !yield(h.text, h.Content) {
				return
			}
			if c, ok := between(s, in, int64(h.ID())+1, h.most); ok {
				h.Content, h.text = c, itoa(c.ID())+after
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
				if !yield(heap.Pop(&held).(keyed[T])) {
					return
				}
			}
			for _, k := range list {
				heap.Push(&held, k)
			}
		}
		for len(held) > 0 {
			if !yield(heap.Pop(&held).(keyed[T])) {
				return
			}
		}
	}
}

// held is a heap, the least key on top.
type held[T any] []keyed[T]

func (h held[T]) Len() int           { return len(h) }
func (h held[T]) Less(i, j int) bool { return h[i].key < h[j].key }
func (h held[T]) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *held[T]) Push(x any)        { *h = append(*h, x.(keyed[T])) }
func (h *held[T]) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}

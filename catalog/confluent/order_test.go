package confluent

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Whatever the names are, the texts come in their order, and no sooner than
// they are safe: with the last name read at the latest.
func TestMendOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[!:a;1]{1,4}`), 0, 12, rapid.ID[string]).Draw(t, "names")
		slices.Sort(names)
		var want []string
		each := func(yield func(string, []keyed[int]) bool) {
			for _, name := range names {
				list := []keyed[int]{{key: name + ":1"}, {key: name + ":10"}, {key: name + ":2"}}
				if !yield(name, list) {
					return
				}
			}
		}
		for _, name := range names {
			want = append(want, name+":1", name+":10", name+":2")
		}
		slices.Sort(want)
		var got []string
		for k := range mendOrder(each) {
			got = append(got, k.key)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("mendOrder (-want +got):\n%s", diff)
		}
	})
}

// A page is taken without reading all that is behind it.
func TestMendOrderIsLazy(t *testing.T) {
	read := 0
	each := func(yield func(string, []keyed[int]) bool) {
		for _, name := range []string{"a", "a-b", "b", "c", "d", "e"} {
			read++
			if !yield(name, []keyed[int]{{key: name + ":1"}}) {
				return
			}
		}
	}
	var got []string
	for k := range mendOrder(each) {
		if got = append(got, k.key); len(got) == 3 {
			break
		}
	}
	if diff := cmp.Diff([]string{"a-b:1", "a:1", "b:1"}, got); diff != "" || read > 4 {
		t.Errorf("read %d names for (-want +got):\n%s", read, diff)
	}
}

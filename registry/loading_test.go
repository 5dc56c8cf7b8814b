package registry

import (
	"cmp"
	"testing"

	"pgregory.net/rapid"
)

// The beginning of a name never contradicts the order of names.
func TestNameBeginKeepsTheOrder(t *testing.T) {
	name := rapid.StringOfN(rapid.RuneFrom([]rune("ab-\x00\u00e9\uabcd\ue000\uffff\U0001f600")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		if begin := cmp.Compare(nameBegin(a), nameBegin(b)); begin != 0 && (begin < 0) != (compareNames(a, b) < 0) {
			t.Fatalf("nameBegin puts %q and %q the other way round (%d)", a, b, begin)
		}
	})
}

// What all names share is cut from none of them in the middle of telling them
// apart, and one name shares all of itself.
func TestCommonPrefix(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  int
	}{
		{[]string{"orders-value"}, 12},
		{[]string{"orders-value", "orders-key"}, 7},
		{[]string{"orders", "orders-key", "other"}, 1},
		{[]string{"", "a"}, 0},
	} {
		sp := &loadedSpace{space: &space{}}
		for _, name := range c.names {
			sp.addVersion(name, version{})
		}
		if got := sp.commonPrefix(); got != c.want {
			t.Errorf("commonPrefix of %q = %d, want %d", c.names, got, c.want)
		}
	}
}

// Values of a pile and of pieces stay what they are while more are taken.
func TestPilesKeepWhatTheyGave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lists pile[int]
		var texts stringPile
		var all pieces[int]
		sizes := rapid.SliceOfN(rapid.IntRange(0, 300), 1, 40).Draw(t, "sizes")
		var kept [][]int
		var strings []string
		for i, n := range sizes {
			list := lists.take(n)
			for j := range list {
				list[j] = i
			}
			kept = append(kept, append(list, -1)[:n])
			kept = append(kept, list)
			strings = append(strings, texts.keep(string(make([]byte, n*50))+"end"))
			for range n {
				all.add(i)
			}
		}
		for i, n := range sizes {
			for _, list := range kept[2*i : 2*i+2] {
				for _, x := range list {
					if x != i {
						t.Fatalf("list %d holds %d", i, x)
					}
				}
			}
			if s := strings[i]; len(s) != n*50+3 || s[n*50:] != "end" {
				t.Fatalf("string %d became %q", i, s)
			}
		}
		var got []int
		all.all(func(x *int) { got = append(got, *x) })
		at := 0
		for i, n := range sizes {
			for range n {
				if got[at] != i {
					t.Fatalf("piece %d = %d, want %d", at, got[at], i)
				}
				at++
			}
		}
		if at != len(got) || all.len() != at {
			t.Fatalf("pieces has %d, want %d", len(got), at)
		}
	})
}

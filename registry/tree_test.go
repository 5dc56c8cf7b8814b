package registry

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A tree is a sorted map, and an older version of it never changes.
func TestTreeIsAPersistentMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := newTree[int, int](cmp.Compare[int])
		model := map[int]int{}
		var o *owner
		type version struct {
			tree  tree[int, int]
			model map[int]int
		}
		var versions []version
		steps := rapid.IntRange(1, 400).Draw(t, "steps")
		for i := range steps {
			if i%7 == 0 {
				versions = append(versions, version{tr, maps.Clone(model)})
				o = new(owner)
			}
			k := rapid.IntRange(0, 150).Draw(t, "key")
			if rapid.IntRange(0, 3).Draw(t, "op") == 0 {
				tr.remove(o, k)
				delete(model, k)
			} else {
				tr.put(o, k, i)
				model[k] = i
			}
		}
		versions = append(versions, version{tr, model})
		for _, v := range versions {
			checkTree(t, &v.tree, v.model, rapid.IntRange(0, 150).Draw(t, "from"))
		}
	})
}

func checkTree(t *rapid.T, tr *tree[int, int], model map[int]int, from int) {
	t.Helper()
	if tr.len() != len(model) {
		t.Fatalf("len = %d, want %d", tr.len(), len(model))
	}
	want := slices.Sorted(maps.Keys(model))
	var got []int
	tr.all(func(k, v int) bool {
		if v != model[k] {
			t.Fatalf("value of %d = %d, want %d", k, v, model[k])
		}
		got = append(got, k)
		return true
	})
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Fatalf("keys (-want +got):\n%s", diff)
	}
	var rest []int
	tr.from(from, func(k, _ int) bool { rest = append(rest, k); return true })
	i, _ := slices.BinarySearch(want, from)
	if !slices.Equal(want[i:], rest) {
		t.Fatalf("from(%d) = %v, want %v", from, rest, want[i:])
	}
	for k := range 151 {
		v, ok := tr.get(k)
		if w, has := model[k]; ok != has || v != w {
			t.Fatalf("get(%d) = %d, %t; want %d, %t", k, v, ok, w, has)
		}
	}
}

func BenchmarkTreePut(b *testing.B) {
	tr := newTree[int, int](cmp.Compare[int])
	for i := 0; b.Loop(); i++ {
		tr.put(new(owner), i*7919%1_000_000, i)
	}
}

func TestTreeBuild(t *testing.T) {
	for _, n := range []int{0, 1, treeWidth, treeWidth + 1, 5000} {
		built, grown := newTree[int, int](cmp.Compare[int]), newTree[int, int](cmp.Compare[int])
		var keys, vals []int
		for i := range n {
			keys, vals = append(keys, 2*i), append(vals, i)
			grown.put(new(owner), 2*i, i)
		}
		built.build(keys, vals)
		built.put(new(owner), 7, 7)
		grown.put(new(owner), 7, 7)
		collect := func(tr tree[int, int]) (got [][2]int) {
			tr.all(func(k, v int) bool { got = append(got, [2]int{k, v}); return true })
			return got
		}
		if diff := gocmp.Diff(collect(grown), collect(built)); diff != "" {
			t.Errorf("%d entries (-grown +built):\n%s", n, diff)
		}
	}
}

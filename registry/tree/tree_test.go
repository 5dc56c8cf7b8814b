package tree

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
		tr := New[int, int](cmp.Compare[int])
		model := map[int]int{}
		var o *Owner
		type version struct {
			tree  Map[int, int]
			model map[int]int
		}
		var versions []version
		steps := rapid.IntRange(1, 400).Draw(t, "steps")
		for i := range steps {
			if i%7 == 0 {
				versions = append(versions, version{tr, maps.Clone(model)})
				o = new(Owner)
			}
			k := rapid.IntRange(0, 150).Draw(t, "key")
			if rapid.IntRange(0, 3).Draw(t, "op") == 0 {
				tr.Remove(o, k)
				delete(model, k)
			} else {
				tr.Put(o, k, i)
				model[k] = i
			}
		}
		versions = append(versions, version{tr, model})
		for _, v := range versions {
			checkTree(t, &v.tree, v.model, rapid.IntRange(0, 150).Draw(t, "from"))
		}
	})
}

func checkTree(t *rapid.T, tr *Map[int, int], model map[int]int, from int) {
	t.Helper()
	if tr.Len() != len(model) {
		t.Fatalf("len = %d, want %d", tr.Len(), len(model))
	}
	want := slices.Sorted(maps.Keys(model))
	var got []int
	tr.All(func(k, v int) bool {
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
	tr.From(from, func(k, _ int) bool { rest = append(rest, k); return true })
	i, _ := slices.BinarySearch(want, from)
	if !slices.Equal(want[i:], rest) {
		t.Fatalf("from(%d) = %v, want %v", from, rest, want[i:])
	}
	for k := range 151 {
		v, ok := tr.Get(k)
		if w, has := model[k]; ok != has || v != w {
			t.Fatalf("get(%d) = %d, %t; want %d, %t", k, v, ok, w, has)
		}
	}
}

func BenchmarkTreePut(b *testing.B) {
	tr := New[int, int](cmp.Compare[int])
	for i := 0; b.Loop(); i++ {
		tr.Put(new(Owner), i*7919%1_000_000, i)
	}
}

func TestTreeBuild(t *testing.T) {
	for _, n := range []int{0, 1, width, width + 1, 5000} {
		built, grown := New[int, int](cmp.Compare[int]), New[int, int](cmp.Compare[int])
		var keys, vals []int
		for i := range n {
			keys, vals = append(keys, 2*i), append(vals, i)
			grown.Put(new(Owner), 2*i, i)
		}
		built.Build(keys, vals)
		built.Put(new(Owner), 7, 7)
		grown.Put(new(Owner), 7, 7)
		collect := func(tr Map[int, int]) (got [][2]int) {
			tr.All(func(k, v int) bool { got = append(got, [2]int{k, v}); return true })
			return got
		}
		if diff := gocmp.Diff(collect(grown), collect(built)); diff != "" {
			t.Errorf("%d entries (-grown +built):\n%s", n, diff)
		}
	}
}

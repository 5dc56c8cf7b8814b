package registry

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/registry/tree"
)

// An id table is a map in the order of ids, and an older version of it never
// changes.
func TestIDTableIsAPersistentMap(t *testing.T) {
	ids := []int32{0, -1, 1, 2, 255, 256, 257, 70000, math.MaxInt32, math.MinInt32 + 1}
	rapid.Check(t, func(t *rapid.T) {
		var table idTable
		model := map[int32]*content{}
		type version struct {
			table idTable
			model map[int32]*content
		}
		var versions []version
		var o *tree.Owner
		for i := range rapid.IntRange(1, 80).Draw(t, "steps") {
			if i%5 == 0 {
				versions = append(versions, version{table, maps.Clone(model)})
				o = new(tree.Owner)
			}
			id := rapid.SampledFrom(ids).Draw(t, "id")
			if rapid.IntRange(0, 3).Draw(t, "op") == 0 {
				table.put(o, id, nil)
				delete(model, id)
			} else {
				x := &content{id: id, guid: GUID{byte(i)}}
				table.put(o, id, x)
				model[id] = x
			}
		}
		for _, v := range append(versions, version{table, model}) {
			var got []int32
			v.table.from(math.MinInt32, func(x *content) bool {
				if x != v.model[x.id] || x != v.table.get(x.id) {
					t.Fatalf("id %d has another content", x.id)
				}
				got = append(got, x.id)
				return true
			})
			want := slices.Sorted(maps.Keys(v.model))
			start := rapid.SampledFrom(ids).Draw(t, "from")
			var later []int32
			v.table.from(start, func(x *content) bool {
				later = append(later, x.id)
				return len(later) < 3
			})
			at, _ := slices.BinarySearch(want, start)
			if diff := cmp.Diff(want[at:min(at+3, len(want))], later, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("three from %d (-want +got):\n%s", start, diff)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("ids (-want +got):\n%s", diff)
			}
		}
	})
}

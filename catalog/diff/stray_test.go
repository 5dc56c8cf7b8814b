package diff_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/diff"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// breakingPairs are pairs whose records meet others that are not their like,
// with the changes that break, at FULL, and by what.
var breakingPairs = []struct {
	name, old, fresh string
	want             []string
}{
	{
		// T1 is read from a T2, whose f2 is no array: nothing of that is about
		// the field of T2 that was renamed, which has a default and an alias.
		name: "a union becomes its record, and a field of the other is renamed",
		old: `{"type":"record","name":"T1","fields":[
			{"name":"f0","type":"null"},
			{"name":"f2","type":{"type":"array","items":["null",{"type":"record","name":"T2","fields":[
				{"name":"f0","type":"null","default":null,"aliases":["old0"]},{"name":"f2","type":"null"}]}]}},
			{"name":"f3","type":["T1","T2","null"]}]}`,
		fresh: `{"type":"record","name":"T1","fields":[
			{"name":"f0","type":"null"},
			{"name":"f2","type":{"type":"array","items":["null",{"type":"record","name":"T2","fields":[
				{"name":"renamed","type":"null","default":null,"aliases":["f0"]},{"name":"f2","type":"null"}]}]}},
			{"name":"f3","type":"T1"},
			{"name":"added","type":"int","default":0}]}`,
		want: []string{"T1.f3 TYPE_CHANGED"},
	},
	{
		name: "the record that remains is not the root, another change is beside it",
		old: `{"type":"record","name":"T1","fields":[
			{"name":"f0","type":"float"},
			{"name":"f1","type":{"type":"record","name":"T2","fields":[
				{"name":"g","type":[{"type":"record","name":"T3","fields":[{"name":"f0","type":"float"}]},"T1"]}]}},
			{"name":"f2","type":"int"}]}`,
		fresh: `{"type":"record","name":"T1","fields":[
			{"name":"f0","type":"float"},
			{"name":"f1","type":{"type":"record","name":"T2","fields":[
				{"name":"g","type":{"type":"record","name":"T3","fields":[{"name":"f0","type":"float"}]}}]}},
			{"name":"f2","type":"string"}]}`,
		want: []string{"T1.f2 TYPE_CHANGED", "T2.g TYPE_CHANGED"},
	},
	{
		name: "two fields bring the same records together",
		old: `{"type":"record","name":"T1","fields":[
			{"name":"f0","type":["T1",{"type":"record","name":"T2","fields":[]}]},{"name":"f1","type":["T1","T2"]}]}`,
		fresh: `{"type":"record","name":"T1","fields":[{"name":"f0","type":"T1"},{"name":"f1","type":"T1"}]}`,
		want:  []string{"T1.f0 TYPE_CHANGED", "T1.f1 TYPE_CHANGED", "T2 RECORD_REMOVED"},
	},
	{
		name:  "a record takes the place of another",
		old:   `{"type":"record","name":"T1","fields":[{"name":"f0","type":{"type":"record","name":"T2","fields":[]}}]}`,
		fresh: `{"type":"record","name":"T1","fields":[{"name":"f0","type":{"type":"record","name":"T3","fields":[]}}]}`,
		want:  []string{"T1.f0 TYPE_CHANGED", "T2 RECORD_REMOVED", "T3 RECORD_ADDED"},
	},
	{
		// The check says only that the branch is not read, and not why.
		name: "of what changed behind a branch only one does harm",
		old: `["null",{"type":"record","name":"R","fields":[
			{"name":"a","type":"int","default":1},{"name":"b","type":"int"},{"name":"gone","type":"int","default":1},
			{"name":"e","type":{"type":"enum","name":"E","symbols":["A","C"],"default":"A"}}]}]`,
		fresh: `["null",{"type":"record","name":"R","fields":[
			{"name":"a2","type":"int","default":1,"aliases":["a"]},{"name":"b","type":"string"},
			{"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"],"default":"A"}}]}]`,
		want: []string{"R.b TYPE_CHANGED"},
	},
}

func TestBetweenStrays(t *testing.T) {
	for _, x := range breakingPairs {
		t.Run(x.name, func(t *testing.T) {
			old, fresh := parse(t, schema.Avro, x.old), parse(t, schema.Avro, x.fresh)
			checkLaws(t, diff.Side{Schema: old}, diff.Side{Schema: fresh})
			if d := cmp.Diff(x.want, breaking(between(t, old, fresh, diff.Options{}))); d != "" {
				t.Errorf("what breaks, -want +got:\n%s", d)
			}
		})
	}
}

// TestBetweenBranchAtLevels: what broke a branch is what its reader misses.
func TestBetweenBranchAtLevels(t *testing.T) {
	old := parse(t, schema.Avro, `["null",{"type":"record","name":"R","fields":[{"name":"gone","type":"int"},{"name":"was","type":"int"}]}]`)
	fresh := parse(t, schema.Avro, `["null",{"type":"record","name":"R","fields":[{"name":"is","type":"int","aliases":["was"]},{"name":"come","type":"int"}]}]`)
	for level, want := range map[compat.Level][]string{
		compat.Backward: {"R.come FIELD_ADDED"},
		compat.Forward:  {"R.gone FIELD_REMOVED", "R.is FIELD_RENAMED"},
		compat.Full:     {"R.come FIELD_ADDED", "R.gone FIELD_REMOVED", "R.is FIELD_RENAMED"},
	} {
		if d := cmp.Diff(want, breaking(between(t, old, fresh, diff.Options{Level: level}))); d != "" {
			t.Errorf("what breaks at %s, -want +got:\n%s", level, d)
		}
	}
}

// breaking are the changes that break, sorted.
func breaking(d *diff.Diff) []string {
	var list []string
	for _, c := range d.Changes {
		if c.Breaking {
			list = append(list, fmt.Sprint(c.Path, " ", c.Kind))
		}
	}
	slices.Sort(list)
	return list
}

package confluent

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Sort orders entities by attributes: all of those of which First gives some.
func Sort(list []*Entity, by []Order) {
	slices.SortStableFunc(list, func(a, b *Entity) int {
		return sorting(by).compare(sorting(by).rank(nil, a), sorting(by).rank(nil, b))
	})
}

func TestSort(t *testing.T) {
	entity := func(name string, version any) *Entity {
		return &Entity{Attributes: []Attribute{{"name", name}, {"version", version}}}
	}
	given := []*Entity{entity("b", int64(10)), entity("a", int64(9)), entity("c", nil), entity("a", int64(10)), entity("d", nil)}
	for _, test := range []struct {
		by   []Order
		want string
	}{
		{[]Order{{Attribute: "name"}}, "a9 a10 b10 c- d-"},
		{[]Order{{Attribute: "version"}}, "a9 b10 a10 c- d-"},
		{[]Order{{Attribute: "version", Descending: true}}, "b10 a10 a9 c- d-"},
		{[]Order{{Attribute: "version", Descending: true}, {Attribute: "name"}}, "a10 b10 a9 c- d-"},
		{[]Order{{Attribute: "none"}}, "b10 a9 c- a10 d-"},
		{nil, "b10 a9 c- a10 d-"},
	} {
		list := append([]*Entity(nil), given...)
		Sort(list, test.by)
		got := ""
		for i, e := range list {
			if i > 0 {
				got += " "
			}
			got += e.Title()
			if v, ok := e.Attribute("version").(int64); ok {
				got += itoa(int32(v))
			} else {
				got += "-"
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Sort(%v) (-want +got):\n%s", test.by, diff)
		}
	}
}

func TestCompare(t *testing.T) {
	for _, test := range []struct {
		a, b any
		want int
	}{
		{"a", "b", -1},
		{int64(10), int64(9), 1},
		{false, true, -1},
		{true, true, 0},
		{"1", int64(1), 0},
		{int64(1), true, 0},
		{true, "x", 0},
	} {
		if got := Compare(test.a, test.b); got != test.want {
			t.Errorf("Compare(%v, %v) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

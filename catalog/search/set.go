package search

import (
	"encoding/binary"
	"slices"
	"strings"
)

// facetValue is a value of one facet.
type facetValue struct {
	field uint8
	value string
}

// sets are the different combinations of facet values that documents have, by
// number: a document has one number in place of a list.
type sets struct {
	values []facetValue
	ends   []uint32
	of     []uint32 // the numbers of the values of one set after the other
}

func (s *sets) len() int { return len(s.ends) }

// at gives the numbers of a set's values.
func (s *sets) at(set uint32) []uint32 {
	from := uint32(0)
	if set > 0 {
		from = s.ends[set-1]
	}
	return s.of[from:s.ends[set]]
}

// texts are a set's values of one facet, in order.
func (s *sets) texts(set uint32, field uint8) []string {
	var list []string
	for _, v := range s.at(set) {
		if s.values[v].field == field {
			list = append(list, s.values[v].value)
		}
	}
	slices.Sort(list)
	return list
}

func (s *sets) text(set uint32, field uint8) string {
	for _, v := range s.at(set) {
		if s.values[v].field == field {
			return s.values[v].value
		}
	}
	return ""
}

// setInterner numbers sets as they come.
type setInterner struct {
	sets
	valueIDs interner // of a byte for the field and the value
	ids      interner // of a byte and the numbers of a set's values
	members  []uint32 // of the set in the making
	key      []byte
}

func newSetInterner() setInterner {
	return setInterner{valueIDs: newInterner(), ids: newInterner()}
}

func (in *setInterner) begin() { in.members = in.members[:0] }

// add adds a value to the set in the making; an empty one is none.
func (in *setInterner) add(field uint8, value string) {
	if value == "" {
		return
	}
	in.key = append(append(in.key[:0], field), value...)
	id := in.valueIDs.id(in.key) - 1
	if id == uint32(len(in.values)) {
		in.values = append(in.values, facetValue{field, strings.Clone(value)})
	}
	in.members = append(in.members, id)
}

func (in *setInterner) addAll(field uint8, values []string) {
	for _, v := range values {
		in.add(field, v)
	}
}

// end numbers the set.
func (in *setInterner) end() uint32 {
	slices.Sort(in.members)
	in.members = slices.Compact(in.members)
	in.key = append(in.key[:0], '=')
	for _, m := range in.members {
		in.key = binary.AppendUvarint(in.key, uint64(m))
	}
	id := in.ids.id(in.key) - 1
	if id == uint32(len(in.ends)) {
		in.of = append(in.of, in.members...)
		in.ends = append(in.ends, uint32(len(in.of)))
	}
	return id
}

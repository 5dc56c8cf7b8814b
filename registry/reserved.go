package registry

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/weir-registry/weir/compat"
)

// reservedProperty lists the names of fields that nobody may use
// (registry-api.md 10.5).
const reservedProperty = "confluent:reserved"

// reservedFaults gives the messages of the reserved fields: names that are no
// longer reserved, then fields with a reserved name.
func reservedFaults(before, now *Metadata, fields []string) []string {
	var faults []string
	reserved := reservedNames(now)
	for _, name := range reservedNames(before) {
		if !slices.Contains(reserved, name) {
			faults = append(faults, compat.ReservedRemoved(name))
		}
	}
	for _, name := range reserved {
		if slices.Contains(fields, name) {
			faults = append(faults, compat.ReservedConflict(name))
		}
	}
	return faults
}

// reservedNames gives the reserved names in the order of the wire.
func reservedNames(m *Metadata) []string {
	list, ok := m.property(reservedProperty)
	if !ok {
		return nil
	}
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	inHashOrder(names)
	return names
}

// inHashOrder sorts texts as a Java hash table of them lists them
// (registry-api.md 7.2): by the low bits of their hash, 4 up to 12 texts.
func inHashOrder(texts []string) {
	size := 16
	for len(texts)*4 > size*3 {
		size *= 2
	}
	slot := func(s string) int {
		var h uint32
		for _, u := range utf16.Encode([]rune(s)) {
			h = 31*h + uint32(u)
		}
		return int(h^h>>16) & (size - 1)
	}
	slices.SortStableFunc(texts, func(a, b string) int { return cmp.Compare(slot(a), slot(b)) })
}

package compat

import (
	"slices"

	"github.com/weir-registry/weir/schema"
)

// memo keeps the reports of one check by the content of the old schema:
// subjects that swing between a few texts are compared once per text. Two
// schemas are the same content when they have the same language, text and
// references; within one check a reference leads to one schema.
type memo struct {
	entries map[memoKey][]memoEntry
}

type memoKey struct {
	language schema.Type
	text     string
}

type memoEntry struct {
	references []schema.Reference
	report     Report
}

// find gives the report of an equal schema.
func (m *memo) find(old schema.Schema) (Report, bool) {
	if m.entries == nil {
		return Report{}, false
	}
	for _, e := range m.entries[memoKey{old.Type(), old.Text()}] {
		if slices.Equal(e.references, old.References()) {
			return e.report, true
		}
	}
	return Report{}, false
}

// keep remembers the report of a schema.
func (m *memo) keep(old schema.Schema, report Report) {
	if m.entries == nil {
		m.entries = make(map[memoKey][]memoEntry)
	}
	k := memoKey{old.Type(), old.Text()}
	m.entries[k] = append(m.entries[k], memoEntry{old.References(), report})
}

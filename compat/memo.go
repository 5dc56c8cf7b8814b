package compat

import (
	"hash/maphash"
	"slices"

	"github.com/weir-registry/weir/schema"
)

// memo keeps the reports of one check by the content of the old schema:
// subjects that swing between a few texts are compared once per text. Two
// schemas are the same content when they have the same language, text and
// references; within one check a reference leads to one schema.
type memo struct {
	seed    maphash.Seed
	entries map[uint64][]memoEntry
}

type memoEntry struct {
	old    schema.Schema
	report *Report
	// compared is what the warnings need to know of it, nil when none are
	// asked for.
	compared *compared
}

// newMemo makes room for a number of versions. A single one needs no memo:
// nil is a memo that keeps nothing.
func newMemo(versions int) *memo {
	if versions < 2 {
		return nil
	}
	return &memo{seed: maphash.MakeSeed(), entries: make(map[uint64][]memoEntry, versions)}
}

// memoKey is the place of a schema in the memo.
type memoKey uint64

// find gives the entry of an equal schema, and the key to keep one under.
func (m *memo) find(old schema.Schema) (*memoEntry, memoKey) {
	if m == nil {
		return nil, 0
	}
	key := maphash.String(m.seed, old.Text())
	list := m.entries[key]
	for i := range list {
		e := &list[i]
		if e.old.Type() == old.Type() && e.old.Text() == old.Text() && slices.Equal(e.old.References(), old.References()) {
			return e, memoKey(key)
		}
	}
	return nil, memoKey(key)
}

// keep remembers the report of a schema.
func (m *memo) keep(key memoKey, old schema.Schema, report Report, compared *compared) {
	if m != nil {
		m.entries[uint64(key)] = append(m.entries[uint64(key)], memoEntry{old, &report, compared})
	}
}

package avro

import (
	"strings"
	"unsafe"

	"github.com/weir-registry/weir/schema"
)

// Outline describes the named types that the text defines, in its order.
func (s *Schema) Outline() *schema.Outline {
	o := &schema.Outline{RecordName: s.RecordName()}
	if n := s.root.Named; n != nil {
		o.Doc = n.Doc
	} else {
		o.Holds = holdsOf(nil, s.root, 0)
	}
	index := make(map[*Type]int, s.named)
	s.visit(visitor{
		named: func(t *Type) {
			index[t] = len(o.Records)
			o.Records = append(o.Records, outlineRecord(t))
		},
		field: func(record *Type, f *Field) {
			r := &o.Records[index[record]]
			r.Fields = append(r.Fields, outlineField(record, f))
		},
	})
	return o
}

func outlineRecord(t *Type) schema.Record {
	n := t.Named
	r := schema.Record{Name: n.Full, TagPath: n.Full, Doc: n.Doc, Kind: t.Kind.String(), Symbols: n.Symbols}
	if n.Error {
		r.Kind = "error"
	}
	for _, alias := range n.Aliases {
		r.Aliases = append(r.Aliases, alias.Full)
	}
	if t.Kind == Record {
		r.Tags = tagsIn(t.Props)
	}
	return r
}

func outlineField(record *Type, f *Field) schema.Field {
	return schema.Field{
		Name: f.Name, RuntimeName: f.Name, TagPath: record.Named.Full + "." + f.Name,
		Type: typeText(f.Type), Ref: refOf(f.Type), Doc: f.Doc, Tags: tagsIn(f.Props),
		Default: string(f.Default), Required: !f.Default.Exists(), Aliases: f.Aliases,
	}
}

// typeText is the short text of a type for people.
func typeText(t *Type) string {
	switch t.Kind {
	case Array, Map:
		return t.Kind.String() + "<" + typeText(t.Items) + ">"
	case Union:
		return unionText(t)
	}
	text := t.FullName()
	if logical, ok := t.Logical(); ok {
		text += " (" + logical.Name + ")"
	}
	return text
}

// unionText writes a union with null as the other type and a question mark.
func unionText(t *Type) string {
	var parts []string
	optional := false
	for _, b := range t.Branches {
		if b.Kind == Null {
			optional = true
			continue
		}
		parts = append(parts, typeText(b))
	}
	switch {
	case len(parts) == 0 && optional:
		return "null"
	case len(parts) == 1 && optional:
		return parts[0] + "?"
	case optional:
		return "(" + strings.Join(parts, " | ") + ")?"
	}
	return strings.Join(parts, " | ")
}

// refOf is the first named type that the values of a type hold.
func refOf(t *Type) string {
	switch t.Kind {
	case Record, Enum, Fixed:
		return t.Named.Full
	case Array, Map:
		return refOf(t.Items)
	}
	for _, b := range t.Branches {
		if ref := refOf(b); ref != "" {
			return ref
		}
	}
	return ""
}

// holdsOf gives the named types in a type without a name.
func holdsOf(list []schema.Hold, t *Type, lists int) []schema.Hold {
	switch {
	case t.Named != nil:
		return append(list, schema.Hold{Name: t.Named.Full, Lists: lists})
	case t.Kind == Array:
		return holdsOf(list, t.Items, lists+1)
	case t.Kind == Map:
		return holdsOf(list, t.Items, lists)
	}
	for _, b := range t.Branches {
		list = holdsOf(list, b, lists)
	}
	return list
}

// MemoryBytes estimates what the tree and its texts hold.
func (s *Schema) MemoryBytes() int {
	total := int(unsafe.Sizeof(*s)) + len(s.text)
	if unsafe.StringData(s.text) != unsafe.StringData(s.source) {
		total += len(s.source)
	}
	seen := make(map[*Named]bool, s.named)
	return total + memory(s.root, seen)
}

// memory counts nodes, and strings that may be parts of the text: an upper
// bound.
func memory(t *Type, seen map[*Named]bool) int {
	total := int(unsafe.Sizeof(*t)) + 8*len(t.Branches) + propsMemory(t.Props)
	if t.Items != nil {
		total += memory(t.Items, seen)
	}
	for _, b := range t.Branches {
		total += memory(b, seen)
	}
	n := t.Named
	if n == nil || seen[n] {
		return total
	}
	seen[n] = true
	total += int(unsafe.Sizeof(*n)) + 2*len(n.Full) + len(n.Doc) + 4*len(n.byName)
	for i := range n.Aliases {
		total += int(unsafe.Sizeof(n.Aliases[i])) + 2*len(n.Aliases[i].Full)
	}
	for _, symbol := range n.Symbols {
		total += int(unsafe.Sizeof(symbol)) + len(symbol)
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		total += int(unsafe.Sizeof(*f)) + len(f.Name) + len(f.Doc) + len(f.Default) + propsMemory(f.Props) + memory(f.Type, seen)
		for _, alias := range f.Aliases {
			total += int(unsafe.Sizeof(alias)) + len(alias)
		}
	}
	return total
}

func propsMemory(props []Property) int {
	total := 0
	for _, p := range props {
		total += int(unsafe.Sizeof(p)) + len(p.Name) + len(p.Value)
	}
	return total
}

package catalog

import (
	"slices"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// maxColumns is how many columns of one field are told; a type may be used in
// more places than anybody reads.
const maxColumns = 100

// spot is a type where it stands in a value of the root type.
type spot struct {
	defined
	up    *spot
	depth int
	// under is the place among the found of the field that holds it, -1 for
	// the root type.
	under int
	// runtime and column are what the names of its fields begin with.
	runtime, column string
}

// within says whether a type stands within itself here.
func (s *spot) within(d defined) bool {
	for ; s != nil; s = s.up {
		if s.defined == d {
			return true
		}
	}
	return false
}

// holding is a type that a field holds; items counts the lists around it.
type holding struct {
	defined
	items int
}

// found is a field where it stands in a value of the root type.
type found struct {
	in      *spot
	field   *schema.Field
	held    []holding
	runtime string
	column  string
}

// expand gives all fields from some types down, breadth first, so that what is
// cut off at the bound is what lies deepest. A type within itself is not
// entered again: its fields are told once.
func expand(roots []*spot, holds func(defined, *schema.Field) []holding) []found {
	var list []found
	for queue := roots; len(queue) > 0; queue = queue[1:] {
		s := queue[0]
		for i := range s.record.Fields {
			if len(list) >= maxFields {
				return list
			}
			f := &s.record.Fields[i]
			at := found{in: s, field: f, held: holds(s.defined, f), runtime: s.runtime + "." + f.Name, column: f.Name}
			if s.column != "" {
				at.column = s.column + "." + f.Name
			}
			list = append(list, at)
			if s.depth >= maxDeep {
				continue
			}
			for _, h := range at.held {
				if !s.within(h.defined) {
					queue = append(queue, &spot{
						defined: h.defined, up: s, depth: s.depth + 1, under: len(list) - 1,
						runtime: at.runtime + strings.Repeat("[i]", h.items), column: at.column,
					})
				}
			}
		}
	}
	return list
}

// columns tells the fields of named types their columns.
func (l *layouter) columns() {
	at := make(map[string]*Field, len(l.out.fields))
	for i := range l.out.fields {
		at[l.out.fields[i].RuntimeName] = &l.out.fields[i]
	}
	holds := func(_ defined, f *schema.Field) []holding {
		var list []holding
		for _, d := range l.held(f) {
			list = append(list, holding{defined: d})
		}
		return list
	}
	for _, x := range expand(l.roots(), holds) {
		f := at[x.in.record.Name+"."+x.field.Name]
		if f != nil && len(f.Paths) < maxColumns && !slices.Contains(f.Paths, x.column) {
			f.Paths = append(f.Paths, x.column)
		}
	}
}

// roots are the types of whole values: the first one of the schema, and those
// of its own that none of the others leads to (the branches of a union, the
// further messages of a file).
func (l *layouter) roots() []*spot {
	own := &l.parts[0]
	reached := map[string]bool{}
	var reach func(r *schema.Record)
	reach = func(r *schema.Record) {
		if reached[r.Name] {
			return
		}
		reached[r.Name] = true
		for i := range r.Fields {
			for _, d := range l.held(&r.Fields[i]) {
				reach(d.record)
			}
		}
	}
	var roots []*spot
	add := func(r *schema.Record) {
		roots = append(roots, &spot{defined: defined{own, r}, under: -1})
		reach(r)
	}
	records := own.outline.Records
	for _, h := range own.outline.Holds {
		if d, ok := l.types[h.Name]; ok {
			roots = append(roots, &spot{defined: d, under: -1})
			reach(d.record)
		}
	}
	if len(records) > 0 && len(roots) == 0 {
		add(&records[0])
	}
	led := map[string]bool{}
	for i := range records {
		for j := range records[i].Fields {
			for _, d := range l.held(&records[i].Fields[j]) {
				if d.record != &records[i] {
					led[d.record.Name] = true
				}
			}
		}
	}
	// Those that nobody leads to first, then what only circles among itself.
	for _, circles := range []bool{false, true} {
		for i := range records {
			if r := &records[i]; !reached[r.Name] && (circles || !led[r.Name]) {
				add(r)
			}
		}
	}
	return roots
}

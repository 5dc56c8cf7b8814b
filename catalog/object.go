package catalog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// objects lays out JSON Schema, where a field is known by its way from the
// root of the document, "$.lines[i].sku": a definition that is used twice gives
// two fields, a type within itself is told once.
func (l *layouter) objects() {
	own := &l.parts[0]
	fields := l.placesOf(own).fields
	for i := range own.outline.Records {
		l.addRecord(defined{own, &own.outline.Records[i]})
		// The tags of an object that is the value of a field are the field's.
		if r := &l.out.records[i]; fields[strings.TrimSuffix(r.Name, ".object")] {
			r.Tags = nil
		}
	}
	var roots []*spot
	for _, h := range l.whole(own) {
		roots = append(roots, &spot{defined: h.defined, under: -1, runtime: "$" + strings.Repeat("[i]", h.items)})
	}
	l.emit(expand(roots, l.heldObjects))
}

// whole gives the objects of a whole document.
func (l *layouter) whole(p *part) []holding {
	list := slices.Clone(l.placesOf(p).at[""])
	for _, h := range p.outline.Holds {
		list = l.addHeld(list, p, h)
	}
	return l.withBranches(list)
}

// heldObjects gives the objects that the values of a field hold.
func (l *layouter) heldObjects(d defined, f *schema.Field) []holding {
	list := slices.Clone(l.placesOf(d.part).at[f.TagPath])
	for _, h := range f.Holds {
		list = l.addHeld(list, d.part, h)
	}
	if len(f.Holds) == 0 && f.Ref != "" && len(list) == 0 {
		// The first form of outlines: one reference, and its lists in the type.
		lists := 0
		for t := f.Type; strings.HasPrefix(t, "array<"); t = t[len("array<"):] {
			lists++
		}
		list = l.addHeld(list, d.part, schema.Hold{Name: f.Ref, Lists: lists})
	}
	return l.withBranches(list)
}

// withBranches adds what references among the branches of the objects lead to:
// the fields of those are fields of the same values.
func (l *layouter) withBranches(list []holding) []holding {
	for i := 0; i < len(list) && len(list) < maxHeld; i++ {
		for _, h := range list[i].record.Holds {
			h.Lists += list[i].items
			list = l.addHeld(list, list[i].part, h)
		}
	}
	return list
}

// maxHeld is how many objects one field is followed into.
const maxHeld = 256

// addHeld adds the objects that a reference leads to.
func (l *layouter) addHeld(list []holding, p *part, hold schema.Hold) []holding {
	add := func(found []holding) {
		for _, h := range found {
			h.items += hold.Lists
			if len(list) < maxHeld && !slices.Contains(list, h) {
				list = append(list, h)
			}
		}
	}
	x := l.placesOf(p)
	if base, ok := x.base[hold.Name]; ok {
		add(x.at[base])
		return list
	}
	other, fragment := l.referred(hold.Name)
	switch {
	case other == nil:
	case fragment == "":
		add(l.placesOf(other).at[""])
		for _, h := range other.outline.Holds {
			h.Lists += hold.Lists
			if _, local := l.placesOf(other).base[h.Name]; local {
				list = l.addHeld(list, other, h)
			}
		}
	default:
		path := strings.ReplaceAll(strings.TrimPrefix(fragment, "/"), "/", ".")
		add(l.placesOf(other).at[path])
		add(l.placesOf(other).at["object."+path])
	}
	return list
}

// referred finds the schema that a reference into another text means, by the
// name under which it is referred to.
func (l *layouter) referred(text string) (p *part, fragment string) {
	uri, fragment, _ := strings.Cut(text, "#")
	for i := range l.parts {
		if slices.Contains(l.parts[i].names, uri) {
			return &l.parts[i], fragment
		}
	}
	for i := range l.parts {
		if slices.ContainsFunc(l.parts[i].names, func(name string) bool {
			return strings.HasSuffix(uri, "/"+name) || strings.HasSuffix(name, "/"+strings.TrimPrefix(uri, "./"))
		}) {
			return &l.parts[i], fragment
		}
	}
	return nil, ""
}

func (l *layouter) placesOf(p *part) *places {
	if l.places == nil {
		l.places = map[*part]*places{}
	}
	x, ok := l.places[p]
	if !ok {
		x = placesOf(p)
		l.places[p] = x
	}
	return x
}

// emit adds the found fields in the order of the text: each with what is below
// it. Branches of one object may tell of the same field.
func (l *layouter) emit(all []found) {
	below := make(map[int][]int, len(all))
	for i := range all {
		below[all[i].in.under] = append(below[all[i].in.under], i)
	}
	met := make(map[string]int, len(all))
	var emit func(under int)
	emit = func(under int) {
		for _, i := range below[under] {
			x := &all[i]
			held := make([]defined, len(x.held))
			for j := range x.held {
				held[j] = x.held[j].defined
			}
			at := len(l.out.fields)
			l.addField(x.in.defined, x.field, x.runtime, held)
			if before, ok := met[x.runtime]; ok {
				l.join(before, at)
				at = before
			}
			met[x.runtime] = at
			f := &l.out.fields[at]
			if !slices.Contains(f.Paths, x.column) && len(f.Paths) < maxColumns {
				f.Paths = append(f.Paths, x.column)
			}
			emit(i)
		}
	}
	emit(-1)
}

// join takes the last field back and leaves its tags with the one of the same
// name.
func (l *layouter) join(first, last int) {
	f := &l.out.fields[first]
	for _, t := range l.out.fields[last].Tags {
		if !slices.ContainsFunc(f.Tags, func(u TagAssignment) bool { return t.Name == u.Name && t.Source == u.Source && t.Via == u.Via }) {
			f.Tags = append(f.Tags, t)
		}
	}
	l.out.fields = l.out.fields[:last]
}

// places finds the objects of a JSON Schema by where they stand: at the root
// (""), under a field (its tag path), or in a definition.
type places struct {
	at   map[string][]holding
	base map[string]string // of an object, by name
	// fields are the paths of all fields.
	fields map[string]bool
}

// placesOf reads the names of the objects, which are their paths in the tag
// language (registry-api.md 14): what stands behind the field or the definition
// are steps into lists and into the branches of a choice, and then "object".
func placesOf(p *part) *places {
	fields := map[string]bool{}
	x := &places{at: map[string][]holding{}, base: map[string]string{}, fields: fields}
	for i := range p.outline.Records {
		for j := range p.outline.Records[i].Fields {
			fields[p.outline.Records[i].Fields[j].TagPath] = true
		}
	}
	for i := range p.outline.Records {
		r := &p.outline.Records[i]
		d := defined{p, r}
		if r.Kind != "object" {
			continue
		}
		base, items := strings.TrimSuffix(strings.TrimSuffix(r.Name, "object"), "."), 0
		for base != "" && !fields[base] {
			rest, list, ok := stepOut(base)
			if !ok {
				break
			}
			base = rest
			if list {
				items++
			}
		}
		x.base[r.Name] = base
		x.at[base] = append(x.at[base], holding{d, items})
	}
	return x
}

// stepOut takes the last step off a path: "array", "array.0", "allof.1" and so
// on; list says that it leads into a list.
func stepOut(path string) (rest string, list, ok bool) {
	rest, last := cutLast(path)
	if _, err := strconv.ParseUint(last, 10, 31); err == nil {
		rest, last = cutLast(rest)
		switch last {
		case "allof", "anyof", "oneof":
			return rest, false, true
		}
	}
	return rest, true, last == "array"
}

// cutLast cuts a name before its last part.
func cutLast(path string) (rest, last string) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}

package declare

import (
	"github.com/weir-registry/weir/catalog"
)

// apiVersion is the form that this package reads and writes.
const apiVersion = "weir/v1"

// Document is what one document says of one thing. What a Subject's document
// says of its fields and records are documents of their own.
type Document struct {
	Place
	// Ref names the thing. The Part of a FIELD may be a path until it is
	// resolved.
	Ref catalog.Ref
	// Definition is what it is, nil for what schemas tell of.
	Definition catalog.Definition

	said statement
	refs []reference
}

// Documents are what a set says.
type Documents struct {
	list []*Document
}

// Len is of how many things they speak.
func (d *Documents) Len() int { return len(d.list) }

// Read reads files. Its error is a Faults with all that is wrong in them.
func Read(files ...File) (*Documents, error) {
	var faults Faults
	size := 0
	for _, f := range files {
		if size += len(f.Text); size > MaxBytes {
			faults.add(Place{File: f.Name, Line: 1, Column: 1}, BadSyntax, "the documents have more than %d bytes together", MaxBytes)
			return nil, faults.err()
		}
	}
	d := &Documents{}
	for _, f := range files {
		for _, v := range readValues(f, &faults) {
			d.list = append(d.list, readDocument(v, &faults)...)
		}
	}
	d.unique(&faults)
	if err := faults.err(); err != nil {
		return nil, err
	}
	return d, nil
}

// readDocument reads one document, with those for the fields and records in it.
func readDocument(v value, faults *Faults) []*Document {
	r := &reader{faults: faults}
	o := r.object(v, "a document")
	if !o.given {
		return nil
	}
	defer o.done()
	if at := o.place("apiVersion"); o.needText("apiVersion") != apiVersion && o.has("apiVersion") {
		faults.add(at, BadValue, "the apiVersion is %s", apiVersion)
	}
	word := o.needText("kind")
	kind, ok := kindOf(word)
	metadata, named := o.take("metadata")
	spec, _ := o.take("spec")
	switch {
	case !ok && word != "":
		faults.add(o.place("kind"), BadValue, "there is no kind %s; there are %s", word, allKinds())
		return nil
	case !ok:
		return nil
	case !named:
		faults.add(v.Place, MissingMember, "a document needs metadata")
		return nil
	}
	m := r.object(metadata, "the metadata of a "+word)
	d := &Document{Place: v.Place, Ref: r.ref(kind, m)}
	m.done()
	if spec.kind == nothing { // left out, or empty: there is such a thing
		spec = value{Place: v.Place, kind: object}
	}
	s := r.object(spec, "the spec of a "+word)
	defer s.done()
	d.Definition = r.definition(d.Ref, s)
	d.said = r.statement(d.Ref, s)
	d.refs = r.refs
	list := []*Document{d}
	if kind == catalog.KindSubject {
		list = append(list, r.parts(d.Ref, catalog.KindRecord, s)...)
		list = append(list, r.parts(d.Ref, catalog.KindField, s)...)
	}
	return list
}

// inlineName is the member of a Subject's spec that holds what is said of its
// records or fields.
func inlineName(kind catalog.Kind) string {
	if kind == catalog.KindRecord {
		return "records"
	}
	return "fields"
}

// parts reads what a Subject's document says of its records or fields.
func (r *reader) parts(subject catalog.Ref, kind catalog.Kind, spec *fields) []*Document {
	var list []*Document
	for _, m := range spec.members(inlineName(kind)) {
		part := &reader{faults: r.faults}
		d := &Document{Place: m.Place, Ref: catalog.Ref{Kind: kind, Scope: subject.Scope, Name: subject.Name, Part: m.name}}
		if m.name == "" {
			r.faults.add(m.Place, BadValue, "a %s needs a name", wordOf(kind))
		}
		s := part.object(m.value, "what is said of a "+wordOf(kind))
		d.said = part.statement(d.Ref, s)
		s.done()
		d.refs = part.refs
		list = append(list, d)
	}
	return list
}

// unique notes what two documents are about.
func (d *Documents) unique(faults *Faults) {
	first := map[catalog.Ref]Place{}
	for _, one := range d.list {
		at, twice := first[one.Ref]
		if twice {
			faults.add(one.Place, Twice, "%s has a document already, at %s", title(one.Ref), at)
			continue
		}
		first[one.Ref] = one.Place
	}
}

// value writes what readDocument reads; parts are the documents of a subject's
// records and fields.
func (d *Document) value(parts []*Document) value {
	v := value{kind: object}
	v.put("apiVersion", textValue(apiVersion))
	v.put("kind", textValue(wordOf(d.Ref.Kind)))
	v.put("metadata", refValue(d.Ref))
	spec := value{kind: object}
	definitionInto(&spec, d.Definition)
	d.said.into(&spec)
	for _, kind := range []catalog.Kind{catalog.KindRecord, catalog.KindField} {
		inline := value{kind: object}
		for _, p := range parts {
			if p.Ref.Kind == kind {
				said := value{kind: object}
				p.said.into(&said)
				inline.members = append(inline.members, member{name: p.Ref.Part, value: said})
			}
		}
		spec.put(inlineName(kind), inline)
	}
	v.put("spec", spec)
	return v
}

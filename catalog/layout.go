package catalog

import (
	"maps"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// layout is what one schema has: its fields and records in the order of its
// text, then those of the types that it takes from referenced schemas. Nothing
// in it says in which versions they are.
type layout struct {
	doc     string
	fields  []Field
	records []Record
}

// The bounds of a layout. A schema may name more through its references, or by
// types that stand within each other, than anybody could read.
const (
	maxParts  = 1000   // schemas of a closure of references
	maxFields = 20_000 // fields, and columns, of one schema
	maxDeep   = 32     // types within types
)

// part is a schema of a closure of references: the first one is the schema
// itself.
type part struct {
	// via is the subject of a referenced schema, zero for the schema itself.
	via Ref
	// names are those by which schemas of the closure refer to this one.
	names    []string
	outline  *schema.Outline
	contract []contractTag
}

// contractTag are the tags that a data contract gives to the fields that match
// a pattern.
type contractTag struct {
	pattern
	tags []string
}

func contractTags(m *registry.Metadata) []contractTag {
	if m == nil || len(m.Tags) == 0 {
		return nil
	}
	var list []contractTag
	for _, path := range slices.Sorted(maps.Keys(m.Tags)) {
		list = append(list, contractTag{newPattern(path), m.Tags[path]})
	}
	return list
}

// partsOf gives a schema and those that it refers to, each once, breadth first.
// What is not there any more is left out.
func partsOf(s *registry.Snapshot, in registry.Context, x registry.Content) []part {
	parts := []part{newPart(Ref{}, x)}
	if len(x.References()) == 0 {
		return parts
	}
	type place struct {
		context registry.Context
		content registry.Content
	}
	places := []place{{in, x}}
	met := map[registry.ContextID]int{{Context: in, ID: x.ID()}: 0}
	for i := 0; i < len(places) && len(parts) < maxParts; i++ {
		for _, r := range places[i].content.References() {
			to := registry.ResolveReference(places[i].context, r)
			row, ok := s.VersionOf(to.Subject, to.Version)
			if !ok {
				continue
			}
			id := registry.ContextID{Context: to.Subject.Context, ID: row.ID}
			if at, ok := met[id]; ok {
				if !slices.Contains(parts[at].names, r.Name) {
					parts[at].names = append(parts[at].names, r.Name)
				}
				continue
			}
			y, ok := s.ContentOf(to.Subject.Context, row.ID)
			if !ok {
				continue
			}
			met[id] = len(parts)
			p := newPart(subjectRef(to.Subject), y)
			p.names = []string{r.Name}
			parts = append(parts, p)
			places = append(places, place{to.Subject.Context, y})
		}
	}
	return parts
}

func newPart(via Ref, x registry.Content) part {
	p := part{via: via, outline: &schema.Outline{}, contract: contractTags(x.Metadata())}
	if err := p.outline.UnmarshalBinary(x.AppendOutline(nil)); err != nil {
		p.outline = &schema.Outline{}
	}
	return p
}

// layoutOf works out the layout of a schema of a subject, with or without the
// columns of its fields.
func layoutOf(s *registry.Snapshot, subject registry.Subject, x registry.Content, columns bool) *layout {
	l := layouter{subject: subject, format: x.Type(), parts: partsOf(s, subject.Context, x)}
	l.out.doc = l.parts[0].outline.Doc
	if l.format == schema.JSON {
		l.objects()
	} else {
		l.named()
		if columns {
			l.columns()
		}
	}
	return &l.out
}

// layouter makes one layout.
type layouter struct {
	subject registry.Subject
	format  schema.Type
	parts   []part
	types   map[string]defined // by full name; the first part that has one wins
	places  map[*part]*places
	out     layout
}

// defined is a type and the part that defines it.
type defined struct {
	part   *part
	record *schema.Record
}

// named lays out Avro and Protobuf, where a type has one name wherever it is
// used: the schema's own types, and what these use of others.
func (l *layouter) named() {
	l.index()
	own := &l.parts[0]
	var queue []defined
	for i := range own.outline.Records {
		queue = append(queue, defined{own, &own.outline.Records[i]})
	}
	met := make(map[string]bool, len(queue))
	for i := 0; i < len(queue) && len(l.out.fields) < maxFields; i++ {
		d := queue[i]
		if met[d.record.Name] {
			continue
		}
		met[d.record.Name] = true
		l.addRecord(d)
		for j := range d.record.Fields {
			f := &d.record.Fields[j]
			held := l.held(f)
			l.addField(d, f, d.record.Name+"."+f.Name, held)
			for _, h := range held {
				if h.part != own && !met[h.record.Name] {
					queue = append(queue, h)
				}
			}
		}
	}
}

func (l *layouter) index() {
	l.types = map[string]defined{}
	for i := range l.parts {
		p := &l.parts[i]
		for j := range p.outline.Records {
			r := &p.outline.Records[j]
			if _, met := l.types[r.Name]; !met {
				l.types[r.Name] = defined{p, r}
			}
		}
	}
}

// held gives the types that the values of a field hold. An outline names one;
// the others of an Avro union stand in the text of the type.
func (l *layouter) held(f *schema.Field) []defined {
	var list []defined
	if d, ok := l.types[f.Ref]; ok && f.Ref != "" {
		list = append(list, d)
	}
	if l.format != schema.Avro || !strings.Contains(f.Type, "|") {
		return list
	}
	for name := range strings.FieldsFuncSeq(f.Type, func(c rune) bool { return strings.ContainsRune("<>|,?() ", c) }) {
		if d, ok := l.types[name]; ok && !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

func (l *layouter) addRecord(d defined) {
	l.out.records = append(l.out.records, Record{
		Subject: l.subject, Name: d.record.Name, TagPath: d.record.TagPath, Kind: d.record.Kind, Doc: d.record.Doc,
		Symbols: d.record.Symbols, Aliases: d.record.Aliases, Via: d.part.via, Tags: appendTags(nil, d.record.Tags, FromInline, d.part.via),
	})
}

// addField adds a field under its runtime name, with the tags of its own, of
// contracts, and of referenced types that it holds (catalog-api.md section 9,
// rules 2 and 6).
func (l *layouter) addField(d defined, f *schema.Field, runtime string, held []defined) {
	tags := appendTags(nil, f.Tags, FromInline, d.part.via)
	for _, h := range held {
		if h.part != d.part {
			tags = appendTags(tags, h.record.Tags, FromInline, h.part.via)
		}
	}
	tags = appendContract(tags, &l.parts[0], runtime)
	if d.part.via != (Ref{}) && l.format != schema.JSON {
		tags = appendContract(tags, d.part, runtime)
	}
	l.out.fields = append(l.out.fields, Field{
		Subject: l.subject, RuntimeName: runtime, Name: f.Name, Record: d.record.Name, TagPath: f.TagPath, Via: d.part.via,
		Type: f.Type, Nullable: nullable(l.format, f), Required: f.Required, Default: f.Default, Number: f.Number, Doc: f.Doc, Aliases: f.Aliases,
		Tags: tags,
	})
}

// nullable says whether a value may be null, or, in Protobuf, whether a reader
// can tell that there is none.
func nullable(format schema.Type, f *schema.Field) bool {
	if format == schema.Protobuf {
		return strings.HasPrefix(f.Type, "optional ") || f.Ref != "" && f.Type == f.Ref
	}
	return strings.HasSuffix(f.Type, "?") || f.Type == "null" || format == schema.JSON && f.Type == "any"
}

func appendContract(tags []TagAssignment, p *part, runtime string) []TagAssignment {
	for i := range p.contract {
		if c := &p.contract[i]; c.matches(runtime) {
			tags = appendTags(tags, c.tags, FromContract, p.via)
		}
	}
	return tags
}

// appendTags adds tags that are not there yet.
func appendTags(tags []TagAssignment, names []string, source Source, via Ref) []TagAssignment {
	for _, name := range names {
		if !slices.ContainsFunc(tags, func(t TagAssignment) bool { return t.Name == name && t.Source == source && t.Via == via }) {
			tags = append(tags, TagAssignment{Name: name, Via: via, Said: Said{Source: source}})
		}
	}
	return tags
}

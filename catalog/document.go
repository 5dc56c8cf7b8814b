package catalog

import (
	"strings"

	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// What the search index knows of an entity, and how a hit leads back to it.
// search.Ref.ID is Ref.String. A subject has its logical fields and records as
// members: the path, a point and the name of one are its runtime name or full
// name. Attributes are what people and schemas say together: tags, terms and
// domains by their names, owners by Ref.String.

// HitRef is the entity that a hit is: the field or record itself where the hit
// is one.
func HitRef(h *search.Hit) (Ref, error) { return memberRef(h.Ref, h.Member, h.Kind, h.Path, h.Name) }

// SuggestionRef is the entity that a suggestion is.
func SuggestionRef(s *search.Suggestion) (Ref, error) {
	return memberRef(s.Ref, s.Member, s.Kind, s.Path, s.Name)
}

func memberRef(r search.Ref, member bool, kind search.Kind, path, name string) (Ref, error) {
	ref, err := ParseRef(r.ID)
	if err != nil || !member {
		return ref, err
	}
	ref.Kind, ref.Part = Kind(kind), PartOf(path, name)
	return ref, nil
}

// PartOf is the Part of the field or record that a hit is, whose Ref is its
// subject's.
func PartOf(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func searchRef(r Ref) search.Ref { return search.Ref{Kind: search.Kind(r.Kind), ID: r.String()} }

// subjectDocument is a subject with its members; ok is false when it is gone
// and nothing is said of the subject itself.
func (v *View) subjectDocument(s registry.Subject, l *logical) (d search.Document, ok bool) {
	ref := subjectRef(s)
	e := v.entity(ref)
	if e == nil {
		return search.Document{}, false
	}
	d = v.document(e)
	d.Path = strings.TrimPrefix(string(s.Context), ".")
	d.Context, d.Cluster = string(s.Context), v.catalog.options.Cluster(s.Context)
	if l != nil {
		d.Format = string(l.format)
		d.Compatibility = string(v.catalog.options.Registry.CompatibilityOf(v.registry, s).Level)
		d.Members = v.members(l)
	}
	for _, kind := range []Kind{KindRecord, KindField} {
		for t := range v.said.within(kind, ref.Scope, ref.Name) {
			if len(t.rows) > 0 {
				v.speakOf(&d, l, t)
			}
		}
	}
	return d, true
}

// document is what all kinds have.
func (v *View) document(e *Entity) search.Document {
	return search.Document{
		Ref: searchRef(e.Ref), Name: e.Title, Description: e.texts(), Attributes: e.attributes(), LastSeen: e.LastSeen,
	}
}

// texts are all descriptions, the shown one first.
func (e *Entity) texts() string {
	if len(e.Descriptions) == 1 {
		return e.Descriptions[0].Value
	}
	var all []string
	for _, t := range e.Descriptions {
		all = append(all, t.Value)
	}
	return strings.Join(all, "\n")
}

func (e *Entity) attributes() search.Attributes {
	a := search.Attributes{Tags: namesOfTags(e.Tags), Status: string(e.Status)}
	for _, t := range e.Terms {
		a.Terms = appendNew(a.Terms, t.Term.Name)
	}
	for _, o := range e.Owners {
		a.Owners = appendNew(a.Owners, o.Owner.String())
	}
	if !e.Domain.IsZero() {
		a.Domains = []string{e.Domain.Name}
	}
	return a
}

func appendNew(list []string, text string) []string {
	for _, t := range list {
		if t == text {
			return list
		}
	}
	return append(list, text)
}

// members are the records and fields as schemas tell of them.
func (v *View) members(l *logical) []search.Member {
	list := make([]search.Member, 0, len(l.fields.list)+len(l.records.list))
	for i := range l.records.list {
		if r := &l.records.list[i]; r.IsRecord() {
			path, name := cutLast(r.Name)
			list = append(list, search.Member{
				Kind: search.Record, Name: name, Path: path, Type: r.Kind, Description: r.Doc,
				Attributes: search.Attributes{Tags: namesOf(r.Tags)},
			})
		}
	}
	for i := range l.fields.list {
		f := &l.fields.list[i]
		list = append(list, search.Member{
			Kind: search.Field, Name: f.Name, Path: strings.TrimSuffix(f.RuntimeName, "."+f.Name), Type: f.Type, Description: f.Doc,
			Attributes: search.Attributes{Tags: namesOf(f.Tags)},
		})
	}
	return list
}

// IsRecord says that the record is one of its own, and not an enum or the like.
func (r *Record) IsRecord() bool { return schema.IsRecord(r.Kind) }

func namesOf(tags []TagAssignment) []string {
	if len(tags) == 0 {
		return nil
	}
	return namesOfTags(tags)
}

// speakOf puts what is said of a field or record into its member, or adds the
// member of one that is gone.
func (v *View) speakOf(d *search.Document, l *logical, t *thing) {
	e := v.entity(t.ref)
	m := search.Member{Kind: search.Kind(t.ref.Kind)}
	m.Path, m.Name = cutLast(t.ref.Part)
	at := -1
	if l != nil {
		at = l.memberAt(t.ref)
	}
	if at >= 0 {
		m = d.Members[at]
	}
	m.Description, m.Attributes = e.texts(), e.attributes()
	if m.Status == d.Status || m.Status == string(Active) {
		m.Status = "" // the subject's
	}
	if at >= 0 {
		d.Members[at] = m
		return
	}
	d.Members = append(d.Members, m)
}

// memberAt is the place among the members, -1 for none.
func (l *logical) memberAt(ref Ref) int {
	records := 0
	for i := range l.records.list {
		if l.records.list[i].IsRecord() {
			if ref.Kind == KindRecord && l.records.list[i].Name == ref.Part {
				return records
			}
			records++
		}
	}
	if at, ok := l.fields.at[ref.Part]; ok && ref.Kind == KindField {
		return records + at
	}
	return -1
}

// plainDocument is an entity without members; ok is false when it is gone, and
// for versions, ids and clusters of which nobody says anything: they are found
// through their subjects and topics.
func (v *View) plainDocument(ref Ref) (d search.Document, ok bool) {
	switch ref.Kind {
	case KindSchemaVersion, KindSchema, KindCluster:
		if len(v.said.get(ref).rows) == 0 {
			return search.Document{}, false
		}
	}
	e := v.entity(ref)
	if e == nil {
		return search.Document{}, false
	}
	d = v.document(e)
	switch ref.Kind {
	case KindTopic:
		d.Cluster = ref.Scope
	case KindContext:
		d.Context = ref.Name
	case KindSchemaVersion, KindSchema:
		d.Context = ref.Scope
	}
	if t, ok := v.said.definition(ref).(*Term); ok {
		d.Path = strings.Join(t.Synonyms, " ")
	}
	return d, true
}

package confluent

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/registry"
)

// MostFound is how many hits a search takes: a query that finds more is answered
// with so many of them.
const MostFound = 200_000

// Found is what a full-text search has found: subjects, logical fields, records
// and topics. A Selection gives them for each schema id that has them. It is for
// one caller at a time.
type Found struct {
	text     string
	subjects map[registry.Subject]*finds
	topics   map[catalog.Ref]bool
	// Hits come subject by subject: last is that of the one before.
	last  search.Ref
	finds *finds
}

// finds are what is found of one subject. What of it is looked at is little,
// so that the names of parts are put together when one is asked for.
type finds struct {
	itself  bool
	fields  parts // by runtime name
	records parts // by full name
}

type parts struct {
	hits  []partHit
	named map[string]bool
}

type partHit struct{ path, name string }

// has says whether a part is found.
func (p *parts) has(name string) bool {
	if p.named == nil && len(p.hits) > 0 {
		p.named = make(map[string]bool, len(p.hits))
		for _, h := range p.hits {
			p.named[catalog.PartOf(h.path, h.name)] = true
		}
	}
	return p.named[name]
}

// Search asks the catalog's index, for some types (none: for all). It is nil
// for a text that asks for everything: an empty one, and "*".
func Search(ctx context.Context, c *catalog.Catalog, text string, types []Type) (*Found, error) {
	text = strings.Trim(text, "* \t")
	if text == "" {
		return nil, nil
	}
	f := &Found{
		text:     text,
		subjects: map[registry.Subject]*finds{},
		topics:   map[catalog.Ref]bool{},
	}
	sel := Selection{Types: types}
	q := search.Query{Text: text}
	for _, k := range []struct {
		of   catalog.Kind
		need bool
	}{
		{catalog.KindSubject, sel.takes(Schema) || sel.takes(SubjectVersion)},
		{catalog.KindTopic, sel.takes(Topic)},
		{catalog.KindField, sel.takes(Field)},
		{catalog.KindRecord, sel.takes(Record)},
	} {
		if k.need {
			q.Filter.Kinds = append(q.Filter.Kinds, search.Kind(k.of))
		}
	}
	if len(q.Filter.Kinds) == 0 {
		return f, nil
	}
	hits, err := c.Each(ctx, q)
	if err != nil {
		return nil, err
	}
	left := MostFound
	for h := range hits {
		if err := f.add(&h); err != nil {
			return nil, err
		}
		if left--; left == 0 {
			break
		}
	}
	return f, ctx.Err()
}

// add notes a hit.
func (f *Found) add(h *search.Hit) error {
	if h.Ref != f.last || f.finds == nil {
		ref, err := catalog.ParseRef(h.ID)
		if err != nil {
			return err
		}
		if ref.Kind == catalog.KindTopic {
			f.topics[ref] = true
			return nil
		}
		subject := ref.Subject()
		f.last, f.finds = h.Ref, f.subjects[subject]
		if f.finds == nil {
			f.finds = &finds{}
			f.subjects[subject] = f.finds
		}
	}
	switch catalog.Kind(h.Kind) {
	case catalog.KindField:
		f.finds.fields.hits = append(f.finds.fields.hits, partHit{h.Path, h.Name})
	case catalog.KindRecord:
		f.finds.records.hits = append(f.finds.records.hits, partHit{h.Path, h.Name})
	case catalog.KindSubject:
		f.finds.itself = true
	}
	return nil
}

func (f *Found) subject(s registry.Subject) bool {
	of := f.subjects[s]
	return of != nil && of.itself
}

func (f *Found) field(s registry.Subject, name string) bool {
	of := f.subjects[s]
	return of != nil && of.fields.has(name)
}

func (f *Found) record(s registry.Subject, name string) bool {
	of := f.subjects[s]
	return of != nil && of.records.has(name)
}

// any says that something of a subject is found.
func (f *Found) any(s registry.Subject) bool { return f.subjects[s] != nil }

// subjectsOf are the subjects of a context that are found themselves, in order.
func (f *Found) subjectsOf(in registry.Context) iter.Seq[registry.Subject] {
	var list []registry.Subject
	for s, of := range f.subjects {
		if of.itself && s.Context == in {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b registry.Subject) int { return cmp.Compare(a.Name, b.Name) })
	return slices.Values(list)
}

// topicsOf are the topics of a cluster that are found, in order.
func (f *Found) topicsOf(ctx context.Context, v *catalog.View, cluster string) iter.Seq[catalog.Topic] {
	var list []string
	for r := range f.topics {
		if r.Scope == cluster {
			list = append(list, r.Name)
		}
	}
	slices.Sort(list)
	return func(yield func(catalog.Topic) bool) {
		for _, name := range list {
			// One that is there no more, or may not be read, is left out.
			if t, err := v.Topic(ctx, cluster, name); err == nil && !yield(*t) {
				return
			}
		}
	}
}

// contents are the schemas of all subjects of which something is found, each
// once.
func (f *Found) contents(s *registry.Snapshot) iter.Seq2[registry.Context, registry.Content] {
	ids := map[registry.ContextID]bool{}
	for subject := range f.subjects {
		for v := range s.VersionsOf(subject) {
			ids[registry.ContextID{Context: subject.Context, ID: v.ID}] = true
		}
	}
	return func(yield func(registry.Context, registry.Content) bool) {
		for id := range ids {
			if content, ok := s.ContentOf(id.Context, id.ID); ok && !yield(id.Context, content) {
				return
			}
		}
	}
}

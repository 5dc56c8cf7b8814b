package confluent

import (
	"cmp"
	"context"
	"iter"
	"maps"
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
// and topics. A Selection gives them for each schema id that has them.
type Found struct {
	text     string
	subjects map[registry.Subject]bool
	topics   map[catalog.Ref]bool
	fields   map[registry.Subject]map[string]bool // by runtime name
	records  map[registry.Subject]map[string]bool // by full name
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
		subjects: map[registry.Subject]bool{},
		topics:   map[catalog.Ref]bool{},
		fields:   map[registry.Subject]map[string]bool{},
		records:  map[registry.Subject]map[string]bool{},
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
	ref, err := catalog.HitRef(h)
	if err != nil {
		return err
	}
	subject := registry.Subject{Context: registry.Context(ref.Scope), Name: ref.Name}
	switch ref.Kind {
	case catalog.KindField:
		addPart(f.fields, subject, ref.Part)
	case catalog.KindRecord:
		addPart(f.records, subject, ref.Part)
	case catalog.KindTopic:
		f.topics[ref] = true
	case catalog.KindSubject:
		f.subjects[subject] = true
	}
	return nil
}

func addPart(of map[registry.Subject]map[string]bool, s registry.Subject, part string) {
	if of[s] == nil {
		of[s] = map[string]bool{}
	}
	of[s][part] = true
}

func (f *Found) subject(s registry.Subject) bool             { return f.subjects[s] }
func (f *Found) field(s registry.Subject, name string) bool  { return f.fields[s][name] }
func (f *Found) record(s registry.Subject, name string) bool { return f.records[s][name] }

// any says that something of a subject is found.
func (f *Found) any(s registry.Subject) bool {
	return f.subjects[s] || f.fields[s] != nil || f.records[s] != nil
}

// subjectsOf are the subjects of a context that are found themselves, in order.
func (f *Found) subjectsOf(in registry.Context) iter.Seq[registry.Subject] {
	var list []registry.Subject
	for s := range f.subjects {
		if s.Context == in {
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
	subjects := map[registry.Subject]bool{}
	for _, of := range []iter.Seq[registry.Subject]{maps.Keys(f.subjects), maps.Keys(f.fields), maps.Keys(f.records)} {
		for subject := range of {
			subjects[subject] = true
		}
	}
	ids := map[registry.ContextID]bool{}
	for subject := range subjects {
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

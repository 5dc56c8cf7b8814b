package confluent

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/registry"
)

// MostFound is how many rows of the index a search takes, the best ones first:
// a query that finds more is answered with those.
const MostFound = 10_000

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
	q := search.Query{Text: text, First: 500}
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
	for rows := 0; rows < MostFound; {
		result, err := c.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		for i := range result.Hits {
			if err := f.add(&result.Hits[i]); err != nil {
				return nil, err
			}
		}
		if !result.HasNext || len(result.Hits) == 0 {
			break
		}
		rows += len(result.Hits)
		q.After = result.Hits[len(result.Hits)-1].Cursor
	}
	return f, nil
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
func (f *Found) topic(r catalog.Ref) bool                    { return f.topics[r] }
func (f *Found) field(s registry.Subject, name string) bool  { return f.fields[s][name] }
func (f *Found) record(s registry.Subject, name string) bool { return f.records[s][name] }

// any says that something of a subject is found.
func (f *Found) any(s registry.Subject) bool {
	return f.subjects[s] || f.fields[s] != nil || f.records[s] != nil
}

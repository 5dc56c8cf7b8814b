package model

import (
	"context"
	"iter"
	"slices"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/search"
)

// Tag is the GraphQL type of that name.
type Tag struct {
	thing
	Name       string
	definition *catalog.TagDefinition
}

// Tag gives a tag's definition, or the stub of an inline one.
func (r *Reader) Tag(name string) (*Tag, error) {
	d, err := definition[*catalog.TagDefinition](r, catalog.KindTag, name)
	if Missing(err) {
		// An assignment outlives the definition for a moment, and a caller who
		// may see the entity may not see the definition: its name is known.
		return r.tagOf(&catalog.TagDefinition{Name: name}), nil
	}
	if err != nil {
		return nil, err
	}
	return r.tagOf(d), nil
}

// tagNode is Tag for who asks by id.
func (r *Reader) tagNode(ref catalog.Ref) (*Tag, error) {
	d, err := definition[*catalog.TagDefinition](r, catalog.KindTag, ref.Name)
	if err != nil {
		return nil, err
	}
	return r.tagOf(d), nil
}

func (r *Reader) tagOf(d *catalog.TagDefinition) *Tag { return &Tag{r.known(d.Ref()), d.Name, d} }

// Description is the definition's own.
func (t *Tag) Description() *string { return text(t.definition.Description) }

// Color is one of the wire's.
func (t *Tag) Color() *string { return text(t.definition.Color) }

// Propagates says that lineage carries it on.
func (t *Tag) Propagates() bool { return t.definition.Propagates }

// RestrictedTo are the kinds that it may be put on.
func (t *Tag) RestrictedTo() []catalog.Kind { return KindsOf(t.definition.EntityTypes) }

// Attributes are what an assignment may carry.
func (t *Tag) Attributes() []*AttributeDef { return attributesOf(t.definition.Attributes) }

// MetadataVersion counts its changes.
func (t *Tag) MetadataVersion() Long { return Long(t.definition.Version) }

// Parent is the tag above.
func (t *Tag) Parent() (*Tag, error) {
	if t.definition.Parent == "" {
		return nil, nil
	}
	return t.r.Tag(t.definition.Parent)
}

// Children are the tags below.
func (t *Tag) Children() []*Tag {
	list := []*Tag{}
	for d := range eachDefinition[*catalog.TagDefinition](t.r, catalog.KindTag, "") {
		if d.Parent == t.Name {
			list = append(list, t.r.tagOf(d))
		}
	}
	return list
}

// tagged asks the index for what has the tag, from whatever source.
func (t *Tag) tagged(kinds []catalog.Kind) search.Query {
	q := search.Query{First: 1}
	q.Filter.And = []search.Condition{{Field: search.FacetTag, AnyOf: []string{t.Name}}}
	for _, kind := range kinds {
		q.Filter.Kinds = append(q.Filter.Kinds, search.Kind(kind))
	}
	return q
}

// Usage is how many entities have it.
func (t *Tag) Usage(ctx context.Context) (int, error) {
	result, err := t.r.from.Catalog.Search(ctx, t.tagged(nil))
	return result.Total, err
}

// Entities are those that have it, the most used first.
func (t *Tag) Entities(ctx context.Context, kinds []catalog.Kind, sources []catalog.Source, first int, after *string) (*EntityConnection, error) {
	w, err := windowOf(order{"tagged", t.ref.String()}, first, after)
	if err != nil {
		return nil, err
	}
	count := func() (n int, err error) {
		if sources == nil {
			result, err := t.r.from.Catalog.Search(ctx, t.tagged(kinds))
			return result.Total, err
		}
		for _, err := range t.entities(ctx, kinds, sources, "") {
			if err != nil {
				return 0, err
			}
			n++
		}
		return n, nil
	}
	p, err := pageOf(ctx, w, t.entities(ctx, kinds, sources, w.after), count)
	return &EntityConnection{p}, err
}

func (t *Tag) entities(ctx context.Context, kinds []catalog.Kind, sources []catalog.Source, after string) iter.Seq2[row[Entity], error] {
	return func(yield func(row[Entity], error) bool) {
		q := t.tagged(kinds)
		q.First, q.After = searchPage, after
		for hit, err := range t.r.hits(ctx, q) {
			if err != nil {
				yield(row[Entity]{}, err)
				return
			}
			ref, err := catalog.HitRef(&hit)
			if err != nil {
				yield(row[Entity]{}, err)
				return
			}
			if sources != nil && !t.isOn(ref, sources) {
				continue
			}
			entity, err := t.r.EntityOrNil(ref)
			if entity == nil && err == nil {
				continue
			}
			if !yield(row[Entity]{hit.Cursor, entity}, err) {
				return
			}
		}
	}
}

// isOn says whether an entity has the tag from one of some sources.
func (t *Tag) isOn(ref catalog.Ref, sources []catalog.Source) bool {
	e, err := t.r.view.Entity(t.r.ctx, ref)
	return err == nil && slices.ContainsFunc(e.Tags, func(a catalog.TagAssignment) bool {
		return a.Name == t.Name && slices.Contains(sources, a.Source)
	})
}

// TagConnection is the GraphQL type of that name.
type TagConnection struct{ page[*Tag] }

// TagEdge is the GraphQL type of that name.
type TagEdge edge[*Tag]

// Edges are the rows with their cursors.
func (c *TagConnection) Edges() []*TagEdge { return edgesOf[TagEdge](&c.page) }

// Tags are all tags, those that only schemas carry included, by name.
func (r *Reader) Tags(prefix *string, first int, after *string) (*TagConnection, error) {
	p, err := definitionPage(r, catalog.KindTag, prefix, first, after, r.tagOf)
	return &TagConnection{p}, err
}

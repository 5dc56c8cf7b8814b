package avro

import (
	"fmt"
	"slices"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// tagsProperty holds the inline tags of a record or field (registry-api.md 14).
const tagsProperty = "confluent:tags"

// Tags are the inline tags of records and fields in the order of the text,
// those without tags left out.
func (s *Schema) Tags() []schema.EntityTags {
	var list []schema.EntityTags
	add := func(kind schema.EntityKind, path string, props []Property) {
		if tags := tagsIn(props); len(tags) > 0 {
			list = append(list, schema.EntityTags{Path: path, Kind: kind, Tags: tags})
		}
	}
	s.visit(visitor{
		named: func(t *Type) {
			if t.Kind == Record {
				add(schema.RecordEntity, t.Named.Full, t.Props)
			}
		},
		field: func(record *Type, f *Field) {
			add(schema.FieldEntity, record.Named.Full+"."+f.Name, f.Props)
		},
	})
	return list
}

// tagsIn reads the tags among properties.
func tagsIn(props []Property) []string {
	value := prop(props, tagsProperty)
	if !value.Exists() || value[0] != '[' {
		return nil
	}
	var tags []string
	list := value.read()
	for e := list.First(); e.Exists(); e = e.Next() {
		if e.Kind() == jsontext.String {
			tags = append(tags, e.Text())
		}
	}
	return tags
}

// Retag gives the canonical text with tags copied, added and removed, in this
// order. New tags come behind those that are there; a list that becomes empty
// goes (registry-api.md 14.2).
func (s *Schema) Retag(change schema.TagChange) (string, error) {
	r := s.entities()
	if change.Propagate != nil {
		for _, tags := range change.Propagate.Tags() {
			if entity := r.find(tags); entity != nil {
				r.add(entity, tags.Tags)
			}
		}
	}
	for _, tags := range change.Add {
		entity := r.find(tags)
		if entity == nil {
			return "", noPath(tags)
		}
		r.add(entity, tags.Tags)
	}
	for _, tags := range change.Remove {
		entity := r.find(tags)
		if entity == nil {
			return "", noPath(tags)
		}
		r.remove(entity, tags.Tags)
	}
	return s.print(printer{ownText: s.text, tags: r}), nil
}

func noPath(tags schema.EntityTags) error {
	return &schema.TagPathError{Message: fmt.Sprintf("No matching path '%s' found in the schema", tags.Path)}
}

// retagging holds new properties for some records and fields of a tree.
type retagging struct {
	byPath map[entityPath]any
	types  map[*Type][]Property
	fields map[*Field][]Property
}

type entityPath struct {
	kind schema.EntityKind
	path string
}

// entities lists what can be tagged.
func (s *Schema) entities() *retagging {
	r := &retagging{
		byPath: make(map[entityPath]any), types: make(map[*Type][]Property), fields: make(map[*Field][]Property),
	}
	s.visit(visitor{
		named: func(t *Type) {
			if t.Kind == Record {
				r.byPath[entityPath{schema.RecordEntity, t.Named.Full}] = t
			}
		},
		field: func(record *Type, f *Field) {
			r.byPath[entityPath{schema.FieldEntity, record.Named.Full + "." + f.Name}] = f
		},
	})
	return r
}

// find gives the *Type or *Field of an entity, nil for none.
func (r *retagging) find(tags schema.EntityTags) any {
	return r.byPath[entityPath{tags.Kind, tags.Path}]
}

func (r *retagging) add(entity any, tags []string) {
	r.change(entity, func(old []string) []string {
		for _, tag := range tags {
			if !slices.Contains(old, tag) {
				old = append(old, tag)
			}
		}
		return old
	})
}

func (r *retagging) remove(entity any, tags []string) {
	r.change(entity, func(old []string) []string {
		return slices.DeleteFunc(old, func(tag string) bool { return slices.Contains(tags, tag) })
	})
}

// change replaces the tags of a record or field.
func (r *retagging) change(entity any, edit func([]string) []string) {
	switch e := entity.(type) {
	case *Type:
		r.types[e] = withTags(r.ofType(e), edit)
	case *Field:
		r.fields[e] = withTags(r.ofField(e), edit)
	}
}

// withTags gives the properties with other tags, in the place of the old ones
// or at the end.
func withTags(props []Property, edit func([]string) []string) []Property {
	old := tagsIn(props)
	tags := edit(slices.Clone(old))
	if slices.Equal(old, tags) {
		return props
	}
	at := slices.IndexFunc(props, func(p Property) bool { return p.Name == tagsProperty })
	props = slices.Clone(props)
	if len(tags) == 0 {
		return slices.Delete(props, at, at+1)
	}
	list := []byte{'['}
	for _, tag := range tags {
		list = jsontext.AppendQuoted(comma(list, '['), tag)
	}
	p := Property{tagsProperty, Value(append(list, ']'))}
	if at < 0 {
		return append(props, p)
	}
	props[at] = p
	return props
}

// ofType gives the properties of a type; those of the tree when there is no
// retagging.
func (r *retagging) ofType(t *Type) []Property {
	if r != nil {
		if props, ok := r.types[t]; ok {
			return props
		}
	}
	return t.Props
}

// ofField gives the properties of a field.
func (r *retagging) ofField(f *Field) []Property {
	if r != nil {
		if props, ok := r.fields[f]; ok {
			return props
		}
	}
	return f.Props
}

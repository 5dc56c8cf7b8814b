package jsonschema

import (
	"fmt"
	"slices"

	"github.com/weir-registry/weir/schema"
)

// tagsKeyword holds the inline tags of a record or field.
const tagsKeyword = "confluent:tags"

// tagsOf reads the tags of a place; what is no text is none.
func tagsOf(v *Value) []string {
	list := v.Get(tagsKeyword)
	if list == nil {
		return nil
	}
	var tags []string
	for _, item := range list.items {
		if item.kind == StringValue {
			tags = append(tags, item.text)
		}
	}
	return tags
}

// Tags are the inline tags, record before its fields (registry-api.md 14.1).
func (s *Schema) Tags() []schema.EntityTags {
	var all []schema.EntityTags
	found := entities(s.document.root)
	of := properties(found)
	for _, e := range found {
		if tags := of.tags(e); len(tags) > 0 {
			all = append(all, schema.EntityTags{Path: e.path, Kind: e.kind, Tags: tags})
		}
	}
	return all
}

// propertyValues are the objects that are the value of a property.
type propertyValues map[*Value]bool

func properties(all []entity) propertyValues {
	values := propertyValues{}
	for _, e := range all {
		if e.kind == schema.FieldEntity {
			values[e.value] = true
		}
	}
	return values
}

// tags gives the tags of an entity: an object that is the value of a property
// has none as a record, they are the field's (catalog-api.md 9).
func (p propertyValues) tags(e entity) []string {
	if e.kind == schema.RecordEntity && p[e.value] {
		return nil
	}
	return tagsOf(e.value)
}

// retagging is a change of tags under way.
type retagging struct {
	places map[string]*Value
	tags   map[*Value][]string
}

// Retag gives the text with tags changed (registry-api.md 14.2). The kind of
// an entity is not looked at, only its path.
func (s *Schema) Retag(change schema.TagChange) (string, error) {
	r := retagging{places: make(map[string]*Value), tags: make(map[*Value][]string)}
	for _, e := range entities(s.document.root) {
		if e.value.kind == ObjectValue {
			r.places[e.path] = e.value
		}
	}
	if change.Propagate != nil {
		for _, entity := range change.Propagate.Tags() {
			if v := r.places[entity.Path]; v != nil {
				r.add(v, entity.Tags)
			}
		}
	}
	for _, entity := range change.Add {
		v, err := r.place(entity)
		if err != nil {
			return "", err
		}
		r.add(v, entity.Tags)
	}
	for _, entity := range change.Remove {
		v, err := r.place(entity)
		if err != nil {
			return "", err
		}
		r.remove(v, entity.Tags)
	}
	return r.edited(s.document.root).Text(), nil
}

func (r *retagging) place(entity schema.EntityTags) (*Value, error) {
	if v := r.places[entity.Path]; v != nil {
		return v, nil
	}
	return nil, &schema.TagPathError{Message: fmt.Sprintf("No matching path '%s' found in the schema", entity.Path)}
}

func (r *retagging) current(v *Value) []string {
	if tags, ok := r.tags[v]; ok {
		return tags
	}
	return tagsOf(v)
}

func (r *retagging) add(v *Value, tags []string) {
	now := slices.Clone(r.current(v))
	for _, tag := range tags {
		if !slices.Contains(now, tag) {
			now = append(now, tag)
		}
	}
	r.tags[v] = now
}

func (r *retagging) remove(v *Value, tags []string) {
	r.tags[v] = slices.DeleteFunc(slices.Clone(r.current(v)), func(tag string) bool { return slices.Contains(tags, tag) })
}

// edited gives the value with the changed tags in it; what has no change
// inside is shared.
func (r *retagging) edited(v *Value) *Value {
	switch v.kind {
	case ArrayValue:
		n := *v
		n.items = make([]*Value, len(v.items))
		for i, item := range v.items {
			n.items[i] = r.edited(item)
		}
		return &n
	case ObjectValue:
		n := &Value{kind: ObjectValue, offset: v.offset}
		for _, m := range v.members {
			m.Value = r.edited(m.Value)
			n.put(m)
		}
		if tags, ok := r.tags[v]; ok {
			n.setTags(tags)
		}
		return n
	}
	return v
}

// setTags replaces the tags of a place that is being built; no tags, no key.
func (v *Value) setTags(tags []string) {
	if len(tags) == 0 {
		v.members = slices.DeleteFunc(v.members, func(m Member) bool { return m.Key == tagsKeyword })
		v.index = nil
		return
	}
	list := &Value{kind: ArrayValue}
	for _, tag := range tags {
		list.items = append(list.items, &Value{kind: StringValue, text: tag})
	}
	v.put(Member{Key: tagsKeyword, Value: list})
}

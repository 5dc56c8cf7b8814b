package confluent

import (
	"context"
	"errors"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
)

// said is what people and schemas say of an entity, out of all its Refs.
type said struct {
	refs        []catalog.Ref
	description string
	described   bool // by people
	attributes  map[string]string
	tags        []Tag
	metadata    []Metadata
	version     int64
	// The times are in microseconds, as the catalog has them.
	createdAt, updatedAt int64
	createdBy, updatedBy string
	firstSeen, lastSeen  int64
}

// text is what the schema's text itself says of a record or field under one
// schema id. It takes the place of what the catalog knows of the newest version.
type text struct {
	doc  string
	tags []catalog.TagAssignment
}

// say collects what is said of all refs that the caller may read; it is an
// *auth.DeniedError only when that is none. Where several say different things
// of one, the first counts.
func (r *Reader) say(ctx context.Context, refs []catalog.Ref, own *text) (*said, error) {
	s := &said{attributes: map[string]string{}}
	if own != nil {
		s.addTags(own.tags)
	}
	var denied error
	for _, ref := range refs {
		e, err := r.View.Entity(ctx, ref)
		var no *auth.DeniedError
		if errors.As(err, &no) {
			denied = err
			continue
		}
		if err != nil {
			return nil, err
		}
		s.add(e, own)
	}
	if len(s.refs) == 0 && denied != nil {
		return nil, denied
	}
	return s, nil
}

func (s *said) add(e *catalog.Entity, own *text) {
	s.refs = append(s.refs, e.Ref)
	if len(e.Descriptions) > 0 {
		s.describe(e.Descriptions[0], own)
	}
	for name, value := range e.Attributes {
		if s.attributes[name] == "" {
			s.attributes[name] = value
		}
	}
	if own == nil {
		s.addTags(e.Tags)
	} else {
		for _, t := range e.Tags {
			if !inText(t.Source) {
				s.addTags([]catalog.TagAssignment{t})
			}
		}
	}
	for _, m := range e.Metadata {
		s.addMetadata(m)
	}
	s.version = max(s.version, e.Version)
	if e.CreatedAt != 0 && (s.createdAt == 0 || e.CreatedAt < s.createdAt) {
		s.createdAt, s.createdBy = e.CreatedAt, e.CreatedBy
	}
	if e.UpdatedAt > s.updatedAt {
		s.updatedAt, s.updatedBy = e.UpdatedAt, e.UpdatedBy
	}
	if e.FirstSeen != 0 && (s.firstSeen == 0 || e.FirstSeen < s.firstSeen) {
		s.firstSeen = e.FirstSeen
	}
	s.lastSeen = max(s.lastSeen, e.LastSeen)
}

// describe takes a description: what people say goes before what a schema says.
func (s *said) describe(d catalog.Text, own *text) {
	if own != nil && d.Source == catalog.FromSchema {
		d.Value = own.doc
	}
	byPeople := d.Source != catalog.FromSchema
	if s.description == "" || byPeople && !s.described {
		s.description, s.described = d.Value, byPeople
	}
}

// inText says that a value of a source stands in the schema that was registered.
func inText(s catalog.Source) bool {
	return s == catalog.FromSchema || s == catalog.FromInline || s == catalog.FromContract
}

func (s *said) addTags(tags []catalog.TagAssignment) {
next:
	for _, t := range tags {
		for i := range s.tags {
			if s.tags[i].Name == t.Name {
				if s.tags[i].Attributes == nil {
					s.tags[i].Attributes = t.Attributes
				}
				continue next
			}
		}
		s.tags = append(s.tags, Tag{t.Name, t.Attributes})
	}
}

func (s *said) addMetadata(m catalog.MetadataValues) {
	for i := range s.metadata {
		if s.metadata[i].Definition == m.Definition {
			return
		}
	}
	s.metadata = append(s.metadata, Metadata{m.Definition, m.Values})
}

// thing is what an entity is apart from what is said of it.
type thing struct {
	name    Name
	title   string
	deleted bool
	// at and by are of the registration; 0 where the catalog tells the times.
	at int64
	by string
	// more are the attributes of the type, after those that all have.
	more []Attribute
}

// entity puts both together.
func (r *Reader) entity(t thing, s *said) *Entity {
	e := &Entity{
		Name: t.name, QualifiedName: r.Names.Format(t.name), Deleted: t.deleted,
		Tags: s.tags, Metadata: s.metadata, Refs: s.refs, Version: s.version,
		CreatedBy: t.by, UpdatedBy: t.by,
	}
	e.GUID = GUID(t.name.Type, e.QualifiedName)
	created, updated := t.at, t.at
	if created == 0 {
		created, updated = s.firstSeen, s.lastSeen
	}
	if created == 0 {
		created = s.createdAt
	}
	if e.CreatedBy == "" {
		e.CreatedBy = s.createdBy
	}
	if s.updatedAt > updated {
		updated, e.UpdatedBy = s.updatedAt, s.updatedBy
	}
	const micros = 1000 // in a millisecond
	e.CreatedAt, e.UpdatedAt = created/micros, max(created, updated)/micros
	e.set("name", t.title)
	e.set("nameLower", lower(t.title))
	e.set("qualifiedName", e.QualifiedName)
	e.set("description", s.description)
	e.set("owner", s.attributes["owner"])
	e.set("ownerEmail", s.attributes["ownerEmail"])
	if e.CreatedAt != 0 {
		e.set("createTime", e.CreatedAt)
		e.set("updateTime", e.UpdatedAt)
	}
	for _, a := range t.more {
		e.set(a.Name, a.Value)
	}
	return e
}

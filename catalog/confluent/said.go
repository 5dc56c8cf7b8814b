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
	owner       string
	ownerEmail  string
	tags        []Tag
	metadata    []Metadata
	changes     int64
	// The times are in microseconds, as the catalog has them.
	createdAt, updatedAt int64
	createdBy, updatedBy string
	firstSeen, lastSeen  int64
}

// inSchema is what the schema's text itself says of a record or field under one
// schema id. It takes the place of what the catalog knows of the newest version.
type inSchema struct {
	doc  string
	tags []catalog.TagAssignment
}

// say collects what is said of all refs that the caller may read; it is an
// *auth.DeniedError only when that is none. Where several say different things
// of one, the first counts. It takes refs over.
func (r *Reader) say(ctx context.Context, refs []catalog.Ref, own *inSchema) (*said, error) {
	s := &said{refs: refs[:0]}
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

func (s *said) add(e *catalog.Entity, own *inSchema) {
	s.refs = append(s.refs, e.Ref)
	if len(e.Descriptions) > 0 {
		s.describe(e.Descriptions[0], own)
	}
	if s.owner == "" {
		s.owner = e.Attributes["owner"]
	}
	if s.ownerEmail == "" {
		s.ownerEmail = e.Attributes["ownerEmail"]
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
	s.changes = max(s.changes, e.Version)
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
func (s *said) describe(d catalog.Text, own *inSchema) {
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

// complete fills in what is said, and what follows from the rest. registered and
// by are of the registration; 0 where the catalog tells the times.
func (r *Reader) complete(e *Entity, s *said, registered int64, by string) *Entity {
	const micros = 1000 // in a millisecond
	e.QualifiedName = r.Names.Format(e.Name)
	e.GUID = GUID(e.Name.Type, e.QualifiedName)
	e.Description, e.Owner, e.OwnerEmail = s.description, s.owner, s.ownerEmail
	e.Tags, e.Metadata, e.Refs, e.Changes = s.tags, s.metadata, s.refs, s.changes
	created, updated := registered, registered
	if created == 0 {
		created, updated = s.firstSeen, s.lastSeen
	}
	if created == 0 {
		created = s.createdAt
	}
	e.CreatedBy, e.UpdatedBy = by, by
	if by == "" {
		e.CreatedBy = s.createdBy
	}
	if s.updatedAt > updated {
		updated, e.UpdatedBy = s.updatedAt, s.updatedBy
	}
	e.CreatedAt, e.UpdatedAt = created/micros, max(created, updated)/micros
	return e
}

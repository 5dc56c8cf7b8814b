package confluent

import (
	"context"
	"errors"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
)

// inSchema is what the schema's text itself says of a record or field under one
// schema id. It takes the place of what the catalog knows of the newest version.
type inSchema struct {
	doc  string
	tags []catalog.TagAssignment
	// all says that nobody says anything else, and that everybody may read it.
	all bool
}

// saying collects what is said of an entity, out of all its Refs. Where several
// say different things of one, the first counts.
type saying struct {
	*Entity
	own       *inSchema
	described bool // by people
	// The times are in microseconds, as the catalog has them.
	createdAt, updatedAt int64
	createdBy, updatedBy string
	firstSeen, lastSeen  int64
}

// say adds to an entity what is said of its Refs, those that the caller may
// read; it is an *auth.DeniedError only when that is none, and leaves the others
// out of Refs. registered and by are of the registration; 0 where the catalog
// tells the times.
func (r *Reader) say(ctx context.Context, e *Entity, own *inSchema, registered int64, by string) error {
	if e.QualifiedName == "" {
		e.QualifiedName = r.Names.Format(e.Name)
	}
	s := saying{Entity: e, own: own}
	if own != nil {
		s.addTags(own.tags)
	}
	if own != nil && own.all {
		e.Description = own.doc
		s.date(registered, by)
		return nil
	}
	refs := e.Refs
	e.Refs = refs[:0]
	var denied error
	for _, ref := range refs {
		switch err := r.sayOf(ctx, &s, ref, registered != 0 || ref.Kind == catalog.KindTopic); {
		case err == nil:
			e.Refs = append(e.Refs, ref)
		case isDenied(err):
			denied = err
		default:
			return err
		}
	}
	if len(e.Refs) == 0 && denied != nil {
		return denied
	}
	if own != nil && e.Description == "" {
		e.Description = own.doc
	}
	s.date(registered, by)
	return nil
}

func isDenied(err error) bool {
	var denied *auth.DeniedError
	return errors.As(err, &denied)
}

// sayOf adds what is said of one thing. The times of most things need not be
// asked for.
func (r *Reader) sayOf(ctx context.Context, s *saying, ref catalog.Ref, quick bool) error {
	if quick {
		u, ok, err := r.View.Unsaid(ctx, ref)
		if err != nil {
			return err
		}
		if ok {
			if s.Description == "" && s.own == nil {
				s.Description = u.Description
			}
			s.seen(u.FirstSeen, u.LastSeen)
			return nil
		}
	}
	e, err := r.View.Entity(ctx, ref)
	if err == nil {
		s.add(e)
	}
	return err
}

func (s *saying) add(e *catalog.Entity) {
	if len(e.Descriptions) > 0 {
		s.describe(&e.Descriptions[0])
	}
	if s.Owner == "" {
		s.Owner = e.Attributes["owner"]
	}
	if s.OwnerEmail == "" {
		s.OwnerEmail = e.Attributes["ownerEmail"]
	}
	if s.own == nil {
		s.addTags(e.Tags)
	} else {
		for i := range e.Tags {
			if !inText(e.Tags[i].Source) {
				s.addTags(e.Tags[i : i+1])
			}
		}
	}
	for _, m := range e.Metadata {
		s.addMetadata(m)
	}
	s.Changes = max(s.Changes, e.Version)
	if e.CreatedAt != 0 && (s.createdAt == 0 || e.CreatedAt < s.createdAt) {
		s.createdAt, s.createdBy = e.CreatedAt, e.CreatedBy
	}
	if e.UpdatedAt > s.updatedAt {
		s.updatedAt, s.updatedBy = e.UpdatedAt, e.UpdatedBy
	}
	s.seen(e.FirstSeen, e.LastSeen)
}

func (s *saying) seen(first, last int64) {
	if first != 0 && (s.firstSeen == 0 || first < s.firstSeen) {
		s.firstSeen = first
	}
	s.lastSeen = max(s.lastSeen, last)
}

// describe takes a description: what people say goes before what a schema says.
func (s *saying) describe(d *catalog.Text) {
	byPeople := d.Source != catalog.FromSchema
	if !byPeople && s.own != nil {
		return // the text of this schema id comes in its place
	}
	if s.Description == "" || byPeople && !s.described {
		s.Description, s.described = d.Value, byPeople
	}
}

// inText says that a value of a source stands in the schema that was registered.
func inText(s catalog.Source) bool {
	return s == catalog.FromSchema || s == catalog.FromInline || s == catalog.FromContract
}

func (s *saying) addTags(tags []catalog.TagAssignment) {
next:
	for _, t := range tags {
		for i := range s.Tags {
			if s.Tags[i].Name == t.Name {
				if s.Tags[i].Attributes == nil {
					s.Tags[i].Attributes = t.Attributes
				}
				continue next
			}
		}
		s.Tags = append(s.Tags, Tag{t.Name, t.Attributes})
	}
}

func (s *saying) addMetadata(m catalog.MetadataValues) {
	for i := range s.Metadata {
		if s.Metadata[i].Definition == m.Definition {
			return
		}
	}
	s.Metadata = append(s.Metadata, Metadata{m.Definition, m.Values})
}

// date tells when the entity came to be and changed last.
func (s *saying) date(registered int64, by string) {
	const micros = 1000 // in a millisecond
	created, updated := registered, registered
	if created == 0 {
		created, updated = s.firstSeen, s.lastSeen
	}
	if created == 0 {
		created = s.createdAt
	}
	s.CreatedBy, s.UpdatedBy = by, by
	if by == "" {
		s.CreatedBy = s.createdBy
	}
	if s.updatedAt > updated {
		updated, s.UpdatedBy = s.updatedAt, s.updatedBy
	}
	s.CreatedAt, s.UpdatedAt = created/micros, max(created, updated)/micros
}

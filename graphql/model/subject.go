package model

import (
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// Subject is the GraphQL type of that name.
type Subject struct {
	thing
	Name     string
	subject  registry.Subject
	versions []catalog.Version
}

// IsEntity marks an Entity.
func (*Subject) IsEntity() {}

// SubjectRef names a subject.
func SubjectRef(s registry.Subject) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindSubject, Scope: string(s.Context), Name: s.Name}
}

func (r *Reader) subjectNode(ref catalog.Ref) (*Subject, error) {
	t, err := r.look(ref)
	if err != nil {
		return nil, err
	}
	s := r.subject(ref.Subject())
	s.thing = t
	return s, nil
}

// subject is one of which it is known that it is there.
func (r *Reader) subject(s registry.Subject) *Subject {
	return &Subject{thing: r.known(SubjectRef(s)), Name: s.Name, subject: s}
}

// Subject gives a subject by name.
func (r *Reader) Subject(s registry.Subject) (*Subject, error) { return r.subjectNode(SubjectRef(s)) }

// Context is the subject's.
func (s *Subject) Context() *Context {
	ref := contextRef(s.subject.Context)
	return &Context{s.r.known(ref), ref.Name}
}

// all looks up the versions, oldest first; none of a subject that is gone.
func (s *Subject) all() ([]catalog.Version, error) {
	if s.versions == nil {
		versions, err := s.r.view.Versions(s.r.ctx, s.subject)
		if err != nil && !Missing(err) {
			return nil, err
		}
		s.versions = versions
	}
	return s.versions, nil
}

// Type is that of the latest version.
func (s *Subject) Type() (*schema.Type, error) {
	latest, ok := s.r.view.Registry().LatestOf(s.subject)
	if !ok {
		return nil, nil
	}
	x, ok := s.r.view.Registry().ContentOf(s.subject.Context, latest.ID)
	if !ok {
		return nil, nil
	}
	t := x.Type()
	return &t, nil
}

// Latest is the newest version that is not deleted.
func (s *Subject) Latest() (*SchemaVersion, error) {
	latest, ok := s.r.view.Registry().LatestOf(s.subject)
	if !ok {
		return nil, nil
	}
	return s.r.versionOf(s.subject, latest.Version)
}

// Compatibility is the GraphQL type of that name.
type Compatibility struct {
	Level     string
	Inherited bool
	Group     *string
}

// Compatibility is the level that holds for the subject.
func (s *Subject) Compatibility() *Compatibility {
	c := s.r.from.Registry.CompatibilityOf(s.r.view.Registry(), s.subject)
	return &Compatibility{string(c.Level), !c.Own, text(c.Group)}
}

// Mode says what may be written.
func (s *Subject) Mode() string { return string(s.r.view.Registry().ModeOf(s.subject)) }

// Versions are its versions, oldest first.
func (s *Subject) Versions(first int, after *string, includeDeleted *bool) (*SchemaVersionConnection, error) {
	w, err := windowOf(order{"versions", s.ref.String()}, first, after)
	if err != nil {
		return nil, err
	}
	all, err := s.all()
	if err != nil {
		return nil, err
	}
	list := make([]catalog.Version, 0, len(all))
	for i := range all {
		if !all[i].Deleted || includeDeleted != nil && *includeDeleted {
			list = append(list, all[i])
		}
	}
	return s.r.versionPage(w, list)
}

// Fields are its logical fields.
func (s *Subject) Fields(filter *FieldFilter, first int, after *string) (*FieldConnection, error) {
	list, err := s.r.view.Fields(s.r.ctx, s.subject)
	if err != nil && !Missing(err) {
		return nil, err
	}
	return s.r.fieldPage(order{"fields", s.ref.String()}, list, filter, first, after)
}

// Records are its records.
func (s *Subject) Records(first int, after *string) (*RecordConnection, error) {
	list, err := s.r.view.Records(s.r.ctx, s.subject)
	if err != nil && !Missing(err) {
		return nil, err
	}
	return s.r.recordPage(order{"records", s.ref.String()}, list, first, after)
}

// TopicLink is the GraphQL type of that name.
type TopicLink struct {
	Topic  *Topic
	IsKey  bool
	Source catalog.Source
}

// Topics are those that the subject describes.
func (s *Subject) Topics() ([]*TopicLink, error) {
	topics, err := s.r.view.TopicsOf(s.r.ctx, s.subject)
	if err != nil && !Missing(err) {
		return nil, err
	}
	links := make([]*TopicLink, 0, len(topics))
	for i := range topics {
		for _, link := range topics[i].Links {
			if link.Subject == s.subject {
				links = append(links, &TopicLink{s.r.topicOf(topics[i]), link.IsKey, link.Source})
			}
		}
	}
	return links, nil
}

package model

import (
	"iter"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// SubjectFilter is the GraphQL input of that name.
type SubjectFilter struct {
	Context    *string
	NamePrefix *string
	Type       *schema.Type
	Tags       []string
	Owner      *string
	Domain     *string
	Status     *catalog.Status
	SeenSince  *DateTime
	// none says that nothing can pass.
	none bool
}

// SubjectConnection is the GraphQL type of that name.
type SubjectConnection struct{ page[*Subject] }

// SubjectEdge is the GraphQL type of that name.
type SubjectEdge edge[*Subject]

// Edges are the rows with their cursors.
func (c *SubjectConnection) Edges() []*SubjectEdge { return edgesOf[SubjectEdge](&c.page) }

// Subjects are those that pass the filter, context by context, by name.
func (r *Reader) Subjects(filter *SubjectFilter, first int, after *string) (*SubjectConnection, error) {
	w, err := windowOf(order{list: "subjects"}, first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &SubjectFilter{}
	}
	passes, err := filter.compile()
	if err != nil {
		return nil, err
	}
	var from *registry.Subject
	if w.begun {
		ref, err := w.ref()
		if err != nil || ref.Kind != catalog.KindSubject {
			return nil, &BadCursorError{}
		}
		s := ref.Subject()
		from = &s
	}
	count := func() (n int, err error) {
		for _, err := range r.subjects(filter, passes, nil) {
			if err == nil && n%256 == 255 {
				err = r.ctx.Err()
			}
			if err != nil {
				return 0, err
			}
			n++
		}
		return n, nil
	}
	p, err := pageOf(r.ctx, w, r.subjects(filter, passes, from), count)
	return &SubjectConnection{p}, err
}

// subjects walks the subjects that pass, behind one.
func (r *Reader) subjects(filter *SubjectFilter, passes said, after *registry.Subject) iter.Seq2[row[*Subject], error] {
	prefix := valueOf(filter.NamePrefix)
	deleted := filter.Status != nil && *filter.Status == catalog.SoftDeleted
	return func(yield func(row[*Subject], error) bool) {
		if filter.none {
			return
		}
		for c := range r.view.Registry().Contexts() {
			if filter.Context != nil && c != ContextNamed(*filter.Context) {
				continue
			}
			from := prefix
			if after != nil {
				if c != after.Context {
					continue
				}
				from = max(from, after.Name)
			}
			for name := range r.view.SubjectsFrom(r.ctx, registry.Subject{Context: c, Name: from}, deleted) {
				if after != nil && name == *after {
					continue
				}
				if !strings.HasPrefix(name.Name, prefix) {
					break
				}
				s := r.subject(name)
				ok, err := s.passes(filter, passes)
				if err == nil && !ok {
					continue
				}
				if !yield(row[*Subject]{node: s}, err) {
					return
				}
			}
			after = nil // the contexts that follow begin at their beginning
		}
	}
}

func (s *Subject) passes(filter *SubjectFilter, said said) (bool, error) {
	if filter.Type != nil {
		if t, err := s.Type(); err != nil || t == nil || *t != *filter.Type {
			return false, err
		}
	}
	if filter.Status == nil && filter.SeenSince == nil && said.any() {
		return true, nil
	}
	e, err := s.entity()
	switch {
	case Missing(err):
		return false, nil // it went between the two looks, or is hidden
	case err != nil:
		return false, err
	case filter.Status != nil && e.Status != *filter.Status:
		return false, nil
	case filter.SeenSince != nil && e.LastSeen < int64(*filter.SeenSince):
		return false, nil
	}
	return said.holds(e), nil
}

func (f *SubjectFilter) compile() (said, error) { return saidOf(f.Tags, f.Owner, f.Domain) }

// said is what filters ask of what is said of an entity: one of the tags, the
// owner, the domain.
type said struct {
	tags          []string
	owner, domain catalog.Ref
}

func saidOf(tags []string, owner, domain *string) (s said, err error) {
	s.tags = tags
	if owner != nil {
		if s.owner, err = RefOfKind(*owner, catalog.KindTeam, catalog.KindPerson); err != nil {
			return s, err
		}
	}
	if domain != nil {
		s.domain, err = RefOfKind(*domain, catalog.KindDomain)
	}
	return s, err
}

// any says that everything passes.
func (s said) any() bool { return s.tags == nil && s.owner.IsZero() && s.domain.IsZero() }

func (s said) holds(e *catalog.Entity) bool {
	if s.tags != nil && !slices.ContainsFunc(e.Tags, func(a catalog.TagAssignment) bool { return slices.Contains(s.tags, a.Name) }) {
		return false
	}
	if !s.owner.IsZero() && !slices.ContainsFunc(e.Owners, func(o catalog.Ownership) bool { return o.Owner == s.owner }) {
		return false
	}
	return s.domain.IsZero() || e.Domain == s.domain
}

// RefOfKind reads an id that must be of one of some kinds.
func RefOfKind(id string, kinds ...catalog.Kind) (catalog.Ref, error) {
	ref, err := ParseID(id)
	if err != nil {
		return ref, err
	}
	if !slices.Contains(kinds, ref.Kind) {
		return ref, &NotOfKindError{ref, kinds}
	}
	return ref, nil
}

func valueOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

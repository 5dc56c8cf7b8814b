package confluent

import (
	"context"
	"strconv"

	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/graphql/confluent/entity"
)

// The sizes of pages (catalog-api.md section 10).
const (
	defaultPage = 100
	largestPage = 1000
)

// arguments are those of every root field.
type arguments struct {
	where    map[string]any
	tags     []*string
	limit    *int
	offset   *int
	orderBy  []map[string]any
	metadata []map[string]any
	deleted  *bool
}

// page are the numbers of a page.
type page struct{ limit, offset int }

func (a *arguments) page() (page, error) {
	p := page{limit: defaultPage}
	if a.limit != nil {
		p.limit = *a.limit
	}
	if a.offset != nil {
		p.offset = *a.offset
	}
	switch {
	case p.limit < 0 || p.limit > largestPage:
		return page{}, &InputError{Path: []string{"limit"}, Message: "must be from 0 to " + strconv.Itoa(largestPage)}
	case p.offset < 0:
		return page{}, &InputError{Path: []string{"offset"}, Message: "must not be negative"}
	}
	return p, nil
}

// list gives the page of entities of a type that the arguments ask for.
func list[T entity.Any](ctx context.Context, t confluent.Type, a arguments) ([]T, error) {
	session := sessionOf(ctx)
	p, err := a.page()
	if err != nil {
		return nil, err
	}
	selection, err := a.selection(t)
	if err != nil {
		return nil, err
	}
	by, err := orders(a.orderBy)
	if err != nil {
		return nil, err
	}
	var found []*confluent.Entity
	switch {
	case p.limit == 0:
	case len(by) > 0:
		found, err = session.Reader.First(ctx, selection, by, p.offset, p.limit)
	default:
		selection.Skip = p.offset
		found, err = cut(session.Reader.Entities(ctx, selection), p.limit)
	}
	if err != nil {
		return nil, err
	}
	made := make([]T, 0, len(found))
	for _, e := range found {
		if m, ok := session.Make(e).(T); ok {
			made = append(made, m)
		}
	}
	return made, nil
}

// selection says which entities the arguments mean.
func (a *arguments) selection(t confluent.Type) (confluent.Selection, error) {
	s := confluent.Selection{Types: []confluent.Type{t}, Deleted: a.deleted != nil && *a.deleted}
	for _, tag := range a.tags {
		if tag != nil {
			s.AnyTags = append(s.AnyTags, *tag)
		}
	}
	where, err := criteria(t, a.where)
	if err != nil {
		return s, err
	}
	s.Prefix, s.Mention = hints(a.where)
	all := make([]predicate, 0, 2)
	if where != nil {
		all = append(all, where)
	}
	if p := hasMetadata(a.metadata); p != nil {
		all = append(all, p)
	}
	if p := every(all); p != nil {
		s.Where = func(e *confluent.Entity) bool { return p(e) }
	}
	return s, nil
}

package model

import (
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// FieldFilter is the GraphQL input of that name.
type FieldFilter struct {
	PathPrefix     *string
	Tags           []string
	HasDescription *bool
	IncludeRemoved *bool
}

// FieldConnection is the GraphQL type of that name.
type FieldConnection struct{ page[*Field] }

// FieldEdge is the GraphQL type of that name.
type FieldEdge edge[*Field]

// Edges are the rows with their cursors.
func (c *FieldConnection) Edges() []*FieldEdge { return edgesOf[FieldEdge](&c.page) }

// fieldPage gives a page of those fields of a list that pass.
func (r *Reader) fieldPage(o order, list []catalog.Field, filter *FieldFilter, first int, after *string) (*FieldConnection, error) {
	w, err := windowOf(o, first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &FieldFilter{}
	}
	if list, err = r.filtered(list, filter); err != nil {
		return nil, err
	}
	p, err := sliced(w, list, fieldKey, func(f *catalog.Field) (*Field, error) { return r.fieldOf(*f), nil })
	return &FieldConnection{p}, err
}

func fieldKey(f *catalog.Field) string { return f.Subject.String() + " " + f.RuntimeName }

// filtered gives those that pass. The list itself stays as it is: the view may
// keep it.
func (r *Reader) filtered(list []catalog.Field, filter *FieldFilter) ([]catalog.Field, error) {
	removed := filter.IncludeRemoved != nil && *filter.IncludeRemoved
	var kept []catalog.Field
	for i := range list {
		if i%256 == 255 && r.ctx.Err() != nil {
			return nil, r.ctx.Err()
		}
		ok, err := r.fieldPasses(&list[i], filter, removed)
		if err != nil {
			return nil, err
		}
		switch {
		case kept != nil && ok:
			kept = append(kept, list[i])
		case kept == nil && !ok:
			kept = slices.Grow([]catalog.Field{}, len(list))
			kept = append(kept, list[:i]...)
		}
	}
	if kept == nil {
		return list, nil
	}
	return kept, nil
}

func (r *Reader) fieldPasses(f *catalog.Field, filter *FieldFilter, removed bool) (bool, error) {
	if f.RemovedIn != 0 && !removed {
		return false, nil
	}
	if prefix := valueOf(filter.PathPrefix); prefix != "" && !strings.HasPrefix(f.RuntimeName, prefix) &&
		!slices.ContainsFunc(f.Paths, func(path string) bool { return strings.HasPrefix(path, prefix) }) {
		return false, nil
	}
	if filter.Tags == nil && filter.HasDescription == nil {
		return true, nil
	}
	e, err := r.view.Entity(r.ctx, f.Ref())
	if Missing(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if filter.HasDescription != nil && *filter.HasDescription != (len(e.Descriptions) > 0) {
		return false, nil
	}
	return said{tags: filter.Tags}.holds(e), nil
}

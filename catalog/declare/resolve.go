package declare

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// resolver finds what documents name in a view.
type resolver struct {
	ctx    context.Context //nolint:containedctx // a resolver lives within one call
	view   *catalog.View
	faults Faults
	// declared are the definitions that the documents make.
	declared map[catalog.Ref]bool
	fields   map[catalog.Ref][]catalog.Field // by subject
	known    map[catalog.Ref]error
}

// resolve gives the documents with fields by their runtime names. What they
// name that is neither declared nor there is a fault; another error is that of
// the catalog.
func (d *Documents) resolve(ctx context.Context, v *catalog.View) (*Documents, error) {
	r := &resolver{
		ctx: ctx, view: v,
		declared: map[catalog.Ref]bool{}, fields: map[catalog.Ref][]catalog.Field{}, known: map[catalog.Ref]error{},
	}
	for _, one := range d.list {
		r.declared[one.Ref] = r.declared[one.Ref] || one.Definition != nil
	}
	resolved := &Documents{}
	for _, one := range d.list {
		next := *one
		if one.Ref.Kind == catalog.KindField {
			if err := r.field(&next); err != nil {
				return nil, err
			}
		}
		// A subject that only its fields are spoken of may be gone, as they may.
		if !one.said.empty() {
			if err := r.check(next.Place, next.Ref); err != nil {
				return nil, err
			}
		}
		for _, ref := range one.refs {
			if err := r.check(ref.Place, ref.ref); err != nil {
				return nil, err
			}
		}
		resolved.list = append(resolved.list, &next)
	}
	resolved.unique(&r.faults)
	return resolved, r.faults.err()
}

// check notes a fault when there is no such thing.
func (r *resolver) check(at Place, ref catalog.Ref) error {
	if r.declared[ref] {
		return nil
	}
	err, looked := r.known[ref]
	if !looked {
		err = r.look(ref)
		r.known[ref] = err
	}
	if _, missing := errors.AsType[*catalog.NotFoundError](err); missing {
		r.faults.add(at, UnknownReference, "there is no %s", title(ref))
		return nil
	}
	return err
}

func (r *resolver) look(ref catalog.Ref) error {
	if isDefinition(ref.Kind) {
		_, err := r.view.Definition(r.ctx, ref)
		return err
	}
	_, err := r.view.Entity(r.ctx, ref)
	return err
}

// isDefinition says that things of a kind are made by people.
func isDefinition(k catalog.Kind) bool {
	switch k {
	case catalog.KindTag, catalog.KindBusinessMetadata, catalog.KindTerm, catalog.KindDomain, catalog.KindDataProduct, catalog.KindTeam, catalog.KindPerson:
		return true
	}
	return false
}

// field turns a path into the runtime name of the one field that it leads to.
func (r *resolver) field(d *Document) error {
	subject := catalog.Ref{Kind: catalog.KindSubject, Scope: d.Ref.Scope, Name: d.Ref.Name}
	list, looked := r.fields[subject]
	if !looked {
		var err error
		list, err = r.view.Fields(r.ctx, subject.Subject())
		if _, missing := errors.AsType[*catalog.NotFoundError](err); err != nil && !missing {
			return err
		}
		r.fields[subject] = list
	}
	name := d.Ref.Part
	if slices.ContainsFunc(list, func(f catalog.Field) bool { return f.RuntimeName == name }) {
		return nil
	}
	var found, gone []string
	for _, f := range list {
		switch {
		case f.TagPath != name && !slices.Contains(f.Paths, name):
		case f.RemovedIn != 0:
			gone = append(gone, f.RuntimeName)
		default:
			found = append(found, f.RuntimeName)
		}
	}
	if len(found) == 0 {
		found = gone
	}
	switch len(found) {
	case 0: // check finds what waits for its field to come back
	case 1:
		d.Ref.Part = found[0]
	default:
		r.faults.add(d.Place, BadValue, "the path %s leads to %d fields: %s; name one of them", name, len(found), strings.Join(found, ", "))
		d.Ref.Part = found[0]
	}
	return nil
}

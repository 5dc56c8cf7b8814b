package model

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// Schema is the GraphQL type of that name: a content under an id of a context.
type Schema struct {
	ID      string
	r       *Reader
	context registry.Context
	content registry.Content
}

// IsNode marks a Node.
func (*Schema) IsNode() {}

func schemaRef(in registry.Context, id int32) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindSchema, Scope: string(in), Name: strconv.Itoa(int(id))}
}

func (r *Reader) schema(in registry.Context, x registry.Content) *Schema {
	return &Schema{IDOf(schemaRef(in, x.ID())), r, in, x}
}

func (r *Reader) schemaNode(ref catalog.Ref) (*Schema, error) {
	id, err := strconv.ParseInt(ref.Name, 10, 32)
	if err != nil {
		return nil, &catalog.NotFoundError{Ref: ref}
	}
	return r.SchemaByID(registry.Context(ref.Scope), int32(id))
}

// SchemaByID gives the schema of an id; it is refused to who may read none of
// the subjects that hold it.
func (r *Reader) SchemaByID(in registry.Context, id int32) (*Schema, error) {
	if _, err := r.view.VersionsOfSchema(r.ctx, in, id); err != nil {
		return nil, err
	}
	x, ok := r.view.Registry().ContentOf(in, id)
	if !ok {
		return nil, &catalog.NotFoundError{Ref: schemaRef(in, id)}
	}
	return r.schema(in, x), nil
}

// SchemaByGUID gives the first id of a GUID that the caller may see.
func (r *Reader) SchemaByGUID(guid registry.GUID, in *registry.Context) (*Schema, error) {
	for c, x := range r.view.Registry().ContentsByGUID(guid) {
		if in != nil && c != *in {
			continue
		}
		s, err := r.SchemaByID(c, x.ID())
		if Missing(err) {
			continue
		}
		return s, err
	}
	return nil, nil
}

// GUID is the wire's.
func (s *Schema) GUID() string { return s.content.GUID().String() }

// Type is its language.
func (s *Schema) Type() schema.Type { return s.content.Type() }

// Text is the schema as the registry gives it; in another format the registry
// makes it.
func (s *Schema) Text(ctx context.Context, format *string) (string, error) {
	if valueOf(format) == "" {
		return s.content.Text(), nil
	}
	in := registry.Subject{Context: s.context}
	a, err := s.r.from.Registry.SchemaByID(ctx, s.content.ID(), in.Context.Qualified(), false, registry.ReadOptions{Format: *format})
	return a.Text(), err
}

// SchemaID is the GraphQL type of that name.
type SchemaID struct {
	Context *Context
	ID      int32
}

// Ids are all ids of the same content that the caller may see.
func (s *Schema) Ids() []*SchemaID {
	ids := []*SchemaID{}
	for c, x := range s.r.view.Registry().ContentsByGUID(s.content.GUID()) {
		if _, err := s.r.view.VersionsOfSchema(s.r.ctx, c, x.ID()); err != nil {
			continue
		}
		ref := contextRef(c)
		ids = append(ids, &SchemaID{&Context{s.r.known(ref), ref.Name}, x.ID()})
	}
	return ids
}

// held are the versions that hold the id.
func (s *Schema) held() ([]catalog.Version, error) {
	list, err := s.r.view.VersionsOfSchema(s.r.ctx, s.context, s.content.ID())
	if Missing(err) {
		return nil, nil
	}
	return list, err
}

// Versions are the versions that hold it.
func (s *Schema) Versions(first int, after *string) (*SchemaVersionConnection, error) {
	w, err := windowOf(order{"versions", s.ID}, first, after)
	if err != nil {
		return nil, err
	}
	list, err := s.held()
	if err != nil {
		return nil, err
	}
	return s.r.versionPage(w, list)
}

// Records are those of the schema, as the first version that holds it has them.
func (s *Schema) Records(first int, after *string) (*RecordConnection, error) {
	held, err := s.held()
	if err != nil {
		return nil, err
	}
	var list []catalog.Record
	if len(held) > 0 {
		if list, err = s.r.view.RecordsOfVersion(s.r.ctx, held[0].Subject, held[0].Version); err != nil && !Missing(err) {
			return nil, err
		}
	}
	return s.r.recordPage(order{"records", s.ID}, list, first, after)
}

// References are the versions that it refers to.
func (s *Schema) References(first int, after *string) (*SchemaVersionConnection, error) {
	w, err := windowOf(order{"references", s.ID}, first, after)
	if err != nil {
		return nil, err
	}
	var list []catalog.Version
	for _, reference := range s.content.References() {
		to := registry.ResolveReference(s.context, reference)
		v, err := s.r.versionOf(to.Subject, to.Version)
		if err != nil {
			return nil, err
		}
		if v != nil {
			list = append(list, v.row)
		}
	}
	return s.r.versionPage(w, list)
}

// ReferencedBy are the versions whose schemas refer to one that holds it.
func (s *Schema) ReferencedBy(first int, after *string) (*SchemaVersionConnection, error) {
	w, err := windowOf(order{"referencedBy", s.ID}, first, after)
	if err != nil {
		return nil, err
	}
	held, err := s.held()
	if err != nil {
		return nil, err
	}
	var list []catalog.Version
	for i := range held {
		for _, id := range s.r.view.Registry().ReferrersOf(held[i].Subject, held[i].Version, false) {
			versions, err := s.r.view.VersionsOfSchema(s.r.ctx, id.Context, id.ID)
			if err != nil && !Missing(err) {
				return nil, err
			}
			list = append(list, versions...)
		}
	}
	slices.SortFunc(list, compareVersions)
	list = slices.CompactFunc(list, func(a, b catalog.Version) bool { return compareVersions(a, b) == 0 })
	return s.r.versionPage(w, list)
}

func compareVersions(a, b catalog.Version) int {
	return cmp.Or(
		compareText(string(a.Subject.Context), string(b.Subject.Context)),
		compareText(a.Subject.Name, b.Subject.Name),
		cmp.Compare(a.Version, b.Version),
	)
}

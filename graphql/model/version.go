package model

import (
	"strconv"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// SchemaVersion is the GraphQL type of that name.
type SchemaVersion struct {
	thing
	Version int32
	Deleted bool
	row     catalog.Version
}

func (r *Reader) version(v catalog.Version) *SchemaVersion {
	ref := SubjectRef(v.Subject)
	ref.Kind, ref.Part = catalog.KindSchemaVersion, strconv.Itoa(int(v.Version))
	return &SchemaVersion{thing: r.known(ref), Version: v.Version, Deleted: v.Deleted, row: v}
}

func (r *Reader) versionNode(ref catalog.Ref) (*SchemaVersion, error) {
	number, err := strconv.ParseInt(ref.Part, 10, 32)
	if err != nil {
		return nil, &catalog.NotFoundError{Ref: ref}
	}
	v, err := r.versionOf(ref.Subject(), int32(number))
	if v == nil && err == nil {
		err = &catalog.NotFoundError{Ref: ref}
	}
	return v, err
}

// versionOf gives a version of a subject; nil when there is none.
func (r *Reader) versionOf(s registry.Subject, number int32) (*SchemaVersion, error) {
	if number == 0 {
		return nil, nil
	}
	all, err := r.view.Versions(r.ctx, s)
	if err != nil && !Missing(err) {
		return nil, err
	}
	for i := range all {
		if all[i].Version == number {
			return r.version(all[i]), nil
		}
	}
	return nil, nil
}

// Subject is the version's.
func (v *SchemaVersion) Subject() *Subject { return v.r.subject(v.row.Subject) }

// RegisteredAt is when it was registered.
func (v *SchemaVersion) RegisteredAt() *DateTime { return dateTime(v.row.At) }

// RegisteredBy is who did.
func (v *SchemaVersion) RegisteredBy() *Principal { return principalOf(v.row.By) }

func (v *SchemaVersion) content() (registry.Content, error) {
	x, ok := v.r.view.Registry().ContentOf(v.row.Subject.Context, v.row.ID)
	if !ok {
		return x, &catalog.NotFoundError{Ref: schemaRef(v.row.Subject.Context, v.row.ID)}
	}
	return x, nil
}

// Schema is its content.
func (v *SchemaVersion) Schema() (*Schema, error) {
	x, err := v.content()
	if err != nil {
		return nil, err
	}
	return v.r.schema(v.row.Subject.Context, x), nil
}

// ContractMetadata is the GraphQL type of that name.
type ContractMetadata struct {
	Properties  JSON
	Sensitive   []string
	TagPatterns JSON
}

// Metadata is that of its data contract.
func (v *SchemaVersion) Metadata() (*ContractMetadata, error) {
	x, err := v.content()
	if err != nil || x.Metadata() == nil {
		return nil, err
	}
	m := x.Metadata()
	out := &ContractMetadata{Sensitive: append([]string{}, m.Sensitive...)}
	if m.Properties != nil {
		out.Properties = document(m.Properties)
	}
	if m.Tags != nil {
		out.TagPatterns = document(m.Tags)
	}
	return out, nil
}

// Fields are its fields as it has them.
func (v *SchemaVersion) Fields(filter *FieldFilter, first int, after *string) (*FieldConnection, error) {
	list, err := v.r.view.FieldsOfVersion(v.r.ctx, v.row.Subject, v.Version)
	if err != nil && !Missing(err) {
		return nil, err
	}
	all := FieldFilter{}
	if filter != nil {
		all = *filter
	}
	yes := true
	all.IncludeRemoved = &yes // the version has what later ones have not
	return v.r.fieldPage(order{"fields", v.ref.String()}, list, &all, first, after)
}

// Records are its records.
func (v *SchemaVersion) Records(first int, after *string) (*RecordConnection, error) {
	list, err := v.r.view.RecordsOfVersion(v.r.ctx, v.row.Subject, v.Version)
	if err != nil && !Missing(err) {
		return nil, err
	}
	return v.r.recordPage(order{"records", v.ref.String()}, list, first, after)
}

// SchemaVersionConnection is the GraphQL type of that name.
type SchemaVersionConnection struct{ page[*SchemaVersion] }

// SchemaVersionEdge is the GraphQL type of that name.
type SchemaVersionEdge edge[*SchemaVersion]

// Edges are the rows with their cursors.
func (c *SchemaVersionConnection) Edges() []*SchemaVersionEdge {
	return edgesOf[SchemaVersionEdge](&c.page)
}

func (r *Reader) versionPage(w window, list []catalog.Version) (*SchemaVersionConnection, error) {
	key := func(v *catalog.Version) string { return v.Subject.String() + " " + strconv.Itoa(int(v.Version)) }
	p, err := sliced(w, list, key, func(v *catalog.Version) (*SchemaVersion, error) { return r.version(*v), nil })
	return &SchemaVersionConnection{p}, err
}

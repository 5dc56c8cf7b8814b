package confluent

import (
	"context"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// fillSchema makes an sr_schema. What people say of it hangs on the subjects
// that use the id.
func (r *Reader) fillSchema(ctx context.Context, e *Entity, u *uses) error {
	first := &u.versions[0]
	e.Name = Name{Type: Schema, Context: u.context, ID: u.id}
	e.Called, e.Deleted, e.Version, e.Sort = first.Subject.Name, u.deleted, first.Version, string(u.content.Type())
	for i := range u.versions {
		v := &u.versions[i]
		e.Refs = append(e.Refs, catalog.Ref{Kind: catalog.KindSubject, Scope: string(v.Subject.Context), Name: v.Subject.Name})
	}
	return r.say(ctx, e, nil, first.At, first.By)
}

// versionAt makes an sr_subject_version, nil when there is none.
func (r *Reader) versionAt(ctx context.Context, s registry.Subject, number int32) (*Entity, error) {
	versions, err := r.View.Versions(ctx, s)
	if err != nil {
		return nil, err
	}
	for i := range versions {
		if versions[i].Version == number {
			return newEntity(func(e *Entity) error { return r.fillVersion(ctx, e, &versions[i]) })
		}
	}
	return nil, nil
}

func versionRef(v *catalog.Version) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindSchemaVersion, Scope: string(v.Subject.Context), Name: v.Subject.Name, Part: itoa(v.Version)}
}

func (r *Reader) fillVersion(ctx context.Context, e *Entity, v *catalog.Version) error {
	e.Name = Name{Type: SubjectVersion, Context: v.Subject.Context, Subject: v.Subject.Name, Version: v.Version}
	e.Called, e.Deleted, e.Version, e.ID = v.Subject.Name, v.Deleted, v.Version, v.ID
	e.Refs = append(e.Refs, versionRef(v))
	return r.say(ctx, e, nil, v.At, v.By)
}

// recordAt makes the sr_record at a path under a schema id, nil when there is
// none.
func (r *Reader) recordAt(ctx context.Context, u *uses, path string) (*Entity, error) {
	records, err := r.recordsOf(ctx, u)
	if err != nil {
		return nil, err
	}
	for _, same := range []func(*catalog.Record) string{recordPath, func(c *catalog.Record) string { return c.Name }} {
		for i := range records {
			if same(&records[i]) == path {
				return newEntity(func(e *Entity) error { return r.fillRecord(ctx, e, u, &records[i]) })
			}
		}
	}
	return nil, nil
}

// recordsOf gives what is an sr_record. The catalog has enums and fixed types
// among its records; on the wire they are no entities (catalog-api.md section 9).
func (r *Reader) recordsOf(ctx context.Context, u *uses) ([]catalog.Record, error) {
	return readable(u, func(v *catalog.Version) ([]catalog.Record, error) {
		all, err := r.View.RecordsOfVersion(ctx, v.Subject, v.Version)
		if !slices.ContainsFunc(all, isNoEntity) {
			return all, err
		}
		return slices.DeleteFunc(slices.Clone(all), isNoEntity), err
	})
}

// listRecords is recordsOf for who goes through many schemas, in the room of u.
func (r *Reader) listRecords(ctx context.Context, u *uses) ([]catalog.Record, error) {
	return readable(u, func(v *catalog.Version) ([]catalog.Record, error) {
		all, err := u.listing.Records(ctx, r.View, v, u.content)
		return slices.DeleteFunc(all, isNoEntity), err
	})
}

func isNoEntity(c catalog.Record) bool { return !c.IsRecord() }

func recordPath(c *catalog.Record) string { return c.TagPath }

func (r *Reader) fillRecord(ctx context.Context, e *Entity, u *uses, c *catalog.Record) error {
	first := &u.versions[0]
	e.Name = Name{Type: Record, Context: u.context, ID: u.id, Path: recordPath(c)}
	e.Called, e.Deleted, e.Version = c.Name, u.deleted, first.Version
	if dot := strings.LastIndexByte(c.Name, '.'); dot >= 0 {
		e.Namespace, e.Called = c.Name[:dot], c.Name[dot+1:]
	}
	e.Refs = u.appendParts(e.Refs, catalog.KindRecord, c.Name)
	return r.say(ctx, e, u.inSchema(c.Doc, c.Tags), first.At, first.By)
}

// fieldAt makes the sr_field at a path under a schema id, nil when there is
// none. The path is the entity path or, as metadata of data contracts has it,
// the runtime name.
func (r *Reader) fieldAt(ctx context.Context, u *uses, path string) (*Entity, error) {
	fields, err := r.fieldsOf(ctx, u)
	if err != nil {
		return nil, err
	}
	for _, same := range []func(*catalog.Field) string{fieldPath, func(f *catalog.Field) string { return f.RuntimeName }} {
		for i := range fields {
			if same(&fields[i]) == path {
				return newEntity(func(e *Entity) error { return r.fillField(ctx, e, u, &fields[i]) })
			}
		}
	}
	return nil, nil
}

func (r *Reader) fieldsOf(ctx context.Context, u *uses) ([]catalog.Field, error) {
	return readable(u, func(v *catalog.Version) ([]catalog.Field, error) {
		return r.View.FieldsOfVersion(ctx, v.Subject, v.Version)
	})
}

// listFields is fieldsOf for who goes through many schemas, in the room of u.
func (r *Reader) listFields(ctx context.Context, u *uses) ([]catalog.Field, error) {
	return readable(u, func(v *catalog.Version) ([]catalog.Field, error) {
		return u.listing.Fields(ctx, r.View, v, u.content)
	})
}

func fieldPath(f *catalog.Field) string { return f.TagPath }

func (r *Reader) fillField(ctx context.Context, e *Entity, u *uses, f *catalog.Field) error {
	first := &u.versions[0]
	e.Name = Name{Type: Field, Context: u.context, ID: u.id, Path: fieldPath(f)}
	e.Called, e.Deleted, e.Version = f.Name, u.deleted, first.Version
	e.Sort, e.Record = f.Type, f.Record
	e.Refs = u.appendParts(e.Refs, catalog.KindField, f.RuntimeName)
	return r.say(ctx, e, u.inSchema(f.Doc, f.Tags), first.At, first.By)
}

// inSchema is what the text says of a part.
func (u *uses) inSchema(doc string, tags []catalog.TagAssignment) *inSchema {
	u.own = inSchema{doc, tags, u.unsaid}
	return &u.own
}

// appendParts appends a part as it is of each subject.
func (u *uses) appendParts(refs []catalog.Ref, kind catalog.Kind, part string) []catalog.Ref {
	for i := range u.versions {
		s := &u.versions[i].Subject
		refs = append(refs, catalog.Ref{Kind: kind, Scope: string(s.Context), Name: s.Name, Part: part})
	}
	return refs
}

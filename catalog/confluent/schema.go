package confluent

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// schemaEntity makes an sr_schema. What people say of it hangs on the subjects
// that use the id.
func (r *Reader) schemaEntity(ctx context.Context, u *uses) (*Entity, error) {
	refs := make([]catalog.Ref, len(u.versions))
	for i, v := range u.versions {
		refs[i] = catalog.Ref{Kind: catalog.KindSubject, Scope: string(v.Subject.Context), Name: v.Subject.Name}
	}
	s, err := r.say(ctx, refs, nil)
	if err != nil {
		return nil, err
	}
	first := u.versions[0]
	return r.complete(&Entity{
		Name: Name{Type: Schema, Context: u.context, ID: u.id}, Called: first.Subject.Name, Deleted: u.deleted,
		Version: first.Version, Sort: r.schemaType(u),
	}, s, first.At, first.By), nil
}

// schemaType is AVRO, PROTOBUF or JSON.
func (r *Reader) schemaType(u *uses) string {
	content, ok := r.View.Registry().ContentOf(u.context, u.id)
	if !ok {
		return ""
	}
	return string(content.Type())
}

// versionAt makes an sr_subject_version, nil when there is none.
func (r *Reader) versionAt(ctx context.Context, s registry.Subject, number int32) (*Entity, error) {
	versions, err := r.View.Versions(ctx, s)
	if err != nil {
		return nil, err
	}
	for i := range versions {
		if versions[i].Version == number {
			return r.versionEntity(ctx, &versions[i])
		}
	}
	return nil, nil
}

func versionRef(v *catalog.Version) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindSchemaVersion, Scope: string(v.Subject.Context), Name: v.Subject.Name, Part: itoa(v.Version)}
}

func (r *Reader) versionEntity(ctx context.Context, v *catalog.Version) (*Entity, error) {
	s, err := r.say(ctx, []catalog.Ref{versionRef(v)}, nil)
	if err != nil {
		return nil, err
	}
	return r.complete(&Entity{
		Name:   Name{Type: SubjectVersion, Context: v.Subject.Context, Subject: v.Subject.Name, Version: v.Version},
		Called: v.Subject.Name, Deleted: v.Deleted, Version: v.Version, ID: v.ID,
	}, s, v.At, v.By), nil
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
				return r.recordEntity(ctx, u, &records[i])
			}
		}
	}
	return nil, nil
}

// recordsOf gives what is an sr_record. The catalog has enums and fixed types
// among its records; on the wire they are no entities (catalog-api.md section 9).
func (r *Reader) recordsOf(ctx context.Context, u *uses) ([]catalog.Record, error) {
	return readable(u, func(v catalog.Version) ([]catalog.Record, error) {
		all, err := r.View.RecordsOfVersion(ctx, v.Subject, v.Version)
		list := make([]catalog.Record, 0, len(all))
		for _, c := range all {
			switch c.Kind {
			case "record", "error", "message", "object":
				list = append(list, c)
			}
		}
		return list, err
	})
}

func recordPath(c *catalog.Record) string { return c.TagPath }

func (r *Reader) recordEntity(ctx context.Context, u *uses, c *catalog.Record) (*Entity, error) {
	refs := make([]catalog.Ref, len(u.versions))
	for i, v := range u.versions {
		refs[i] = catalog.Ref{Kind: catalog.KindRecord, Scope: string(v.Subject.Context), Name: v.Subject.Name, Part: c.Name}
	}
	s, err := r.say(ctx, refs, &inSchema{c.Doc, c.Tags})
	if err != nil {
		return nil, err
	}
	title, namespace := c.Name, ""
	if dot := strings.LastIndexByte(c.Name, '.'); dot >= 0 {
		namespace, title = c.Name[:dot], c.Name[dot+1:]
	}
	first := u.versions[0]
	return r.complete(&Entity{
		Name: Name{Type: Record, Context: u.context, ID: u.id, Path: recordPath(c)}, Called: title, Deleted: u.deleted,
		Version: first.Version, Namespace: namespace,
	}, s, first.At, first.By), nil
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
				return r.fieldEntity(ctx, u, &fields[i])
			}
		}
	}
	return nil, nil
}

func (r *Reader) fieldsOf(ctx context.Context, u *uses) ([]catalog.Field, error) {
	return readable(u, func(v catalog.Version) ([]catalog.Field, error) {
		return r.View.FieldsOfVersion(ctx, v.Subject, v.Version)
	})
}

func fieldPath(f *catalog.Field) string { return f.TagPath }

func (r *Reader) fieldEntity(ctx context.Context, u *uses, f *catalog.Field) (*Entity, error) {
	refs := make([]catalog.Ref, len(u.versions))
	for i, v := range u.versions {
		refs[i] = catalog.Ref{Kind: catalog.KindField, Scope: string(v.Subject.Context), Name: v.Subject.Name, Part: f.RuntimeName}
	}
	s, err := r.say(ctx, refs, &inSchema{f.Doc, f.Tags})
	if err != nil {
		return nil, err
	}
	first := u.versions[0]
	return r.complete(&Entity{
		Name: Name{Type: Field, Context: u.context, ID: u.id, Path: fieldPath(f)}, Called: f.Name, Deleted: u.deleted,
		Version: first.Version, Sort: f.Type, Record: f.Record,
	}, s, first.At, first.By), nil
}

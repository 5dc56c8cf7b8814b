package confluent

import (
	"context"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// Records are the records of an sr_schema, in order.
func (r *Reader) Records(ctx context.Context, schema *Entity) ([]*Entity, error) {
	return related(ctx, r, schema, r.recordsOf, r.fillRecord)
}

// Fields are the fields of an sr_schema or an sr_record, in order.
func (r *Reader) Fields(ctx context.Context, e *Entity) ([]*Entity, error) {
	if e.Type() != Record {
		return related(ctx, r, e, r.fieldsOf, r.fillField)
	}
	u, err := r.usesOf(ctx, e.Name.Context, e.Name.ID)
	if u == nil || err != nil {
		return nil, err
	}
	record := e.Refs[0].Part
	return related(ctx, r, e, func(ctx context.Context, u *uses) ([]catalog.Field, error) {
		fields, err := r.fieldsOf(ctx, u)
		return slices.DeleteFunc(slices.Clone(fields), func(f catalog.Field) bool { return f.Record != record }), err
	}, r.fillField)
}

// related makes the parts of a schema id.
func related[P any](
	ctx context.Context, r *Reader, e *Entity,
	list func(context.Context, *uses) ([]P, error), fill func(context.Context, *Entity, *uses, *P) error,
) ([]*Entity, error) {
	u, err := r.usesOf(ctx, e.Name.Context, e.Name.ID)
	if u == nil || err != nil {
		return nil, err
	}
	parts, err := list(ctx, u)
	if err != nil {
		return nil, err
	}
	out := make([]*Entity, len(parts))
	for i := range parts {
		out[i] = new(Entity)
		if err := fill(ctx, out[i], u, &parts[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b *Entity) int { return strings.Compare(a.QualifiedName, b.QualifiedName) })
	return out, nil
}

// Record is the sr_record that an sr_field stands in.
func (r *Reader) Record(ctx context.Context, field *Entity) (*Entity, error) {
	u, err := r.usesOf(ctx, field.Name.Context, field.Name.ID)
	if u == nil || err != nil {
		return nil, err
	}
	fields, err := r.fieldsOf(ctx, u)
	if err != nil {
		return nil, err
	}
	for i := range fields {
		if fieldPath(&fields[i]) == field.Name.Path {
			records, err := r.recordsOf(ctx, u)
			if err != nil {
				return nil, err
			}
			for j := range records {
				if records[j].Name == fields[i].Record {
					return newEntity(func(e *Entity) error { return r.fillRecord(ctx, e, u, &records[j]) })
				}
			}
		}
	}
	return nil, nil
}

// Schema is the sr_schema of an sr_record, an sr_field or an sr_subject_version.
func (r *Reader) Schema(ctx context.Context, e *Entity) (*Entity, error) {
	id := e.Name.ID
	if e.Type() == SubjectVersion {
		number, _ := e.Attribute("id").(int64)
		id = int32(number)
	}
	return r.Named(ctx, Name{Type: Schema, Context: e.Name.Context, ID: id})
}

// SubjectVersions are the sr_subject_versions of an sr_schema, in order.
func (r *Reader) SubjectVersions(ctx context.Context, schema *Entity, deleted bool) ([]*Entity, error) {
	versions, err := r.View.VersionsOfSchema(ctx, schema.Name.Context, schema.Name.ID)
	if err != nil {
		return nil, err
	}
	var out []*Entity
	for i := range versions {
		if versions[i].Deleted && !deleted {
			continue
		}
		e := new(Entity)
		if err := r.fillVersion(ctx, e, &versions[i]); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b *Entity) int { return strings.Compare(a.QualifiedName, b.QualifiedName) })
	return out, nil
}

// LogicalCluster is the kafka_logical_cluster of a kafka_topic.
func (r *Reader) LogicalCluster(ctx context.Context, topic *Entity) (*Entity, error) {
	return newEntity(func(e *Entity) error { return r.fillCluster(ctx, e, topic.Name.Cluster) })
}

package entity

import (
	"context"

	"github.com/weir-registry/weir/catalog/confluent"
)

// The relations of catalog-api.md section 8 by their names in the schema.

// SubjectVersions are the versions that hold a schema.
func (s *Schema) SubjectVersions(ctx context.Context) ([]*SubjectVersion, error) {
	list, err := s.session.Reader.SubjectVersions(ctx, s.entity, s.entity.Deleted)
	return many[*SubjectVersion](s.session, list, err)
}

// Types are the types that a schema defines.
func (s *Schema) Types(ctx context.Context) ([]SchemaType, error) {
	list, err := s.session.Reader.Records(ctx, s.entity)
	return many[SchemaType](s.session, list, err)
}

// Schema is the schema that defines a record.
func (r *Record) Schema(ctx context.Context) (*Schema, error) {
	e, err := r.session.Reader.Schema(ctx, r.entity)
	return one[*Schema](r.session, e, err)
}

// Fields are the fields of a record.
func (r *Record) Fields(ctx context.Context) ([]*Field, error) {
	list, err := r.session.Reader.Fields(ctx, r.entity)
	return many[*Field](r.session, list, err)
}

// Record is the record that a field is in.
func (f *Field) Record(ctx context.Context) (*Record, error) {
	e, err := f.session.recordOf(ctx, f.entity)
	return one[*Record](f.session, e, err)
}

// Schema is the schema that a version holds.
func (v *SubjectVersion) Schema(ctx context.Context) (*Schema, error) {
	e, err := v.session.Reader.Schema(ctx, v.entity)
	return one[*Schema](v.session, e, err)
}

// LogicalCluster is the cluster that a topic is in.
func (t *Topic) LogicalCluster(ctx context.Context) (*Cluster, error) {
	e, err := t.session.Reader.LogicalCluster(ctx, t.entity)
	return one[*Cluster](t.session, e, err)
}

// Topics are the topics of a cluster.
func (c *Cluster) Topics(ctx context.Context) ([]*Topic, error) {
	topics := []*Topic{}
	all := confluent.Selection{Types: []confluent.Type{confluent.Topic}}
	for e, err := range c.session.Reader.Entities(ctx, all) {
		if err != nil {
			return nil, err
		}
		if e.Name.Cluster != c.entity.Name.Cluster {
			continue
		}
		topic, err := one[*Topic](c.session, e, nil)
		if err != nil {
			return nil, err
		}
		topics = append(topics, topic)
	}
	return topics, nil
}

// Topics are what a connector reads and writes. What connectors do is lineage,
// which the catalog has no source for yet; so there is no connector either.
func (*Connector) Topics(context.Context) ([]*Topic, error) { return []*Topic{}, nil }

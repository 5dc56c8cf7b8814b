package confluent

import (
	"context"

	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/graphql/confluent/entity"
	"github.com/weir-registry/weir/graphql/confluent/generated"
)

// resolvers resolve the root fields; everything below them is methods of the
// entities.
type resolvers struct{}

func (resolvers) Query() generated.QueryResolver { return resolvers{} }

func (resolvers) SrSchema(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]*entity.Schema, error) {
	return list[*entity.Schema](ctx, confluent.Schema, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

func (resolvers) SrRecord(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]*entity.Record, error) {
	return list[*entity.Record](ctx, confluent.Record, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

func (resolvers) SrField(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]*entity.Field, error) {
	return list[*entity.Field](ctx, confluent.Field, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

func (resolvers) SrSubjectVersion(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]*entity.SubjectVersion, error) {
	return list[*entity.SubjectVersion](ctx, confluent.SubjectVersion, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

func (resolvers) KafkaTopic(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]*entity.Topic, error) {
	return list[*entity.Topic](ctx, confluent.Topic, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

func (resolvers) KafkaLogicalCluster(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]*entity.Cluster, error) {
	return list[*entity.Cluster](ctx, confluent.Cluster, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

func (resolvers) CnConnector(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]*entity.Connector, error) {
	return list[*entity.Connector](ctx, confluent.Connector, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

func (resolvers) CfEnvironment(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]*entity.Environment, error) {
	return list[*entity.Environment](ctx, confluent.Environment, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

func (resolvers) CfEntity(ctx context.Context, where map[string]any, tags []*string, limit, offset *int, orderBy, metadata []map[string]any, deleted *bool) ([]entity.Any, error) {
	return list[entity.Any](ctx, confluent.Any, arguments{where, tags, limit, offset, orderBy, metadata, deleted})
}

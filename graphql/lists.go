package graphql

import (
	"context"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/graphql/model"
)

// Contexts lists contexts.
func (q *queries) Contexts(ctx context.Context, first int, after *string) (*model.ContextConnection, error) {
	return readerOf(ctx).Contexts(first, after)
}

// Clusters lists clusters.
func (q *queries) Clusters(ctx context.Context, first int, after *string) (*model.ClusterConnection, error) {
	return readerOf(ctx).Clusters(first, after)
}

// Subjects lists subjects.
func (q *queries) Subjects(ctx context.Context, filter *model.SubjectFilter, first int, after *string) (*model.SubjectConnection, error) {
	return readerOf(ctx).Subjects(filter, first, after)
}

// Topics lists topics.
func (q *queries) Topics(ctx context.Context, filter *model.TopicFilter, first int, after *string) (*model.TopicConnection, error) {
	return readerOf(ctx).Topics(filter, first, after)
}

// Tags lists tags.
func (q *queries) Tags(ctx context.Context, prefix *string, first int, after *string) (*model.TagConnection, error) {
	return readerOf(ctx).Tags(prefix, first, after)
}

// Definitions lists what people made.
func (q *queries) Definitions(ctx context.Context, kind catalog.Kind, prefix *string, first int, after *string) (*model.NodeConnection, error) {
	return readerOf(ctx).Definitions(kind, prefix, first, after)
}

// People lists people.
func (q *queries) People(ctx context.Context, prefix *string, first int, after *string) (*model.PersonConnection, error) {
	return readerOf(ctx).People(prefix, first, after)
}

// Orphans lists what is gone but for what was said of it.
func (q *queries) Orphans(ctx context.Context, first int, after *string) (*model.EntityConnection, error) {
	return readerOf(ctx).Orphans(first, after)
}

// Changes lists what happened.
func (q *queries) Changes(ctx context.Context, filter *model.ChangeFilter, since *string, first int, after *string) (*model.ChangeEventConnection, error) {
	return readerOf(ctx).Changes(ctx, filter, since, first, after)
}

// Search finds.
func (q *queries) Search(ctx context.Context, query string, filter *model.SearchFilter, facets []search.FacetField, first int, after *string, explain *bool) (*model.SearchConnection, error) {
	return readerOf(ctx).Search(ctx, query, filter, facets, first, after, explain != nil && *explain)
}

// suggestions is how many there are when no limit is given.
const suggestions = 10

// Suggest completes.
func (q *queries) Suggest(ctx context.Context, prefix string, kinds []catalog.Kind, limit *int) ([]*model.Suggestion, error) {
	if limit == nil {
		return readerOf(ctx).Suggest(ctx, prefix, kinds, suggestions)
	}
	return readerOf(ctx).Suggest(ctx, prefix, kinds, *limit)
}

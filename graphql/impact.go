package graphql

import (
	"context"

	"github.com/weir-registry/weir/graphql/model"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// Impact says what would come of registering a schema.
func (q *queries) Impact(ctx context.Context, subject string, context *string, text string, language *schema.Type) (*model.Impact, error) {
	body := registry.SchemaBody{Schema: &text, Type: schema.Avro}
	if language != nil {
		body.Type = *language
	}
	return readerOf(ctx).Impact(ctx, subjectNamed(subject, context), body)
}

package graphql

import (
	"context"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/generated"
	"github.com/weir-registry/weir/graphql/model"
)

// writesToSchema says whether an input wants tags in the text of a schema
// (catalog-api.md section 9: writeToSchema).
func writesToSchema(in *generated.MetadataInput) bool {
	for _, t := range in.AddTags {
		if t.WriteToSchema != nil && *t.WriteToSchema {
			return true
		}
	}
	return false
}

// tagSchema puts tags into the schema of a record or field. That is a commit of
// the registry, so nothing else can be asked for with it.
func (m *mutations) tagSchema(ctx context.Context, ref catalog.Ref, in *generated.MetadataInput) (*generated.MetadataPayload, error) {
	if err := onlySchemaTags(in); err != nil {
		return nil, err
	}
	if ref.Kind != catalog.KindField && ref.Kind != catalog.KindRecord {
		return nil, &model.NotOfKindError{Ref: ref, Want: []catalog.Kind{catalog.KindField, catalog.KindRecord}}
	}
	var tags catalog.SchemaTags
	for _, t := range in.AddTags {
		tags.Add = append(tags.Add, t.Name)
	}
	if _, err := m.source.Catalog.TagSchemas(ctx, []catalog.Ref{ref}, tags); err != nil {
		return nil, err
	}
	return m.payload(ctx, ref, &catalog.Outcome{View: m.source.Catalog.View()})
}

// onlySchemaTags refuses what cannot be done in the same commit.
func onlySchemaTags(in *generated.MetadataInput) error {
	for _, t := range in.AddTags {
		if t.WriteToSchema == nil || !*t.WriteToSchema {
			return &inputError{[]string{"addTags"}, "tags that go into the schema and tags that do not cannot be put at once"}
		}
		if len(t.Attributes) > 0 && string(t.Attributes) != "null" {
			return &inputError{[]string{"addTags"}, "a tag in a schema has no attributes"}
		}
	}
	if in.DryRun != nil && *in.DryRun {
		return &inputError{[]string{"dryRun"}, "a new version of the schema cannot be tried; ask impact"}
	}
	others := in.ExpectedVersion != nil || in.Description != nil || in.RemoveTags != nil || in.AddTerms != nil || in.RemoveTerms != nil ||
		in.Owners != nil || in.Domain != nil || in.Deprecation != nil || in.Links != nil || in.BusinessMetadata != nil || in.Clear != nil
	if others {
		return &inputError{[]string{"addTags"}, "tags that go into the schema make a version of it, and nothing else can be changed at once"}
	}
	return nil
}

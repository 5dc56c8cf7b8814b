package graphql

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/generated"
	"github.com/weir-registry/weir/graphql/model"
)

// PutTag makes or changes a tag's definition.
func (m *mutations) PutTag(ctx context.Context, input generated.TagDefInput) (*generated.TagPayload, error) {
	outcome, err := define(ctx, m, &catalog.TagDefinition{Name: input.Name}, func(d *catalog.TagDefinition) ([]catalog.Step, error) {
		take(&d.Description, input.Description)
		take(&d.Color, input.Color)
		parent, err := nameIn(input.Parent, catalog.KindTag, "parent")
		if err != nil {
			return nil, err
		}
		take(&d.Parent, parent)
		if input.Propagates != nil {
			d.Propagates = *input.Propagates
		}
		if input.RestrictedTo != nil {
			if d.EntityTypes, err = model.WireNames(input.RestrictedTo); err != nil {
				return nil, located(err, []string{"restrictedTo"})
			}
		}
		return nil, nil
	})
	if err != nil {
		return m.tagPayload(ctx, nil, err, "input")
	}
	tag, err := m.reader(ctx, outcome).Tag(input.Name)
	return m.tagPayload(ctx, tag, err, "input")
}

// DeleteTag takes a tag's definition away; the payload has it as it was.
func (m *mutations) DeleteTag(ctx context.Context, name string, force *bool) (*generated.TagPayload, error) {
	node, err := m.remove(ctx, catalog.Ref{Kind: catalog.KindTag, Name: name}, force)
	tag, _ := node.(*model.Tag)
	return m.tagPayload(ctx, tag, err, "name")
}

func (m *mutations) tagPayload(ctx context.Context, tag *model.Tag, err error, path ...string) (*generated.TagPayload, error) {
	errs, err := m.userErrors(ctx, err, path...)
	if len(errs) > 0 {
		tag = nil
	}
	return &generated.TagPayload{Tag: tag, Errors: errs}, err
}

// PutBusinessMetadata makes or changes a definition of business metadata. Its
// attributes are those that are given.
func (m *mutations) PutBusinessMetadata(ctx context.Context, input generated.BusinessMetadataDefInput) (*generated.NodePayload, error) {
	return put(ctx, m, &catalog.MetadataDefinition{Name: input.Name}, func(d *catalog.MetadataDefinition) (_ []catalog.Step, err error) {
		take(&d.Description, input.Description)
		if d.AppliesTo, err = model.WireNames(input.AppliesTo); err != nil {
			return nil, located(err, []string{"appliesTo"})
		}
		d.Attributes, err = attributesIn(d.Attributes, input.Attributes)
		return nil, err
	})
}

// attributesIn gives the attributes of an input; what the wire knows of one
// besides stays as it was.
func attributesIn(old []catalog.AttributeDefinition, list []*generated.AttributeDefInput) ([]catalog.AttributeDefinition, error) {
	attributes := make([]catalog.AttributeDefinition, 0, len(list))
	for _, in := range list {
		a := catalog.AttributeDefinition{}
		if i := slices.IndexFunc(old, func(o catalog.AttributeDefinition) bool { return o.Name == in.Name }); i >= 0 {
			a = old[i]
		}
		a.Name, a.TypeName = in.Name, in.Type
		a.IsOptional = in.Required == nil || !*in.Required
		take(&a.DefaultValue, in.Default)
		take(&a.Description, in.Description)
		if in.Options != nil {
			text, err := json.Marshal(in.Options)
			if err != nil {
				return nil, err
			}
			options := map[string]string{}
			for k, v := range a.Options {
				options[k] = v
			}
			options[model.OptionsKey] = string(text)
			a.Options = options
		}
		attributes = append(attributes, a)
	}
	return attributes, nil
}

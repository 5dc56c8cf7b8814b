package graphql

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/generated"
	"github.com/weir-registry/weir/graphql/model"
)

// mostInputs is how many entities one mutation may change.
const mostInputs = 100

// UpdateMetadata changes what is said of entities, each for itself.
func (m *mutations) UpdateMetadata(ctx context.Context, input []*generated.MetadataInput) ([]*generated.MetadataPayload, error) {
	if len(input) > mostInputs {
		return nil, &model.PageSizeError{First: len(input)}
	}
	payloads := make([]*generated.MetadataPayload, len(input))
	for i, in := range input {
		payload, err := m.update(ctx, in, "input", strconv.Itoa(i))
		if err != nil {
			return nil, err
		}
		payloads[i] = payload
	}
	return payloads, nil
}

func (m *mutations) update(ctx context.Context, in *generated.MetadataInput, path ...string) (*generated.MetadataPayload, error) {
	payload, err := m.edit(ctx, in)
	if err == nil {
		return payload, nil
	}
	errs, err := m.userErrors(ctx, err, path...)
	return &generated.MetadataPayload{Changes: []*model.ChangeEvent{}, Errors: errs}, err
}

func (m *mutations) edit(ctx context.Context, in *generated.MetadataInput) (*generated.MetadataPayload, error) {
	ref, err := refIn(in.ID, []string{"id"})
	if err != nil {
		return nil, err
	}
	if writesToSchema(in) {
		return m.tagSchema(ctx, ref, in)
	}
	step, err := editOf(ref, in)
	if err != nil {
		return nil, err
	}
	outcome, err := m.source.Catalog.Do(ctx, catalog.Command{Steps: []catalog.Step{*step}, DryRun: in.DryRun != nil && *in.DryRun})
	if err != nil {
		return nil, err
	}
	return m.payload(ctx, ref, outcome)
}

// payload shows an entity after a command.
func (m *mutations) payload(ctx context.Context, ref catalog.Ref, outcome *catalog.Outcome) (*generated.MetadataPayload, error) {
	r := m.reader(ctx, outcome)
	node, err := r.NodeOrNil(ref)
	if err != nil {
		return nil, err
	}
	entity, _ := node.(model.Entity)
	return &generated.MetadataPayload{
		Entity: entity, Node: node, Changes: r.Events(outcome.Events), Errors: []*generated.UserError{},
	}, nil
}

// editOf makes an input a step.
func editOf(ref catalog.Ref, in *generated.MetadataInput) (_ *catalog.Edit, err error) {
	e := &catalog.Edit{Ref: ref, ExpectedVersion: (*int64)(in.ExpectedVersion), Description: in.Description, RemoveTags: in.RemoveTags}
	for _, t := range in.AddTags {
		attributes, err := object(t.Attributes, "addTags")
		if err != nil {
			return nil, err
		}
		value := catalog.TagValue{Name: t.Name}
		if len(attributes) > 0 {
			value.Attributes = json.RawMessage(t.Attributes)
		}
		e.PutTags = append(e.PutTags, value)
	}
	if e.PutTerms, err = namesIn(in.AddTerms, catalog.KindTerm, "addTerms"); err != nil {
		return nil, err
	}
	if e.RemoveTerms, err = namesIn(in.RemoveTerms, catalog.KindTerm, "removeTerms"); err != nil {
		return nil, err
	}
	if e.Owners, err = ownersIn(in.Owners, "owners"); err != nil {
		return nil, err
	}
	if e.Domain, err = nameIn(in.Domain, catalog.KindDomain, "domain"); err != nil {
		return nil, err
	}
	if in.Links != nil {
		links := linksIn(in.Links)
		e.Links = &links
	}
	if e.Deprecation, err = deprecationOf(in.Deprecation); err != nil {
		return nil, err
	}
	for _, b := range in.BusinessMetadata {
		values, err := object(b.Values, "businessMetadata")
		if err != nil {
			return nil, err
		}
		e.Metadata = append(e.Metadata, catalog.MetadataValue{Definition: b.Definition, Values: values})
	}
	for _, part := range in.Clear {
		e.Clear = append(e.Clear, partsByName[part])
	}
	return e, nil
}

func deprecationOf(in *generated.DeprecationInput) (*catalog.DeprecationValue, error) {
	if in == nil {
		return nil, nil
	}
	d := &catalog.DeprecationValue{}
	if in.Until != nil {
		d.Until = int64(*in.Until)
	}
	if in.Reason != nil {
		d.Reason = *in.Reason
	}
	if in.Replacement != nil {
		ref, err := refIn(*in.Replacement, []string{"deprecation", "replacement"})
		if err != nil {
			return nil, err
		}
		d.Replacement = ref
	}
	return d, nil
}

var partsByName = map[generated.MetadataPart]catalog.Part{
	generated.MetadataPartDescription:      catalog.PartDescription,
	generated.MetadataPartOwners:           catalog.PartOwner,
	generated.MetadataPartDomain:           catalog.PartDomain,
	generated.MetadataPartDeprecation:      catalog.PartDeprecation,
	generated.MetadataPartLinks:            catalog.PartLink,
	generated.MetadataPartBusinessMetadata: catalog.PartMetadata,
	generated.MetadataPartTerms:            catalog.PartTerm,
	generated.MetadataPartTags:             catalog.PartTag,
}

// MoveOrphan carries what was said of an orphan to another entity.
func (m *mutations) MoveOrphan(ctx context.Context, from, to string) (*generated.MetadataPayload, error) {
	payload, err := m.move(ctx, from, to)
	if err == nil {
		return payload, nil
	}
	errs, err := m.userErrors(ctx, err)
	return &generated.MetadataPayload{Changes: []*model.ChangeEvent{}, Errors: errs}, err
}

func (m *mutations) move(ctx context.Context, from, to string) (*generated.MetadataPayload, error) {
	source, err := refIn(from, []string{"from"})
	if err != nil {
		return nil, err
	}
	target, err := refIn(to, []string{"to"})
	if err != nil {
		return nil, err
	}
	outcome, err := m.source.Catalog.Do(ctx, catalog.Command{Steps: []catalog.Step{catalog.Move{From: source, To: target}}})
	if err != nil {
		return nil, err
	}
	return m.payload(ctx, target, outcome)
}

package graphql

import (
	"context"
	"errors"
	"strconv"

	"github.com/weir-registry/weir/catalog/declare"
	"github.com/weir-registry/weir/graphql/generated"
	"github.com/weir-registry/weir/graphql/model"
)

// Apply makes a named set say what documents say.
func (m *mutations) Apply(ctx context.Context, set string, documents []string, dryRun *bool, prune *bool) (*generated.ApplyPayload, error) {
	files := make([]declare.File, len(documents))
	for i, text := range documents {
		files[i] = declare.File{Name: documentName(i), Text: text}
	}
	o := declare.Options{Set: set, DryRun: dryRun != nil && *dryRun, Prune: prune != nil && *prune}
	plan, err := m.apply(ctx, files, o)
	if err == nil {
		return &generated.ApplyPayload{
			Plan:    m.source.Reader(ctx).Events(plan.Events),
			Applied: plan.Applied, Left: plan.Left, Errors: []*generated.UserError{},
		}, nil
	}
	payload := &generated.ApplyPayload{Plan: []*model.ChangeEvent{}}
	var faults declare.Faults
	if errors.As(err, &faults) {
		for _, f := range faults {
			payload.Errors = append(payload.Errors, &generated.UserError{
				Code: string(f.Code), Message: f.Message, Path: []string{f.File, strconv.Itoa(f.Line), strconv.Itoa(f.Column)},
			})
		}
		return payload, nil
	}
	payload.Errors, err = m.userErrors(ctx, err)
	return payload, err
}

func (m *mutations) apply(ctx context.Context, files []declare.File, o declare.Options) (*declare.Plan, error) {
	d, err := declare.Read(files...)
	if err != nil {
		return nil, err
	}
	return declare.Apply(ctx, m.source.Catalog, d, o)
}

func documentName(i int) string { return "documents." + strconv.Itoa(i) }

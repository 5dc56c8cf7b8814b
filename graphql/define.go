package graphql

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/generated"
	"github.com/weir-registry/weir/graphql/model"
)

// mostTries is how often a definition is changed again on top of what somebody
// else has made of it meanwhile.
const mostTries = 5

// define makes or changes a definition. change gets the one that is there, or a
// new one, and gives the steps besides: what is said of it.
func define[D catalog.Definition](ctx context.Context, m *mutations, fresh D, change func(D) ([]catalog.Step, error)) (*catalog.Outcome, error) {
	for try := 1; ; try++ {
		d, version, err := copied(ctx, m.source.Catalog.View(), fresh)
		if err != nil {
			return nil, err
		}
		more, err := change(d)
		if err != nil {
			return nil, err
		}
		steps := append([]catalog.Step{catalog.Put{Definition: d, ExpectedVersion: &version}}, more...)
		outcome, err := m.source.Catalog.Do(ctx, catalog.Command{Steps: steps})
		var stale *catalog.StaleError
		if errors.As(err, &stale) && try < mostTries {
			continue
		}
		return outcome, err
	}
}

// copied gives a definition that may be changed: a copy of the one that is
// there, or fresh. Copies go by JSON, which is how definitions are kept.
func copied[D catalog.Definition](ctx context.Context, v *catalog.View, fresh D) (D, int64, error) {
	old, err := v.Definition(ctx, fresh.Ref())
	if model.Missing(err) {
		return fresh, 0, nil
	}
	if err != nil {
		return fresh, 0, err
	}
	text, err := json.Marshal(old)
	if err == nil {
		err = json.Unmarshal(text, fresh)
	}
	return fresh, old.Common().Version, err
}

// put is define with its payload.
func put[D catalog.Definition](ctx context.Context, m *mutations, fresh D, change func(D) ([]catalog.Step, error)) (*generated.NodePayload, error) {
	outcome, err := define(ctx, m, fresh, change)
	var node model.Node
	if err == nil {
		node, err = m.reader(ctx, outcome).NodeOrNil(fresh.Ref())
	}
	return m.nodePayload(ctx, node, err, "input")
}

func (m *mutations) nodePayload(ctx context.Context, node model.Node, err error, path ...string) (*generated.NodePayload, error) {
	errs, err := m.userErrors(ctx, err, path...)
	if len(errs) > 0 {
		node = nil
	}
	return &generated.NodePayload{Node: node, Errors: errs}, err
}

// PutTerm makes or changes a word of the glossary.
func (m *mutations) PutTerm(ctx context.Context, input generated.TermInput) (*generated.NodePayload, error) {
	return put(ctx, m, &catalog.Term{Name: input.Name}, func(d *catalog.Term) ([]catalog.Step, error) {
		take(&d.Definition, input.Definition)
		if input.Synonyms != nil {
			d.Synonyms = input.Synonyms
		}
		parent, err := nameIn(input.Parent, catalog.KindTerm, "parent")
		if err != nil {
			return nil, err
		}
		take(&d.Parent, parent)
		if input.Related != nil {
			d.Related, err = namesIn(input.Related, catalog.KindTerm, "related")
		}
		return nil, err
	})
}

// PutDomain makes or changes a domain.
func (m *mutations) PutDomain(ctx context.Context, input generated.DomainInput) (*generated.NodePayload, error) {
	return put(ctx, m, &catalog.DomainDefinition{Name: input.Name}, func(d *catalog.DomainDefinition) ([]catalog.Step, error) {
		parent, err := nameIn(input.Parent, catalog.KindDomain, "parent")
		if err != nil {
			return nil, err
		}
		take(&d.Parent, parent)
		owners, err := ownersIn(input.Owners, "owners")
		if err != nil || input.Description == nil && owners == nil {
			return nil, err
		}
		return []catalog.Step{catalog.Edit{Ref: d.Ref(), Description: input.Description, Owners: owners}}, nil
	})
}

// PutDataProduct makes or changes a data product.
func (m *mutations) PutDataProduct(ctx context.Context, input generated.DataProductInput) (*generated.NodePayload, error) {
	return put(ctx, m, &catalog.DataProduct{Name: input.Name}, func(d *catalog.DataProduct) ([]catalog.Step, error) {
		if input.Outputs != nil {
			d.Outputs = nil
			for _, id := range input.Outputs {
				ref, err := refIn(id, []string{"outputs"})
				if err != nil {
					return nil, err
				}
				d.Outputs = append(d.Outputs, ref.String())
			}
		}
		domain, err := nameIn(input.Domain, catalog.KindDomain, "domain")
		if err != nil {
			return nil, err
		}
		owners, err := ownersIn(input.Owners, "owners")
		if err != nil || input.Description == nil && owners == nil && domain == nil {
			return nil, err
		}
		return []catalog.Step{catalog.Edit{Ref: d.Ref(), Description: input.Description, Owners: owners, Domain: domain}}, nil
	})
}

// PutTeam makes or changes a team.
func (m *mutations) PutTeam(ctx context.Context, input generated.TeamInput) (*generated.NodePayload, error) {
	return put(ctx, m, &catalog.Team{Name: input.Name}, func(d *catalog.Team) (_ []catalog.Step, err error) {
		if input.Members != nil {
			d.Members, err = namesIn(input.Members, catalog.KindPerson, "members")
		}
		if input.Contact != nil {
			d.Contact = linksIn(input.Contact)
		}
		return nil, err
	})
}

// PutPerson makes or changes a person.
func (m *mutations) PutPerson(ctx context.Context, input generated.PersonInput) (*generated.NodePayload, error) {
	return put(ctx, m, &catalog.Person{Name: input.Name}, func(d *catalog.Person) ([]catalog.Step, error) {
		take(&d.Email, input.Email)
		return nil, nil
	})
}

// Remove takes a definition away.
func (m *mutations) Remove(ctx context.Context, id string, force *bool) (*generated.NodePayload, error) {
	ref, err := refIn(id, []string{"id"})
	if err != nil {
		return m.nodePayload(ctx, nil, err)
	}
	node, err := m.remove(ctx, ref, force)
	return m.nodePayload(ctx, node, err)
}

// remove gives what was there.
func (m *mutations) remove(ctx context.Context, ref catalog.Ref, force *bool) (model.Node, error) {
	before, err := readerOf(ctx).NodeOrNil(ref)
	if err != nil {
		return nil, err
	}
	step := catalog.Remove{Ref: ref, Force: force != nil && *force}
	_, err = m.source.Catalog.Do(ctx, catalog.Command{Steps: []catalog.Step{step}})
	return before, err
}

// take sets what is given.
func take(field *string, value *string) {
	if value != nil {
		*field = *value
	}
}

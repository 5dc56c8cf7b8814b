package declare

import (
	"context"
	"errors"

	"github.com/weir-registry/weir/catalog"
)

// Apply makes a set say what documents say, in one commit or not at all, and
// gives what that changed; with DryRun, what it would. Its error is a Faults,
// or the catalog's.
func Apply(ctx context.Context, c *catalog.Catalog, d *Documents, o Options) (*Plan, error) {
	o = o.withDefaults()
	before := c.View()
	resolved, err := d.resolve(ctx, before)
	if err != nil {
		return nil, err
	}
	steps, of := resolved.steps(ctx, before, o)
	command := catalog.Command{Steps: steps, Source: catalog.Declared, Set: o.Set, Prune: o.Prune, DryRun: true}
	outcome, err := c.Do(ctx, command)
	if err != nil {
		return nil, refused(err, of)
	}
	plan := &Plan{Set: o.Set, Events: outcome.Events, Changes: changes(ctx, before, outcome.View, outcome.Events, o.Set)}
	if err := plan.conflicts(ctx, before, of); err != nil {
		return nil, err
	}
	if !o.Prune {
		plan.Left = resolved.left(ctx, outcome.View, o.Set)
	}
	if o.DryRun {
		return plan, nil
	}
	command.DryRun = false
	if outcome, err = c.Do(ctx, command); err != nil {
		return nil, refused(err, of)
	}
	plan.Applied, plan.Events = true, outcome.Events
	return plan, nil
}

// refused turns a rule that a step breaks into a fault of its document.
func refused(err error, of []*Document) error {
	step, ok := errors.AsType[*catalog.StepError](err)
	if !ok || step.Step < 0 || step.Step >= len(of) || !breaksRule(step.Err) {
		return err
	}
	var faults Faults
	faults.add(of[step.Step].Place, Refused, "%s: %v", title(of[step.Step].Ref), step.Err)
	return faults.err()
}

// breaksRule says that an error is about what the documents say, not about who
// asks or how the database is.
func breaksRule(err error) bool {
	var (
		missing *catalog.NotFoundError
		unknown *catalog.UnknownTypeError
		invalid *catalog.InvalidError
		used    *catalog.InUseError
	)
	return errors.As(err, &missing) || errors.As(err, &unknown) || errors.As(err, &invalid) || errors.As(err, &used)
}

// conflicts notes the definitions of other sets that the plan would change.
func (p *Plan) conflicts(ctx context.Context, before *catalog.View, of []*Document) error {
	var faults Faults
	for _, c := range p.Changes {
		if c.Part != PartDefinition || c.Action != Update {
			continue
		}
		d, err := before.Definition(ctx, c.Entity)
		if err != nil {
			continue
		}
		by := d.Common()
		if by.Source != catalog.Declared || by.Set == p.Set {
			continue
		}
		for _, one := range of {
			if one.Ref == c.Entity && one.Definition != nil {
				faults.add(one.Place, Conflict, "the set %s declares %s otherwise", by.Set, title(c.Entity))
				break
			}
		}
	}
	return faults.err()
}

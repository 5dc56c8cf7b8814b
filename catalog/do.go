package catalog

import (
	"context"
	"unicode/utf8"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
)

// Do carries out a command, linearizably: all of its steps in one commit, or
// none. A step whose rule is broken is a *StepError around the error of that
// rule. A step that says what is said already changes nothing.
func (c *Catalog) Do(ctx context.Context, cmd Command) (*Outcome, error) {
	if err := cmd.complete(); err != nil {
		return nil, err
	}
	if err := c.authorize(ctx, cmd.Steps); err != nil {
		return nil, err
	}
	if cmd.DryRun {
		v := c.View()
		p, err := c.plan(ctx, v, &cmd)
		if err != nil {
			return nil, err
		}
		return p.outcome(), nil
	}
	receipt, err := c.options.Proposer.Propose(ctx, func() (feed.Proposal, error) { return c.decide(ctx, &cmd) })
	if err != nil {
		return nil, err
	}
	o := &Outcome{View: c.View()}
	for i := range receipt.Changes {
		if e, ok := eventOf(&receipt.Changes[i], c.options.Epoch); ok {
			o.Events = append(o.Events, e)
		}
	}
	return o, nil
}

// decide plans a command. To refuse it, or to find that it changes nothing, is
// an answer that no commit confirms: another node may have said since what
// makes it wrong, so that it is given on the newest view only.
func (c *Catalog) decide(ctx context.Context, cmd *Command) (feed.Proposal, error) {
	for {
		v := c.View()
		p, err := c.plan(ctx, v, cmd)
		if err == nil && len(p.writes) > 0 {
			return p.proposal(), nil
		}
		head, behind := c.options.Proposer.Log.Head(ctx)
		if behind != nil {
			return feed.Proposal{}, behind
		}
		if head <= v.revision {
			return feed.Proposal{}, err
		}
		if err := c.options.Proposer.Advance(ctx, head); err != nil {
			return feed.Proposal{}, err
		}
	}
}

// complete checks the command itself, and fills in its source.
func (cmd *Command) complete() error {
	invalid := func(path, message string) error {
		return &InvalidError{Reason: BadValue, Path: []string{path}, Message: message}
	}
	if cmd.Source == "" {
		cmd.Source = Applied
	}
	switch cmd.Source {
	case Applied, Declared, Imported:
	default:
		return invalid("source", "the source of a command is APPLIED, DECLARED or IMPORTED, not "+string(cmd.Source))
	}
	switch {
	case (cmd.Source == Declared) != (cmd.Set != ""):
		return invalid("set", "DECLARED values belong to a named set, and no others do")
	case !utf8.ValidString(cmd.Set):
		return invalid("set", "the name of the set is not UTF-8")
	case cmd.Prune && cmd.Set == "":
		return invalid("prune", "only a named set can be pruned")
	}
	return nil
}

// authorize asks for each entity that a command says something of, and for each
// definition that it changes. What a set prunes is asked for in the plan.
func (c *Catalog) authorize(ctx context.Context, steps []Step) error {
	for i, step := range steps {
		var err error
		switch step := step.(type) {
		case Edit:
			err = c.mayWrite(ctx, step.Ref)
		case Put:
			if step.Definition != nil {
				err = c.mayDefine(ctx, step.Definition.Ref())
			}
		case Remove:
			err = c.mayDefine(ctx, step.Ref)
		case Move:
			if err = c.mayWrite(ctx, step.From); err == nil {
				err = c.mayWrite(ctx, step.To)
			}
		}
		if err != nil {
			return &StepError{Step: i, Err: err}
		}
	}
	return nil
}

func (c *Catalog) mayWrite(ctx context.Context, ref Ref) error {
	return c.options.Auth.Authorize(ctx, auth.Write, resourceOf(ref))
}

func (c *Catalog) mayDefine(ctx context.Context, ref Ref) error {
	return c.options.Auth.Authorize(ctx, auth.Admin, resourceOf(ref))
}

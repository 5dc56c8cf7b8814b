package registry

import (
	"context"
	"errors"
	"slices"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// judgement is the last comparison that a registration passed, so that one
// that is decided again compares only with what is new.
type judgement struct {
	parsed schema.Schema
	level  compat.Level
	policy compat.Policy
	over   []*content
}

// judge refuses a registration that the level in scope does not let follow the
// live versions, or that breaks the rules of reserved fields (registry-api.md
// 5.1 step 14).
func (g *registration) judge(ctx context.Context, s *Snapshot, w *wanted, rules *rules) error {
	if rules.level == compat.None && !rules.validateFields {
		return nil
	}
	var versions []*version
	for v := range s.subject(g.subject).newestFirst(false) {
		versions = append(versions, v)
		if !rules.level.Transitive() && rules.group == "" {
			break
		}
	}
	if len(versions) == 0 && !rules.validateFields {
		return nil
	}
	over := s.contentsOf(g.subject.Context, versions)
	if g.judged.parsed != nil && g.judged.parsed == w.parsed && g.judged.level == rules.level &&
		g.judged.policy == rules.policy && slices.Equal(g.judged.over, over) && !rules.validateFields && rules.group == "" {
		return nil
	}
	answer, err := g.registry.compare(ctx, s, g.subject, w, rules, versions, false)
	if err != nil {
		return err
	}
	if !answer.Compatible {
		return refuse(CodeIncompatible, "%s", compat.ConflictMessage(g.subject.String(), answer.Messages))
	}
	g.judged = judgement{w.parsed, rules.level, rules.policy, over}
	return nil
}

func (s *Snapshot) contentsOf(in Context, versions []*version) []*content {
	sp := s.space(in)
	list := make([]*content, len(versions))
	for i, v := range versions {
		list[i] = sp.content(v.id)
	}
	return list
}

// compare compares a schema with versions, newest first, by the level in
// scope, and checks the reserved fields against the first of them.
func (r *Registry) compare(ctx context.Context, s *Snapshot, in Subject, w *wanted, rules *rules, versions []*version, warnings bool) (CompatAnswer, error) {
	parsed, err := r.parseCanon(ctx, s, in, w.canon)
	if err != nil {
		return CompatAnswer{}, err
	}
	var reserved []string
	if rules.validateFields {
		var before *Metadata
		if len(versions) > 0 {
			before = s.space(in.Context).content(versions[0].id).metadata
		}
		reserved = reservedFaults(before, w.metadata, parsed.TopFields())
	}
	request := compat.Request{Level: rules.level, Policy: rules.policy, New: parsed, Warnings: warnings}
	for _, v := range versions {
		x := s.space(in.Context).content(v.id)
		if !sameGroup(rules.group, w.metadata, x.metadata) {
			continue
		}
		request.Old = append(request.Old, compat.Version{Number: v.number, Schema: func() (schema.Schema, error) {
			return r.stored(ctx, s, in.Context, x)
		}})
	}
	result, err := compat.Check(ctx, request)
	if err != nil {
		return CompatAnswer{}, notCompared(ctx, err)
	}
	messages := compat.Messages(result, rules.level, rules.validateFields, reserved...)
	return CompatAnswer{Compatible: result.Compatible && len(reserved) == 0, Messages: messages, Result: result}, nil
}

// notCompared makes the refusal of a comparison that could not be made: it is
// the caller's business, never a verdict (compatibility.md 9.2).
func notCompared(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if budget := (*compat.BudgetError)(nil); errors.As(err, &budget) {
		return &Error{CodeInvalidSchema, "Invalid schema, details: " + budget.Error(), err}
	}
	return &Error{CodeInvalidSchema, "Invalid schema, details: an earlier version cannot be read: " + err.Error(), err}
}

// sameGroup says whether two schemas belong to one compatibility group
// (registry-api.md 10.2).
func sameGroup(property string, a, b *Metadata) bool {
	if property == "" {
		return true
	}
	x, hasX := a.property(property)
	y, hasY := b.property(property)
	return hasX == hasY && x == y
}

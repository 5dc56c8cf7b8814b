package registry

import (
	"context"
	"errors"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
)

// Register is POST /subjects/{subject}/versions (registry-api.md 5).
func (r *Registry) Register(ctx context.Context, s Subject, body SchemaBody, normalize, force bool, format string) (Registered, error) {
	if err := r.authorizeSubject(ctx, auth.Write, s); err != nil {
		return Registered{}, err
	}
	if r.opts.Settings.DropRuleSets {
		body.Rules = nil
	}
	if err := body.Rules.validate(); err != nil {
		return Registered{}, err
	}
	if !r.registrable(s) {
		return Registered{}, invalidSubject(s)
	}
	g := newRegistration(r, s, body)
	g.normalize, g.force = normalize, force
	a, err := g.run(ctx)
	if err != nil {
		return Registered{}, err
	}
	if err := r.shapeRegistered(ctx, &a, format); err != nil {
		return Registered{}, err
	}
	return Registered{a}, nil
}

// registration is one registration on its way. What the last decision came to
// stands in answer (nothing to write) or in put.
type registration struct {
	registry *Registry
	subject  Subject
	body     SchemaBody
	// explicit says that the body names a version: a number, or -1.
	explicit         bool
	normalize, force bool
	// tagging says that a tags call asks: it always makes a version.
	tagging bool

	fill filling
	// looked are the contents that were looked for, to go on where an earlier
	// decision stopped.
	looked []*wanted
	judged judgement
	answer *Stored
	put    *PutVersion
}

func newRegistration(r *Registry, s Subject, body SchemaBody) *registration {
	if value(body.Version, 0) == 0 {
		body.Version = nil
	}
	if value(body.ID, 0) < 0 {
		body.ID = nil
	}
	return &registration{registry: r, subject: s, body: body, explicit: body.Version != nil}
}

// run decides and commits.
func (g *registration) run(ctx context.Context) (Stored, error) {
	// The first decision is made off the lane: what is known, or refused,
	// ends here, and what was parsed and compared need not be again.
	s := g.registry.Snapshot()
	switch _, err := g.decide(ctx, s); {
	case err != nil && !g.registry.overtaken(ctx, err, s.Revision()):
		return Stored{}, err
	case err == nil && g.put == nil:
		return *g.answer, nil
	}
	receipt, err := g.registry.commit(ctx, SubjectKey(g.subject), g.decide)
	switch full := (*IDSpaceError)(nil); {
	case errors.As(err, &full):
		return Stored{}, &Error{CodeStore, "Register schema operation failed: no ids are left", err}
	case err != nil:
		return Stored{}, err
	case g.put == nil:
		return *g.answer, nil
	}
	return g.registered(receipt), nil
}

// registered gives the answer to what was committed.
func (g *registration) registered(receipt feed.Receipt) Stored {
	row := &g.put.Schema
	a := Stored{
		Subject: g.subject, Version: g.put.Version.Version, ID: row.ID, GUID: row.GUID, Type: row.Type,
		text: packText(nil, row.Text), References: row.References, Metadata: g.fill.metadata, Rules: g.fill.rules,
	}
	for i := range receipt.Changes {
		if c := &receipt.Changes[i]; c.Kind == KindPutVersion && c.Key == SubjectKey(g.subject) {
			a.ID = int32(c.Number)
		}
	}
	return a
}

// decide goes through the checks of registry-api.md 5.1, from step 7 on.
func (g *registration) decide(ctx context.Context, s *Snapshot) (*plan, error) {
	g.answer, g.put = nil, nil
	r := g.registry
	rules := r.rulesFor(s, g.subject)
	if known, err := g.fast(ctx, s, &rules); known || err != nil {
		return nil, err
	}
	mode := s.modeOf(g.subject)
	if err := g.permitted(mode); err != nil {
		return nil, err
	}
	body, err := g.complete(ctx, s, &rules, mode)
	if err != nil {
		return nil, err
	}
	c, err := g.readNew(ctx, s, body, &rules, mode)
	if err != nil {
		return nil, err
	}
	if err := s.refuseStrong(body, c); err != nil {
		return nil, err
	}
	w := g.looksFor(c, g.fill.metadata, g.fill.rules)
	if known, err := g.known(ctx, s, w, mode); known || err != nil {
		return nil, err
	}
	if !mode.imports() && !g.force {
		if err := g.judge(ctx, s, w, &rules); err != nil {
			return nil, err
		}
	}
	return g.plan(ctx, s, w, mode)
}

// permitted refuses what the mode in scope does not allow (registry-api.md
// 2.4, 11.2).
func (g *registration) permitted(mode Mode) error {
	switch {
	case !mode.writable():
		return readOnly(g.subject)
	case g.body.ID != nil && !mode.imports():
		return notPermitted("Subject %s in context %s is not in import mode", g.subject, g.subject.Context.Qualified())
	case g.body.ID == nil && mode.imports():
		return notPermitted("Subject %s in context %s is not in read-write mode", g.subject, g.subject.Context.Qualified())
	}
	return nil
}

func notPermitted(format string, args ...any) *Error {
	return refuse(CodeNotPermitted, format, args...)
}

func readOnly(s Subject) *Error {
	return notPermitted("Subject %s in context %s is in read-only mode", s, s.Context.Qualified())
}

// refuseStrong refuses references to subjects with a STRONG association
// (registry-api.md 16.4).
func (s *Snapshot) refuseStrong(body SchemaBody, c *canon) error {
	for i, to := range c.direct {
		if s.associations.strong(to.Subject) {
			return notPermitted("Subject '%s' has a strong association and cannot be referenced", *body.References[i].Subject)
		}
	}
	return nil
}

package registry

import (
	"context"
	"slices"
)

// checkTogether goes through the checks over all roles of the resource
// (registry-api.md 16.3, 16.4).
func (a *associating) checkTogether(s *Snapshot, stored []*Association) error {
	if err := a.checkLifecycles(stored); err != nil {
		return err
	}
	for _, m := range a.made {
		if g := m.registration; g != nil && s.modeOf(g.subject).imports() {
			return invalidAssociation("schema", "cannot be provided while subject '%s' is in IMPORT mode", g.subject)
		}
	}
	for _, m := range a.made {
		if m.row == nil {
			continue
		}
		if err := a.checkSubject(s, m); err != nil {
			return err
		}
	}
	return nil
}

// checkLifecycles wants one lifecycle for all roles of a resource.
func (a *associating) checkLifecycles(stored []*Association) error {
	lifecycles := map[string]string{}
	for _, x := range stored {
		lifecycles[x.AssociationType] = x.Lifecycle
	}
	for _, m := range a.made {
		if m.row != nil {
			lifecycles[m.row.AssociationType] = m.row.Lifecycle
		}
	}
	if lifecycles[valueRole] == "" || lifecycles[keyRole] == "" || lifecycles[valueRole] == lifecycles[keyRole] {
		return nil
	}
	return invalidAssociation("lifecycle", "all associations for a resource must have the same lifecycle, but got %s=%s, %s=%s",
		valueRole, lifecycles[valueRole], keyRole, lifecycles[keyRole])
}

// checkSubject looks at the subject of a new association.
func (a *associating) checkSubject(s *Snapshot, m *made) error {
	in := m.row.Subject
	others := s.associations.of(in)
	switch {
	case m.registration == nil && !s.subject(in).has(false):
		return refuse(CodeNoActiveVersion, "No active (non-deleted) version exists for subject '%s'", in)
	case m.row.Lifecycle == Strong && len(others) > 0:
		return associated(in)
	case m.row.Lifecycle == Strong && s.referencedAtAll(in):
		return refuse(CodeReferenced, "One or more references exist to the schema %s.", in)
	case m.row.Lifecycle == Weak && s.associations.strong(in):
		return refuse(CodeStronglyAssociated, "A strong association already exists for subject '%s'", in)
	}
	return nil
}

// referencedAtAll says whether any schema refers to any version of a subject.
func (s *Snapshot) referencedAtAll(in Subject) bool {
	list, _ := s.referrers.Get(in)
	return slices.ContainsFunc(list.items, func(f referrer) bool {
		x := s.space(f.context).content(f.id)
		return x != nil && len(x.holders) > 0
	})
}

// plan registers the schemas, each on what the one before leaves, and stores
// the associations, in one command. A dry run writes nothing.
func (a *associating) plan(ctx context.Context, s *Snapshot) (*plan, error) {
	p := &plan{}
	after := s
	for _, m := range a.made {
		g := m.registration
		if g == nil {
			continue
		}
		registered, err := g.decide(ctx, after)
		if err != nil {
			return nil, err
		}
		if registered != nil {
			after = after.guess(new(line), registered.writes)
			p.writes = append(p.writes, registered.writes...)
			p.keys = append(p.keys, registered.keys...)
		}
	}
	for _, m := range a.made {
		if m.row == nil {
			continue
		}
		if m.row.Lifecycle == Strong && after.referencedAtAll(m.row.Subject) {
			return nil, refuse(CodeReferenced, "One or more references exist to the schema %s.", m.row.Subject)
		}
		p.readScope(m.row.Subject)
		p.read(SubjectKey(m.row.Subject), ReferenceKey(m.row.Subject))
		p.write(PutAssociation{Row: *m.row, After: auditAssociation(*m.row)})
	}
	if a.dryRun || len(p.writes) == 0 {
		return nil, nil
	}
	p.read(AssociationsKey)
	p.touch(AssociationsKey)
	return p, nil
}

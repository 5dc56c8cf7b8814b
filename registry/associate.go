package registry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/weir-registry/weir/auth"
)

// CreateAssociations is POST /associations (registry-api.md 16.3); in is the
// context that qualifies unqualified subjects.
func (r *Registry) CreateAssociations(ctx context.Context, in Context, req AssociationRequest, dryRun bool) (AssociationAnswer, error) {
	return r.associate(ctx, in, req, CreateOp, dryRun)
}

// UpdateAssociations is PUT /associations/resources/{resourceId} (registry-api.md
// 16.3).
func (r *Registry) UpdateAssociations(ctx context.Context, in Context, resourceID string, req AssociationRequest, dryRun bool) (AssociationAnswer, error) {
	if id := value(req.ResourceID, ""); id != "" && id != resourceID {
		if _, err := checkResource(&req, dryRun); err != nil {
			return AssociationAnswer{}, err
		}
		return AssociationAnswer{}, invalidAssociation("resourceId", "Resource ID in the path parameter does not match the resource ID in the request body")
	}
	req.ResourceID = &resourceID
	return r.associate(ctx, in, req, UpsertOp, dryRun)
}

// associating is one request on its way.
type associating struct {
	registry *Registry
	resource resource
	roles    []*role
	op       AssociationOp
	dryRun   bool
	// made are the roles that get an association, with what was registered
	// for them.
	made []*made
}

// made is a role that the command changes.
type made struct {
	role         *role
	row          *Association // nil when only a schema is registered
	registration *registration
}

func (r *Registry) associate(ctx context.Context, in Context, req AssociationRequest, op AssociationOp, dryRun bool) (AssociationAnswer, error) {
	res, err := checkResource(&req, dryRun)
	if err != nil {
		return AssociationAnswer{}, err
	}
	a := &associating{registry: r, resource: res, op: op, dryRun: dryRun}
	for _, b := range req.Associations {
		x, err := r.checkRole(in, res, b, op)
		if err != nil {
			return AssociationAnswer{}, err
		}
		a.roles = append(a.roles, x)
	}
	return a.run(ctx)
}

func (a *associating) run(ctx context.Context) (AssociationAnswer, error) {
	r := a.registry
	for _, x := range a.roles {
		if x.Schema != nil {
			if r.opts.Settings.DropRuleSets {
				schema := *x.Schema
				schema.Rules, x.Schema = nil, &schema
			}
			if err := x.Schema.Rules.validate(); err != nil {
				return AssociationAnswer{}, err
			}
		}
		if err := r.authorizeKind(ctx, auth.Write, "association", x.subject.String()); err != nil {
			return AssociationAnswer{}, err
		}
	}
	answer := AssociationAnswer{ResourceName: a.resource.name, ResourceNamespace: a.resource.namespace, ResourceID: a.resource.id, ResourceType: topic}
	receipt, err := r.commit(ctx, AssociationsKey, a.decide)
	if err != nil || a.dryRun {
		return answer, bareList(err)
	}
	for _, m := range a.made {
		if m.row == nil {
			continue
		}
		shown := AssociatedSubject{Subject: m.row.Subject, AssociationType: m.row.AssociationType, Lifecycle: m.row.Lifecycle, Frozen: m.row.Frozen}
		if g := m.registration; g != nil {
			stored := value(g.answer, Stored{})
			if g.put != nil {
				stored = g.registered(receipt)
			}
			shown.Schema = &stored
		}
		answer.Associations = append(answer.Associations, shown)
	}
	return answer, nil
}

// bareList words an incompatibility as associations do: the list alone.
func bareList(err error) error {
	var refusal *Error
	if errors.As(err, &refusal) && refusal.Code == CodeIncompatible {
		if _, list, ok := strings.Cut(refusal.Message, ", details: "); ok {
			return &Error{CodeIncompatible, list, refusal}
		}
	}
	return err
}

// decide goes through the checks that need the state, in the order of
// registry-api.md 16.3.
func (a *associating) decide(ctx context.Context, s *Snapshot) (*plan, error) {
	a.made = nil
	for _, x := range a.roles {
		if x.given {
			if err := s.checkWritable(x.subject); err != nil {
				return nil, err
			}
		}
	}
	if err := checkOnce(a.roles); err != nil {
		return nil, err
	}
	stored := a.stored(s)
	for _, x := range a.roles {
		m, err := a.change(ctx, s, x, find(stored, x.name))
		if err != nil {
			return nil, err
		}
		if m != nil {
			a.made = append(a.made, m)
		}
	}
	if err := a.checkTogether(s, stored); err != nil {
		return nil, err
	}
	return a.plan(ctx, s)
}

// stored gives the associations of the resource. A dry run without an id looks
// at those of the name and namespace, of the resource that changed last.
func (a *associating) stored(s *Snapshot) []*Association {
	if a.resource.id != "" {
		list, _ := s.associations.byID.Get(a.resource.id)
		return ofType(list, topic)
	}
	list, _ := s.associations.byName.Get(a.resource.name)
	list = slices.DeleteFunc(slices.Clone(list), func(x *Association) bool { return x.ResourceNamespace != a.resource.namespace })
	if len(list) == 0 {
		return nil
	}
	last := slices.MaxFunc(list, func(x, y *Association) int { return int(x.UpdateAt - y.UpdateAt) })
	return slices.DeleteFunc(list, func(x *Association) bool { return x.ResourceID != last.ResourceID })
}

func ofType(list []*Association, t string) []*Association {
	return slices.DeleteFunc(slices.Clone(list), func(x *Association) bool { return x.ResourceType != t })
}

// find gives the association of a role, nil when there is none.
func find(list []*Association, role string) *Association {
	for _, x := range list {
		if x.AssociationType == role {
			return x
		}
	}
	return nil
}

// change decides what becomes of one role, nil when nothing does.
func (a *associating) change(ctx context.Context, s *Snapshot, x *role, stored *Association) (*made, error) {
	if stored != nil && stored.Lifecycle == Strong && x.given && x.subject != stored.Subject {
		return nil, invalidAssociation("subject", "frozen associations must use subject '%s'", stored.Subject)
	}
	switch {
	case stored == nil && a.op == CreateOp:
		return a.create(ctx, s, x)
	case stored == nil:
		return a.add(s, x)
	case a.op == CreateOp:
		return nil, a.sameAs(ctx, s, x, stored)
	}
	return a.update(x, stored)
}

// create is POST of a role that is not stored.
func (a *associating) create(ctx context.Context, s *Snapshot, x *role) (*made, error) {
	if x.lifecycle == Strong && !s.modeOf(x.subject).imports() {
		if x.Schema == nil {
			return nil, invalidAssociation("schema", "schema must be provided when creating a frozen association")
		}
		if fresh, err := a.fresh(ctx, s, x); err != nil {
			return nil, err
		} else if !fresh {
			return nil, invalidAssociation("frozen", "cannot create a frozen association when schemas already exist in the subject")
		}
	}
	return a.newRow(x)
}

// fresh says whether the subject has nothing live, or only this very schema as
// its version 1.
func (a *associating) fresh(ctx context.Context, s *Snapshot, x *role) (bool, error) {
	sub := s.subject(x.subject)
	if !sub.has(false) {
		return true, nil
	}
	if latest, _ := sub.latest(); sub.live > 1 || latest.number != 1 {
		return false, nil
	}
	return a.holds(ctx, s, x.subject, x)
}

// holds says whether the subject has the schema of an entry.
func (a *associating) holds(ctx context.Context, s *Snapshot, in Subject, x *role) (bool, error) {
	if err := a.registry.knownType(x.Schema.Type); err != nil {
		return false, err
	}
	m, err := a.registry.lookUp(ctx, s, in, *x.Schema, value(x.Normalize, false), false)
	return m != nil, err
}

// add is PUT of a role that is not stored.
func (a *associating) add(s *Snapshot, x *role) (*made, error) {
	if x.Schema != nil {
		return nil, invalidAssociation("schema", "cannot be provided when adding an association to an existing topic; an association with a schema must be created with the topic")
	}
	if x.lifecycle == "" {
		x.lifecycle = Weak
	}
	if err := x.checkFrozen(); err != nil {
		return nil, err
	}
	if err := x.takeSubject(); err != nil {
		return nil, err
	}
	if x.lifecycle == Strong && !s.modeOf(x.subject).imports() {
		return nil, invalidAssociation("lifecycle", "cannot be STRONG when creating an association; STRONG associations must be created with the topic")
	}
	return a.newRow(x)
}

// newRow makes the association of a role.
func (a *associating) newRow(x *role) (*made, error) {
	var b [16]byte
	if _, err := io.ReadFull(a.registry.opts.Random, b[:]); err != nil {
		return nil, fmt.Errorf("make a GUID: %w", err)
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	now := a.registry.now()
	row := &Association{
		GUID: GUID(b).String(), Subject: x.subject, ResourceName: a.resource.name, ResourceNamespace: a.resource.namespace,
		ResourceID: a.resource.id, ResourceType: topic, AssociationType: x.name, Lifecycle: x.lifecycle,
		Frozen: frozenByDefault(x.lifecycle), CreateAt: now, UpdateAt: now,
	}
	return &made{role: x, row: row, registration: a.registration(x, x.subject)}, nil
}

// registration is that of the schema of an entry, nil without one.
func (a *associating) registration(x *role, in Subject) *registration {
	if x.Schema == nil {
		return nil
	}
	g := newRegistration(a.registry, in, *x.Schema)
	g.normalize = value(x.Normalize, false)
	return g
}

// sameAs refuses a POST of a role that is stored otherwise.
func (a *associating) sameAs(ctx context.Context, s *Snapshot, x *role, stored *Association) error {
	same := x.subject == stored.Subject && x.lifecycle == stored.Lifecycle && value(x.frozen, stored.Frozen) == stored.Frozen
	if same && x.Schema != nil {
		var err error
		if same, err = a.holds(ctx, s, stored.Subject, x); err != nil {
			return err
		}
	}
	if !same {
		return refuse(CodeRoleTaken, "An association of type '%s' already exists for resource '%s'", x.name, a.resource.name)
	}
	return nil
}

// update is PUT of a role that is stored (registry-api.md 16.3, last table).
func (a *associating) update(x *role, stored *Association) (*made, error) {
	next := role{lifecycle: x.lifecycle, frozen: x.frozen}
	if next.lifecycle == "" {
		next.lifecycle = stored.Lifecycle
	}
	if next.frozen == nil {
		next.frozen = &stored.Frozen
	}
	subject := stored.Subject
	if x.given {
		subject = x.subject
	}
	if next.lifecycle == Weak && subject == x.own {
		return nil, invalidAssociation("subject", "WEAK associations cannot use subject '%s'", x.own)
	}
	if err := next.checkFrozen(); err != nil {
		return nil, err
	}
	switch {
	case *next.frozen != stored.Frozen:
		return nil, invalidAssociation("frozen", "frozen attribute of association cannot be changed")
	case x.Schema != nil && next.lifecycle == Weak:
		return nil, invalidAssociation("lifecycle", "cannot be WEAK when schema is provided")
	case subject != stored.Subject && x.lifecycle == "" && x.Schema == nil:
		return nil, invalidAssociation("lifecycle", "at least lifecycle or schema must be provided for update")
	case subject != stored.Subject:
		return nil, invalidAssociation("subject", "subject of association cannot be changed from '%s' to '%s'", stored.Subject, subject)
	case x.Schema == nil:
		return nil, nil
	}
	return &made{role: x, registration: a.registration(x, stored.Subject)}, nil
}

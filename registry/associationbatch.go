package registry

import (
	"context"
	"errors"
	"slices"

	"github.com/weir-registry/weir/auth"
)

// noRequests refuses an empty batch.
func noRequests() error { return invalidAssociation("requests", "cannot be null or empty") }

// BatchGet is POST /associations:batchGet (registry-api.md 16.1).
func (r *Registry) BatchGet(ctx context.Context, queries []AssociationQuery, includeSchemas bool) ([]BatchResult, error) {
	if len(queries) == 0 {
		return nil, noRequests()
	}
	if err := r.authorizeKind(ctx, auth.Read, "association", ""); err != nil {
		return nil, err
	}
	s := r.Snapshot()
	results := make([]BatchResult, len(queries))
	for i, q := range queries {
		answer, err := s.batchGet(q, includeSchemas)
		results[i] = BatchResult{Answer: answer, Error: err}
	}
	return results, nil
}

func (s *Snapshot) batchGet(q AssociationQuery, includeSchemas bool) (*AssociationAnswer, error) {
	answer := &AssociationAnswer{
		ResourceName: value(q.ResourceName, ""), ResourceNamespace: value(q.ResourceNamespace, ""),
		ResourceID: value(q.ResourceID, ""), ResourceType: value(q.ResourceType, ""),
	}
	if answer.ResourceType == "" {
		answer.ResourceType = topic
	}
	key := ResourceKey{ID: answer.ResourceID}
	switch {
	case answer.ResourceID != "":
	case answer.ResourceName == "":
		return nil, refuse(CodeInvalidAssociation, "Error while getting associations: property: resourceId; detail: either resourceId or resourceName must be specified")
	case answer.ResourceNamespace == "":
		return nil, refuse(CodeInvalidAssociation, "Error while getting associations: property: resourceNamespace; detail: resourceNamespace is required when resourceName is specified")
	case answer.ResourceName == "-":
		return answer, nil
	default:
		key = ResourceKey{Name: answer.ResourceName, Namespace: answer.ResourceNamespace}
	}
	filter := AssociationFilter{ResourceType: answer.ResourceType, Types: q.AssociationTypes, Lifecycle: value(q.Lifecycle, ""), Page: Page{Limit: -1}}
	if len(filter.Types) == 0 {
		filter.Types = nil
	}
	found := filter.apply(s.associations.about(key))
	if len(found) == 0 {
		return answer, nil
	}
	for _, x := range found {
		if x.ResourceID != found[0].ResourceID || differs(answer.ResourceName, x.ResourceName) || differs(answer.ResourceNamespace, x.ResourceNamespace) {
			return nil, refuse(CodeInvalidAssociation, "Error while getting associations: All associations must have the same resourceName, resourceNamespace, resourceId, and resourceType.")
		}
	}
	answer.ResourceName, answer.ResourceNamespace, answer.ResourceID = found[0].ResourceName, found[0].ResourceNamespace, found[0].ResourceID
	answer.Associations = s.associated(found, func(in Subject) *Stored {
		if !includeSchemas {
			return nil
		}
		latest, ok := s.subject(in).latest()
		if !ok {
			return nil
		}
		a := answerOf(s, in, latest)
		return &a
	})
	return answer, nil
}

// differs says whether a value was asked for and is another one.
func differs(asked, found string) bool { return asked != "" && asked != found }

// answerOf gives a version as answers show it.
func answerOf(s *Snapshot, in Subject, v *version) Stored {
	return answer(in, v, s.space(in.Context).content(v.id))
}

// associated gives associations in the form of answers.
func (s *Snapshot) associated(list []Association, schemaOf func(Subject) *Stored) []AssociatedSubject {
	var shown []AssociatedSubject
	for _, x := range list {
		shown = append(shown, AssociatedSubject{
			Subject: x.Subject, AssociationType: x.AssociationType, Lifecycle: x.Lifecycle, Frozen: x.Frozen, Schema: schemaOf(x.Subject),
		})
	}
	return shown
}

// BatchMutate is POST /associations:batchMutate (registry-api.md 16.1): one
// result for each request, whatever became of the others.
func (r *Registry) BatchMutate(ctx context.Context, in Context, mutations []BatchMutation, dryRun bool) ([]BatchResult, error) {
	if len(mutations) == 0 {
		return nil, noRequests()
	}
	results := make([]BatchResult, len(mutations))
	for i := range mutations {
		m := &mutations[i]
		if m.Failed != nil {
			results[i].Error = m.Failed
			continue
		}
		answer, err := r.mutate(ctx, in, &m.AssociationRequest, dryRun)
		if err != nil {
			results[i].Error = inBatch(err)
			continue
		}
		results[i].Answer = answer
	}
	return results, ctx.Err()
}

// inBatch words the errors that batchMutate words otherwise.
func inBatch(err error) error {
	var refusal *Error
	if errors.As(err, &refusal) && refusal.Code == CodeInvalidSchema {
		return &Error{CodeInvalidAssociation, refusal.Message, refusal}
	}
	return err
}

// mutate does the operations of one request, in order; those before one that
// fails stay done.
func (r *Registry) mutate(ctx context.Context, in Context, req *AssociationRequest, dryRun bool) (*AssociationAnswer, error) {
	res, err := checkResource(req, dryRun)
	if err != nil {
		return nil, err
	}
	var roles []*role
	for _, b := range req.Associations {
		op := CreateOp
		if b != nil {
			op = b.Op
		}
		x, err := r.checkRole(in, res, b, op)
		if err != nil {
			return nil, err
		}
		roles = append(roles, x)
	}
	if err := checkOnce(roles); err != nil {
		return nil, err
	}
	answer := &AssociationAnswer{ResourceName: res.name, ResourceNamespace: res.namespace, ResourceID: res.id, ResourceType: topic}
	schemas := map[Subject]*Stored{}
	for _, x := range roles {
		if x.Op == DeleteOp {
			err = r.deleteRole(ctx, res, x, dryRun)
		} else {
			err = r.mutateRole(ctx, res, x, dryRun, schemas)
		}
		if err != nil {
			return nil, err
		}
	}
	if dryRun {
		return answer, nil
	}
	s := r.Snapshot()
	list, _ := s.associations.byID.Get(res.id)
	stored := AssociationFilter{ResourceType: topic, Page: Page{Limit: -1}}.apply(list)
	answer.Associations = s.associated(stored, func(in Subject) *Stored { return schemas[in] })
	return answer, nil
}

// mutateRole creates or changes one role, and keeps what was registered.
func (r *Registry) mutateRole(ctx context.Context, res resource, x *role, dryRun bool, schemas map[Subject]*Stored) error {
	a := &associating{registry: r, resource: res, roles: []*role{x}, op: x.Op, dryRun: dryRun}
	answer, err := a.run(ctx)
	for _, shown := range answer.Associations {
		if shown.Schema != nil {
			schemas[shown.Subject] = shown.Schema
		}
	}
	return err
}

// deleteRole takes one role away; one that is not there is no error.
func (r *Registry) deleteRole(ctx context.Context, res resource, x *role, dryRun bool) error {
	if err := r.authorizeKind(ctx, auth.Delete, "association", res.id); err != nil {
		return err
	}
	_, err := r.commit(ctx, AssociationsKey, func(_ context.Context, s *Snapshot) (*plan, error) {
		list, _ := s.associations.byID.Get(res.id)
		list = slices.DeleteFunc(slices.Clone(list), func(y *Association) bool { return y.ResourceType != topic || y.AssociationType != x.name })
		if len(list) == 0 {
			return nil, nil
		}
		p, err := s.planRelease(list, x.CascadeLifecycle)
		if err != nil || dryRun {
			return nil, err
		}
		return p, nil
	})
	return err
}

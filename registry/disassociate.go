package registry

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
)

// DeleteAssociations is DELETE /associations/resources/{resourceId}
// (registry-api.md 16.4).
func (r *Registry) DeleteAssociations(ctx context.Context, d AssociationDeletion) error {
	if err := r.authorizeKind(ctx, auth.Delete, "association", d.ResourceID); err != nil {
		return err
	}
	_, err := r.commit(ctx, AssociationsKey, func(_ context.Context, s *Snapshot) (*plan, error) {
		list, _ := s.associations.byID.Get(d.ResourceID)
		list = slices.DeleteFunc(slices.Clone(list), func(x *Association) bool {
			return d.ResourceType != "" && x.ResourceType != d.ResourceType || len(d.Types) > 0 && !slices.Contains(d.Types, x.AssociationType)
		})
		if len(list) == 0 {
			return nil, refuse(CodeAssociationNotFound, "Association for '%s' not found.", d.ResourceID)
		}
		p, err := s.planRelease(list, d.CascadeLifecycle)
		if err != nil || d.DryRun {
			return nil, err
		}
		return p, nil
	})
	return err
}

// planRelease takes associations away. cascade takes the subjects of STRONG
// ones along, but not in IMPORT.
func (s *Snapshot) planRelease(list []*Association, cascade bool) (*plan, error) {
	p := &plan{}
	for _, x := range list {
		if err := s.checkWritable(x.Subject); err != nil {
			return nil, err
		}
	}
	for _, x := range list {
		if x.Frozen && !cascade {
			return nil, refuse(CodeFrozen, "The association of type  '%s' is frozen for subject '%s'", x.AssociationType, x.Subject)
		}
		p.readScope(x.Subject)
		p.write(DeleteAssociation{GUID: x.GUID, Before: auditAssociation(*x)})
		if sub := s.subject(x.Subject); cascade && x.Lifecycle == Strong && sub != nil && !s.modeOf(x.Subject).imports() {
			writes, err := s.purge(x.Subject)
			if err != nil {
				return nil, err
			}
			p.writes = append(p.writes, writes...)
			p.read(ReferenceKey(x.Subject))
		}
	}
	p.read(AssociationsKey)
	p.touch(AssociationsKey)
	return p, nil
}

// purge removes a subject for good, whatever lives.
func (s *Snapshot) purge(name Subject) ([]feed.Write, error) {
	var numbers []int32
	for _, v := range s.subject(name).versions.items {
		for c, x := range s.referrersOf(name, v.number, true) {
			if x.heldOutside(name, c, true) {
				return nil, referencedVersion(name, v.number)
			}
		}
		numbers = append(numbers, v.number)
	}
	return s.planDeletion(name, numbers, true).writes, nil
}

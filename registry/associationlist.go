package registry

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/auth"
)

// AssociationsBySubject is GET /associations/subjects/{subject}
// (registry-api.md 16.1).
func (r *Registry) AssociationsBySubject(ctx context.Context, name Subject, f AssociationFilter) ([]Association, error) {
	if err := r.authorizeKind(ctx, auth.Read, "association", name.String()); err != nil {
		return nil, err
	}
	return f.apply(r.Snapshot().associations.of(name)), nil
}

// AssociationsByResource is GET /associations/resources/... (registry-api.md
// 16.1).
func (r *Registry) AssociationsByResource(ctx context.Context, k ResourceKey, f AssociationFilter) ([]Association, error) {
	if err := r.authorizeKind(ctx, auth.Read, "association", k.ID+k.Name); err != nil {
		return nil, err
	}
	return f.apply(r.Snapshot().associations.about(k)), nil
}

// about gives the associations of a resource.
func (x *associations) about(k ResourceKey) []*Association {
	const any = "-"
	if k.Name == "" {
		list, _ := x.byID.Get(k.ID)
		return list
	}
	var list []*Association
	if k.Name != any {
		list, _ = x.byName.Get(k.Name)
	} else {
		x.byGUID.All(func(_ string, a *Association) bool { list = append(list, a); return true })
		slices.SortFunc(list, compareAssociations)
	}
	if k.Namespace == any {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(a *Association) bool { return a.ResourceNamespace != k.Namespace })
}

// apply gives the associations that pass, sorted.
func (f AssociationFilter) apply(list []*Association) []Association {
	var found []Association
	for _, x := range list {
		if (f.ResourceType == "" || x.ResourceType == f.ResourceType) && (f.Types == nil || slices.Contains(f.Types, x.AssociationType)) &&
			(f.Lifecycle == "" || x.Lifecycle == f.Lifecycle) {
			found = append(found, *x)
		}
	}
	slices.SortFunc(found, func(a, b Association) int { return compareAssociations(&a, &b) })
	return cut(found, f.Page)
}

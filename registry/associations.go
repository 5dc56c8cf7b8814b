package registry

import (
	"cmp"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry/tree"
)

// associations are all associations, found by GUID, by subject, by resource id
// and by resource name. They are few: one or two for a topic.
type associations struct {
	byGUID    tree.Map[string, *Association]
	bySubject tree.Map[Subject, []*Association]
	byID      tree.Map[string, []*Association]
	byName    tree.Map[string, []*Association]
}

func newAssociations() associations {
	return associations{
		byGUID:    tree.New[string, *Association](strings.Compare),
		bySubject: tree.New[Subject, []*Association](compareSubjects),
		byID:      tree.New[string, []*Association](strings.Compare),
		byName:    tree.New[string, []*Association](strings.Compare),
	}
}

// compareAssociations is the order of lists: by name, namespace, type, role,
// subject (registry-api.md 16.1).
func compareAssociations(a, b *Association) int {
	return cmp.Or(
		strings.Compare(a.ResourceName, b.ResourceName),
		strings.Compare(a.ResourceNamespace, b.ResourceNamespace),
		strings.Compare(a.ResourceType, b.ResourceType),
		strings.Compare(a.AssociationType, b.AssociationType),
		strings.Compare(a.Subject.String(), b.Subject.String()),
		strings.Compare(a.GUID, b.GUID),
	)
}

func (e *edit) putAssociation(row AssociationRow) {
	e.removeAssociation(row.GUID)
	x := &e.snapshot.associations
	a := &row
	x.byGUID.Put(e.owner, a.GUID, a)
	addTo(e.owner, &x.bySubject, a.Subject, a)
	addTo(e.owner, &x.byID, a.ResourceID, a)
	addTo(e.owner, &x.byName, a.ResourceName, a)
}

func (e *edit) removeAssociation(guid string) {
	x := &e.snapshot.associations
	a, ok := x.byGUID.Get(guid)
	if !ok {
		return
	}
	x.byGUID.Remove(e.owner, guid)
	takeFrom(e.owner, &x.bySubject, a.Subject, a)
	takeFrom(e.owner, &x.byID, a.ResourceID, a)
	takeFrom(e.owner, &x.byName, a.ResourceName, a)
}

func addTo[K any](o *tree.Owner, t *tree.Map[K, []*Association], key K, a *Association) {
	list, _ := t.Get(key)
	i, _ := slices.BinarySearchFunc(list, a, compareAssociations)
	t.Put(o, key, slices.Insert(slices.Clone(list), i, a))
}

func takeFrom[K any](o *tree.Owner, t *tree.Map[K, []*Association], key K, a *Association) {
	list, _ := t.Get(key)
	list = slices.DeleteFunc(slices.Clone(list), func(b *Association) bool { return a.GUID == b.GUID })
	if len(list) == 0 {
		t.Remove(o, key)
	} else {
		t.Put(o, key, list)
	}
}

// of gives the associations of a subject.
func (x *associations) of(s Subject) []*Association {
	list, _ := x.bySubject.Get(s)
	return list
}

// strong says whether a subject has a STRONG association.
func (x *associations) strong(s Subject) bool {
	return slices.ContainsFunc(x.of(s), func(a *Association) bool { return a.Lifecycle == Strong })
}

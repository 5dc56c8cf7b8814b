package transfer

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/registry/remote"
)

// missingAssociations are those that the target lacks or has otherwise.
func (t *transfer) missingAssociations() []remote.Association {
	there := make(map[remote.Association]bool, len(t.target.associations))
	for _, a := range t.target.associations {
		there[a] = true
	}
	var list []remote.Association
	for _, a := range t.source.associations {
		if !there[a] {
			list = append(list, a)
		}
	}
	return list
}

// writeAssociations comes after the versions, without which no subject takes an
// association, and before the configs, whose aliases would lead elsewhere.
func (t *transfer) writeAssociations(ctx context.Context) error {
	missing := t.missingAssociations()
	subjects := make([]versionKey, len(missing))
	for i, a := range missing {
		subjects[i].subject = a.Subject
	}
	if err := t.startImporting(ctx, subjects); err != nil {
		return err
	}
	if err := t.unalias(ctx, subjects); err != nil {
		return err
	}
	for _, a := range missing {
		if err := t.To.PutAssociation(ctx, a); err != nil {
			if err := t.passOver(fmt.Errorf("%s: %w", association(a), err)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *transfer) compareAssociations() {
	for _, a := range t.missingAssociations() {
		t.differs("%s is missing or another", association(a))
	}
}

// association names one in a message.
func association(a remote.Association) string {
	return fmt.Sprintf("association of %s %q in %q with %q as its %s", a.ResourceType, a.ResourceName, a.ResourceNamespace, a.Subject, a.AssociationType)
}

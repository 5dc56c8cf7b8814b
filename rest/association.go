package rest

import (
	"github.com/weir-registry/weir/registry"
)

// appendAssociation appends an Association of a list (registry-api.md 16.2).
func appendAssociation(b []byte, a registry.Association) []byte {
	b = append(b, `{"subject":`...)
	b = appendSubject(b, a.Subject)
	first := false
	b = appendNonEmpty(b, "guid", a.GUID, &first)
	b = appendNonEmpty(b, "resourceName", a.ResourceName, &first)
	b = appendNonEmpty(b, "resourceNamespace", a.ResourceNamespace, &first)
	b = appendNonEmpty(b, "resourceId", a.ResourceID, &first)
	b = appendNonEmpty(b, "resourceType", a.ResourceType, &first)
	b = appendNonEmpty(b, "associationType", a.AssociationType, &first)
	b = appendLifecycle(b, a.Lifecycle, a.Frozen, &first)
	b = appendInt(appendName(b, "createTs", &first), a.CreateAt/1000)
	b = appendInt(appendName(b, "updateTs", &first), a.UpdateAt/1000)
	return append(b, '}')
}

// appendLifecycle appends the lifecycle, and frozen where it is not what the
// lifecycle implies.
func appendLifecycle(b []byte, lifecycle string, frozen bool, first *bool) []byte {
	b = appendNonEmpty(b, "lifecycle", lifecycle, first)
	if frozen != (lifecycle == registry.Strong) {
		b = appendBool(appendName(b, "frozen", first), frozen)
	}
	return b
}

// appendAssociationAnswer appends an AssociationResponse.
func appendAssociationAnswer(b []byte, a *registry.AssociationAnswer) []byte {
	b = append(b, '{')
	first := true
	b = appendNonEmpty(b, "resourceName", a.ResourceName, &first)
	b = appendNonEmpty(b, "resourceNamespace", a.ResourceNamespace, &first)
	b = appendNonEmpty(b, "resourceId", a.ResourceID, &first)
	b = appendNonEmpty(b, "resourceType", a.ResourceType, &first)
	if a.Associations != nil {
		b = appendList(appendName(b, "associations", &first), a.Associations, appendAssociatedSubject)
	}
	return append(b, '}')
}

func appendAssociatedSubject(b []byte, a registry.AssociatedSubject) []byte {
	b = append(b, `{"subject":`...)
	b = appendSubject(b, a.Subject)
	first := false
	b = appendNonEmpty(b, "associationType", a.AssociationType, &first)
	b = appendLifecycle(b, a.Lifecycle, a.Frozen, &first)
	if a.Schema != nil {
		b = appendSchema(appendName(b, "schema", &first), a.Schema)
	}
	return append(b, '}')
}

// appendBatchResults appends the answer of a batch: each result, or its error.
func (s *Server) appendBatchResults(b []byte, results []registry.BatchResult) []byte {
	b = append(b, `{"results":`...)
	b = appendList(b, results, func(b []byte, r registry.BatchResult) []byte {
		if r.Error == nil && r.Answer != nil {
			b = append(b, `{"result":`...)
			b = appendAssociationAnswer(b, r.Answer)
			return append(b, '}')
		}
		refused, _ := s.refusalOf(r.Error)
		b = append(b, `{"error":`...)
		b = appendRefusal(b, refused)
		return append(b, '}')
	})
	return append(b, '}')
}

// appendRefusal appends the body of an error (registry-api.md 2.1).
func appendRefusal(b []byte, r *refusal) []byte {
	b = append(b, `{"error_code":`...)
	b = appendInt(b, r.code)
	b = append(b, `,"message":`...)
	b = appendText(b, r.message)
	return append(b, '}')
}

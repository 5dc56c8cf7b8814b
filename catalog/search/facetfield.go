package search

// FacetField is what hits are filtered and counted by (catalog-api.md section
// 10, FacetField).
type FacetField string

// The facets. HAS_DESCRIPTION and HAS_OWNER have the values "true" and "false".
const (
	FacetKind           FacetField = "KIND"
	FacetContext        FacetField = "CONTEXT"
	FacetCluster        FacetField = "CLUSTER"
	FacetFormat         FacetField = "FORMAT"
	FacetDomain         FacetField = "DOMAIN"
	FacetOwner          FacetField = "OWNER"
	FacetTag            FacetField = "TAG"
	FacetTerm           FacetField = "TERM"
	FacetCompatibility  FacetField = "COMPATIBILITY"
	FacetStatus         FacetField = "STATUS"
	FacetHasDescription FacetField = "HAS_DESCRIPTION"
	FacetHasOwner       FacetField = "HAS_OWNER"
	// FacetLastSeen has the values of SeenRange.
	FacetLastSeen FacetField = "LAST_SEEN"
)

// facetFields numbers the facets; those before ownFacets come from the entity
// unless a member has its own.
var facetFields = [...]FacetField{
	FacetContext, FacetCluster, FacetFormat, FacetDomain, FacetOwner, FacetCompatibility, FacetStatus, FacetHasOwner,
	FacetKind, FacetTag, FacetTerm, FacetHasDescription,
	FacetLastSeen,
}

const (
	facetContext = iota
	facetCluster
	facetFormat
	facetDomain
	facetOwner
	facetCompatibility
	facetStatus
	facetHasOwner
	facetKind
	facetTag
	facetTerm
	facetHasDescription
	facetLastSeen // in no set: it changes with the clock

	ownFacets = facetKind
)

func facetNumber(f FacetField) (uint8, bool) {
	for i, name := range facetFields {
		if name == f {
			return uint8(i), true
		}
	}
	return 0, false
}

func yesNo(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

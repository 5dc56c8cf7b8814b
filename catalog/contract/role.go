package contract

import (
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// roleName is how a role of the catalog is called in a contract.
func roleName(r catalog.OwnerRole) string {
	switch r {
	case catalog.Steward:
		return "steward"
	case catalog.Contact:
		return "contact"
	case catalog.OnCall:
		return "on call"
	}
	return "owner"
}

// roleOf reads the role of a member, which ODCS leaves to people; no is a
// member of the team without a role of his own.
func roleOf(text string) (role catalog.OwnerRole, ok bool) {
	words := strings.ToLower(text)
	switch {
	case strings.Contains(words, "steward"):
		return catalog.Steward, true
	case strings.Contains(words, "owner"):
		return catalog.Owner, true
	case strings.Contains(words, "call"):
		return catalog.OnCall, true
	case strings.Contains(words, "contact"), strings.Contains(words, "support"):
		return catalog.Contact, true
	}
	return "", false
}

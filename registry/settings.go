package registry

import (
	"github.com/weir-registry/weir/compat"
)

// Settings are the server settings with an effect on the rules
// (registry-api.md 23). DefaultSettings gives the wire's defaults.
type Settings struct {
	CompatibilityLevel      compat.Level
	ValidateFields          bool
	ValidateNewSchemas      bool
	RejectEmptySubject      bool
	ReferenceVersionsStrict bool
	ModeMutability          bool
	AssociationsEnabled     bool
	// DropRuleSets drops rule sets as the community server does (13.3).
	DropRuleSets bool
	// MaxTextBytes bounds one schema text (42209); 0 means schema.MaxTextBytes.
	MaxTextBytes int
}

// DefaultSettings are the wire's defaults.
func DefaultSettings() Settings {
	return Settings{CompatibilityLevel: compat.Backward, ValidateNewSchemas: true, ModeMutability: true, AssociationsEnabled: true}
}

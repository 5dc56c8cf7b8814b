package registry

import (
	"log/slog"
	"time"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/schema"
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

// Options are what a Registry is made of.
type Options struct {
	Store    Store
	Log      feed.Log
	Formats  schema.Formats
	Auth     auth.Authorizer
	Settings Settings
	Now      func() time.Time
	Logger   *slog.Logger
}

// Registry is the registry of one node.
type Registry struct{ opts Options }

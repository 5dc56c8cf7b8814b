package registry

// SubjectFilter chooses subjects (registry-api.md 6.1).
type SubjectFilter struct {
	Prefix      string // as sent; ":*:" when absent
	Deleted     bool
	DeletedOnly bool
	Page        Page
}

// VersionFilter chooses versions (registry-api.md 6.2).
type VersionFilter struct {
	Deleted, DeletedOnly, DeletedAsNegative bool
	Page                                    Page
}

// SchemaFilter chooses schemas (registry-api.md 7.1).
type SchemaFilter struct {
	Prefix           string
	Aliases          bool
	Deleted          bool
	LatestOnly       bool
	RuleType         string
	ByAssociation    bool // any of the three association filters was given
	ResourceType     string
	AssociationTypes []string
	Lifecycles       []string
	Page             Page
}

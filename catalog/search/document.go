package search

// Kind is the kind of an entity, in the words of catalog-api.md section 10
// (EntityKind): SUBJECT, TOPIC, TAG …
type Kind string

// The kinds that members have.
const (
	Field  Kind = "FIELD"
	Record Kind = "RECORD"
)

// Ref names an entity. ID is unique among the entities of its kind and says
// nothing to this package; rights are asked by Ref.
type Ref struct {
	Kind Kind
	ID   string
}

// Document is an entity as search knows it.
type Document struct {
	Ref
	Name string
	// Path holds further names that find the entity as its name does: its
	// namespace, its synonyms.
	Path        string
	Description string
	Attributes
	Context, Cluster, Format, Compatibility string
	// Uses is how often the entity is used: the more used stands first.
	Uses uint32
	// LastSeen is when the entity was last seen, in microseconds since the epoch
	// and kept to the second; 0 for what is not seen, such as a tag.
	LastSeen int64
	// Members are the entity's logical fields and its records. No two have the
	// same Kind, Path and Name.
	Members []Member
}

// Attributes are what people attach to an entity or to a field.
type Attributes struct {
	Tags, Terms, Owners, Domains []string
	Status                       string
}

// Member is a part of an entity that is found by itself and shown under its
// entity: a logical field of a subject. It has the context, cluster, format,
// compatibility, uses and time last seen of its entity, and its owners, domains and status
// where it has none of its own.
type Member struct {
	Kind Kind
	Name string
	// Path is where the member stands: the full name of a field's record. Path,
	// a point and Name are the runtime name (catalog-api.md section 9).
	Path        string
	Type        string
	Description string
	Attributes
}

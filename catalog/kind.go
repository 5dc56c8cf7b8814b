package catalog

// Kind is the kind of an entity, in the words of catalog-api.md section 10
// (EntityKind).
type Kind string

// The kinds that come from the registry. They are derived.
const (
	KindContext       Kind = "CONTEXT"
	KindSubject       Kind = "SUBJECT"
	KindSchemaVersion Kind = "SCHEMA_VERSION"
	KindSchema        Kind = "SCHEMA"
	KindRecord        Kind = "RECORD"
	KindField         Kind = "FIELD"
	KindCluster       Kind = "CLUSTER"
	KindTopic         Kind = "TOPIC"
)

// The kinds that people make. KindPerson is no EntityKind on the wire: a person
// is a Node only.
const (
	KindTag              Kind = "TAG"
	KindBusinessMetadata Kind = "BUSINESS_METADATA"
	KindTerm             Kind = "TERM"
	KindDomain           Kind = "DOMAIN"
	KindDataProduct      Kind = "DATA_PRODUCT"
	KindTeam             Kind = "TEAM"
	KindPerson           Kind = "PERSON"
	KindContract         Kind = "CONTRACT"
)

// Status is where an entity is in its life.
type Status string

// An entity that is gone but for what people said of it is ORPHANED: it waits,
// and reattaches when the thing comes back.
const (
	Active      Status = "ACTIVE"
	Deprecated  Status = "DEPRECATED"
	SoftDeleted Status = "SOFT_DELETED"
	Orphaned    Status = "ORPHANED"
)

// Source says where a value comes from.
type Source string

// SCHEMA, INLINE and CONTRACT values come from a schema's text, its inline
// tags and the metadata of its data contract, and are changed by registering a
// new version only. APPLIED is what people and API clients say, DECLARED what a
// named set of documents says (weir apply), IMPORTED what another catalog said.
// INFERRED is what a name suggests (TopicLink).
const (
	FromSchema   Source = "SCHEMA"
	FromInline   Source = "INLINE"
	FromContract Source = "CONTRACT"
	Applied      Source = "APPLIED"
	Declared     Source = "DECLARED"
	Imported     Source = "IMPORTED"
	Inferred     Source = "INFERRED"
)

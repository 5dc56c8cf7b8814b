package diff

// Kind is the kind of a change.
type Kind string

// The kinds. An ADDED is a REMOVED in the mirror, the others are themselves.
const (
	// RecordAdded is about a named type: a record, message, enum, fixed type,
	// or a definition of a JSON Schema.
	RecordAdded   Kind = "RECORD_ADDED"
	RecordRemoved Kind = "RECORD_REMOVED"
	RecordRenamed Kind = "RECORD_RENAMED"
	FieldAdded    Kind = "FIELD_ADDED"
	FieldRemoved  Kind = "FIELD_REMOVED"
	// FieldRenamed: one name became another, known by an alias (Avro) or by the
	// number (Protobuf).
	FieldRenamed Kind = "FIELD_RENAMED"
	// FieldMoved: into a oneof, out of one, or from one to another.
	FieldMoved    Kind = "FIELD_MOVED"
	SymbolAdded   Kind = "SYMBOL_ADDED"
	SymbolRemoved Kind = "SYMBOL_REMOVED"
	SymbolRenamed Kind = "SYMBOL_RENAMED"
	OneofAdded    Kind = "ONEOF_ADDED"
	OneofRemoved  Kind = "ONEOF_REMOVED"
	// ServiceAdded and MethodAdded are about the services of a Protobuf file.
	ServiceAdded   Kind = "SERVICE_ADDED"
	ServiceRemoved Kind = "SERVICE_REMOVED"
	MethodAdded    Kind = "METHOD_ADDED"
	MethodRemoved  Kind = "METHOD_REMOVED"
	// BranchAdded is about the branches of anyOf, oneOf and allOf.
	BranchAdded   Kind = "BRANCH_ADDED"
	BranchRemoved Kind = "BRANCH_REMOVED"

	TypeChanged Kind = "TYPE_CHANGED"
	// NamespaceChanged is about the package of a Protobuf file.
	NamespaceChanged Kind = "NAMESPACE_CHANGED"
	DefaultChanged   Kind = "DEFAULT_CHANGED"
	RequiredChanged  Kind = "REQUIRED_CHANGED"
	NumberChanged    Kind = "NUMBER_CHANGED"
	AliasesChanged   Kind = "ALIASES_CHANGED"
	// OrderChanged: the same parts stand in another order, where order has a
	// meaning.
	OrderChanged Kind = "ORDER_CHANGED"
	DocChanged   Kind = "DOC_CHANGED"
	TagAdded     Kind = "TAG_ADDED"
	TagRemoved   Kind = "TAG_REMOVED"
	// ConstraintAdded and its like are about rules for values: sizes, limits,
	// patterns, reserved numbers.
	ConstraintAdded   Kind = "CONSTRAINT_ADDED"
	ConstraintRemoved Kind = "CONSTRAINT_REMOVED"
	ConstraintChanged Kind = "CONSTRAINT_CHANGED"
	// PropertyAdded and its like are about options, properties and keywords
	// without a meaning for values.
	PropertyAdded   Kind = "PROPERTY_ADDED"
	PropertyRemoved Kind = "PROPERTY_REMOVED"
	PropertyChanged Kind = "PROPERTY_CHANGED"

	ReferenceAdded   Kind = "REFERENCE_ADDED"
	ReferenceRemoved Kind = "REFERENCE_REMOVED"
	ReferenceChanged Kind = "REFERENCE_CHANGED"
	MetadataAdded    Kind = "METADATA_ADDED"
	MetadataRemoved  Kind = "METADATA_REMOVED"
	MetadataChanged  Kind = "METADATA_CHANGED"
	RuleAdded        Kind = "RULE_ADDED"
	RuleRemoved      Kind = "RULE_REMOVED"
	RuleChanged      Kind = "RULE_CHANGED"

	// Incompatible: the check finds harm where nothing of the text itself
	// changed, such as in a schema that is referred to.
	Incompatible Kind = "INCOMPATIBLE"
	// TextChanged: the two say the same in other words.
	TextChanged Kind = "TEXT_CHANGED"
)

// Mirror is the kind of the same change the other way round.
func (k Kind) Mirror() Kind {
	if m, ok := mirrors[k]; ok {
		return m
	}
	for added, removed := range mirrors {
		if removed == k {
			return added
		}
	}
	return k
}

var mirrors = map[Kind]Kind{
	RecordAdded: RecordRemoved, FieldAdded: FieldRemoved, SymbolAdded: SymbolRemoved, OneofAdded: OneofRemoved,
	ServiceAdded: ServiceRemoved, MethodAdded: MethodRemoved, BranchAdded: BranchRemoved, TagAdded: TagRemoved,
	ConstraintAdded: ConstraintRemoved, PropertyAdded: PropertyRemoved, ReferenceAdded: ReferenceRemoved,
	MetadataAdded: MetadataRemoved, RuleAdded: RuleRemoved,
}

// family is one sort of things that come and go together.
type family struct {
	noun                    string
	added, removed, renamed Kind
}

// The families. Definitions have a noun of their own each.
var (
	fields   = &family{"field", FieldAdded, FieldRemoved, FieldRenamed}
	symbols  = &family{"symbol", SymbolAdded, SymbolRemoved, SymbolRenamed}
	oneofs   = &family{"oneof", OneofAdded, OneofRemoved, ""}
	services = &family{"service", ServiceAdded, ServiceRemoved, ""}
	methods  = &family{"method", MethodAdded, MethodRemoved, ""}
	branches = &family{"branch", BranchAdded, BranchRemoved, ""}
	records  = &family{"record", RecordAdded, RecordRemoved, RecordRenamed}
	// parts are schemas inside a JSON Schema that a keyword leads to.
	parts = &family{"keyword", ConstraintAdded, ConstraintRemoved, ""}
)

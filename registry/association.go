package registry

// The lifecycles of an association (registry-api.md 16.2).
const (
	Weak   = "WEAK"
	Strong = "STRONG"
)

// AssociationOp says what a batch does with one role.
type AssociationOp string

// The operations of batchMutate, exact; package rest refuses others (400).
const (
	CreateOp AssociationOp = "CREATE"
	UpsertOp AssociationOp = "UPSERT"
	DeleteOp AssociationOp = "DELETE"
)

// AssociationBody is one entry of a request (registry-api.md 16.2), decoded
// but not judged. Nil pointers are absent or null.
type AssociationBody struct {
	// Op is set by batchMutate only.
	Op              AssociationOp
	Subject         *string
	AssociationType *string
	Lifecycle       *string // WEAK or STRONG; package rest refuses others (400)
	Frozen          *bool
	Schema          *SchemaBody
	Normalize       *bool
	// CascadeLifecycle counts for DeleteOp only.
	CascadeLifecycle bool
}

// AssociationRequest creates or changes the associations of a resource. A nil
// entry stands for a JSON null.
type AssociationRequest struct {
	ResourceName      *string
	ResourceNamespace *string
	ResourceID        *string
	ResourceType      *string
	Associations      []*AssociationBody
}

// AssociationAnswer is the answer to a request (registry-api.md 16.2). Empty
// texts are absent; Associations is absent when nil.
type AssociationAnswer struct {
	ResourceName      string
	ResourceNamespace string
	ResourceID        string
	ResourceType      string
	Associations      []AssociatedSubject
}

// AssociatedSubject is one entry of an answer. Frozen is written only where it
// differs from the default, true for STRONG and false for WEAK.
type AssociatedSubject struct {
	Subject         Subject
	AssociationType string
	Lifecycle       string
	Frozen          bool
	// Schema is set where the request gave one, or asked for it.
	Schema *Stored
}

// ResourceKey names a resource: by id, or by name and namespace, where "-"
// matches any.
type ResourceKey struct {
	ID        string
	Name      string
	Namespace string
}

// AssociationFilter chooses associations (registry-api.md 16.1). ResourceType
// is "topic" when the query left it out and empty when it was empty; an empty
// Lifecycle does not filter; Types nil does not filter.
type AssociationFilter struct {
	ResourceType string
	Types        []string
	Lifecycle    string
	Page         Page
}

// AssociationDeletion says what DELETE takes away. ResourceType as in
// AssociationFilter.
type AssociationDeletion struct {
	ResourceID       string
	ResourceType     string
	Types            []string
	CascadeLifecycle bool
	DryRun           bool
}

// AssociationQuery is one request of batchGet.
type AssociationQuery struct {
	ResourceName      *string
	ResourceNamespace *string
	ResourceID        *string
	ResourceType      *string
	AssociationTypes  []string
	Lifecycle         *string // WEAK or STRONG; package rest refuses others (400)
}

// BatchMutation is one request of batchMutate. Failed is the error object that
// the client sent in its place: it is answered as it is.
type BatchMutation struct {
	AssociationRequest
	Failed *Error
}

// BatchResult is one result of a batch: an answer, or an error.
type BatchResult struct {
	Answer *AssociationAnswer
	Error  error
}

// Association is an AssociationRow as answers show it.
type Association = AssociationRow

// frozenByDefault says what Frozen is when nothing else was said.
func frozenByDefault(lifecycle string) bool { return lifecycle == Strong }

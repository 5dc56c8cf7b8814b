package search

// Query is a question.
type Query struct {
	// Text is what to look for; empty means everything, the most used first.
	Text   string
	Filter Filter
	// Facets are what to count the hits by.
	Facets []FacetField
	// FacetValues is how many values of a facet to give, the most frequent
	// ones; 0 means all. Counts are exact either way.
	FacetValues int
	// Order is the order of the rows.
	Order Order
	// First is how many rows to give: 0 means 20, more than 500 means 500.
	First int
	// Offset is how many rows to pass over first, behind After.
	Offset int
	// After is the Cursor of the row to begin after.
	After string
	// Grouped makes one row of all hits among the members of an entity: the
	// best of them, with the number of all. Totals and cursors are then of rows.
	Grouped bool
	// Now is the time that LAST_SEEN counts back from, in microseconds since the
	// epoch; 0 means the clock.
	Now int64
	// Explain asks for Hit.Why.
	Explain bool
	// Allowed says whether the caller may see an entity and its members; nil
	// allows everything. It is asked once for an entity in a query. What it
	// denies is in no hit, count or correction.
	Allowed func(Ref) bool
}

// Filter narrows what is searched (catalog-api.md section 10, SearchFilter).
type Filter struct {
	// Kinds are the kinds to give; none means all.
	Kinds []Kind
	// And are conditions that all hold.
	And []Condition
}

// Condition holds for documents with one of the values, or, with Not, for
// those with none of them (FacetInput). Values are compared exactly.
type Condition struct {
	Field FacetField
	AnyOf []string
	Not   bool
}

// Result is the answer to a Query.
type Result struct {
	Hits []Hit
	// Total counts the rows of all pages, Documents what they stand for: the
	// same unless rows are grouped. Both are exact.
	Total, Documents int
	HasNext          bool
	Facets           []Facet
	// DidYouMean is the query with better known words in place of those that no
	// visible document has; empty for none.
	DidYouMean string
	// Dropped are words of the query that found nothing, even misspelt, and
	// were left out.
	Dropped []string
	// Revision is that of the last batch that the answer has seen.
	Revision string
}

// Hit is a row of a result.
type Hit struct {
	// Ref is the entity, or the one that the member belongs to, and EntityName
	// its name.
	Ref
	EntityName string
	// Kind is that of the document: FIELD or RECORD for members.
	Kind   Kind
	Member bool
	Name   string
	Path   string
	Type   string
	// Count is how many members the row stands for; 1 unless grouped.
	Count      int
	Highlights []Highlight
	// Why says what put the hit in its place, when asked.
	Why    string
	Cursor string
}

// Facet is the hits of a query counted by one field.
type Facet struct {
	Field  FacetField
	Values []FacetCount
}

// FacetCount is how many of the documents have a value. A document with several
// tags counts for each.
type FacetCount struct {
	Value string
	Count int
}

const (
	defaultFirst = 20
	mostFirst    = 500
)

func (q *Query) first() int {
	switch {
	case q.First <= 0:
		return defaultFirst
	case q.First > mostFirst:
		return mostFirst
	}
	return q.First
}

// UnknownFacetError says that a query names a facet that there is not.
type UnknownFacetError struct{ Field FacetField }

func (e *UnknownFacetError) Error() string { return "search: unknown facet " + string(e.Field) }

// check finds what is wrong with a query.
func (q *Query) check() error {
	for _, f := range q.Facets {
		if _, ok := facetNumber(f); !ok {
			return &UnknownFacetError{f}
		}
	}
	for _, c := range q.Filter.And {
		if _, ok := facetNumber(c.Field); !ok {
			return &UnknownFacetError{c.Field}
		}
	}
	return nil
}

package graphql

import "time"

// Limits bound what one request may ask for (catalog-api.md section 10,
// wire/validation.md section 9). What is beyond one is answered 400 before
// anything is looked up.
type Limits struct {
	// Body is the longest body, in bytes.
	Body int64
	// Tokens is how many tokens a document may have.
	Tokens int
	// Depth is how deep fields may be nested; introspection is exempt.
	Depth int
	// Aliases is how many fields may have one.
	Aliases int
	// Fields is how many fields an operation may have with its fragments put in.
	Fields int
	// Complexity is the highest cost of an operation: one for each field, and
	// for a list what one row costs times the rows asked for.
	Complexity int
	// Timeout is how long a query or mutation may take.
	Timeout time.Duration
	// Subscriptions is how many streams may be open at a time.
	Subscriptions int
	// Ping is how often a quiet stream says that it is there.
	Ping time.Duration
}

// DefaultLimits are those of the wire document.
func DefaultLimits() Limits {
	return Limits{
		Body:          1 << 20,
		Tokens:        15000,
		Depth:         12,
		Aliases:       30,
		Fields:        5000,
		Complexity:    5000,
		Timeout:       10 * time.Second,
		Subscriptions: 1000,
		Ping:          15 * time.Second,
	}
}

// or takes the defaults where nothing is said.
func (l Limits) or(d Limits) Limits {
	set(&l.Body, d.Body)
	set(&l.Tokens, d.Tokens)
	set(&l.Depth, d.Depth)
	set(&l.Aliases, d.Aliases)
	set(&l.Fields, d.Fields)
	set(&l.Complexity, d.Complexity)
	set(&l.Timeout, d.Timeout)
	set(&l.Subscriptions, d.Subscriptions)
	set(&l.Ping, d.Ping)
	return l
}

func set[T comparable](field *T, value T) {
	var none T
	if *field == none {
		*field = value
	}
}

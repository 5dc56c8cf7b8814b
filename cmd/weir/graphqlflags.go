package main

import (
	"errors"
	"time"

	"github.com/weir-registry/weir/graphql"
)

// graphqlFlags bound what one operation of /graphql may ask for
// (catalog-api.md section 10). Zero is the default.
type graphqlFlags struct {
	Body          int64         `help:"Longest body of a request, in bytes (1048576)." placeholder:"N"`
	Tokens        int           `help:"Most tokens of a document (15000)." placeholder:"N"`
	Depth         int           `help:"Deepest nesting of fields (12)." placeholder:"N"`
	Aliases       int           `help:"Most fields with an alias (30)." placeholder:"N"`
	Fields        int           `help:"Most fields of an operation, fragments put in (5000)." placeholder:"N"`
	Complexity    int           `help:"Highest cost: a field is 1, a list what a row costs times the rows asked for (5000)." placeholder:"N"`
	Timeout       time.Duration `help:"How long a query or mutation may take (10s)." placeholder:"DURATION"`
	Subscriptions int           `help:"Most streams open at a time (1000)." placeholder:"N"`
}

func (f graphqlFlags) limits() graphql.Limits {
	return graphql.Limits{
		Body: f.Body, Tokens: f.Tokens, Depth: f.Depth, Aliases: f.Aliases, Fields: f.Fields,
		Complexity: f.Complexity, Timeout: f.Timeout, Subscriptions: f.Subscriptions,
	}
}

// Validate finds what no flag's type can.
func (f graphqlFlags) Validate() error {
	if min(f.Body, int64(f.Tokens), int64(f.Depth), int64(f.Aliases), int64(f.Fields), int64(f.Complexity), int64(f.Timeout), int64(f.Subscriptions)) < 0 {
		return errors.New("the limits of --graphql-… must not be negative")
	}
	return nil
}

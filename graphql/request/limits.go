package request

import (
	"context"
	"math"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The codes of what is too much, beside gqlgen's COMPLEXITY_LIMIT_EXCEEDED.
const (
	CodeTokens  = "TOKEN_LIMIT_EXCEEDED"
	CodeDepth   = "DEPTH_LIMIT_EXCEEDED"
	CodeAliases = "ALIAS_LIMIT_EXCEEDED"
	CodeSize    = "SIZE_LIMIT_EXCEEDED"
)

// Limits is a gqlgen extension that bounds the operation that is to run. Use it
// before the complexity limit: computing that visits a fragment as often as it
// is spread, so that thirty fragments of two spreads each keep it busy for good.
// A zero limit is none.
type Limits struct {
	// Depth is how deep fields may be nested. Introspection is exempt: the
	// usual query of the schema is 15 deep.
	Depth int
	// Aliases is how many fields may have one, each counted as often as its
	// fragment is spread.
	Aliases int
	// Size is how many fields there may be with all fragments put in.
	Size int
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = Limits{}

// ExtensionName implements [graphql.HandlerExtension].
func (Limits) ExtensionName() string { return "Limits" }

// Validate implements [graphql.HandlerExtension].
func (Limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses an operation beyond a limit. Fragments have
// been checked for cycles before.
func (l Limits) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	m := measurer{fragments: map[string]measure{}}
	have := m.set(operation.Operation.SelectionSet)
	for _, limit := range []struct {
		code, what string
		have, most int
	}{
		{CodeDepth, "fields are nested %d deep; the most is %d", have.depth, l.Depth},
		{CodeAliases, "there are %d aliases; the most is %d", have.aliases, l.Aliases},
		{CodeSize, "there are %d fields with all fragments put in; the most is %d", have.fields, l.Size},
	} {
		if limit.most > 0 && limit.have > limit.most {
			err := gqlerror.Errorf(limit.what, limit.have, limit.most)
			errcode.Set(err, limit.code)
			return err
		}
	}
	return nil
}

// measure is how large a set of selections is with its fragments put in.
type measure struct{ depth, aliases, fields int }

// measurer measures every fragment once, however often it is spread.
type measurer struct{ fragments map[string]measure }

func (m measurer) set(selections ast.SelectionSet) (sum measure) {
	for _, selection := range selections {
		var one measure
		switch s := selection.(type) {
		case *ast.Field:
			if one = m.set(s.SelectionSet); strings.HasPrefix(s.Name, "__") {
				one.depth = 0
			} else {
				one.depth++
			}
			one.fields = add(one.fields, 1)
			if s.Alias != s.Name {
				one.aliases = add(one.aliases, 1)
			}
		case *ast.InlineFragment:
			one = m.set(s.SelectionSet)
		case *ast.FragmentSpread:
			one = m.fragment(s.Definition)
		}
		sum.depth = max(sum.depth, one.depth)
		sum.aliases = add(sum.aliases, one.aliases)
		sum.fields = add(sum.fields, one.fields)
	}
	return sum
}

func (m measurer) fragment(f *ast.FragmentDefinition) measure {
	known, ok := m.fragments[f.Name]
	if !ok {
		known = m.set(f.SelectionSet)
		m.fragments[f.Name] = known
	}
	return known
}

// add stays at the largest number where a sum would be beyond it.
func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

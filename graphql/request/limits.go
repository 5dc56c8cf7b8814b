package request

import (
	"context"
	"math"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// The codes of what Limits refuses, beside gqlgen's COMPLEXITY_LIMIT_EXCEEDED.
const (
	CodeBody    = "BODY_LIMIT_EXCEEDED"
	CodeTokens  = "TOKEN_LIMIT_EXCEEDED"
	CodeDepth   = "DEPTH_LIMIT_EXCEEDED"
	CodeAliases = "ALIAS_LIMIT_EXCEEDED"
	CodeSize    = "SIZE_LIMIT_EXCEEDED"
	CodeDefer   = "DEFER_NOT_SERVED"
)

// Limits is a gqlgen extension that bounds a document before it is validated:
// validation, and computing the cost after it, visit a fragment as often as it
// is spread, so that thirty fragments of two spreads each keep them busy for
// good. A zero limit is none.
type Limits struct {
	// Tokens is how many tokens the document may have.
	Tokens int
	// Depth is how deep fields may be nested in the operation that is to run.
	// Introspection is exempt: the usual query of the schema is 15 deep.
	Depth int
	// Aliases is how many of its fields may have one, each counted as often as
	// its fragment is spread.
	Aliases int
	// Size is how many fields the document may have with all fragments put in.
	Size int
	// Documents, unless it is nil, holds what was parsed before: the query
	// cache of the server.
	Documents graphql.Cache[*ast.QueryDocument]
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
} = Limits{}

// ExtensionName implements [graphql.HandlerExtension].
func (Limits) ExtensionName() string { return "Limits" }

// Validate implements [graphql.HandlerExtension].
func (Limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses a document beyond a limit. One that does not
// parse it leaves to gqlgen, which says what is wrong.
func (l Limits) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	document, err := l.parse(ctx, params.Query)
	if err != nil {
		return nil
	}
	return l.judge(document, params.OperationName)
}

func (l Limits) parse(ctx context.Context, query string) (*ast.QueryDocument, error) {
	if l.Documents != nil {
		if document, ok := l.Documents.Get(ctx, query); ok {
			return document, nil
		}
	}
	return parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, l.Tokens)
}

func (l Limits) judge(document *ast.QueryDocument, name string) *gqlerror.Error {
	m := measurer{fragments: map[string]*ast.FragmentDefinition{}, known: map[string]measure{}, open: map[string]bool{}}
	for _, f := range document.Fragments {
		m.fragments[f.Name] = f
	}
	var all, have measure
	for _, operation := range document.Operations {
		all = all.and(m.set(operation.SelectionSet))
	}
	for _, f := range document.Fragments { // those that nothing spreads are validated too
		all = all.and(m.fragment(f.Name))
	}
	if operation := document.Operations.ForName(name); operation != nil {
		have = m.set(operation.SelectionSet)
	}
	switch {
	case all.deferred:
		return beyond(CodeDefer, "@defer is not served")
	case l.Depth > 0 && have.depth > l.Depth:
		return beyond(CodeDepth, "fields are nested %d deep; the most is %d", have.depth, l.Depth)
	case l.Aliases > 0 && have.aliases > l.Aliases:
		return beyond(CodeAliases, "there are %d aliases; the most is %d", have.aliases, l.Aliases)
	case l.Size > 0 && all.fields > l.Size:
		return beyond(CodeSize, "there are %d fields with all fragments put in; the most is %d", all.fields, l.Size)
	}
	return nil
}

func beyond(code, message string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(message, args...)
	errcode.Set(err, code)
	return err
}

// measure is how large a set of selections is with its fragments put in.
type measure struct {
	depth, aliases, fields int
	deferred               bool
}

// and puts two sets side by side.
func (a measure) and(b measure) measure {
	return measure{max(a.depth, b.depth), add(a.aliases, b.aliases), add(a.fields, b.fields), a.deferred || b.deferred}
}

// measurer measures every fragment once, however often it is spread.
type measurer struct {
	fragments map[string]*ast.FragmentDefinition
	known     map[string]measure
	// open are those that are being measured: one that spreads itself adds
	// nothing, and validation refuses it.
	open map[string]bool
}

func (m *measurer) set(selections ast.SelectionSet) (sum measure) {
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
			one.deferred = one.deferred || s.Directives.ForName("defer") != nil
		case *ast.FragmentSpread:
			one = m.fragment(s.Name)
			one.deferred = one.deferred || s.Directives.ForName("defer") != nil
		}
		sum = sum.and(one)
	}
	return sum
}

func (m *measurer) fragment(name string) measure {
	if known, ok := m.known[name]; ok {
		return known
	}
	f := m.fragments[name]
	if f == nil || m.open[name] {
		return measure{}
	}
	m.open[name] = true
	defer delete(m.open, name)
	known := m.set(f.SelectionSet)
	m.known[name] = known
	return known
}

// add stays at the largest number where a sum would be beyond it.
func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

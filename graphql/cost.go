package graphql

import (
	"context"
	"encoding/json"
	"math"

	"github.com/99designs/gqlgen/graphql"
)

// costed says what a field costs, in place of gqlgen's function for each field
// of each type: one rule serves all of them. A field without a rule costs one
// and what is in it.
type costed struct{ graphql.ExecutableSchema }

// unpaged is what a list without a page counts for, where its rows lead on to
// further lists.
const unpaged = 10

// listsWithoutPages are those: of tags, terms and links, which are short and
// lead to little, each costs as one.
var listsWithoutPages = map[string]bool{
	"Tag.children": true, "Domain.children": true, "Domain.products": true, "DataProduct.contracts": true, "GlossaryTerm.related": true,
	"Subject.topics": true, "Topic.subjects": true, "Team.members": true, "Person.teams": true,
	"Schema.ids": true, "SchemaVersion.tags": true, "SchemaVersion.rules": true, "Field.heirs": true, "Record.heirs": true, "SchemaDiff.changes": true,
	"Impact.fields": true, "MetadataPayload.changes": true, "ApplyPayload.plan": true, "SearchEdge.highlights": true,
}

// Complexity implements [graphql.ExecutableSchema].
func (c costed) Complexity(_ context.Context, typeName, field string, child int, args map[string]any) (int, bool) {
	rows := 0
	switch {
	case args["first"] != nil:
		rows = number(args["first"])
	case typeName == "Query" && field == "suggest":
		rows = number(args["limit"])
	case typeName == "Query" && field == "nodes":
		rows = length(args["ids"])
	case typeName == "Mutation" && field == "updateMetadata":
		rows = length(args["input"])
	case listsWithoutPages[typeName+"."+field]:
		rows = unpaged
	default:
		return 0, false
	}
	return times(max(rows, 1), max(child, 1)), true
}

// number reads an argument as a literal or a variable has it. One that is no
// number is refused before it is used.
func number(v any) int {
	switch v := v.(type) {
	case int64:
		return int(min(v, math.MaxInt32))
	case int:
		return min(v, math.MaxInt32)
	case float64:
		return int(min(v, math.MaxInt32))
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return int(min(n, math.MaxInt32))
		}
	}
	return 1
}

func length(v any) int {
	if list, ok := v.([]any); ok {
		return len(list)
	}
	return 1
}

// times stays at the largest number where a product would be beyond it.
func times(a, b int) int {
	if b != 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}

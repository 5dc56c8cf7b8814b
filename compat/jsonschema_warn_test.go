package compat_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
)

// doubtCase is a pair, and what a reader of the update is warned of. The same
// is told forward, when the original is new and the update reads it.
type doubtCase struct {
	name, original, update string
	want                   []string
}

func runDoubts(t *testing.T, head string, cases []doubtCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			original, update := parseJSON(t, "{"+head+c.original[1:]), parseJSON(t, "{"+head+c.update[1:])
			directed := func(word string) []string {
				var lines []string
				for _, w := range c.want {
					lines = append(lines, w+" "+word)
				}
				return lines
			}
			if diff := cmp.Diff(directed("backward"), warningLines(t, compat.Backward, update, original)); diff != "" {
				t.Errorf("backward: %s", diff)
			}
			if diff := cmp.Diff(directed("forward"), warningLines(t, compat.Forward, original, update)); diff != "" {
				t.Errorf("forward: %s", diff)
			}
			for _, s := range []string{c.original, c.update} {
				same := parseJSON(t, "{"+head+s[1:])
				if got := warningLines(t, compat.Full, same, same); got != nil {
					t.Errorf("%s with itself: %q", s, got)
				}
			}
		})
	}
}

const (
	classicHead = `"x":0,`
	modernHead  = `"$schema":"https://json-schema.org/draft/2020-12/schema",`
)

// TestJSONUncomparedWarnings: compatibility.md 9.2, "patternProperties,
// propertyNames, contains, if/then/else, format and required of undeclared
// names are not compared". What holds in all dialects is asked of two.
func TestJSONUncomparedWarnings(t *testing.T) {
	for _, head := range []string{classicHead, modernHead} {
		runDoubts(t, head, []doubtCase{
			{"pattern, the same", `{"patternProperties":{"^a":{"type":"string"}}}`, `{"patternProperties":{"^a":{"type":"string"}}}`, nil},
			{"pattern widened", `{"patternProperties":{"^a":{"maxLength":3}}}`, `{"patternProperties":{"^a":{"maxLength":4}}}`, nil},
			{"pattern narrowed", `{"patternProperties":{"^a":{"maxLength":3}}}`, `{"patternProperties":{"^a":{"maxLength":2}}}`, []string{"MAX_LENGTH_DECREASED #/patternProperties/^a/maxLength WIRE likely"}},
			{"pattern of another type", `{"patternProperties":{"^a":{"type":"string"}}}`, `{"patternProperties":{"^a":{"type":"number"}}}`, []string{"TYPE_CHANGED #/patternProperties/^a WIRE likely"}},
			{"pattern added to open", `{"type":"object"}`, `{"type":"object","patternProperties":{"^a":{"type":"string"}}}`, []string{"PATTERN_PROPERTY_ADDED #/patternProperties/^a WIRE likely"}},
			{"pattern of anything added", `{"type":"object"}`, `{"type":"object","patternProperties":{"^a":{}}}`, nil},
			{"pattern added to closed", `{"additionalProperties":false}`, `{"additionalProperties":false,"patternProperties":{"^a":{"type":"string"}}}`, nil},
			{"pattern added that covers", `{"additionalProperties":{"type":"integer"}}`, `{"additionalProperties":{"type":"integer"},"patternProperties":{"^a":{"type":"number"}}}`, nil},
			{"pattern added that does not", `{"additionalProperties":{"type":"number"}}`, `{"additionalProperties":{"type":"number"},"patternProperties":{"^a":{"type":"integer"}}}`, []string{"TYPE_NARROWED #/patternProperties/^a WIRE likely"}},
			{"pattern added that hits a property", `{"additionalProperties":false,"properties":{"ab":{"type":"string"},"b":{"type":"null"}}}`, `{"additionalProperties":false,"properties":{"ab":{"type":"string"},"b":{"type":"null"}},"patternProperties":{"^a":{"type":"number"}}}`, []string{"TYPE_CHANGED #/patternProperties/^a WIRE likely"}},
			{"pattern removed from open", `{"patternProperties":{"^a":{"type":"string"}}}`, `{"type":"object"}`, nil},
			{"pattern removed from closed", `{"additionalProperties":false,"patternProperties":{"^a":{"type":"string"}}}`, `{"additionalProperties":false}`, []string{"PATTERN_PROPERTY_REMOVED #/patternProperties/^a WIRE likely"}},
			{"pattern removed, not covered", `{"additionalProperties":{"type":"null"},"patternProperties":{"^a":{"type":"string"}}}`, `{"additionalProperties":{"type":"null"}}`, []string{"TYPE_CHANGED #/patternProperties/^a WIRE likely"}},
			{"pattern written otherwise", `{"additionalProperties":false,"patternProperties":{"^a":{"type":"string"}}}`, `{"additionalProperties":false,"patternProperties":{"^a.*":{"type":"string"}}}`, nil},
			{"names", `{"type":"object","propertyNames":{"maxLength":3}}`, `{"type":"object","propertyNames":{"maxLength":2}}`, []string{"MAX_LENGTH_DECREASED #/propertyNames/maxLength WIRE likely"}},
			{"names widened", `{"type":"object","propertyNames":{"maxLength":3}}`, `{"type":"object","propertyNames":{"maxLength":4}}`, nil},
			{"names added", `{"type":"object"}`, `{"type":"object","propertyNames":{"maxLength":2}}`, []string{"PROPERTY_NAMES_ADDED #/propertyNames WIRE likely"}},
			{"names removed", `{"type":"object","propertyNames":{"maxLength":2}}`, `{"type":"object"}`, nil},
			{"contains narrowed", `{"type":"array","contains":{"type":"number"}}`, `{"type":"array","contains":{"type":"integer"}}`, []string{"TYPE_NARROWED #/contains WIRE likely"}},
			{"contains widened", `{"type":"array","contains":{"type":"integer"}}`, `{"type":"array","contains":{"type":"number"}}`, nil},
			{"contains removed", `{"type":"array","contains":{"type":"integer"}}`, `{"type":"array"}`, nil},
			{"then", `{"if":{"type":"string"},"then":{"maxLength":3}}`, `{"if":{"type":"string"},"then":{"maxLength":2}}`, []string{"MAX_LENGTH_DECREASED #/then/maxLength WIRE likely"}},
			{"else added", `{"if":{"type":"string"},"then":{"maxLength":3}}`, `{"if":{"type":"string"},"then":{"maxLength":3},"else":{"minimum":1}}`, []string{"SCHEMA_ADDED #/else WIRE likely"}},
			{"else removed", `{"if":{"type":"string"},"then":{"maxLength":3},"else":{"minimum":1}}`, `{"if":{"type":"string"},"then":{"maxLength":3}}`, nil},
			{"if", `{"if":{"type":"string"},"then":{"maxLength":3}}`, `{"if":{"minLength":1},"then":{"maxLength":3}}`, []string{"CONDITION_CHANGED #/if WIRE possible"}},
			{"if that wants nothing", `{"if":{"type":"string"},"then":{"maxLength":3}}`, `{"if":{"minLength":1},"then":{}}`, nil},
			{"format", `{"type":"string","format":"date"}`, `{"type":"string","format":"time"}`, []string{"FORMAT_CHANGED #/format WIRE possible"}},
			{"format added", `{"properties":{"a":{"type":"string"}}}`, `{"properties":{"a":{"type":"string","format":"email"}}}`, []string{"FORMAT_ADDED #/properties/a/format WIRE possible"}},
			{"format beside others, once", `{"enum":["a"],"type":"string"}`, `{"enum":["a"],"type":"string","format":"email"}`, []string{"FORMAT_ADDED #/format WIRE possible"}},
			{"format removed", `{"type":"string","format":"date"}`, `{"type":"string"}`, nil},
			{"format of no string", `{"type":"integer"}`, `{"type":"integer","format":"int32"}`, nil},
			{"undeclared name", `{"type":"object"}`, `{"type":"object","required":["b"]}`, []string{"REQUIRED_NAME_ADDED #/required/b WIRE likely"}},
			{"name no longer declared", `{"properties":{"b":{}}}`, `{"type":"object","required":["b"]}`, []string{"REQUIRED_NAME_ADDED #/required/b WIRE likely"}},
			{"undeclared before", `{"type":"object","required":["b"]}`, `{"type":"object","required":["b"]}`, nil},
			{"undeclared removed", `{"type":"object","required":["b"]}`, `{"type":"object"}`, nil},
			{"declared names are the wire's", `{"properties":{"b":{}}}`, `{"properties":{"b":{}},"required":["b"]}`, nil},
		})
	}
	// contains is asked for once where nothing is said; the newer dialects
	// compare that number.
	runDoubts(t, classicHead, []doubtCase{
		{"contains added", `{"type":"array"}`, `{"type":"array","contains":{"type":"integer"}}`, []string{"CONTAINS_ADDED #/contains WIRE likely"}},
		{"draft-04 has none", `{"$schema":"http://json-schema.org/draft-04/schema#","type":"array"}`, `{"$schema":"http://json-schema.org/draft-04/schema#","type":"array","contains":{"type":"integer"}}`, nil},
	})
	runDoubts(t, modernHead, []doubtCase{
		{"contains added", `{"type":"array"}`, `{"type":"array","contains":{"type":"integer"}}`, nil},
		{"contains at most", `{"type":"array","contains":{"type":"integer"},"maxContains":2}`, `{"type":"array","contains":{"type":"number"},"maxContains":2}`, []string{"CONTAINS_WIDENED #/contains WIRE possible"}},
		{"contains none", `{"type":"array","contains":{"type":"number"},"minContains":0}`, `{"type":"array","contains":{"type":"integer"},"minContains":0}`, nil},
	})
}

// TestJSONLetPassWarnings: compatibility.md 9.2, what the rules compare and
// let pass.
func TestJSONLetPassWarnings(t *testing.T) {
	const object = `{"type":"object","required":["k"],"properties":{"k":{"const":"`
	oneOf := func(branches string) string { return `{"oneOf":[` + branches + `]}` }
	further := []string{"SUM_TYPE_EXTENDED #/ WIRE possible"}
	runDoubts(t, classicHead, []doubtCase{
		{"required with a default", `{"properties":{"a":{"default":1}}}`, `{"properties":{"a":{"default":1}},"required":["a"]}`, []string{"REQUIRED_ATTRIBUTE_WITH_DEFAULT_ADDED #/required/a WIRE likely"}},
		{"required property with a default", `{"additionalProperties":false}`, `{"additionalProperties":false,"properties":{"a":{"default":1}},"required":["a"]}`, []string{"REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/a WIRE likely"}},
		{"required without a default is refused", `{"additionalProperties":false}`, `{"additionalProperties":false,"properties":{"a":{}},"required":["a"]}`, nil},
		{"to an open model it is refused", `{"type":"object"}`, `{"properties":{"a":{"default":1,"type":"null"}},"required":["a"]}`, nil},
		{"optional with a default", `{"additionalProperties":false}`, `{"additionalProperties":false,"properties":{"a":{"default":1}}}`, nil},

		{"further branch", oneOf(`{"maxLength":3},{"type":"null"}`), oneOf(`{"maxLength":3},{"type":"null"},{"minLength":2}`), further},
		{"further branch of another type", oneOf(`{"type":"string"},{"type":"null"}`), oneOf(`{"type":"string"},{"type":"null"},{"type":"number"}`), nil},
		{"further branch of another value", oneOf(`{"const":"a"},{"const":1}`), oneOf(`{"const":"a"},{"const":1},{"enum":["b",2]}`), nil},
		{"further branch of the same value", oneOf(`{"const":"a"},{"enum":[1,3]}`), oneOf(`{"const":"a"},{"enum":[1,3]},{"enum":["b",1.0]}`), further},
		{"further branch with another mark", oneOf(object + `a"}}},` + object + `b"}}}`), oneOf(object + `a"}}},` + object + `b"}}},` + object + `c"}}}`), nil},
		{"further branch that refuses what is asked", oneOf(`{"type":"object","required":["a"],"properties":{"a":{}}},{"type":"null"}`), oneOf(`{"type":"object","required":["a"],"properties":{"a":{}}},{"type":"null"},{"type":"object","additionalProperties":false,"properties":{"b":{}}}`), nil},
		{"further branch of objects", oneOf(`{"type":"object","properties":{"a":{"type":"null"}}},{"type":"null"}`), oneOf(`{"type":"object","properties":{"a":{"type":"null"}}},{"type":"null"},{"type":"object","properties":{"b":{"type":"null"}}}`), further},
		{"into a choice", `{"type":"string"}`, oneOf(`{"type":"string"},{"minLength":2}`), further},
		{"into a choice of types", `{"type":"string"}`, oneOf(`{"type":"string"},{"type":"null"}`), nil},
		{"anyOf takes further ones", `{"anyOf":[{"maxLength":3},{"type":"null"}]}`, `{"anyOf":[{"maxLength":3},{"type":"null"},{"minLength":2}]}`, nil},

		{"exclusiveMaximum under a maximum", `{"exclusiveMaximum":5,"maximum":9}`, `{"exclusiveMaximum":3,"maximum":9}`, []string{"EXCLUSIVE_MAXIMUM_DECREASED #/exclusiveMaximum WIRE certain"}},
		{"exclusiveMaximum above the maximum before", `{"exclusiveMaximum":5,"maximum":2}`, `{"exclusiveMaximum":3,"maximum":9}`, nil},
		{"exclusiveMaximum raised", `{"exclusiveMaximum":3,"maximum":9}`, `{"exclusiveMaximum":5,"maximum":9}`, nil},
		{"exclusiveMaximum over a lower maximum is refused", `{"exclusiveMaximum":5,"maximum":4}`, `{"exclusiveMaximum":3,"maximum":4}`, nil},
	})
	runDoubts(t, `"$schema":"http://json-schema.org/draft-04/schema#",`, []doubtCase{
		{"boolean limits", `{"maximum":1,"minimum":0}`, `{"maximum":1,"exclusiveMaximum":true,"minimum":0,"exclusiveMinimum":true}`, []string{"EXCLUSIVE_MAXIMUM_ADDED #/exclusiveMaximum WIRE certain", "EXCLUSIVE_MINIMUM_ADDED #/exclusiveMinimum WIRE certain"}},
		{"boolean limits dropped", `{"maximum":1,"exclusiveMaximum":true}`, `{"maximum":1}`, nil},
		{"a boolean limit further out", `{"maximum":1}`, `{"maximum":2,"exclusiveMaximum":true}`, nil},
	})
}

// TestJSONBehindReferenceWarnings: compatibility.md 9.2, "a $ref to a $ref
// hides every change behind it".
func TestJSONBehindReferenceWarnings(t *testing.T) {
	for _, head := range []string{classicHead, modernHead} {
		runDoubts(t, head, []doubtCase{
			{"hidden", `{"$ref":"#/definitions/b","definitions":{"a":{"type":"null"},"b":{"$ref":"#/definitions/a"}}}`, `{"$ref":"#/definitions/b","definitions":{"a":{"type":"string"},"b":{"$ref":"#/definitions/a"}}}`, []string{"TYPE_CHANGED #/ WIRE likely"}},
			{"hidden behind three", `{"properties":{"p":{"$ref":"#/definitions/c"}},"definitions":{"a":{"maxLength":3},"b":{"$ref":"#/definitions/a"},"c":{"$ref":"#/definitions/b"}}}`, `{"properties":{"p":{"$ref":"#/definitions/c"}},"definitions":{"a":{"maxLength":2},"b":{"$ref":"#/definitions/a"},"c":{"$ref":"#/definitions/b"}}}`, []string{"MAX_LENGTH_DECREASED #/properties/p/maxLength WIRE likely"}},
			{"widened", `{"$ref":"#/definitions/b","definitions":{"a":{"maxLength":3},"b":{"$ref":"#/definitions/a"}}}`, `{"$ref":"#/definitions/b","definitions":{"a":{"maxLength":4},"b":{"$ref":"#/definitions/a"}}}`, nil},
			{"one reference hides nothing", `{"$ref":"#/definitions/a","definitions":{"a":{"type":"null"}}}`, `{"$ref":"#/definitions/a","definitions":{"a":{"type":"string"}}}`, nil},
			{"one place, told once", `{"properties":{"p":{"$ref":"#/definitions/b"},"q":{"$ref":"#/definitions/b"}},"definitions":{"a":{"maxLength":3},"b":{"$ref":"#/definitions/a"}}}`, `{"properties":{"p":{"$ref":"#/definitions/b"},"q":{"$ref":"#/definitions/b"}},"definitions":{"a":{"maxLength":2},"b":{"$ref":"#/definitions/a"}}}`, []string{"MAX_LENGTH_DECREASED #/properties/p/maxLength WIRE likely"}},
			{"a circle of references", `{"$ref":"#/definitions/a","definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}}}`, `{"$ref":"#/definitions/a","definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"},"c":{}}}`, nil},
			{"recursive, each place once", `{"properties":{"v":{"type":"string"},"n":{"$ref":"#"}}}`, `{"properties":{"v":{"type":"string","format":"date"},"n":{"$ref":"#"}}}`, []string{"FORMAT_ADDED #/properties/v/format WIRE possible"}},
		})
	}
}

// TestJSONLostWarnings: compatibility.md 9.2, "contains counts and unevaluated
// keywords are lost beside an unknown keyword".
func TestJSONLostWarnings(t *testing.T) {
	lost := func(keyword string) []string {
		return []string{"LOST_KEYWORD_CHANGED #/" + keyword + " WIRE possible"}
	}
	runDoubts(t, modernHead+classicHead, []doubtCase{
		{"unevaluated added", `{"type":"object"}`, `{"type":"object","unevaluatedProperties":false}`, lost("unevaluatedProperties")},
		{"unevaluated changed", `{"type":"array","unevaluatedItems":{"type":"string"}}`, `{"type":"array","unevaluatedItems":{"type":"null"}}`, lost("unevaluatedItems")},
		{"unevaluated dropped", `{"type":"object","unevaluatedProperties":false}`, `{"type":"object"}`, nil},
		{"unevaluated that says nothing", `{"type":"object"}`, `{"type":"object","unevaluatedProperties":true}`, nil},
		{"at least", `{"type":"array","contains":{},"minContains":1}`, `{"type":"array","contains":{},"minContains":2}`, lost("minContains")},
		{"at least less", `{"type":"array","contains":{},"minContains":2}`, `{"type":"array","contains":{},"minContains":1}`, nil},
		{"at least one is what is asked anyway", `{"type":"array","contains":{}}`, `{"type":"array","contains":{},"minContains":1}`, nil},
		{"at most", `{"type":"array","contains":{},"maxContains":3}`, `{"type":"array","contains":{},"maxContains":2}`, lost("maxContains")},
		{"at most more", `{"type":"array","contains":{},"maxContains":2}`, `{"type":"array","contains":{},"maxContains":3}`, nil},
	})
	runDoubts(t, modernHead, []doubtCase{
		{"nothing is lost", `{"type":"object"}`, `{"type":"object","unevaluatedProperties":false}`, nil},
		{"beside $defs", `{"type":"object","$defs":{"a":{}}}`, `{"type":"object","unevaluatedProperties":false,"$defs":{"a":{}}}`, lost("unevaluatedProperties")},
	})
	runDoubts(t, classicHead, []doubtCase{
		{"no keyword of the older dialects", `{"type":"object"}`, `{"type":"object","unevaluatedProperties":false}`, nil},
	})
}

// TestJSONDoubtsDoNotDecide: which branches belong together is as ever, but one
// without a doubt is taken where there is one.
func TestJSONDoubtsDoNotDecide(t *testing.T) {
	const a, b = `{"type":"object","patternProperties":{"^a":{"type":"string"}}}`, `{"type":"object","patternProperties":{"^a":{"type":"null"}}}`
	runDoubts(t, classicHead, []doubtCase{
		{"a branch without a doubt", `{"anyOf":[` + a + `]}`, `{"anyOf":[` + b + `,` + a + `]}`, nil},
		{"into a choice without a doubt", a, `{"anyOf":[` + b + `,` + a + `]}`, nil},
		{"out of a product without a doubt", `{"allOf":[` + b + `,` + a + `]}`, a, nil},
		{"no other", `{"anyOf":[` + a + `]}`, `{"anyOf":[` + b + `]}`, []string{"TYPE_CHANGED #/anyOf/0/patternProperties/^a WIRE likely"}},
		{"two for two", `{"anyOf":[` + a + `,` + b + `]}`, `{"anyOf":[` + b + `,` + a + `]}`, nil},
		{"under not", `{"not":` + a + `}`, `{"not":` + b + `}`, []string{"NOT_TYPE_EXTENDED #/not WIRE possible"}},
	})
}

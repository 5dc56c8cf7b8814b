package compat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
)

// ruleCase is a pair and all its differences, compatible ones too; a leading
// + marks those that do no harm.
type ruleCase struct {
	name, original, update string
	want                   string
}

func runRules(t *testing.T, head string, cases []ruleCase) {
	t.Helper()
	text := func(keywords string) string {
		if keywords == "true" || keywords == "false" || head == "" {
			return keywords
		}
		if keywords == "{}" {
			return "{" + strings.TrimSuffix(head, ",") + "}"
		}
		return "{" + head + keywords[1:]
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			original, update := parseJSON(t, text(c.original)), parseJSON(t, text(c.update))
			result := checkAll(t, compat.Strict, original, update)
			var got []string
			compatible := true
			for _, r := range result.Reports {
				for _, d := range r.Backward {
					line := d.Code + " " + d.Path
					if d.Compatible {
						line = "+" + line
					} else {
						compatible = false
					}
					if d.Compatible != (d.Hint == "") {
						t.Errorf("%s: hint %q", d.Code, d.Hint)
					}
					got = append(got, line)
				}
			}
			want := strings.Fields(strings.ReplaceAll(c.want, " #", "~#"))
			for i := range want {
				want[i] = strings.ReplaceAll(want[i], "~#", " #")
			}
			if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
				t.Errorf("%s to %s: %s", c.original, c.update, diff)
			}
			if compatible != result.Compatible {
				t.Errorf("verdict %v", result.Compatible)
			}
		})
	}
}

func TestJSONScalarRules(t *testing.T) {
	runRules(t, "", []ruleCase{
		{"nothing", `{"type":"string"}`, `{"type":"string"}`, ""},
		{"true is empty", `true`, `{}`, ""},
		{"false reads nothing", `{}`, `false`, "TYPE_CHANGED #/"},
		{"false wrote nothing", `false`, `{"type":"string"}`, ""},
		{"everything is read", `{"type":"string"}`, `{}`, ""},
		{"type", `{"type":"string"}`, `{"type":"boolean"}`, "TYPE_CHANGED #/"},
		{"implied type", `{"maxLength":3}`, `{"type":"string","maxLength":3}`, ""},
		{"bytes", `{"type":"string","connect.type":"bytes"}`, `{"type":"number","connect.type":"bytes"}`, ""},
		{"annotations", `{"title":"a","default":1,"description":"x"}`, `{"title":"b","default":1.0}`, "+TITLE_CHANGED #/ +DESCRIPTION_CHANGED #/ +DEFAULT_CHANGED #/"},
		{"lengths", `{"maxLength":3,"minLength":2}`, `{"maxLength":2,"minLength":1,"pattern":"a"}`, "MAX_LENGTH_DECREASED #/maxLength +MIN_LENGTH_DECREASED #/minLength PATTERN_ADDED #/pattern"},
		{"format", `{"type":"string","format":"date"}`, `{"type":"string","format":"time"}`, ""},
		{"pattern", `{"pattern":"a"}`, `{"pattern":"b"}`, "PATTERN_CHANGED #/pattern"},
		{"limits", `{"minimum":1,"maximum":9}`, `{"minimum":2,"exclusiveMaximum":9}`, "+MAXIMUM_REMOVED #/maximum MINIMUM_INCREASED #/minimum EXCLUSIVE_MAXIMUM_ADDED #/exclusiveMaximum"},
		{"limits as doubles", `{"maximum":9007199254740993}`, `{"maximum":9007199254740992}`, ""},
		{"limits beyond doubles", `{"maximum":2e400}`, `{"maximum":1e400}`, ""},
		{"integer", `{"type":"integer"}`, `{"type":"number"}`, "+TYPE_EXTENDED #/"},
		{"number", `{"type":"number"}`, `{"type":"integer"}`, "TYPE_NARROWED #/"},
		{"multiple expanded", `{"multipleOf":0.1}`, `{"multipleOf":0.3}`, "MULTIPLE_OF_EXPANDED #/multipleOf"},
		{"multiple reduced", `{"multipleOf":0.3}`, `{"multipleOf":0.10}`, "+MULTIPLE_OF_REDUCED #/multipleOf"},
		{"multiple changed", `{"multipleOf":2}`, `{"multipleOf":3}`, "MULTIPLE_OF_CHANGED #/multipleOf"},
		{"multiple written otherwise", `{"multipleOf":0.1}`, `{"multipleOf":1e-1}`, ""},
		{"exclusive maximum hidden", `{"exclusiveMaximum":5,"maximum":9}`, `{"exclusiveMaximum":3,"maximum":9}`, ""},
		{"exclusive maximum shown", `{"exclusiveMaximum":5,"maximum":4}`, `{"exclusiveMaximum":3,"maximum":4}`, "EXCLUSIVE_MAXIMUM_DECREASED #/exclusiveMaximum"},
		// compatibility.md 9.3
		{"exclusive maximum alone", `{"exclusiveMaximum":5}`, `{"exclusiveMaximum":3}`, "EXCLUSIVE_MAXIMUM_DECREASED #/exclusiveMaximum"},
		{"exclusive maximum written otherwise", `{"exclusiveMaximum":5}`, `{"exclusiveMaximum":5.0,"maximum":1}`, "MAXIMUM_ADDED #/maximum"},
		{"const null", `{"const":null}`, `{"const":null}`, ""},
		{"const null changed", `{"const":null}`, `{"const":1}`, "ENUM_ARRAY_CHANGED #/const"},
		{"enum", `{"enum":[1,{"a":1,"b":2}]}`, `{"enum":[{"b":2,"a":1},1,"x"]}`, "+ENUM_ARRAY_EXTENDED #/enum"},
		{"enum narrowed", `{"enum":[1,2]}`, `{"enum":[1]}`, "ENUM_ARRAY_NARROWED #/enum"},
		{"enum number text", `{"enum":[1]}`, `{"enum":[1.0]}`, "ENUM_ARRAY_CHANGED #/enum"},
		{"enum and const", `{"enum":[1]}`, `{"const":1}`, "TYPE_CHANGED #/"},
		{"not", `{"not":{"type":"string"}}`, `{"not":{"type":"string"}}`, "+NOT_TYPE_NARROWED #/not"},
		{"not forbids more", `{"not":{"maxLength":2}}`, `{"not":{"maxLength":3}}`, "NOT_TYPE_EXTENDED #/not"},
		{"conditional", `{"if":{"type":"string"}}`, `{"if":{"type":"null"}}`, ""},
		{"draft-04 booleans", `{"$schema":"http://json-schema.org/draft-04/schema#","maximum":1}`, `{"$schema":"http://json-schema.org/draft-04/schema#","maximum":1,"exclusiveMaximum":true}`, ""},
	})
}

func TestJSONObjectRules(t *testing.T) {
	runRules(t, "", []ruleCase{
		{"added to open", `{"properties":{"a":{}}}`, `{"properties":{"a":{},"b":{"type":"null"}}}`, "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL #/properties/b"},
		{"empty added to open", `{"type":"object"}`, `{"properties":{"b":{}}}`, "+PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL #/properties/b"},
		{"required added to open", `{"type":"object"}`, `{"properties":{"b":{"type":"null"}},"required":["b"]}`, "REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL #/properties/b"},
		{"default added to open", `{"type":"object"}`, `{"properties":{"b":{"type":"null","default":null}},"required":["b"]}`, "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL #/properties/b"},
		{"added to closed", `{"additionalProperties":false}`, `{"additionalProperties":false,"properties":{"b":{"type":"null"}}}`, "+OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/b"},
		{"required added to closed", `{"additionalProperties":false}`, `{"additionalProperties":false,"properties":{"b":{}},"required":["b"]}`, "REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/b"},
		{"covered", `{"additionalProperties":{"type":"integer"}}`, `{"additionalProperties":{"type":"integer"},"properties":{"b":{"type":"number"}}}`, "+TYPE_EXTENDED #/properties/b +PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL #/properties/b +OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/b"},
		{"not covered", `{"patternProperties":{"^b":{"type":"null"}}}`, `{"patternProperties":{"^b":{"type":"null"}},"properties":{"b":{"type":"number"}}}`, "TYPE_CHANGED #/properties/b PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL #/properties/b +OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/b"},
		{"first pattern counts", `{"properties":{"ab":{"type":"null"}},"patternProperties":{"b$":{"type":"null"},"^a":{"type":"string"}}}`, `{"patternProperties":{"b$":{"type":"null"},"^a":{"type":"string"}}}`, "+PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL #/properties/ab"},
		{"removed from open", `{"properties":{"b":{"type":"null"}}}`, `{"type":"object"}`, "+PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL #/properties/b"},
		{"removed from closed", `{"properties":{"b":{"type":"null"}},"additionalProperties":false}`, `{"additionalProperties":false}`, "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL #/properties/b"},
		{"false removed from closed", `{"properties":{"b":false},"additionalProperties":false}`, `{"additionalProperties":false}`, "+PROPERTY_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL #/properties/b"},
		{"required", `{"properties":{"a":{},"b":{"default":1},"c":{}},"required":["c"]}`, `{"properties":{"a":{},"b":{"default":1},"c":{}},"required":["a","b","x"]}`, "REQUIRED_ATTRIBUTE_ADDED #/required/a +REQUIRED_ATTRIBUTE_WITH_DEFAULT_ADDED #/required/b +REQUIRED_ATTRIBUTE_REMOVED #/required/c"},
		{"a reference has no default", `{"properties":{"a":{"$ref":"#/definitions/d"}},"definitions":{"d":{"default":1}}}`, `{"properties":{"a":{"$ref":"#/definitions/d"}},"required":["a"],"definitions":{"d":{"default":1}}}`, "REQUIRED_ATTRIBUTE_ADDED #/required/a"},
		{"dependencies", `{"dependencies":{"a":["x"],"b":["x"],"c":{},"d":["x","y"],"e":[]}}`, `{"dependencies":{"a":["x","y"],"b":{"type":"null"},"c":{},"d":["x","z"],"f":["x"]}}`, "DEPENDENCY_ARRAY_EXTENDED #/dependencies/a +DEPENDENCY_ARRAY_REMOVED #/dependencies/b DEPENDENCY_ARRAY_CHANGED #/dependencies/d DEPENDENCY_ARRAY_ADDED #/dependencies/f DEPENDENCY_SCHEMA_ADDED #/dependencies/b"},
		{"closed", `{"type":"object"}`, `{"type":"object","additionalProperties":false}`, "ADDITIONAL_PROPERTIES_REMOVED #/additionalProperties"},
		{"opened", `{"additionalProperties":false}`, `{"type":"object"}`, "+ADDITIONAL_PROPERTIES_ADDED #/additionalProperties"},
		{"narrowed", `{"type":"object"}`, `{"additionalProperties":{}}`, "ADDITIONAL_PROPERTIES_NARROWED #/additionalProperties"},
		{"counts", `{"maxProperties":3}`, `{"maxProperties":4,"minProperties":1}`, "+MAX_PROPERTIES_INCREASED #/maxProperties MIN_PROPERTIES_ADDED #/minProperties"},
		{"not compared", `{"patternProperties":{"a":{}},"propertyNames":{"maxLength":1}}`, `{"patternProperties":{"a":false},"propertyNames":{"maxLength":2}}`, ""},
		{"names are not escaped", `{"properties":{"a/b~%s":{"type":"null"}}}`, `{"properties":{"a/b~%s":{"type":"string"}}}`, "TYPE_CHANGED #/properties/a/b~%s"},
	})
}

func TestJSONArrayRules(t *testing.T) {
	runRules(t, "", []ruleCase{
		{"items added", `{"type":"array"}`, `{"items":{"type":"null"}}`, "SCHEMA_ADDED #/items"},
		{"items removed", `{"items":{"type":"null"}}`, `{"type":"array"}`, "+SCHEMA_REMOVED #/items"},
		{"items", `{"items":{"maxLength":1}}`, `{"items":{"maxLength":2}}`, "+MAX_LENGTH_INCREASED #/items/maxLength"},
		{"added to open", `{"items":[{}]}`, `{"items":[{},{},{"type":"null"}]}`, "+ITEM_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL #/items/1 ITEM_ADDED_TO_OPEN_CONTENT_MODEL #/items/2"},
		{"added to closed", `{"items":[{}],"additionalItems":false}`, `{"items":[{},{"type":"null"}],"additionalItems":false}`, "+ITEM_ADDED_TO_CLOSED_CONTENT_MODEL #/items/1"},
		{"removed", `{"items":[{},{"type":"null"}],"additionalItems":false}`, `{"items":[{}],"additionalItems":false}`, "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL #/items/1"},
		{"covered", `{"items":[{"type":"null"}]}`, `{"items":[],"additionalItems":{"type":"null"}}`, "+ITEM_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL #/items/0 ADDITIONAL_ITEMS_NARROWED #/additionalItems"},
		{"unique", `{"uniqueItems":false}`, `{"uniqueItems":true}`, "UNIQUE_ITEMS_ADDED #/uniqueItems"},
		{"counts", `{"minItems":1,"maxContains":2}`, `{"minItems":2,"maxContains":1}`, "MIN_ITEMS_INCREASED #/minItems MAX_CONTAINS_DECREASED #/maxContains"},
		{"contains", `{"contains":{"type":"null"}}`, `{"contains":{"type":"string"}}`, ""},
	})
	runRules(t, `"$schema":"https://json-schema.org/draft/2020-12/schema",`, []ruleCase{
		{"prefix", `{"prefixItems":[{"type":"null"}],"items":false}`, `{"prefixItems":[{"type":"string"}],"items":false}`, "TYPE_CHANGED #/items/0"},
		{"rest of a prefix", `{"prefixItems":[{}],"items":{"maxLength":2}}`, `{"prefixItems":[{}],"items":{"maxLength":1}}`, "MAX_LENGTH_DECREASED #/additionalItems/maxLength"},
		{"contains counts", `{"contains":{}}`, `{"contains":{},"minContains":2}`, "MIN_CONTAINS_INCREASED #/minContains"},
		{"unevaluated", `{"type":"object"}`, `{"type":"object","unevaluatedProperties":false}`, "UNEVALUATED_PROPERTIES_REMOVED #/unevaluatedProperties"},
		{"unevaluated true", `{"type":"array"}`, `{"type":"array","unevaluatedItems":true}`, "UNEVALUATED_ITEMS_NARROWED #/unevaluatedItems"},
		{"lost beside an unknown keyword", `{"type":"object","x":1}`, `{"type":"object","unevaluatedProperties":false,"x":1}`, ""},
		{"dependentRequired", `{"dependentRequired":{"a":["x"]}}`, `{"dependentRequired":{"a":["x","y"]}}`, "DEPENDENCY_ARRAY_EXTENDED #/dependencies/a"},
		{"cut lengths", `{"maxLength":4294967297}`, `{"maxLength":1.9}`, ""},
		{"ids do not show", `{"$id":"http://h/a"}`, `{"$id":"http://h/b"}`, ""},
		{"keyword beside a list of types", `{"type":["string","null"],"maxLength":2}`, `{"type":["string","null"],"maxLength":1}`, "COMBINED_TYPE_SUBSCHEMAS_CHANGED #/"},
	})
}

func TestJSONCombinedRules(t *testing.T) {
	runRules(t, "", []ruleCase{
		{"into a choice", `{"type":"string"}`, `{"anyOf":[{"type":"null"},{"type":"string"}]}`, "+SUM_TYPE_EXTENDED #/"},
		{"into a choice that does not take it", `{"type":"string"}`, `{"anyOf":[{"type":"null"},{"type":"boolean"}]}`, "TYPE_CHANGED #/"},
		{"into a list of types", `{"type":"string"}`, `{"type":["string","null"]}`, "+SUM_TYPE_EXTENDED #/"},
		{"into one branch", `{"type":"string"}`, `{"allOf":[{"type":"string"}]}`, ""},
		{"into a product", `{"type":"string"}`, `{"allOf":[{"type":"string"},{"type":"null"}]}`, "TYPE_CHANGED #/"},
		{"out of a product", `{"allOf":[{"type":"string"},{"type":"null"}]}`, `{"type":"null"}`, "+PRODUCT_TYPE_NARROWED #/"},
		{"out of a choice", `{"anyOf":[{"type":"string"},{"type":"null"}]}`, `{"type":"null"}`, "TYPE_CHANGED #/"},
		{"more branches", `{"oneOf":[{"type":"null"}]}`, `{"oneOf":[{"type":"string"},{"type":"null"}]}`, "+SUM_TYPE_EXTENDED #/"},
		{"fewer branches", `{"oneOf":[{"type":"null"},{"type":"string"}]}`, `{"oneOf":[{"type":"string"}]}`, "SUM_TYPE_NARROWED #/"},
		{"more of a product", `{"allOf":[{"type":"null"}]}`, `{"allOf":[{"type":"null"},{"type":"string"}]}`, "PRODUCT_TYPE_EXTENDED #/"},
		{"fewer of a product", `{"allOf":[{"type":"null"},{"type":"string"}]}`, `{"allOf":[{"type":"null"}]}`, "+PRODUCT_TYPE_NARROWED #/"},
		{"to anyOf", `{"oneOf":[{"type":"null"},{"type":"string"}]}`, `{"anyOf":[{"type":"string"},{"type":"null"}]}`, "+COMBINED_TYPE_EXTENDED #/"},
		{"to oneOf", `{"anyOf":[{"type":"null"},{"type":"string"}]}`, `{"oneOf":[{"type":"null"},{"type":"string"}]}`, "COMBINED_TYPE_CHANGED #/"},
		{"branch differs", `{"anyOf":[{"type":"null"},{"maxLength":2}]}`, `{"anyOf":[{"maxLength":3},{"type":"null"}]}`, "+MAX_LENGTH_INCREASED #/anyOf/1/maxLength"},
		{"no match", `{"anyOf":[{"type":"null"},{"maxLength":2}]}`, `{"anyOf":[{"maxLength":1},{"type":"null"}]}`, "COMBINED_TYPE_SUBSCHEMAS_CHANGED #/"},
		{"equal branches", `{"anyOf":[{"type":"null"},{"type":"null"}]}`, `{"anyOf":[{"type":"null"}]}`, ""},
		{"branches that say nothing", `{"anyOf":[{"required":[]},{"items":[]},{"format":"nope"}]}`, `{"anyOf":[{"required":[]}]}`, ""},
		{"branches that print alike", `{"anyOf":[{"const":1},{"const":1.0}]}`, `{"anyOf":[{"const":1}]}`, ""},
		{"enums that print alike", `{"anyOf":[{"enum":[1,2]},{"enum":[2,1,1]}]}`, `{"anyOf":[{"enum":[1,2]}]}`, ""},
		{"typed branches differ", `{"anyOf":[{"maxLength":1},{"type":"string","maxLength":1}]}`, `{"anyOf":[{"maxLength":1}]}`, "SUM_TYPE_NARROWED #/"},
	})
}

func TestJSONReferenceRules(t *testing.T) {
	runRules(t, "", []ruleCase{
		{"followed", `{"$ref":"#/definitions/a","definitions":{"a":{"type":"null"}}}`, `{"type":"null"}`, ""},
		{"a change behind it", `{"properties":{"p":{"$ref":"#/definitions/a"}},"definitions":{"a":{"type":"null"}}}`, `{"properties":{"p":{"$ref":"#/definitions/a"}},"definitions":{"a":{"type":"string"}}}`, "TYPE_CHANGED #/properties/p"},
		{"hidden behind two", `{"$ref":"#/definitions/b","definitions":{"a":{"type":"null"},"b":{"$ref":"#/definitions/a"}}}`, `{"$ref":"#/definitions/b","definitions":{"a":{"type":"string"},"b":{"$ref":"#/definitions/a"}}}`, ""},
		{"two against none", `{"$ref":"#/definitions/b","definitions":{"a":{"type":"null"},"b":{"$ref":"#/definitions/a"}}}`, `{"type":"null"}`, "TYPE_CHANGED #/"},
		{"beside a reference", `{"$ref":"#/definitions/a","maxLength":1,"definitions":{"a":{"type":"string"}}}`, `{"$ref":"#/definitions/a","maxLength":2,"definitions":{"a":{"type":"string"}}}`, ""},
		{"recursive", `{"properties":{"v":{"type":"null"},"n":{"$ref":"#"}}}`, `{"properties":{"v":{"type":"string"},"n":{"$ref":"#"}}}`, "TYPE_CHANGED #/properties/v TYPE_CHANGED #/properties/n/properties/v TYPE_CHANGED #/properties/n/properties/n/properties/v"},
	})
}

package graphql_test

import "testing"

// usualIntrospection is the query by which GraphiQL, Apollo, gql.tada and code
// generators read a schema (graphql-js getIntrospectionQuery, all options on).
const usualIntrospection = `query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
	types { ...FullType } directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL isOneOf
	fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
	inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
	enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

func TestUsualIntrospection(t *testing.T) {
	n := newNode(t)
	a := n.query(usualIntrospection)
	a.has("__schema.subscriptionType", `{"name":"Subscription","kind":"OBJECT"}`)
	kinds := map[string]string{}
	for _, one := range a.at("__schema.types").([]any) {
		x := one.(map[string]any)
		kinds[x["name"].(string)] = x["kind"].(string)
	}
	for _, one := range a.at("__schema.types").([]any) {
		x := one.(map[string]any)
		possible, _ := x["possibleTypes"].([]any)
		for _, p := range possible {
			if name := p.(map[string]any)["name"].(string); kinds[name] != "OBJECT" {
				t.Errorf("%s may be a %s, which is no object type", x["name"], name)
			}
		}
		// A list that may be long has pages.
		fields, _ := x["fields"].([]any)
		for _, one := range fields {
			f := one.(map[string]any)
			args := map[string]bool{}
			for _, a := range f["args"].([]any) {
				args[a.(map[string]any)["name"].(string)] = true
			}
			if args["after"] && !args["first"] {
				t.Errorf("%s.%s has after without first", x["name"], f["name"])
			}
		}
	}
	for name, kind := range map[string]string{"Entity": "INTERFACE", "Node": "INTERFACE", "Owner": "UNION", "Subject": "OBJECT", "DateTime": "SCALAR", "MetadataInput": "INPUT_OBJECT"} {
		if kinds[name] != kind {
			t.Errorf("%s is a %q, want %s", name, kinds[name], kind)
		}
	}
}

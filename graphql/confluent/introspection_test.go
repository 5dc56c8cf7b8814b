package confluent_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/weir-registry/weir/graphql/confluent"
)

// What GraphiQL and most tools ask first.
const usualIntrospection = `query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name } types { ...FullType } directives { name description locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason } inputFields { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

func TestIntrospection(t *testing.T) {
	n := newNode(t, confluent.Limits{})
	var schema struct {
		Schema struct {
			QueryType        struct{ Name string }
			MutationType     *struct{ Name string }
			SubscriptionType *struct{ Name string }
			Types            []struct {
				Name   string
				Fields []struct{ Name, Description string }
			}
		} `json:"__schema"`
	}
	if err := json.Unmarshal([]byte(n.data(usualIntrospection)), &schema); err != nil {
		t.Fatal(err)
	}
	s := schema.Schema
	if s.QueryType.Name != "Query" || s.MutationType != nil || s.SubscriptionType != nil {
		t.Errorf("roots %v, %v, %v: want queries only", s.QueryType, s.MutationType, s.SubscriptionType)
	}
	// Every root field of section 8 is there, every field says what it is.
	roots := []string{"cf_entity", "cf_environment", "cn_connector", "kafka_logical_cluster", "kafka_topic", "sr_field", "sr_record", "sr_schema", "sr_subject_version"}
	for _, of := range s.Types {
		if strings.HasPrefix(of.Name, "__") {
			continue
		}
		var names []string
		for _, f := range of.Fields {
			names = append(names, f.Name)
			if f.Description == "" && of.Name != "business_metadata_attribute" {
				t.Errorf("%s.%s says nothing of itself", of.Name, f.Name)
			}
		}
		slices.Sort(names)
		if of.Name == "Query" && !slices.Equal(names, roots) {
			t.Errorf("root fields %v, want %v", names, roots)
		}
	}

	// An agent lists the types, then asks for each.
	if got := n.data(`{ __schema { types { name kind } } }`); !strings.Contains(got, `{"name":"kafka_topic","kind":"OBJECT"}`) {
		t.Errorf("types: %s", got)
	}
	got := n.data(`{ __type(name: "kafka_topic") { name kind description fields { name description type { name kind } } } }`)
	for _, part := range []string{
		`"name":"kafka_topic","kind":"OBJECT"`,
		`{"name":"ownerEmail","description":"How to reach the owner.","type":{"name":"String","kind":"SCALAR"}}`,
		`{"name":"logical_cluster","description":"The cluster that it is in.","type":{"name":"kafka_logical_cluster","kind":"OBJECT"}}`,
		`"type":{"name":null,"kind":"LIST"}`,
	} {
		if !strings.Contains(got, part) {
			t.Errorf("__type lacks %s: %s", part, got)
		}
	}
}

// attested are fields and arguments that clients use; none may ever go
// (catalog-api.md section 8: add fields, never remove them).
var attested = map[string][]string{
	"kafka_topic":           {"name", "nameLower", "qualifiedName", "description", "createTime", "updateTime", "tags", "business_metadata", "owner", "ownerEmail", "clusterId", "logical_cluster_id", "logical_cluster", "id"},
	"cn_connector":          {"name", "qualifiedName", "class", "type", "status", "description", "clusterId", "tags", "business_metadata", "topics"},
	"sr_field":              {"name", "nameLower", "qualifiedName", "description", "createTime", "updateTime", "tags", "business_metadata", "record"},
	"sr_record":             {"name", "nameLower", "qualifiedName", "description", "createTime", "updateTime", "tags", "business_metadata", "schema"},
	"sr_schema":             {"name", "nameLower", "qualifiedName", "description", "createTime", "updateTime", "tags", "business_metadata", "subject_versions"},
	"sr_subject_version":    {"name", "nameLower", "qualifiedName", "description", "createTime", "updateTime", "tags", "business_metadata", "version"},
	"kafka_logical_cluster": {"name", "nameLower", "qualifiedName", "description", "createTime", "updateTime", "tags", "business_metadata"},
	"cf_environment":        {"name", "nameLower", "qualifiedName", "description", "createTime", "updateTime", "tags", "business_metadata"},
	"cf_entity":             {"name", "nameLower", "qualifiedName", "description", "createTime", "updateTime", "tags", "business_metadata"},
}

func TestAttestedFields(t *testing.T) {
	var sources []*ast.Source
	for _, file := range []string{"schema.graphqls", "criteria.graphqls"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	for of, fields := range attested {
		for _, name := range fields {
			if schema.Types[of].Fields.ForName(name) == nil {
				t.Errorf("%s.%s is gone", of, name)
			}
		}
		root := schema.Query.Fields.ForName(of)
		if root == nil {
			t.Errorf("the root field %s is gone", of)
			continue
		}
		for _, name := range []string{"where", "tags", "limit", "offset", "order_by", "business_metadata", "deleted"} {
			if root.Arguments.ForName(name) == nil {
				t.Errorf("%s has no argument %s", of, name)
			}
		}
		if root.Type.NonNull || root.Type.Elem == nil {
			t.Errorf("%s gives %s, want a plain list", of, root.Type)
		}
	}
}

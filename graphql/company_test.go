package graphql_test

import (
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// The schemas of a small company.
const (
	orderV1 = `{"type":"record","name":"Order","namespace":"com.acme","doc":"An order.","fields":[
		{"name":"id","type":"long","doc":"Its number."},
		{"name":"email","type":["null","string"],"default":null,"confluent:tags":["PII"],"aliases":["mail"]},
		{"name":"customer","type":{"type":"record","name":"Customer","fields":[{"name":"name","type":"string","confluent:tags":["PII"]}]}},
		{"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","PAID"]},"default":"NEW"}]}`
	orderV2 = `{"type":"record","name":"Order","namespace":"com.acme","doc":"An order.","fields":[
		{"name":"id","type":"long","doc":"Its number."},
		{"name":"customer","type":{"type":"record","name":"Customer","fields":[{"name":"name","type":"string","confluent:tags":["PII"]}]}},
		{"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","PAID"]},"default":"NEW"},
		{"name":"total","type":"double","default":0}]}`
	payment = `syntax = "proto3"; package acme; message Payment { int64 id = 1; string iban = 7; }`
	user    = `{"type":"object","properties":{"email":{"type":"string","description":"Where to write."},"age":{"type":"integer"}}}`
)

// company registers them: orders with two versions and a rule, payments,
// users, and one subject in another context.
func company(n *node) {
	n.T.Helper()
	n.Register("orders-value", schema.Avro, orderV1)
	text := orderV2
	owner, expr, rule := "sales", "size(message.id) > 0", "checkId"
	kind := "CEL"
	n.RegisterBody("orders-value", registry.SchemaBody{
		Schema: &text, Type: schema.Avro,
		Metadata: &registry.Metadata{Properties: map[string]*string{"owner": &owner}, Tags: map[string][]string{"com.acme.Order.total": {"MONEY"}}},
		Rules:    &registry.RuleSet{DomainRules: []registry.Rule{{Name: &rule, Kind: "CONDITION", Mode: "WRITE", Type: &kind, Expr: &expr, Tags: []string{"PII"}}}},
	})
	n.Register("payments-value", schema.Protobuf, payment)
	n.Register("users-value", schema.JSON, user)
	n.Register(":.team:orders-value", schema.Avro, orderV1)
}

// ids are the global ids of a query's entities, by name.
func (n *node) subjectID(name string) string {
	n.T.Helper()
	return n.query(`query($n: String!) { subject(name: $n) { id } }`, variables{"n": name}).string("subject.id")
}

func (n *node) fieldID(subject, runtime string) string {
	n.T.Helper()
	return n.query(`query($q: String!) { entity(kind: FIELD, qualifiedName: $q) { id } }`, variables{"q": subject + ":" + runtime}).string("entity.id")
}

package confluent_test

import (
	"encoding/json"
	"testing"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/confluent"
	"github.com/weir-registry/weir/schema"
)

// The schemas of a small company.
const (
	orderV1 = `{"type":"record","name":"Order","namespace":"com.acme","doc":"What somebody buys.","fields":[
		{"name":"id","type":"string"},
		{"name":"email","type":"string","doc":"Where to write.","confluent:tags":["PII"]}]}`
	orderV2 = `{"type":"record","name":"Order","namespace":"com.acme","doc":"What somebody buys.","fields":[
		{"name":"id","type":"string"},
		{"name":"email","type":"string","doc":"Where to write.","confluent:tags":["PII"]},
		{"name":"buyer","type":["null",{"type":"record","name":"Buyer","fields":[{"name":"age","type":"int"}]}],"default":null}]}`
	payment = `syntax = "proto3";
		package acme;
		import "confluent/meta.proto";
		message Payment {
			string card = 1 [(confluent.field_meta).tags = "PII", (confluent.field_meta).tags = "SECRET"];
			int64 cents = 2;
		}`
	parcel = `{"type":"object","title":"Parcel","properties":{"street":{"type":"string","confluent:tags":["PII"]},"grams":{"type":"integer"}}}`
)

// acme is the small company: three topics, one of which is described, tagged
// and has business metadata.
func acme(t testing.TB, limits confluent.Limits) *node {
	t.Helper()
	n := newNode(t, limits)
	n.Register("orders-value", schema.Avro, orderV1) // 1
	n.Register("orders-value", schema.Avro, orderV2) // 2
	n.Register("Payments-value", schema.Protobuf, payment)
	n.Register("parcels-value", schema.JSON, parcel)
	text := func(s string) json.RawMessage {
		v, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	description := "All orders."
	n.Commit(
		catalog.Put{Definition: &catalog.TagDefinition{Name: "PII", EntityTypes: []string{"cf_entity"}}},
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Gold", EntityTypes: []string{"cf_entity"}}},
		catalog.Put{Definition: &catalog.MetadataDefinition{Name: "Governance", Attributes: []catalog.AttributeDefinition{
			{Name: "owner_team", TypeName: "string", IsOptional: true},
			{Name: "slo", TypeName: "string", IsOptional: true},
		}}},
	)
	n.Commit(
		catalog.Edit{
			Ref:         topic("orders"),
			Description: &description,
			PutTags:     []catalog.TagValue{{Name: "PII"}},
			Attributes:  map[string]string{"owner": "Ann", "ownerEmail": "ann@acme.com"},
			Metadata:    []catalog.MetadataValue{{Definition: "Governance", Values: map[string]json.RawMessage{"slo": text("99"), "owner_team": text("sales")}}},
		},
		catalog.Edit{Ref: topic("parcels"), PutTags: []catalog.TagValue{{Name: "Gold"}}},
	)
	return n
}

func topic(name string) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindTopic, Scope: "lkc-test", Name: name}
}

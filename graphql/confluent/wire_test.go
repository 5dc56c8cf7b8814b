package confluent_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/graphql/confluent"
)

// The queries of catalog-api.md section 8, as they stand there, and of clients
// that are cited there.
var wireQueries = []struct {
	name, query, want string
}{
	{
		"ns4kafka by tag",
		`query { kafka_topic(tags: ["PII"]) { nameLower tags } }`,
		`{"kafka_topic":[{"nameLower":"orders","tags":["PII"]}]}`,
	},
	{
		"ns4kafka by all tags: one of them is enough",
		`query { kafka_topic(tags: ["Gold","PII","SECRET"]) { nameLower tags } }`,
		`{"kafka_topic":[{"nameLower":"orders","tags":["PII"]},{"nameLower":"parcels","tags":["Gold"]}]}`,
	},
	{
		"ns4kafka with a description",
		`query { kafka_topic(where: {description: {_gte: null}}) { nameLower description } }`,
		`{"kafka_topic":[{"nameLower":"orders","description":"All orders."}]}`,
	},
	{
		"DataHub topics",
		`{ kafka_topic(limit: 100, offset: 0) { name qualifiedName clusterId tags business_metadata { name value } } }`,
		`{"kafka_topic":[` +
			`{"name":"Payments","qualifiedName":"lsrc-test:lkc-test:Payments","clusterId":"lkc-test","tags":[],"business_metadata":[]},` +
			`{"name":"orders","qualifiedName":"lsrc-test:lkc-test:orders","clusterId":"lkc-test","tags":["PII"],"business_metadata":[{"name":"Governance.owner_team","value":"sales"},{"name":"Governance.slo","value":"99"}]},` +
			`{"name":"parcels","qualifiedName":"lsrc-test:lkc-test:parcels","clusterId":"lkc-test","tags":["Gold"],"business_metadata":[]}]}`,
	},
	{
		"DataHub topics as it asks since August 2026, with owners",
		`{ kafka_topic(limit: 1, offset: 1) { name qualifiedName logical_cluster_id logical_cluster { name } tags owner ownerEmail description } }`,
		`{"kafka_topic":[{"name":"orders","qualifiedName":"lsrc-test:lkc-test:orders","logical_cluster_id":"lkc-test","logical_cluster":{"name":"lkc-test"},"tags":["PII"],"owner":"Ann","ownerEmail":"ann@acme.com","description":"All orders."}]}`,
	},
	{
		"DataHub connectors",
		`{ cn_connector(limit: 100, offset: 0) { name qualifiedName class type status description tags business_metadata { name value } topics { name qualifiedName tags business_metadata { name value } } } }`,
		`{"cn_connector":[]}`,
	},
	{
		"fields by tag",
		`{ sr_field(tags: ["PII"]) { name qualifiedName } }`,
		`{"sr_field":[` +
			`{"name":"email","qualifiedName":"lsrc-test:.:1:com.acme.Order.email"},` +
			`{"name":"email","qualifiedName":"lsrc-test:.:2:com.acme.Order.email"},` +
			`{"name":"card","qualifiedName":"lsrc-test:.:3:Payment.card"},` +
			`{"name":"street","qualifiedName":"lsrc-test:.:4:object.street"}]}`,
	},
	{
		"from a field to the versions of its subject",
		`{ sr_field { name record { name schema { name subject_versions { name } } } } }`,
		`{"sr_field":[` +
			field("email", "Order", "orders-value") + "," + field("id", "Order", "orders-value") + "," +
			field("age", "Buyer", "orders-value") + "," + field("buyer", "Order", "orders-value") + "," +
			field("email", "Order", "orders-value") + "," + field("id", "Order", "orders-value") + "," +
			field("card", "Payment", "Payments-value") + "," + field("cents", "Payment", "Payments-value") + "," +
			field("grams", "object", "parcels-value") + "," + field("street", "object", "parcels-value") + `]}`,
	},
	{
		"from a version to the fields of its schema",
		`query { sr_subject_version(where: {subject: {_eq: "orders-value"}, version: {_eq: 2}}) { name version schema { id schemaType types { __typename name ... on sr_record { namespace fields { name type } } } } } }`,
		`{"sr_subject_version":[{"name":"orders-value","version":2,"schema":{"id":2,"schemaType":"AVRO","types":[` +
			`{"__typename":"sr_record","name":"Buyer","namespace":"com.acme","fields":[{"name":"age","type":"int"}]},` +
			`{"__typename":"sr_record","name":"Order","namespace":"com.acme","fields":[{"name":"buyer","type":"com.acme.Buyer?"},{"name":"email","type":"string"},{"name":"id","type":"string"}]}]}}]}`,
	},
	{
		"an agent's question for new topics",
		`{ kafka_topic(where: {createTime: {_gte: "2023-11-11T00:00:00Z"}}) { name } }`,
		`{"kafka_topic":[{"name":"Payments"},{"name":"orders"},{"name":"parcels"}]}`,
	},
	{
		"any entity",
		`{ cf_entity(tags: ["PII"], limit: 2, offset: 3) { __typename name ... on sr_field { type } ... on kafka_topic { owner } } }`,
		`{"cf_entity":[{"__typename":"sr_field","name":"street","type":"string"},{"__typename":"kafka_topic","name":"orders","owner":"Ann"}]}`,
	},
	{
		"clusters and environments",
		`{ kafka_logical_cluster { name qualifiedName topics { name } } cf_environment { name entityStatus } }`,
		`{"kafka_logical_cluster":[{"name":"lkc-test","qualifiedName":"lkc-test","topics":[{"name":"Payments"},{"name":"orders"},{"name":"parcels"}]}],"cf_environment":[{"name":"env-test","entityStatus":"ACTIVE"}]}`,
	},
}

func field(name, record, subject string) string {
	return `{"name":"` + name + `","record":{"name":"` + record + `","schema":{"name":"` + subject + `","subject_versions":[{"name":"` + subject + `"}]}}}`
}

func TestWireQueries(t *testing.T) {
	n := acme(t, confluent.Limits{})
	for _, test := range wireQueries {
		t.Run(test.name, func(t *testing.T) {
			n := n.in(t)
			if diff := cmp.Diff(test.want, n.data(test.query)); diff != "" {
				t.Errorf("POST %s (-want +got):\n%s", test.query, diff)
			}
			got := n.send(http.MethodGet, n.url+"?"+url.Values{"query": {test.query}}.Encode(), "", "")
			if diff := cmp.Diff(`{"data":`+test.want+"}", got.text); diff != "" {
				t.Errorf("GET %s (-want +got):\n%s", test.query, diff)
			}
		})
	}
}

// The live service refuses variables; weir takes them.
func TestWireVariables(t *testing.T) {
	n := acme(t, confluent.Limits{})
	for _, document := range []string{
		`query DataHubKafkaTopicCatalog($limit: Int, $offset: Int) { kafka_topic(limit: $limit, offset: $offset) { name } }`,
		`query($limit: Int!, $offset: Int!) { kafka_topic(limit: $limit, offset: $offset) { name } }`,
	} {
		a := n.ask(document, map[string]any{"limit": 2, "offset": 1})
		if want := `{"data":{"kafka_topic":[{"name":"orders"},{"name":"parcels"}]}}`; a.text != want {
			t.Errorf("%s: %s, want %s", document, a.text, want)
		}
	}
	a := n.ask(`query($w: kafka_topic_criteria, $o: [kafka_topic_order], $t: [String]) { kafka_topic(where: $w, order_by: $o, tags: $t) { name } }`, map[string]any{
		"w": map[string]any{"name": map[string]any{"_gt": "a"}, "description": map[string]any{"_lte": nil}},
		"o": []any{map[string]any{"name": "desc"}},
		"t": []any{"gold", "pii"},
	})
	if want := `{"data":{"kafka_topic":[{"name":"parcels"}]}}`; a.text != want {
		t.Errorf("criteria in variables: %s, want %s", a.text, want)
	}
}

package confluent_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/graphql/confluent"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

func TestArguments(t *testing.T) {
	n := acme(t, confluent.Limits{})
	for _, test := range []struct{ name, query, want string }{
		{"order_by asc", `{ sr_subject_version(order_by: [{name: asc}, {version: asc}]) { name version } }`, `[{"name":"Payments-value","version":1},{"name":"orders-value","version":1},{"name":"orders-value","version":2},{"name":"parcels-value","version":1}]`},
		{"order_by desc", `{ sr_subject_version(order_by: [{nameLower: desc}, {version: desc}], limit: 2, offset: 1) { name version } }`, `[{"name":"parcels-value","version":1},{"name":"orders-value","version":2}]`},
		{"order_by a single object", `{ kafka_topic(order_by: {nameLower: asc}) { name } }`, `[{"name":"orders"},{"name":"parcels"},{"name":"Payments"}]`},
		{"what has no value is last", `{ kafka_topic(order_by: [{owner: desc}, {name: desc}]) { name } }`, `[{"name":"orders"},{"name":"parcels"},{"name":"Payments"}]`},
		{"business_metadata with a value", `{ kafka_topic(business_metadata: [{name: "Governance.slo", value: "99"}]) { name } }`, `[{"name":"orders"}]`},
		{"business_metadata with a number for a text", `{ kafka_topic(business_metadata: [{name: "Governance.slo", value: 99}]) { name } }`, `[{"name":"orders"}]`},
		{"business_metadata with another value", `{ kafka_topic(business_metadata: [{name: "Governance.slo", value: "98"}]) { name } }`, `[]`},
		{"business_metadata with any value", `{ kafka_topic(business_metadata: [{name: "Governance.slo"}, {name: "Governance.owner_team", value: null}]) { name } }`, `[{"name":"orders"}]`},
		{"all business_metadata must hold", `{ kafka_topic(business_metadata: [{name: "Governance.slo"}, {name: "Governance.nothing"}]) { name } }`, `[]`},
		{"tags that nothing has", `{ kafka_topic(tags: ["Nothing"]) { name } }`, `[]`},
		{"no tags are all", `{ kafka_topic(tags: [], limit: 1) { name } }`, `[{"name":"Payments"}]`},
		{"tags in another letter case", `{ kafka_topic(tags: ["gold"]) { name } }`, `[{"name":"parcels"}]`},
		{"tags and criteria", `{ sr_field(tags: ["PII"], where: {type: {_eq: "string"}, qualifiedName: {_starts_with: "lsrc-test:.:2:"}}) { name } }`, `[{"name":"email"}]`},
		{"a field by its name", `{ sr_field(where: {name: {_eq: "age"}}) { qualifiedName } }`, `[{"qualifiedName":"lsrc-test:.:2:com.acme.Buyer.age"}]`},
		{"any entity by its name", `{ cf_entity(where: {name: {_starts_with: "par"}}) { __typename name } }`, `[{"__typename":"sr_schema","name":"parcels-value"},{"__typename":"sr_subject_version","name":"parcels-value"},{"__typename":"kafka_topic","name":"parcels"}]`},
		{"an entity by its qualified name", `{ cf_entity(where: {qualifiedName: {_eq: "lsrc-test:.:2"}}) { __typename } }`, `[{"__typename":"sr_schema"}]`},
		{"what begins with a qualified name", `{ cf_entity(where: {qualifiedName: {_starts_with: "lsrc-test:.:2"}}) { __typename qualifiedName } }`, `[` +
			`{"__typename":"sr_schema","qualifiedName":"lsrc-test:.:2"},{"__typename":"sr_record","qualifiedName":"lsrc-test:.:2:com.acme.Buyer"},{"__typename":"sr_field","qualifiedName":"lsrc-test:.:2:com.acme.Buyer.age"},` +
			`{"__typename":"sr_record","qualifiedName":"lsrc-test:.:2:com.acme.Order"},{"__typename":"sr_field","qualifiedName":"lsrc-test:.:2:com.acme.Order.buyer"},{"__typename":"sr_field","qualifiedName":"lsrc-test:.:2:com.acme.Order.email"},{"__typename":"sr_field","qualifiedName":"lsrc-test:.:2:com.acme.Order.id"}]`},
		{"a page of what begins with one", `{ sr_field(where: {qualifiedName: {_starts_with: "lsrc-test:.:2:"}}, limit: 2, offset: 1) { name } }`, `[{"name":"buyer"},{"name":"email"}]`},
		{"_or", `{ kafka_topic(where: {_or: [{name: {_eq: "orders"}}, {nameLower: {_starts_with: "pay"}}]}) { name } }`, `[{"name":"Payments"},{"name":"orders"}]`},
		{"_and", `{ kafka_topic(where: {_and: [{name: {_gt: "a"}}, {name: {_lt: "p"}}]}) { name } }`, `[{"name":"orders"}]`},
		{"a number", `{ sr_schema(where: {id: {_gte: 3}}) { id schemaType } }`, `[{"id":3,"schemaType":"PROTOBUF"},{"id":4,"schemaType":"JSON"}]`},
		{"a limit of none", `{ kafka_topic(limit: 0) { name } }`, `[]`},
		{"null arguments are none", `{ kafka_topic(where: null, tags: null, limit: null, offset: null, order_by: null, business_metadata: null, deleted: null) { name } }`, `[{"name":"Payments"},{"name":"orders"},{"name":"parcels"}]`},
		{"past the end", `{ kafka_topic(offset: 3) { name } }`, `[]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := n.in(t)
			got := n.data(test.query)
			_, got, _ = strings.Cut(got, ":")
			if diff := cmp.Diff(test.want, strings.TrimSuffix(got, "}")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.query, diff)
			}
		})
	}
}

func TestRefusedArguments(t *testing.T) {
	n := acme(t, confluent.Limits{})
	const invalid, input = "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"
	for _, test := range []struct{ name, query, code string }{
		{"an unknown field fails all of it", `{ kafka_topic { name } sr_field { nothing } }`, invalid},
		{"an attribute of another type", `{ kafka_topic { schemaType } }`, invalid},
		{"an unknown criterion", `{ kafka_topic(where: {name: {_like: "x"}}) { name } }`, invalid},
		{"an unknown attribute in where", `{ kafka_topic(where: {nothing: {_eq: "x"}}) { name } }`, invalid},
		{"a text for a number", `{ sr_schema(where: {id: {_eq: "1"}}) { name } }`, invalid},
		{"a prefix of a number", `{ sr_schema(where: {id: {_starts_with: "1"}}) { name } }`, invalid},
		{"an order that is none", `{ kafka_topic(order_by: [{name: up}]) { name } }`, invalid},
		{"two attributes in one order", `{ kafka_topic(order_by: [{name: asc, owner: desc}]) { name } }`, input},
		{"no time", `{ kafka_topic(where: {createTime: {_gt: "soon"}}) { name } }`, input},
		{"a prefix that is null", `{ kafka_topic(where: {name: {_starts_with: null}}) { name } }`, input},
		{"too large a page", `{ kafka_topic(limit: 1001) { name } }`, input},
		{"a negative page", `{ kafka_topic(limit: -1) { name } }`, input},
		{"a negative offset", `{ kafka_topic(offset: -1) { name } }`, input},
		{"business metadata without a name", `{ kafka_topic(business_metadata: [{value: 1}]) { name } }`, invalid},
		{"a mutation", `mutation { kafka_topic { name } }`, invalid},
		{"a subscription", `subscription { kafka_topic { name } }`, invalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := n.in(t)
			a := n.ask(test.query, nil)
			if a.code() != test.code || a.status != http.StatusOK {
				t.Errorf("%s: %d %s, want code %s", test.query, a.status, a.text, test.code)
			}
			if test.code == invalid && len(a.Data) > 0 {
				t.Errorf("%s has data: %s", test.query, a.text)
			}
		})
	}
}

// What was deleted is listed when it is asked for, and says that it is.
func TestDeleted(t *testing.T) {
	n := acme(t, confluent.Limits{})
	if _, err := n.Registry.DeleteVersion(t.Context(), registry.ParseSubject("orders-value"), 1, false); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ query, want string }{
		{`{ sr_subject_version(where: {subject: {_eq: "orders-value"}}) { version } }`, `{"sr_subject_version":[{"version":2}]}`},
		{`{ sr_subject_version(where: {subject: {_eq: "orders-value"}}, deleted: true) { version entityStatus deleted } }`, `{"sr_subject_version":[{"version":1,"entityStatus":"DELETED","deleted":true},{"version":2,"entityStatus":"ACTIVE","deleted":false}]}`},
		{`{ sr_schema(where: {id: {_lte: 2}}, deleted: false) { id } }`, `{"sr_schema":[{"id":2}]}`},
		{`{ sr_field(tags: ["PII"], where: {name: {_eq: "email"}}, deleted: true) { qualifiedName entityStatus record { schema { subject_versions { version } } } } }`, `{"sr_field":[` +
			`{"qualifiedName":"lsrc-test:.:1:com.acme.Order.email","entityStatus":"DELETED","record":{"schema":{"subject_versions":[{"version":1}]}}},` +
			`{"qualifiedName":"lsrc-test:.:2:com.acme.Order.email","entityStatus":"ACTIVE","record":{"schema":{"subject_versions":[{"version":2}]}}}]}`},
	} {
		if diff := cmp.Diff(test.want, n.data(test.query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.query, diff)
		}
	}
}

// hiding lets nobody but the boss read some subjects.
type hiding []string

func (h hiding) Authorize(ctx context.Context, action auth.Action, resource auth.Resource) error {
	who := auth.From(ctx)
	if who.Name != "boss" && action == auth.Read && slices.ContainsFunc(h, func(name string) bool { return strings.Contains(resource.Name, name) }) {
		return &auth.DeniedError{Principal: who, Action: action, Resource: resource}
	}
	return nil
}

// What a caller may not read is not there: it takes no place on a page, and no
// relation leads to it.
func TestHidden(t *testing.T) {
	n := newNode(t, confluent.Limits{}, catalogtest.Auth(hiding{"secret"}))
	n.Register("open-value", schema.Avro, orderV1)
	n.Register("secret-value", schema.Avro, orderV1)
	n.Register("secret-key", schema.Avro, orderV2)
	const query = `{"query": "{ sr_subject_version { name } sr_schema { id subject_versions { name } } sr_field(limit: 2, order_by: [{qualifiedName: desc}]) { qualifiedName } kafka_topic { name } }"}`
	for who, want := range map[string]string{
		"clerk": `{"data":{"sr_subject_version":[{"name":"open-value"}],"sr_schema":[{"id":1,"subject_versions":[{"name":"open-value"}]}],"sr_field":[{"qualifiedName":"lsrc-test:.:1:com.acme.Order.id"},{"qualifiedName":"lsrc-test:.:1:com.acme.Order.email"}],"kafka_topic":[{"name":"open"}]}}`,
		"boss":  `{"data":{"sr_subject_version":[{"name":"open-value"},{"name":"secret-key"},{"name":"secret-value"}],"sr_schema":[{"id":1,"subject_versions":[{"name":"open-value"},{"name":"secret-value"}]},{"id":2,"subject_versions":[{"name":"secret-key"}]}],"sr_field":[{"qualifiedName":"lsrc-test:.:2:com.acme.Order.id"},{"qualifiedName":"lsrc-test:.:2:com.acme.Order.email"}],"kafka_topic":[{"name":"open"},{"name":"secret"}]}}`,
	} {
		if diff := cmp.Diff(want, n.send(http.MethodPost, n.url, query, who).text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", who, diff)
		}
	}
}

package graphql_test

import "testing"

// odcs is a contract for the orders.
const odcs = `apiVersion: v3.1.0
kind: DataContract
id: orders-contract
name: Orders
version: 1.2.0
status: active
domain: Commerce
dataProduct: Order stream
description:
  purpose: What was ordered.
schema:
  - name: orders
    physicalName: orders
    properties:
      - name: id
        logicalType: integer
        description: The order's number.
      - name: nowhere
        logicalType: string
slaProperties:
  - property: latency
    value: 4
    unit: s
`

func TestContract(t *testing.T) {
	n := newNode(t)
	company(n)
	put := `mutation($o: String!, $d: Boolean) { putContract(odcs: $o, dryRun: $d) { contract { id contractId version status standard targets { qualifiedName } sla { property value unit element } } notes errors { code message path } } }`
	before := n.query(`{ revision }`).string("revision")
	a := n.query(put, variables{"o": odcs, "d": true})
	a.has("putContract.errors", `[]`)
	if after := n.query(`{ revision }`).string("revision"); after != before {
		t.Errorf("a dry run went from %s to %s", before, after)
	}
	a = n.query(put, variables{"o": odcs})
	a.has("putContract.errors", `[]`)
	a.has("putContract.contract.version", `"1.2.0"`)
	a.has("putContract.contract.targets", `[{"qualifiedName":"orders-value"}]`)
	a.has("putContract.contract.sla", `[{"property":"latency","value":"4","unit":"s","element":null}]`)
	if notes := a.at("putContract.notes").([]any); len(notes) != 1 {
		t.Errorf("notes %v, want one of the property that is no field", notes)
	}
	a = n.query(`{ subject(name: "orders-value") { description { value source others { value } } domain { name } contract { contractId odcs } }
		topic(cluster: "default", name: "orders") { contract { contractId } }
		definitions(kind: DATA_PRODUCT, first: 1) { nodes { ... on DataProduct { contracts { contractId } } } } }`)
	a.has("subject.description", `{"value":"What was ordered.","source":"IMPORTED","others":[{"value":"An order."}]}`)
	a.has("subject.domain.name", `"Commerce"`)
	a.has("subject.contract", `{"contractId":"orders-contract","odcs":`+quoted(odcs)+`}`)
	a.has("topic.contract.contractId", `"orders-contract"`)
	a.has("definitions.nodes.0.contracts", `[{"contractId":"orders-contract"}]`)

	a = n.query(put, variables{"o": "kind: DataContract"})
	if list := a.at("putContract.errors").([]any); len(list) == 0 || list[0].(map[string]any)["code"] != "INVALID_CONTRACT" {
		t.Errorf("a text that is no contract: %s", a.text)
	}
}

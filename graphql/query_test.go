package graphql_test

import "testing"

func TestSubject(t *testing.T) {
	n := newNode(t)
	company(n)
	a := n.query(`{ subject(name: "orders-value") {
		id kind name qualifiedName status type mode metadataVersion firstSeen lastSeen
		description { value } owners { role } tags { tag { name } } terms { term { name } } domain { name }
		businessMetadata { definition { name } } deprecation { reason } links { url }
		context { name qualifiedName kind } compatibility { level inherited group }
		latest { version deleted registeredAt registeredBy { name } }
		versions(first: 10) { totalCount nodes { version } edges { cursor node { version } } pageInfo { hasNextPage hasPreviousPage } }
		topics { isKey source topic { name cluster { name } } }
		records(first: 10) { nodes { name fullName symbols } }
	} }`)
	a.has("subject.qualifiedName", `"orders-value"`)
	a.has("subject.type", `"AVRO"`)
	a.has("subject.status", `"ACTIVE"`)
	a.has("subject.mode", `"READWRITE"`)
	a.has("subject.metadataVersion", `"0"`)
	a.has("subject.compatibility", `{"level":"BACKWARD","inherited":true,"group":null}`)
	a.has("subject.context", `{"name":".","qualifiedName":".","kind":"CONTEXT"}`)
	a.has("subject.latest.version", `2`)
	a.has("subject.versions.nodes", `[{"version":1},{"version":2}]`)
	a.has("subject.versions.totalCount", `2`)
	a.has("subject.topics", `[{"isKey":false,"source":"INFERRED","topic":{"name":"orders","cluster":{"name":"default"}}}]`)
	a.has("subject.records.nodes.0", `{"name":"com.acme.Order","fullName":"com.acme.Order","symbols":[]}`)
	t.Log(a.text)
}

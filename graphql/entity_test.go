package graphql_test

import (
	"testing"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// People's side of the company: a definition of each kind, and things said of
// the orders.
func people(n *node) {
	n.T.Helper()
	company(n)
	ann := n.query(`mutation { putPerson(input: {name: "Ann", email: "ann@acme.com"}) { node { id } errors { code message } } }`).string("putPerson.node.id")
	team := n.query(`mutation($m: [ID!]) { putTeam(input: {name: "Sales", members: $m, contact: [{title: "Chat", url: "https://chat.acme.com/sales"}]}) { node { id } errors { code message } } }`,
		variables{"m": []string{ann}}).string("putTeam.node.id")
	domain := n.query(`mutation($o: ID!) { putDomain(input: {name: "Commerce", description: "All that is sold.", owners: [{owner: $o}]}) { node { id } errors { code message } } }`,
		variables{"o": team}).string("putDomain.node.id")
	n.query(`mutation($p: ID!) { putDomain(input: {name: "Orders", parent: $p}) { node { id } errors { code message } } }`, variables{"p": domain})
	term := n.query(`mutation { putTerm(input: {name: "Order", definition: "What a customer wants.", synonyms: ["purchase"]}) { node { id } errors { code } } }`).string("putTerm.node.id")
	n.query(`mutation($r: [ID!], $p: ID) { putTerm(input: {name: "Return", parent: $p, related: $r}) { node { id } errors { code } } }`, variables{"r": []string{term}, "p": term})
	n.query(`mutation { putTag(input: {name: "Sensitive", description: "Handle with care.", color: "RED_LIGHT", restrictedTo: [FIELD, SUBJECT]}) { tag { id } errors { code message } } }`)
	n.query(`mutation { putBusinessMetadata(input: {name: "Quality", appliesTo: [SUBJECT], attributes: [{name: "grade", type: "string", required: true, options: ["A", "B"]}, {name: "score", type: "int"}]}) { node { id } errors { code message } } }`)
	orders := n.subjectID("orders-value")
	n.query(`mutation($d: ID!, $o: ID!, $out: [ID!]) { putDataProduct(input: {name: "Order stream", description: "Each order.", domain: $d, owners: [{owner: $o, role: STEWARD}], outputs: $out}) { node { id } errors { code message } } }`,
		variables{"d": domain, "o": ann, "out": []string{orders}})
	a := n.query(`mutation($i: MetadataInput!) { updateMetadata(input: [$i]) { entity { id } changes { action } errors { code message path } } }`, variables{"i": variables{
		"id": orders, "description": "Orders of the shop.", "addTags": []any{variables{"name": "Sensitive"}}, "addTerms": []string{term},
		"owners": []any{variables{"owner": team}, variables{"owner": ann, "role": "ON_CALL"}}, "domain": domain,
		"links":            []any{variables{"title": "Wiki", "url": "https://wiki.acme.com/orders"}},
		"deprecation":      variables{"reason": "Use orders-v2.", "until": "2027-01-01T00:00:00Z"},
		"businessMetadata": []any{variables{"definition": "Quality", "values": variables{"grade": "A", "score": 7}}},
	}})
	a.has("updateMetadata.0.errors", `[]`)
}

func TestEverythingSaid(t *testing.T) {
	n := newNode(t)
	people(n)
	a := n.query(`{ subject(name: "orders-value") {
		status metadataVersion description { value source by { name kind } at others { value source } }
		owners { role source owner { ... on Team { name } ... on Person { name email } } }
		tags { source attributes at tag { name color description restrictedTo usage } via { id } }
		terms { source term { name definition synonyms } }
		domain { name description { value } owners { owner { ... on Team { name } } } children { name parent { name } } products { name domain { name } } }
		businessMetadata { definition { name appliesTo attributes { name type required options default } } values { name value } }
		deprecation { since until reason replacement { id } }
		links { title url }
	} }`)
	a.has("subject.status", `"DEPRECATED"`)
	a.has("subject.description.value", `"Orders of the shop."`)
	a.has("subject.description.source", `"APPLIED"`)
	a.has("subject.description.others", `[{"value":"An order.","source":"SCHEMA"}]`)
	a.has("subject.owners", `[{"role":"OWNER","source":"APPLIED","owner":{"name":"Sales"}},{"role":"ON_CALL","source":"APPLIED","owner":{"name":"Ann","email":"ann@acme.com"}}]`)
	a.has("subject.tags.0.source", `"APPLIED"`)
	a.has("subject.tags.0.tag", `{"name":"Sensitive","color":"RED_LIGHT","description":"Handle with care.","restrictedTo":["FIELD","SUBJECT"],"usage":1}`)
	a.has("subject.terms", `[{"source":"APPLIED","term":{"name":"Order","definition":"What a customer wants.","synonyms":["purchase"]}}]`)
	a.has("subject.domain", `{"name":"Commerce","description":{"value":"All that is sold."},"owners":[{"owner":{"name":"Sales"}}],
		"children":[{"name":"Orders","parent":{"name":"Commerce"}}],"products":[{"name":"Order stream","domain":{"name":"Commerce"}}]}`)
	a.has("subject.businessMetadata.0.values", `[{"name":"grade","value":"A"},{"name":"score","value":7}]`)
	a.has("subject.businessMetadata.0.definition.attributes.0", `{"name":"grade","type":"string","required":true,"options":["A","B"],"default":null}`)
	a.has("subject.deprecation.until", `"2027-01-01T00:00:00Z"`)
	a.has("subject.links", `[{"title":"Wiki","url":"https://wiki.acme.com/orders"}]`)
}

// Every type of the schema that an object can have is reached by id.
func TestEveryTypeByID(t *testing.T) {
	n := newNode(t)
	people(n)
	ids := map[string]string{}
	collect := func(name, document, path string) { ids[name] = n.query(document).string(path) }
	collect("Context", `{ subject(name: "orders-value") { context { id } } }`, "subject.context.id")
	collect("Subject", `{ subject(name: "orders-value") { id } }`, "subject.id")
	collect("SchemaVersion", `{ subject(name: "orders-value") { latest { id } } }`, "subject.latest.id")
	collect("Schema", `{ subject(name: "orders-value") { latest { schema { id } } } }`, "subject.latest.schema.id")
	collect("Rule", `{ subject(name: "orders-value") { latest { rules { id } } } }`, "subject.latest.rules.0.id")
	collect("Record", `{ subject(name: "orders-value") { records(first: 1) { nodes { id } } } }`, "subject.records.nodes.0.id")
	collect("Field", `{ subject(name: "orders-value") { fields(first: 1) { nodes { id } } } }`, "subject.fields.nodes.0.id")
	collect("Topic", `{ topics(first: 1) { nodes { id } } }`, "topics.nodes.0.id")
	collect("Cluster", `{ clusters(first: 1) { nodes { id } } }`, "clusters.nodes.0.id")
	collect("Tag", `{ tags(first: 1) { nodes { id } } }`, "tags.nodes.0.id")
	collect("GlossaryTerm", `{ definitions(kind: TERM, first: 1) { nodes { id } } }`, "definitions.nodes.0.id")
	collect("BusinessMetadataDef", `{ definitions(kind: BUSINESS_METADATA, first: 1) { nodes { id } } }`, "definitions.nodes.0.id")
	collect("Team", `{ definitions(kind: TEAM, first: 1) { nodes { id } } }`, "definitions.nodes.0.id")
	collect("Domain", `{ definitions(kind: DOMAIN, first: 1) { nodes { id } } }`, "definitions.nodes.0.id")
	collect("DataProduct", `{ definitions(kind: DATA_PRODUCT, first: 1) { nodes { id } } }`, "definitions.nodes.0.id")
	collect("Person", `{ people(first: 1) { nodes { id } } }`, "people.nodes.0.id")
	n.query(`mutation($o: String!) { putContract(odcs: $o) { contract { id } errors { code message } } }`, variables{"o": odcs})
	collect("Contract", `{ definitions(kind: CONTRACT, first: 1) { nodes { id } } }`, "definitions.nodes.0.id")
	collect("ChangeEvent", `{ changes(first: 1) { nodes { id } } }`, "changes.nodes.0.id")

	implementors := n.query(`{ __type(name: "Node") { possibleTypes { name } } }`).at("__type.possibleTypes").([]any)
	for _, one := range implementors {
		name := one.(map[string]any)["name"].(string)
		id, ok := ids[name]
		if !ok {
			t.Errorf("no test gets the id of a %s", name)
			continue
		}
		a := n.query(`query($i: ID!) { node(id: $i) { __typename id } nodes(ids: [$i]) { __typename id } }`, variables{"i": id})
		a.has("node.__typename", quoted(name))
		a.has("node.id", quoted(id))
		a.has("nodes.0.id", quoted(id))
	}
	// What an Entity says of itself finds it again.
	for name, id := range ids {
		a := n.query(`query($i: ID!) { node(id: $i) { ... on Entity { id kind qualifiedName } } }`, variables{"i": id})
		if e, ok := a.at("node").(map[string]any); ok && e["kind"] != nil {
			b := n.query(`query($k: EntityKind!, $q: String!) { entity(kind: $k, qualifiedName: $q) { id __typename } }`, variables{"k": e["kind"], "q": e["qualifiedName"]})
			b.has("entity", `{"id":`+quoted(id)+`,"__typename":`+quoted(name)+`}`)
		}
	}
}

func TestVersion(t *testing.T) {
	n := newNode(t)
	company(n)
	a := n.query(`{ subject(name: "orders-value") { latest {
		version deleted metadata { properties sensitive tagPatterns }
		rules { name kind mode type tags expr onSuccess onFailure disabled version { version } }
		tags { path runtimeName kind tags { source tag { name } } }
		fields(first: 50) { nodes { runtimeName } }
		schema { guid type text ids { id context { name } } versions(first: 5) { nodes { version subject { name } } } records(first: 9) { nodes { name } } }
		diff { from to compatible level changes { path kind breaking message } }
		back: diff(to: 1) { from to compatible }
		history(first: 5) { nodes { action } }
	} versions(first: 1) { nodes { diff { from to changes { path } } } } } }`)
	a.has("subject.latest.metadata", `{"properties":{"owner":"sales"},"sensitive":[],"tagPatterns":{"com.acme.Order.total":["MONEY"]}}`)
	a.has("subject.latest.rules.0", `{"name":"checkId","kind":"CONDITION","mode":"WRITE","type":"CEL","tags":["PII"],"expr":"size(message.id) > 0",
		"onSuccess":null,"onFailure":null,"disabled":false,"version":{"version":2}}`)
	a.has("subject.latest.tags", `[
		{"path":"com.acme.Order.total","runtimeName":"com.acme.Order.total","kind":"FIELD","tags":[{"source":"CONTRACT","tag":{"name":"MONEY"}}]},
		{"path":"com.acme.Customer.name","runtimeName":"com.acme.Customer.name","kind":"FIELD","tags":[{"source":"INLINE","tag":{"name":"PII"}}]}]`)
	a.has("subject.latest.diff.from", `1`)
	a.has("subject.latest.diff.to", `2`)
	a.has("subject.latest.diff.compatible", `true`)
	a.has("subject.latest.back", `{"from":2,"to":1,"compatible":true}`)
	a.has("subject.versions.nodes.0.diff", `{"from":1,"to":1,"changes":[]}`)
	a.has("subject.latest.schema.versions.nodes", `[{"version":2,"subject":{"name":"orders-value"}}]`)
	guid := a.string("subject.latest.schema.guid")
	a = n.query(`query($g: String!, $i: Int!) { byGUID: schema(guid: $g) { id text } byID: schema(id: $i) { id text } none: schema(id: 999) { id } }`,
		variables{"g": guid, "i": a.at("subject.latest.schema.ids.0.id")})
	a.has("none", `null`)
	if a.string("byGUID.id") != a.string("byID.id") || a.string("byID.text") == "" {
		t.Errorf("by GUID and by id: %s", a.text)
	}
}

func TestFields(t *testing.T) {
	n := newNode(t)
	company(n)
	a := n.query(`{ subject(name: "orders-value") {
		fields(first: 100) { totalCount nodes { name path runtimeName paths type nullable default number aliases description { value } record { name } since { version } removedIn { version } } }
		all: fields(filter: {includeRemoved: true}, first: 100) { totalCount nodes { name aliases removedIn { version } tags { source tag { name } } } }
		tagged: fields(filter: {tags: ["PII"]}, first: 100) { nodes { runtimeName } }
		under: fields(filter: {pathPrefix: "customer."}, first: 100) { nodes { runtimeName } }
		told: fields(filter: {hasDescription: true}, first: 100) { nodes { name } }
		untold: fields(filter: {hasDescription: false, pathPrefix: "customer."}, first: 100) { nodes { name } }
		records(first: 1) { nodes { fields(first: 10) { nodes { name } } since { version } } }
	} p: subject(name: "payments-value") { fields(first: 9) { nodes { name number type } } } }`)
	a.has("subject.fields.totalCount", `5`)
	a.has("subject.fields.nodes.0", `{"name":"id","path":"id","runtimeName":"com.acme.Order.id","paths":["id"],"type":"long","nullable":false,"default":null,
		"number":null,"aliases":[],"description":{"value":"Its number."},"record":{"name":"com.acme.Order"},"since":{"version":1},"removedIn":null}`)
	a.has("subject.all.totalCount", `6`)
	a.has("subject.all.nodes.5", `{"name":"email","aliases":["mail"],"removedIn":{"version":2},"tags":[{"source":"INLINE","tag":{"name":"PII"}}]}`)
	a.has("subject.tagged.nodes", `[{"runtimeName":"com.acme.Customer.name"}]`)
	a.has("subject.under.nodes", `[{"runtimeName":"com.acme.Customer.name"}]`)
	a.has("subject.told.nodes", `[{"name":"id"}]`)
	a.has("subject.untold.nodes", `[{"name":"name"}]`)
	a.has("subject.records.nodes.0.fields.nodes", `[{"name":"id"},{"name":"customer"},{"name":"state"},{"name":"total"}]`)
	a.has("p.fields.nodes", `[{"name":"id","number":1,"type":"int64"},{"name":"iban","number":7,"type":"string"}]`)

	a = n.query(`{ entity(kind: FIELD, qualifiedName: "users-value:$.email") { ... on Field { sameName(first: 10) { totalCount nodes { qualifiedName } } } } }`)
	a.has("entity.sameName.totalCount", `2`)
	a.has("entity.sameName.nodes", `[{"qualifiedName":"orders-value:com.acme.Order.email"},{"qualifiedName":":.team:orders-value:com.acme.Order.email"}]`)
}

func TestReferences(t *testing.T) {
	n := newNode(t)
	n.Register("money", schema.Avro, `{"type":"record","name":"Money","namespace":"acme","fields":[{"name":"amount","type":"double","confluent:tags":["MONEY"]}]}`)
	text, name, subject, one := `{"type":"record","name":"Price","namespace":"acme","fields":[{"name":"net","type":"acme.Money"}]}`, "acme.Money", "money", int32(1)
	n.RegisterBody("prices-value", registry.SchemaBody{
		Schema: &text, Type: schema.Avro, References: []registry.BodyReference{{Name: &name, Subject: &subject, Version: &one}},
	})
	a := n.query(`{ subject(name: "prices-value") { latest { schema { references(first: 5) { nodes { version subject { name } } } }
		tags { path tags { source tag { name } via { qualifiedName } } } } }
		m: subject(name: "money") { latest { schema { referencedBy(first: 5) { totalCount nodes { version subject { name } } } } } } }`)
	a.has("subject.latest.schema.references.nodes", `[{"version":1,"subject":{"name":"money"}}]`)
	a.has("m.latest.schema.referencedBy", `{"totalCount":1,"nodes":[{"version":1,"subject":{"name":"prices-value"}}]}`)
	a.has("subject.latest.tags.0.tags", `[{"source":"INLINE","tag":{"name":"MONEY"},"via":[{"qualifiedName":"money"}]}]`)
}

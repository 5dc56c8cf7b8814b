package graphql_test

import (
	"strings"
	"testing"

	"github.com/weir-registry/weir/schema"
)

const update = `mutation($i: [MetadataInput!]!) { updateMetadata(input: $i) {
	entity { metadataVersion description { value } tags { tag { name } source attributes } owners { role } links { url } terms { term { name } } domain { name } deprecation { reason } businessMetadata { definition { name } } }
	node { id } changes { action revision source after } errors { code message path } } }`

// edit sends one input.
func (n *node) edit(input variables) *answer {
	n.T.Helper()
	return n.query(update, variables{"i": []any{input}})
}

func TestUpdateMetadata(t *testing.T) {
	n := newNode(t)
	people(n)
	id := n.fieldID("orders-value", "com.acme.Order.id")
	a := n.edit(variables{"id": id, "description": "The number.", "addTags": []any{variables{"name": "Sensitive"}}, "expectedVersion": "0"})
	a.has("updateMetadata.0.errors", `[]`)
	a.has("updateMetadata.0.entity.description.value", `"The number."`)
	a.has("updateMetadata.0.entity.tags", `[{"tag":{"name":"Sensitive"},"source":"APPLIED","attributes":null}]`)
	version := a.string("updateMetadata.0.entity.metadataVersion")
	if version == "0" {
		t.Error("the version stays 0")
	}

	t.Run("stale", func(t *testing.T) {
		a := n.edit(variables{"id": id, "description": "Other.", "expectedVersion": 0})
		a.userError("updateMetadata.0", "STALE_VERSION")
		a.has("updateMetadata.0.errors.0.path", `["input","0","expectedVersion"]`)
		a.has("updateMetadata.0.entity", `null`)
		n.query(`query($i: ID!) { node(id: $i) { ... on Field { description { value } } } }`, variables{"i": id}).has("node.description.value", `"The number."`)
	})
	t.Run("dry run", func(t *testing.T) {
		before := n.query(`{ revision }`).string("revision")
		a := n.edit(variables{"id": id, "description": "Tried.", "removeTags": []string{"Sensitive"}, "dryRun": true})
		a.has("updateMetadata.0.errors", `[]`)
		a.has("updateMetadata.0.entity.description.value", `"Tried."`)
		a.has("updateMetadata.0.entity.tags", `[]`)
		if changes := a.at("updateMetadata.0.changes").([]any); len(changes) != 2 {
			t.Errorf("changes %v, want two", changes)
		}
		b := n.query(`query($i: ID!) { revision node(id: $i) { ... on Field { metadataVersion description { value } tags { tag { name } } } } }`, variables{"i": id})
		b.has("node", `{"metadataVersion":"`+version+`","description":{"value":"The number."},"tags":[{"tag":{"name":"Sensitive"}}]}`)
		if after := b.string("revision"); after != before {
			t.Errorf("a dry run went from %s to %s", before, after)
		}
	})
	t.Run("each for itself", func(t *testing.T) {
		a := n.query(update, variables{"i": []any{
			variables{"id": id, "addTags": []any{variables{"name": "Nobody knows"}}, "description": "Half?"},
			variables{"id": n.subjectID("users-value"), "description": "Users."},
		}})
		a.userError("updateMetadata.0", "UNKNOWN_TAG")
		a.has("updateMetadata.0.errors.0.path", `["input","0","addTags"]`)
		a.has("updateMetadata.1.errors", `[]`)
		a.has("updateMetadata.1.entity.description.value", `"Users."`)
		n.query(`query($i: ID!) { node(id: $i) { ... on Field { description { value } } } }`, variables{"i": id}).has("node.description.value", `"The number."`)
	})
	t.Run("clear", func(t *testing.T) {
		orders := n.subjectID("orders-value")
		a := n.edit(variables{"id": orders, "clear": []string{"DESCRIPTION", "OWNERS", "DOMAIN", "DEPRECATION", "LINKS", "BUSINESS_METADATA", "TERMS", "TAGS"}})
		a.has("updateMetadata.0.errors", `[]`)
		a.has("updateMetadata.0.entity.description.value", `"An order."`)
		for _, part := range []string{"owners", "links", "terms", "tags", "businessMetadata"} {
			a.has("updateMetadata.0.entity."+part, `[]`)
		}
		a.has("updateMetadata.0.entity.domain", `null`)
		a.has("updateMetadata.0.entity.deprecation", `null`)
	})
}

func TestUserErrors(t *testing.T) {
	n := newNode(t)
	people(n)
	orders := n.subjectID("orders-value")
	topic := n.query(`{ topics(first: 1) { nodes { id } } }`).string("topics.nodes.0.id")
	inline := n.fieldID("orders-value", "com.acme.Customer.name")
	team := n.query(`{ definitions(kind: TEAM, first: 1) { nodes { id } } }`).string("definitions.nodes.0.id")
	for _, test := range []struct {
		name  string
		input variables
		code  string
	}{
		{"no id", variables{"id": "nonsense", "description": "x"}, "BAD_ID"},
		{"an entity that is not there", variables{"id": "U1VCSkVDVC8uL25vYm9keQ", "description": "x"}, "NOT_FOUND"},
		{"an unknown tag", variables{"id": orders, "addTags": []any{variables{"name": "Unknown"}}}, "UNKNOWN_TAG"},
		{"a tag of another kind of entity", variables{"id": topic, "addTags": []any{variables{"name": "Sensitive"}}}, "NOT_APPLICABLE"},
		{"a tag that is not there to remove", variables{"id": orders, "removeTags": []string{"PII"}}, "NOT_ASSIGNED"},
		{"an inline tag to remove", variables{"id": inline, "removeTags": []string{"PII"}}, "DERIVED"},
		{"attributes that a tag has not", variables{"id": orders, "addTags": []any{variables{"name": "Sensitive", "attributes": variables{"a": 1}}}}, "UNKNOWN_ATTRIBUTE"},
		{"attributes that are no object", variables{"id": orders, "addTags": []any{variables{"name": "Sensitive", "attributes": "a"}}}, "BAD_INPUT"},
		{"a term that is a team", variables{"id": orders, "addTerms": []string{team}}, "WRONG_KIND"},
		{"an owner that is a subject", variables{"id": orders, "owners": []any{variables{"owner": orders}}}, "WRONG_KIND"},
		{"unknown business metadata", variables{"id": orders, "businessMetadata": []any{variables{"definition": "None", "values": variables{}}}}, "UNKNOWN_BUSINESS_METADATA"},
		{"a missing attribute", variables{"id": orders, "businessMetadata": []any{variables{"definition": "Quality", "values": variables{"score": 1}}}}, "MISSING_ATTRIBUTE"},
		{"a value of another type", variables{"id": orders, "businessMetadata": []any{variables{"definition": "Quality", "values": variables{"grade": "A", "score": "much"}}}}, "BAD_VALUE"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := n.in(t)
			before := n.query(`{ revision }`).string("revision")
			a := n.edit(test.input)
			a.userError("updateMetadata.0", test.code)
			if path := a.at("updateMetadata.0.errors.0.path").([]any); len(path) < 2 || path[0] != "input" || path[1] != "0" {
				t.Errorf("path %v", path)
			}
			if after := n.query(`{ revision }`).string("revision"); after != before {
				t.Errorf("refused, and something was written: %s, %s", before, after)
			}
		})
	}
	// What the schema of GraphQL itself forbids is no data.
	a := n.ask(update, variables{"i": []any{variables{"id": orders, "owners": []any{variables{"owner": team, "role": "KING"}}}}})
	if a.code() != "GRAPHQL_VALIDATION_FAILED" {
		t.Errorf("an unknown role: %s", a.text)
	}
}

func TestDefinitions(t *testing.T) {
	n := newNode(t)
	people(n)
	// What is not given stays.
	a := n.query(`mutation { putTag(input: {name: "Sensitive", color: "BLUE", propagates: true}) { tag { description color propagates restrictedTo metadataVersion } errors { code } } }`)
	a.has("putTag", `{"tag":{"description":"Handle with care.","color":"BLUE","propagates":true,"restrictedTo":["FIELD","SUBJECT"],"metadataVersion":"2"},"errors":[]}`)
	a = n.query(`mutation { putTag(input: {name: "Sensitive", restrictedTo: [FIELD]}) { tag { id } errors { code path } } }`)
	a.userError("putTag", "ENTITY_TYPES_SHRINK")
	a = n.query(`mutation { putTag(input: {name: "9 lives"}) { tag { id } errors { code path } } }`)
	a.userError("putTag", "BAD_NAME")

	// A parent.
	id := n.query(`{ tags(prefix: "Sens", first: 1) { nodes { id } } }`).string("tags.nodes.0.id")
	a = n.query(`mutation($p: ID) { putTag(input: {name: "Secret", parent: $p}) { tag { parent { name children { name } } } errors { code } } }`, variables{"p": id})
	a.has("putTag.tag.parent", `{"name":"Sensitive","children":[{"name":"Secret"}]}`)
	secret := n.query(`{ tags(prefix: "Secret", first: 1) { nodes { id } } }`).string("tags.nodes.0.id")
	a = n.query(`mutation($p: ID) { putTag(input: {name: "Sensitive", parent: $p}) { tag { id } errors { code } } }`, variables{"p": secret})
	a.userError("putTag", "CYCLE")

	a = n.query(`mutation { deleteTag(name: "Sensitive") { tag { name } errors { code } } }`)
	a.userError("deleteTag", "IN_USE")
	a.has("deleteTag.tag", `null`)
	a = n.query(`mutation { deleteTag(name: "Sensitive", force: true) { tag { name } errors { code message } } }`)
	a.has("deleteTag", `{"tag":{"name":"Sensitive"},"errors":[]}`)
	n.query(`{ subject(name: "orders-value") { tags { tag { name } } } tags(prefix: "Sensitive", first: 1) { nodes { name } } }`).has("subject.tags", `[]`)
	a = n.query(`mutation { deleteTag(name: "Sensitive") { errors { code } } }`)
	a.userError("deleteTag", "NOT_FOUND")
	// A tag that only schemas carry has nothing to delete.
	a = n.query(`mutation { deleteTag(name: "PII") { errors { code } } }`)
	a.userError("deleteTag", "NOT_FOUND")

	team := n.query(`{ definitions(kind: TEAM, first: 1) { nodes { id } } }`).string("definitions.nodes.0.id")
	a = n.query(`mutation($i: ID!) { remove(id: $i) { node { id } errors { code } } }`, variables{"i": team})
	a.userError("remove", "IN_USE")
	a = n.query(`mutation($i: ID!) { remove(id: $i, force: true) { node { ... on Team { name } } errors { code } } }`, variables{"i": team})
	a.has("remove", `{"node":{"name":"Sales"},"errors":[]}`)
	n.query(`query($i: ID!) { node(id: $i) { id } }`, variables{"i": team}).has("node", `null`)
	a = n.query(`mutation($i: ID!) { remove(id: $i) { node { id } errors { code } } }`, variables{"i": n.subjectID("orders-value")})
	if list := a.at("remove.errors").([]any); len(list) != 1 {
		t.Errorf("a subject is removed as if it were a definition: %s", a.text)
	}
}

func TestUses(t *testing.T) {
	n := newNode(t)
	people(n)
	a := n.query(`{
		tags(first: 10) { totalCount nodes { name usage description metadataVersion
			entities(first: 10) { totalCount nodes { kind qualifiedName } }
			inline: entities(sources: [INLINE], kinds: [FIELD], first: 10) { totalCount } applied: entities(sources: [APPLIED], first: 10) { totalCount } } }
		definitions(kind: TERM, first: 1) { nodes { ... on GlossaryTerm { name entities(first: 5) { totalCount nodes { qualifiedName } } related { name } } } }
		teams: definitions(kind: TEAM, first: 1) { nodes { ... on Team { name members { name teams { name } owns(first: 9) { nodes { kind name } } } contact { url } owns(first: 9) { totalCount nodes { kind name } } } } }
		domains: definitions(kind: DOMAIN, first: 1) { nodes { ... on Domain { name entities(first: 9) { nodes { kind name } } } } }
		products: definitions(kind: DATA_PRODUCT, first: 1) { nodes { ... on DataProduct { name outputs(first: 9) { nodes { name } } owners { role } } } }
	}`)
	a.has("tags.totalCount", `3`)
	a.has("tags.nodes.0.name", `"MONEY"`)
	a.has("tags.nodes.1.name", `"PII"`)
	a.has("tags.nodes.1.metadataVersion", `"0"`)
	a.has("tags.nodes.1.applied.totalCount", `0`)
	a.has("tags.nodes.2.entities", `{"totalCount":1,"nodes":[{"kind":"SUBJECT","qualifiedName":"orders-value"}]}`)
	a.has("tags.nodes.2.applied.totalCount", `1`)
	a.has("definitions.nodes.0.entities", `{"totalCount":1,"nodes":[{"qualifiedName":"orders-value"}]}`)
	a.has("teams.nodes.0.owns.nodes", `[{"kind":"DOMAIN","name":"Commerce"},{"kind":"SUBJECT","name":"orders-value"}]`)
	a.has("teams.nodes.0.members.0.owns.nodes", `[{"kind":"DATA_PRODUCT","name":"Order stream"},{"kind":"SUBJECT","name":"orders-value"}]`)
	a.has("domains.nodes.0.entities.nodes", `[{"kind":"DATA_PRODUCT","name":"Order stream"},{"kind":"SUBJECT","name":"orders-value"}]`)
	a.has("products.nodes.0", `{"name":"Order stream","outputs":{"nodes":[{"name":"orders-value"}]},"owners":[{"role":"STEWARD"}]}`)
}

func TestWriteToSchema(t *testing.T) {
	n := newNode(t)
	n.Register("orders-value", schema.Avro, orderV1)
	id := n.fieldID("orders-value", "com.acme.Order.id")
	a := n.edit(variables{"id": id, "addTags": []any{variables{"name": "KEY", "writeToSchema": true}}, "description": "And more"})
	a.userError("updateMetadata.0", "BAD_INPUT")
	a = n.edit(variables{"id": id, "addTags": []any{variables{"name": "KEY", "writeToSchema": true}}})
	a.has("updateMetadata.0.errors", `[]`)
	a.has("updateMetadata.0.entity.tags", `[{"tag":{"name":"KEY"},"source":"INLINE","attributes":null}]`)
	b := n.query(`{ subject(name: "orders-value") { latest { version schema { text } } } }`)
	b.has("subject.latest.version", `2`)
	if text := b.string("subject.latest.schema.text"); !strings.Contains(text, `"KEY"`) {
		t.Errorf("the tag is not in the schema: %s", text)
	}
	a = n.edit(variables{"id": n.subjectID("orders-value"), "addTags": []any{variables{"name": "KEY", "writeToSchema": true}}})
	a.userError("updateMetadata.0", "WRONG_KIND")
}

func TestOrphans(t *testing.T) {
	n := newNode(t)
	n.Register("orders-value", schema.Avro, orderV1)
	id := n.fieldID("orders-value", "com.acme.Order.email")
	n.edit(variables{"id": id, "description": "Where to write."}).has("updateMetadata.0.errors", `[]`)
	n.Register("orders-value", schema.Avro, orderV2)
	a := n.query(`{ orphans(first: 5) { totalCount nodes { id status qualifiedName description { value } } } }`)
	a.has("orphans.totalCount", `1`)
	a.has("orphans.nodes.0.status", `"ORPHANED"`)
	a.has("orphans.nodes.0.id", quoted(id))
	to := n.fieldID("orders-value", "com.acme.Customer.name")
	a = n.query(`mutation($f: ID!, $t: ID!) { moveOrphan(from: $f, to: $t) { entity { qualifiedName description { value } } changes { action } errors { code message } } }`, variables{"f": id, "t": to})
	a.has("moveOrphan.errors", `[]`)
	a.has("moveOrphan.entity", `{"qualifiedName":"orders-value:com.acme.Customer.name","description":{"value":"Where to write."}}`)
	n.query(`{ orphans(first: 5) { totalCount } }`).has("orphans.totalCount", `0`)
	a = n.query(`mutation($f: ID!, $t: ID!) { moveOrphan(from: $f, to: $t) { errors { code path } } }`, variables{"f": id, "t": n.subjectID("orders-value")})
	if list := a.at("moveOrphan.errors").([]any); len(list) != 1 {
		t.Errorf("a field is moved to a subject: %s", a.text)
	}
}

func TestApply(t *testing.T) {
	n := newNode(t)
	n.Register("orders-value", schema.Avro, orderV1)
	document := "kind: Tag\nname: Checked\nspec:\n  description: Looked at.\n"
	run := func(vars variables) *answer {
		return n.query(`mutation($d: [String!]!, $dry: Boolean, $p: Boolean) { apply(set: "company", documents: $d, dryRun: $dry, prune: $p) {
			plan { action qualifiedName source } applied left errors { code message path } } }`, vars)
	}
	a := run(variables{"d": []string{document}, "dry": true})
	t.Log(a.text)
	a = run(variables{"d": []string{"kind: [", "nothing: here"}})
	if list := a.at("apply.errors").([]any); len(list) == 0 {
		t.Errorf("documents that are none: %s", a.text)
	}
	a.has("apply.applied", `false`)
}

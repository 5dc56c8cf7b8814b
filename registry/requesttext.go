package registry

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// requestText is how the wire repeats a request that it refuses
// (registry-api.md 2.3).
func requestText(in Subject, b SchemaBody) string {
	refs := make([]string, len(b.References))
	sent := body{kind: b.Type, text: value(b.Schema, ""), metadata: b.Metadata, rules: b.Rules}
	for i, ref := range b.References {
		refs[i] = ref.String()
		sent.refs = append(sent.refs, schema.Reference{Name: value(ref.Name, ""), Subject: value(ref.Subject, ""), Version: value(ref.Version, 0)})
	}
	id, rules := int32(-1), "null"
	if b.ID != nil {
		id = *b.ID
	}
	if b.Rules != nil {
		rules = "RuleSet"
	}
	return fmt.Sprintf("Invalid schema {subject=%s,version=%d,id=%d,guid=%s,schemaType=%s,references=[%s],metadata=%s,ruleSet=%s,schema=%s,schemaTags=null,ts=null,deleted=null}",
		in, value(b.Version, 0), id, sent.guid(), b.Type, strings.Join(refs, ", "), metadataText(b.Metadata), rules, value(b.Schema, "null"))
}

// metadataText is how the wire prints metadata in that text.
func metadataText(m *Metadata) string {
	if m == nil {
		return "null"
	}
	var tags, properties []string
	for _, k := range slices.Sorted(maps.Keys(m.Tags)) {
		tags = append(tags, k+"=["+strings.Join(m.Tags[k], ", ")+"]")
	}
	for _, k := range slices.Sorted(maps.Keys(m.Properties)) {
		properties = append(properties, k+"="+value(m.Properties[k], "null"))
	}
	return fmt.Sprintf("Metadata{tags={%s}, properties={%s}, sensitive=[%s]}",
		strings.Join(tags, ", "), strings.Join(properties, ", "), strings.Join(m.Sensitive, ", "))
}

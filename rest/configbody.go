package rest

import (
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema/jsontext"
)

// configUpdate reads the body of PUT /config (registry-api.md 10.2, 10.3): an
// absent field keeps what is stored, null clears it.
func (f *fields) configUpdate(v jsontext.Value) registry.ConfigUpdate {
	var u registry.ConfigUpdate
	if !f.object(v) {
		return u
	}
	for member := range items(v) {
		switch member.Name() {
		case "alias":
			u.Alias = given(f.str(member))
		case "aliasForDeks":
			u.AliasForDeks = given(f.str(member))
		case "normalize":
			u.Normalize = given(f.boolean(member))
		case "validateFields":
			u.ValidateFields = given(f.boolean(member))
		case "validateNewSchemas":
			u.ValidateNewSchemas = given(f.boolean(member))
		case "validateRules":
			u.ValidateRules = given(f.boolean(member))
		case "compatibility":
			u.Compatibility = given(f.str(member))
		case "compatibilityPolicy":
			u.CompatibilityPolicy = given(f.str(member))
		case "compatibilityGroup":
			u.CompatibilityGroup = given(f.str(member))
		case "defaultMetadata":
			u.DefaultMetadata = given(f.metadata(member, true))
		case "overrideMetadata":
			u.OverrideMetadata = given(f.metadata(member, true))
		case "defaultRuleSet":
			u.DefaultRuleSet = given(f.ruleSet(member))
		case "overrideRuleSet":
			u.OverrideRuleSet = given(f.ruleSet(member))
		}
	}
	return u
}

// given is a field that the body has.
func given[T any](value *T) registry.Optional[T] {
	return registry.Optional[T]{Set: true, Value: value}
}

// configNames are the two names of the level: what answers of GET and DELETE
// say, and what PUT says (registry-api.md 10.1).
const (
	levelRead    = "compatibilityLevel"
	levelWritten = "compatibility"
)

// appendConfig appends a config, its level under the given name. Only answers
// of PUT show texts that are empty (registry-api.md 10.2).
func appendConfig(b []byte, c *registry.Config, level string) []byte {
	b = append(b, '{')
	first := true
	text := func(name string, value *string) {
		if value != nil && (*value != "" || level == levelWritten) {
			b = appendText(appendName(b, name, &first), *value)
		}
	}
	flag := func(name string, value *bool) {
		if value != nil {
			b = appendBool(appendName(b, name, &first), *value)
		}
	}
	text("alias", c.Alias)
	text("aliasForDeks", c.AliasForDeks)
	flag("normalize", c.Normalize)
	flag("validateFields", c.ValidateFields)
	flag("validateNewSchemas", c.ValidateNewSchemas)
	flag("validateRules", c.ValidateRules)
	text(level, (*string)(c.CompatibilityLevel))
	text("compatibilityPolicy", (*string)(c.CompatibilityPolicy))
	text("compatibilityGroup", c.CompatibilityGroup)
	if c.DefaultMetadata != nil {
		b = appendMetadata(appendName(b, "defaultMetadata", &first), c.DefaultMetadata)
	}
	if c.OverrideMetadata != nil {
		b = appendMetadata(appendName(b, "overrideMetadata", &first), c.OverrideMetadata)
	}
	if c.DefaultRuleSet != nil {
		b = appendRuleSet(appendName(b, "defaultRuleSet", &first), c.DefaultRuleSet)
	}
	if c.OverrideRuleSet != nil {
		b = appendRuleSet(appendName(b, "overrideRuleSet", &first), c.OverrideRuleSet)
	}
	return append(b, '}')
}

package rest

import (
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema/jsontext"
)

// tagRequest reads the body of the tags endpoint (registry-api.md 14.3).
func (f *fields) tagRequest(v jsontext.Value) registry.TagRequest {
	var r registry.TagRequest
	if !f.object(v) {
		return r
	}
	for member := range items(v) {
		switch member.Name() {
		case "newVersion":
			r.NewVersion = f.integer(member)
		case "tagsToAdd":
			r.Add = f.schemaTags(member)
		case "tagsToRemove":
			r.Remove = f.schemaTags(member)
		case "metadata":
			r.Metadata = f.metadata(member, false)
		case "ruleSet":
			r.Rules = f.ruleSet(member)
		case "rulesToMerge":
			r.RulesToMerge = f.ruleSet(member)
		case "rulesToRemove":
			if f.list(member) {
				r.RulesToRemove, r.HasRulesToRemove = f.texts(member), true
			} else {
				r.RulesToRemove, r.HasRulesToRemove = nil, false
			}
		}
	}
	return r
}

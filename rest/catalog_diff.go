package rest

import (
	"errors"

	"github.com/weir-registry/weir/catalog/diff"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/registry"
)

// The structural diff of two versions, weir's own.
//
//	{"subject":"orders-value","from":1,"to":2,"level":"BACKWARD","compatible":false,"changes":[
//	  {"path":"com.acme.Order.id","kind":"TYPE_CHANGED","breaking":true,"message":"…",
//	   "tagPath":"com.acme.Order.id","before":"long","after":"string","rules":["TYPE_MISMATCH"]}]}
//
// oldPath stands there where the path was another, name where several of a kind
// are told apart, truncated where there are more changes than are told.

// versionDiff is GET /catalog/v1/subjects/{subject}/diff: ?from= is the version
// before ?to=, and ?to= the latest, where they are not given.
func versionDiff(c *call) error {
	from, err := c.versionParameter("from", diff.Previous)
	if err != nil {
		return err
	}
	to, err := c.versionParameter("to", registry.LatestVersion)
	if err != nil {
		return err
	}
	d, err := diff.Versions(c.ctx, c.server.catalog.View(), c.server.registry, c.catalogSubject(), from, to)
	var budget *compat.BudgetError
	if errors.As(err, &budget) {
		return &registry.Error{Code: registry.CodeInvalidSchema, Message: budget.Error()}
	}
	if err != nil {
		return ofSubject(err)
	}
	c.out = appendDiff(c.out, d)
	return nil
}

// versionParameter reads a version in the query as one in a path is read.
func (c *call) versionParameter(name string, missing registry.VersionArg) (registry.VersionArg, error) {
	text := c.query.text(name)
	if text == "" {
		return missing, nil
	}
	return parseVersion(text)
}

func appendDiff(b []byte, d *diff.VersionDiff) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "subject", &first), d.Subject.String())
	b = appendInt(appendName(b, "from", &first), d.From)
	b = appendInt(appendName(b, "to", &first), d.To)
	b = appendText(appendName(b, "level", &first), string(d.Level))
	b = appendBool(appendName(b, "compatible", &first), d.Compatible)
	b = appendList(appendName(b, "changes", &first), d.Changes, appendChange)
	if d.Truncated {
		b = appendBool(appendName(b, "truncated", &first), true)
	}
	return append(b, '}')
}

func appendChange(b []byte, c diff.Change) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "path", &first), c.Path)
	b = appendText(appendName(b, "kind", &first), string(c.Kind))
	b = appendBool(appendName(b, "breaking", &first), c.Breaking)
	b = appendText(appendName(b, "message", &first), c.Message)
	b = appendNonEmpty(b, "name", c.Name, &first)
	b = appendNonEmpty(b, "oldPath", c.OldPath, &first)
	b = appendNonEmpty(b, "tagPath", c.TagPath, &first)
	b = appendNonEmpty(b, "before", c.Before, &first)
	b = appendNonEmpty(b, "after", c.After, &first)
	if len(c.Rules) > 0 {
		b = appendTexts(appendName(b, "rules", &first), c.Rules)
	}
	return append(b, '}')
}

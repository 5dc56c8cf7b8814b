package rest

import (
	"github.com/weir-registry/weir/registry"
)

// compatibility is POST /compatibility/subjects/{subject}/versions: against
// all versions, by the level in scope (registry-api.md 5.8).
func compatibility(c *call) error {
	body, err := c.compatibilityBody("testCompatibilityForSubject")
	if err != nil {
		return err
	}
	return c.answerCompatibility(nil, body)
}

// compatibilityWith is POST /compatibility/subjects/{subject}/versions/{version}.
func compatibilityWith(c *call) error {
	body, err := c.compatibilityBody("testCompatibilityBySubjectName")
	if err != nil {
		return err
	}
	v, err := c.version(1)
	if err != nil {
		return err
	}
	return c.answerCompatibility(&v, body)
}

func (c *call) compatibilityBody(method string) (registry.SchemaBody, error) {
	root, f, err := c.document(method)
	if err != nil {
		return registry.SchemaBody{}, err
	}
	body := f.schemaBody(root)
	return body, f.fault
}

func (c *call) answerCompatibility(v *registry.VersionArg, body registry.SchemaBody) error {
	o := registry.CompatOptions{
		Normalize: c.query.flag("normalize"), Verbose: c.query.flag("verbose"), Warnings: c.media == typeDifferences,
	}
	o.Verbose = o.Verbose || o.Warnings
	answer, err := c.server.registry.Compatibility(c.ctx, c.subject(0), v, body, o)
	if err != nil {
		return err
	}
	if c.media == typeDifferences {
		c.out = appendDifferences(c.out, &answer.Result, answer.Compatible, answer.Messages)
		return nil
	}
	c.out = append(c.out, `{"is_compatible":`...)
	c.out = appendBool(c.out, answer.Compatible)
	if o.Verbose {
		c.out = append(c.out, `,"messages":`...)
		c.out = appendTexts(c.out, answer.Messages)
	}
	c.out = append(c.out, '}')
	return nil
}

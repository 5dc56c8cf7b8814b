package rest

import "github.com/weir-registry/weir/registry"

// listSubjects is GET /subjects (registry-api.md 6.1).
func listSubjects(c *call) error {
	page, err := c.query.page(c.server.settings.SubjectLimits)
	if err != nil {
		return err
	}
	subjects, err := c.server.registry.Subjects(c.ctx, registry.SubjectFilter{
		Prefix:      c.subjectPrefix(":*:"),
		Deleted:     c.query.flag("deleted"),
		DeletedOnly: c.query.flag("deletedOnly"),
		Page:        page,
	})
	if err != nil {
		return err
	}
	c.out = appendTexts(c.out, subjects)
	return nil
}

// lookup is POST /subjects/{subject} (5.6).
func lookup(c *call) error {
	root, f, err := c.document("lookUpSchemaUnderSubject")
	if err != nil {
		return err
	}
	body := f.schemaBody(root)
	if f.fault != nil {
		return f.fault
	}
	stored, err := c.server.registry.Lookup(c.ctx, c.subject(0), body, c.query.flag("normalize"), c.query.flag("deleted"), c.query.text("format"))
	if err != nil {
		return err
	}
	c.out = appendSchema(c.out, &stored)
	return nil
}

// deleteSubject is DELETE /subjects/{subject} (9.2).
func deleteSubject(c *call) error {
	versions, err := c.server.registry.DeleteSubject(c.ctx, c.subject(0), c.query.flag("permanent"))
	if err != nil {
		return err
	}
	c.out = appendInts(c.out, versions)
	return nil
}

// latestWithMetadata is GET /subjects/{subject}/metadata (5.7). Keys and
// values are paired by position; what has no partner is ignored.
func latestWithMetadata(c *call) error {
	keys, values := c.query.all("key"), c.query.all("value")
	pairs := make(map[string]string, len(keys))
	for i := range min(len(keys), len(values)) {
		pairs[keys[i]] = values[i]
	}
	stored, err := c.server.registry.LatestWithMetadata(c.ctx, c.subject(0), pairs, c.query.flag("deleted"), c.readOptions())
	if err != nil {
		return err
	}
	c.out = appendSchema(c.out, &stored)
	return nil
}

package rest

import (
	"github.com/weir-registry/weir/registry"
)

// listSchemas is GET /schemas (registry-api.md 7.1).
func listSchemas(c *call) error {
	page, err := c.query.page(c.server.settings.SchemaLimits)
	if err != nil {
		return err
	}
	filter := registry.SchemaFilter{
		Prefix:           c.subjectPrefix(""),
		Aliases:          c.query.flag("aliases"),
		Deleted:          c.query.flag("deleted"),
		LatestOnly:       c.query.flag("latestOnly"),
		RuleType:         c.query.text("ruleType"),
		ResourceType:     c.query.text("resourceType"),
		AssociationTypes: c.query.all("associationType"),
		Lifecycles:       c.query.all("lifecycle"),
		Page:             page,
	}
	for _, lifecycle := range filter.Lifecycles {
		switch lifecycle {
		case registry.Strong, registry.Weak, "NONE":
		default:
			return errBadParameter
		}
	}
	_, byResource := c.query.get("resourceType")
	filter.ByAssociation = byResource || filter.AssociationTypes != nil || filter.Lifecycles != nil
	schemas, err := c.server.registry.Schemas(c.ctx, filter)
	if err != nil {
		return err
	}
	c.out = append(c.out, '[')
	for i := range schemas {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		c.out = appendSchema(c.out, &schemas[i])
	}
	c.out = append(c.out, ']')
	return nil
}

// schemaTypes is GET /schemas/types, in the order of the wire (7.2).
func schemaTypes(c *call) error {
	c.out = append(c.out, `["JSON","PROTOBUF","AVRO"]`...)
	return nil
}

// schemaByID is GET /schemas/ids/{id} (7.2).
func schemaByID(c *call) error {
	withMax := c.query.flag("fetchMaxId")
	stored, err := c.storedByID(withMax)
	if err != nil {
		return err
	}
	c.out = appendSchemaString(c.out, &stored, false, withMax)
	return nil
}

// schemaTextByID is GET /schemas/ids/{id}/schema: the bare text (7.2).
func schemaTextByID(c *call) error {
	stored, err := c.storedByID(false)
	if err != nil {
		return err
	}
	c.out = append(c.out, stored.Text()...)
	return nil
}

func (c *call) storedByID(withMax bool) (registry.Stored, error) {
	id, err := c.id(0)
	if err != nil {
		return registry.Stored{}, err
	}
	return c.server.registry.SchemaByID(c.ctx, id, c.subjectQuery(), withMax, c.readOptions())
}

// subjectsByID is GET /schemas/ids/{id}/subjects (7.2).
func subjectsByID(c *call) error {
	id, err := c.id(0)
	if err != nil {
		return err
	}
	page, err := c.query.page(c.server.settings.SubjectLimits)
	if err != nil {
		return err
	}
	subjects, err := c.server.registry.SubjectsByID(c.ctx, id, c.subjectQuery(), c.query.flag("deleted"), page)
	if err != nil {
		return err
	}
	c.out = appendTexts(c.out, subjects)
	return nil
}

// versionsByID is GET /schemas/ids/{id}/versions (7.2).
func versionsByID(c *call) error {
	id, err := c.id(0)
	if err != nil {
		return err
	}
	page, err := c.query.page(c.server.settings.VersionLimits)
	if err != nil {
		return err
	}
	versions, err := c.server.registry.VersionsByID(c.ctx, id, c.subjectQuery(), c.query.flag("deleted"), page)
	if err != nil {
		return err
	}
	c.out = appendList(c.out, versions, func(b []byte, v registry.SubjectVersion) []byte {
		b = append(b, `{"subject":`...)
		b = appendSubject(b, v.Subject)
		b = append(b, `,"version":`...)
		b = appendInt(b, v.Version)
		return append(b, '}')
	})
	return nil
}

// schemaByGUID is GET /schemas/guids/{guid} (7.2).
func schemaByGUID(c *call) error {
	stored, err := c.server.registry.SchemaByGUID(c.ctx, c.args[0], c.readOptions())
	if err != nil {
		return err
	}
	c.out = appendSchemaString(c.out, &stored, true, false)
	return nil
}

// idsByGUID is GET /schemas/guids/{guid}/ids (7.2).
func idsByGUID(c *call) error {
	ids, err := c.server.registry.IDsByGUID(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	c.out = appendList(c.out, ids, func(b []byte, id registry.ContextID) []byte {
		b = append(b, `{"context":`...)
		b = appendText(b, string(id.Context))
		b = append(b, `,"id":`...)
		b = appendInt(b, id.ID)
		return append(b, '}')
	})
	return nil
}
